"""Secrets: from the environment or a file, at the moment a receiver is opened, and never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Secret:
    """Bytes that no message, log or `repr` shows."""

    value: bytes = field(repr=False)


def read_secret(
    key: str, variable: str | None, file: Path | None, environ: Mapping[str, str]
) -> Secret | None:
    """The secret that a variable or a file holds; None where neither is named.

    `key` is the receiver's, for errors. A line break at the end of a file is no part of it. Raises
    SettingsError, naming where it was looked for and not what was found.
    """
    if variable is not None:
        value = environ.get(variable, "")
        if not value:
            raise SettingsError(f"{key}", f"the environment variable {variable} is not set")
        return Secret(value.encode("utf-8", "surrogateescape"))
    if file is None:
        return None
    try:
        raw = file.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise SettingsError(f"{key}", f"{file} cannot be read: {error.strerror}") from error
    if not raw:
        raise SettingsError(f"{key}", f"{file} is empty")
    return Secret(raw)
