"""A file of rules to a checked `Alerting`. Each fault is named by file and field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tocsin.alert.rules import Alerting, Atom, Cap, Receiver
from tocsin.errors import SettingsError


def load_alerting(path: Path) -> Alerting:
    """The rules of a TOML file, folders in it taken from where it lies.

    Raises SettingsError whose key is `FILE: rules.NAME.FIELD`.
    """
    return alerting_of(tables_of(read_text(path), path), path)


def read_text(path: Path) -> str:
    """The text of a file of rules. Raises SettingsError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(str(path), f"is not TOML: {error}") from error


def tables_of(text: str, path: Path) -> dict[str, Any]:
    """What a text of the file `path` states. Raises SettingsError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(path), f"is not TOML: {error}") from error


def alerting_of(values: Mapping[str, Any], path: Path) -> Alerting:
    """The checked rules of what a file states, `path` naming it in faults. Raises SettingsError."""
    try:
        alerting = Alerting.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = _place(first["loc"])
        is_unknown = first["type"] == "extra_forbidden"
        reason = "is no field" if is_unknown else first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{path}: {place or 'file'}", reason) from error
    for place, reason in _loose_ends(alerting):
        raise SettingsError(f"{path}: {place}", reason)
    rooted = {name: _rooted(receiver, path.parent) for name, receiver in alerting.receivers.items()}
    return alerting.model_copy(update={"receivers": rooted})


def _place(path: tuple[str | int, ...]) -> str:
    """`receivers.desk.url`, without the kind that pydantic puts behind a receiver's name."""
    parts = path[:2] + path[3:] if path[:1] == ("receivers",) else path
    return ".".join(str(part) for part in parts)


def _loose_ends(alerting: Alerting) -> Iterator[tuple[str, str]]:
    """Names that lead nowhere, in the order of the file."""
    for name, rule in alerting.rules.items():
        for receiver in rule.send_to:
            if receiver not in alerting.receivers:
                yield f"rules.{name}.send_to", f"there is no receiver {receiver!r}"
        for watched in rule.watch:
            if watched not in alerting.watch_lists:
                yield f"rules.{name}.watch", f"there is no watch list {watched!r}"
        if not rule.on:
            yield f"rules.{name}.on", "names nothing to be told of"


def _rooted(receiver: Receiver, folder: Path) -> Receiver:
    if isinstance(receiver, Atom | Cap):
        return receiver.model_copy(update={"folder": folder / receiver.folder})
    return receiver
