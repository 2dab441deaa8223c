"""RulesFile: a file of rules that is changed one rule at a time, everything else left as it was.

Comments, order and receivers of the file stay: of the text only the table of the one rule is
written anew. What comes out is read back before it takes the file's place, and must differ from
what was there in that rule alone.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tocsin.alert.loading import alerting_of, load_alerting, read_text, tables_of
from tocsin.alert.rules import Alerting, Name, Rule
from tocsin.errors import SettingsError

_NAME: TypeAdapter[str] = TypeAdapter(Name)
_HEADER = re.compile(r"^[ \t]*\[+[ \t]*(?P<path>[^\]\n]+?)[ \t]*\]+", re.MULTILINE)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class RulesFile:
    """The rules of one TOML file. Used from many threads; several may change it, one at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def load(self) -> Alerting:
        """What the file says now. Raises SettingsError."""
        return load_alerting(self.path)

    def put(self, name: str, values: Mapping[str, Any]) -> Alerting:
        """Write a rule of that name, in the place of one that is there. Raises SettingsError."""
        try:
            _NAME.validate_python(name)
        except ValidationError:
            raise SettingsError("name", "takes small letters, digits, - and _") from None
        return self._change(name, values)

    def remove(self, name: str) -> Alerting:
        """Take a rule out. Raises SettingsError where it is not there, or is the last."""
        return self._change(name, None)

    def checked(self, name: str, values: Mapping[str, Any]) -> Alerting:
        """The file as it would be with that rule alone, unwritten. Raises SettingsError."""
        now = tables_of(read_text(self.path), self.path)
        return alerting_of(now | {"rules": {name: dict(values)}}, self.path)

    def _change(self, name: str, values: Mapping[str, Any] | None) -> Alerting:
        with self._lock:
            text = read_text(self.path)
            wanted = tables_of(text, self.path)
            before = alerting_of(wanted, self.path)
            if values is None and name not in before.rules:
                raise SettingsError(f"rules.{name}", "there is no such rule")
            rules = {one: rule for one, rule in wanted["rules"].items() if one != name}
            if values is not None:
                rules[name] = dict(values)
            after = alerting_of(wanted | {"rules": rules}, self.path)
            changed = with_rule(text, name, values)
            try:
                is_right = alerting_of(tables_of(changed, self.path), self.path) == after
            except SettingsError:
                is_right = False
            if not is_right:
                raise SettingsError(
                    f"rules.{name}",
                    "is written in a way that only a person can change; edit the file",
                )
            _replace(self.path, changed)
            return after


def with_rule(text: str, name: str, values: Mapping[str, Any] | None) -> str:
    """The text of a file with the table `[rules.NAME]` written anew; None takes it out."""
    table = "" if values is None else rule_toml(name, values)
    headers = list(_HEADER.finditer(text))
    mine = [
        number
        for number, header in enumerate(headers)
        if (path := _path(header["path"]))[:2] == ("rules", name) and len(path) >= 2
    ]
    if not mine:
        return text if not table else f"{text.rstrip()}\n\n{table}"
    # Tables inside the rule (`[rules.NAME.near]`) follow it.
    start = headers[mine[0]].start()
    end = headers[mine[-1] + 1].start() if mine[-1] + 1 < len(headers) else len(text)
    body = text[start:end]
    # Blank lines and comments before the next table are that table's.
    kept = re.search(r"(?:^[ \t]*(?:#[^\n]*)?\n)*\Z", body, re.MULTILINE)
    tail = body[kept.start() :] if kept and end < len(text) else ""
    return text[:start] + table + tail + text[end:]


def _path(header: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in header.split("."))


def rule_toml(name: str, values: Mapping[str, Any]) -> str:
    """A rule as a TOML table."""
    lines = [f"{key} = {_value(value)}" for key, value in values.items()]
    return "\n".join([f"[rules.{name}]", *lines]) + "\n"


def _value(value: Any) -> str:
    """A value as TOML: text, number, bool, list, or a table on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _text(value)
        case list() | tuple():
            return f"[{', '.join(_value(one) for one in value)}]"
        case Mapping():
            parts = (f"{_key(key)} = {_value(inner)}" for key, inner in value.items())
            return f"{{ {', '.join(parts)} }}"
    raise TypeError(f"{type(value).__name__} is no value of a rule")


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _text(value: str) -> str:
    """A basic string: quotes, backslashes and control characters are escaped (TOML 1.0)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04X}", escaped) + '"'


def rule_values(rule: Rule) -> dict[str, Any]:
    """The fields of a rule that ask anything, as a file would state them."""
    values: dict[str, Any] = rule.model_dump(mode="json", exclude_defaults=True)
    for name in ("killed", "injured"):
        if name in values:
            values[name] = {key: one for key, one in values[name].items() if one is not None}
    return values


def _replace(path: Path, text: str) -> None:
    """Put a new text in the file's place: a kill leaves the old one or the new."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise SettingsError(str(path), f"cannot be written: {error.strerror}") from error
