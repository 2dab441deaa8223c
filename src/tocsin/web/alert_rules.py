"""The pages of alert rules: what each asks for, a form of one, and what it would have sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from tocsin.alert import Alerting, Rule
from tocsin.alert.records import Alert, DevelopmentKind
from tocsin.alert.rules_file import rule_values
from tocsin.api.alert_rules import Foreseen
from tocsin.publish.phrasing import plain
from tocsin.publish.wording import spaced
from tocsin.records.vocab import IncidentStatus, IncidentType
from tocsin.store import StoreView
from tocsin.web.forms import PostedForm
from tocsin.web.rendering import incident_href, moment_words

NEW: Final = "new"
"""Stands in the address for a rule that has no name yet."""
MAX_COUNTED: Final = 1_000
"""Alerts counted for the list."""

LISTS: Final = {
    "countries": ("Countries", "two letters each, as IQ, SY"),
    "places": ("Places", "names, or of what holds them"),
    "actors": ("Actors", "any spelling the catalogue knows"),
    "watch": ("Watch lists", "names in the file"),
}
CHOICES: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "on": ("Told of", [kind.value for kind in DevelopmentKind]),
    "types": ("Types", [kind.value for kind in IncidentType]),
    "statuses": ("Standing", [status.value for status in IncidentStatus]),
}
BOUNDS: Final = {"killed": "Killed", "injured": "Hurt"}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the list."""

    name: str
    href: str
    asks: tuple[tuple[str, str], ...]
    """Field and what it asks, in words."""
    receivers: str
    said: str
    feed_href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that may be ticked."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RuleForm:
    """A rule to be changed: each field as text, as a form has it."""

    name: str
    is_new: bool
    href: str
    lists: tuple[tuple[str, str, str, str], ...]
    """Field, label, hint, text."""
    choices: tuple[tuple[str, str, tuple[Choice, ...]], ...]
    bounds: tuple[tuple[str, str, str, str], ...]
    """Field, label, least, most."""
    bbox: str
    near: str
    min_origins: str
    recaps: bool
    receivers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ForeseenLine:
    """An alert that would have been sent."""

    at: str
    action: str
    what: str
    title: str
    href: str


def rule_lines(store: StoreView, alerting: Alerting) -> tuple[RuleLine, ...]:
    """Every rule of the file, in its order."""
    return tuple(_line(store, name, rule) for name, rule in alerting.rules.items())


def _line(store: StoreView, name: str, rule: Rule) -> RuleLine:
    said = len(store.outbox.alerts(name, limit=MAX_COUNTED))
    return RuleLine(
        name=name,
        href=f"/alerts/{quote(name, safe='')}",
        asks=tuple(_asks(rule)),
        receivers=", ".join(rule.send_to) or "nobody; kept and in the feed",
        said=f"{said:,}" if said < MAX_COUNTED else f"{MAX_COUNTED:,} or more",
        feed_href=f"/api/v1/alerts/{quote(name, safe='')}.atom",
    )


def _asks(rule: Rule) -> Iterator[tuple[str, str]]:
    """What a rule asks, field by field; everything where it asks nothing."""
    for name, value in rule_values(rule).items():
        if name == "send_to":
            continue
        match value:
            case list():
                words = ", ".join(spaced(str(one)) for one in value)
            case dict():
                words = ", ".join(f"{key.replace('_', ' ')} {one}" for key, one in value.items())
            case bool():
                words = "yes" if value else "no"
            case _:
                words = str(value)
        yield spaced(name), plain(words)


def rule_form(alerting: Alerting, name: str, values: Mapping[str, Any] | None = None) -> RuleForm:
    """A form filled with a rule of the file, or with `values`, as they were posted."""
    is_new = name not in alerting.rules
    if values is None:
        values = {} if is_new else rule_values(alerting.rules[name])
    given = dict(values)
    on = given.get("on", [kind.value for kind in DevelopmentKind])
    chosen = {"on": on, "types": given.get("types", []), "statuses": given.get("statuses", [])}
    near = given.get("near")
    return RuleForm(
        name="" if name == NEW else name,
        is_new=is_new,
        href=f"/alerts/{quote(name, safe='')}",
        lists=tuple(
            (field, label, hint, ", ".join(map(str, given.get(field, []))))
            for field, (label, hint) in LISTS.items()
        ),
        choices=tuple(
            (field, label, tuple(Choice(v, spaced(v), v in chosen[field]) for v in options))
            for field, (label, options) in CHOICES.items()
        ),
        bounds=tuple(
            (field, label, _end(given, field, "min"), _end(given, field, "max"))
            for field, label in BOUNDS.items()
        ),
        bbox=", ".join(map(str, given.get("bbox", []))),
        near=", ".join(str(near[key]) for key in ("lat", "lon", "radius_km")) if near else "",
        min_origins=_shown(given.get("min_origins")),
        recaps=bool(given.get("recaps")),
        receivers=tuple(
            Choice(one, f"{one} ({receiver.kind})", one in given.get("send_to", []))
            for one, receiver in alerting.receivers.items()
        ),
    )


def _end(given: Mapping[str, Any], field: str, end: str) -> str:
    return _shown(given.get(field, {}).get(end))


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def posted_values(form: PostedForm) -> dict[str, Any]:
    """The fields of a rule as a form posts them. What is no number stays as it was typed, and is
    refused by name where the rule is checked."""
    values: dict[str, Any] = {}
    for field in LISTS:
        parts = [part.strip() for part in (form.one(field) or "").split(",")]
        if kept := [part for part in parts if part]:
            values[field] = [part.upper() for part in kept] if field == "countries" else kept
    for field, (_, options) in CHOICES.items():
        ticked = form.all(field)
        # All of them ask nothing; none of them is told apart from that, and refused.
        if set(ticked) != set(options) and (ticked or field == "on"):
            values[field] = ticked
    for field in BOUNDS:
        ends = {end: form.one(f"{field}_{end}") for end in ("min", "max")}
        if bounds := {end: _number(text) for end, text in ends.items() if text}:
            values[field] = bounds
    if bbox := form.one("bbox"):
        values["bbox"] = [_number(part) for part in bbox.split(",")]
    if near := form.one("near"):
        figures = [_number(part) for part in near.split(",")]
        values["near"] = dict(zip(("lat", "lon", "radius_km"), figures, strict=False))
    if origins := form.one("min_origins"):
        values["min_origins"] = _number(origins)
    if form.one("recaps"):
        values["recaps"] = True
    if receivers := form.all("send_to"):
        values["send_to"] = receivers
    return values


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text.strip()


def foreseen_lines(found: Foreseen) -> tuple[ForeseenLine, ...]:
    """What would have been sent, the newest first."""
    return tuple(_foreseen_line(one) for one in reversed(found.alerts))


def _foreseen_line(one: Alert) -> ForeseenLine:
    kinds = dict.fromkeys(spaced(told.kind.value) for told in one.developments)
    return ForeseenLine(
        at=moment_words(one.recorded_at),
        action=one.action.value,
        what=", ".join(kinds),
        title=plain(one.headline.title),
        href=incident_href(one.headline.incident_id),
    )
