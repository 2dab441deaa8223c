"""One checked Settings: defaults here, changed by a TOML file, changed again by `TOCSIN_*`.

A file changes only what it names; an unknown key is an error that names it. The environment is read
once, in the door, and Settings are passed down; no other module looks at it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.errors import SettingsError
from tocsin.extract.config import ExtractSettings
from tocsin.people.config import PeopleSettings
from tocsin.read.config import ReadSettings
from tocsin.resolve.config import ResolveSettings
from tocsin.store.config import StoreSettings
from tocsin.where.config import WhereSettings, user_gazetteer

ENV_PREFIX = "TOCSIN_"
ENV_NESTING = "__"
CONFIG_VARIABLE = "TOCSIN_CONFIG"
NOT_SETTINGS = frozenset({CONFIG_VARIABLE, "TOCSIN_DATA"})
"""Variables with the prefix that are no settings: the file's path, and where test data lies."""

OTHER_TABLES = frozenset({"watch", "feeds"})
"""Tables of the file that `tocsin watch` reads itself: one file serves every command."""


class Settings(BaseModel):
    """All settings, by room. `docs/settings.md` lists each with its default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    extract: ExtractSettings = Field(default_factory=ExtractSettings)
    people: PeopleSettings = Field(default_factory=PeopleSettings)
    read: ReadSettings = Field(default_factory=ReadSettings)
    resolve: ResolveSettings = Field(default_factory=ResolveSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    where: WhereSettings = Field(default_factory=WhereSettings)


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from a TOML file and `TOCSIN_ROOM__KEY` variables, the latter winning.

    `path` None looks at `TOCSIN_CONFIG`. Where no gazetteer is named, the one of the user's data
    folder is, if it is there. Raises SettingsError naming the first bad key.
    """
    environ = os.environ if environ is None else environ
    path = path or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    values: dict[str, Any] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(str(path), f"cannot be read: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(str(path), f"is not TOML: {error}") from error
    values = {name: value for name, value in values.items() if name not in OTHER_TABLES}
    for name, value in environ.items():
        if name.startswith(ENV_PREFIX) and name not in NOT_SETTINGS:
            _place(values, name, value)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = "is not a setting" if first["type"] == "extra_forbidden" else first["msg"]
        raise SettingsError(key, reason) from error
    found = user_gazetteer(environ)
    if settings.where.gazetteer is None and found is not None and found.is_file():
        settings = settings.model_copy(update={"where": WhereSettings(gazetteer=str(found))})
    return settings


def _place(values: dict[str, Any], name: str, value: str) -> None:
    """Put `TOCSIN_STORE__URL` at `values["store"]["url"]`."""
    *rooms, key = name[len(ENV_PREFIX) :].lower().split(ENV_NESTING)
    at = values
    for room in rooms:
        inner = at.setdefault(room, {})
        if not isinstance(inner, dict):
            raise SettingsError(name, f"{room} is a value, not a section")
        at = inner
    at[key] = value
