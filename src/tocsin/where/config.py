"""Settings of the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

USER_FILE = "gazetteer.sqlite"


class WhereSettings(BaseModel):
    """Which gazetteer of the user's stands beside the shipped one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gazetteer: str | None = None
    """File of imported country dumps; None for the one in the data folder, where there is one."""


def user_gazetteer(environ: Mapping[str, str]) -> Path | None:
    """The user's gazetteer in the data folder: `$XDG_DATA_HOME/tocsin` or `~/.local/share/tocsin`.

    None where the environment names neither folder. The file need not be there.
    """
    data_home = environ.get("XDG_DATA_HOME")
    if data_home and Path(data_home).is_absolute():
        return Path(data_home) / "tocsin" / USER_FILE
    home = environ.get("HOME") or environ.get("USERPROFILE")
    return Path(home) / ".local" / "share" / "tocsin" / USER_FILE if home else None
