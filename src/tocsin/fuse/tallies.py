"""Tallies: an aggregate claim ("the 19th attack since October") beside the record's own count.

A tally never makes an incident and never adds casualties. It is compared with the incidents that
its own filter (kind of attack, country, scope words) and its own window let through.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from tocsin.records import (
    Incident,
    NearMiss,
    TallyCheck,
    TallyClaim,
    TallyVerdict,
    TimeInterval,
)
from tocsin.records.vocab import IncidentType, IncludesCurrent, Stage, TallyKind

_WORD = re.compile(r"[^\W\d_]+")


def check_tally(tally: TallyClaim, incidents: Iterable[Incident]) -> TallyCheck:
    """Count the incidents the tally speaks of. Incidents may come in any order."""
    if tally.kind is TallyKind.STRENGTH or tally.window is None:
        reason = "counts strength" if tally.kind is TallyKind.STRENGTH else "names no window"
        sentence = f"The claim {reason}, so the record has nothing to set beside it."
        return TallyCheck(tally.id, 0, (), (), sentence, TallyVerdict.NOT_COMPARABLE)
    counted: list[Incident] = []
    near: list[NearMiss] = []
    for incident in sorted(incidents, key=lambda i: i.id):
        failures = _failures(tally, incident)
        if not failures:
            counted.append(incident)
        elif len(failures) == 1:
            near.append(NearMiss(incident.id, failures[0]))
    ours = len(counted)
    if tally.kind is TallyKind.CASUALTIES:
        ours = sum((i.killed.value.min or 0) for i in counted if i.killed)
    verdict = _verdict(tally, ours)
    return TallyCheck(
        tally.id,
        ours,
        tuple(incident.id for incident in counted),
        tuple(near),
        _gap(tally, ours, len(near)),
        verdict,
    )


def _failures(tally: TallyClaim, incident: Incident) -> list[str]:
    """Why the tally does not speak of the incident, at most one line for each criterion."""
    found = []
    if incident.stage is Stage.FOILED:
        found.append("foiled before it began")
    types = noun_types(tally.noun)
    if types is not None and incident.type.value not in types:
        found.append(f"its type is {incident.type.value.value}")
    place = incident.place.value if incident.place else None
    if tally.scope_country and (place is None or place.country != tally.scope_country):
        found.append("its country is not told" if place is None else "another country")
    if tally.scope and not _in_scope(tally.scope, incident):
        found.append("the scope words do not fit")
    assert tally.window is not None  # noqa: S101 (check_tally answers tallies without a window)
    when = _when(tally.window, incident.date.value if incident.date else None)
    if when:
        found.append(when)
    is_current = any(m.article_id == tally.article_id and m.is_main for m in incident.reports)
    if is_current and tally.includes_current is IncludesCurrent.NO:
        found.append("it is the attack that the claim counts from")
    return found


def _when(window: TimeInterval, date: TimeInterval | None) -> str | None:
    """Why the date is not in the window; None where it is."""
    if date is None:
        return "its date is not known"
    first, last = date.first_day, date.last_day
    opens, closes = window.first_day, window.last_day
    if opens and last and last < opens:
        return "before the window"
    if closes and first and first > closes:
        return "after the window"
    if (opens and (first is None or first < opens)) or (closes and (last is None or last > closes)):
        return "its date is only partly in the window"
    return None


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, list[str]]]:
    raw = files("tocsin.fuse").joinpath("tallies.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@lru_cache(maxsize=1024)
def noun_types(noun: str) -> frozenset[IncidentType] | None:
    """The types that a tally's noun names; None where it names none in particular ("incidents")."""
    words = _stems(noun)
    found = [key for key in _lexicon()["nouns"] if set(key.split()) <= words]
    # "suicide bombings" are no other bombings, "rocket attacks" no other attacks
    found = [key for key in found if not any(set(key.split()) < set(k.split()) for k in found)]
    telling = [key for key in found if key not in _lexicon()["generic"]["nouns"]] or found
    types = {IncidentType(type_) for key in telling for type_ in _lexicon()["nouns"][key]}
    return frozenset(types) if types else None


def _stems(text: str) -> set[str]:
    """Lower-case words without a plural s."""
    words = (word.casefold() for word in _WORD.findall(text))
    return {w[:-1] if w.endswith("s") and len(w) > 3 and not w.endswith("ss") else w for w in words}


def _in_scope(scope: str, incident: Incident) -> bool:
    """True where the scope's words name something of the incident, or name nothing known.

    Words joined by "or"/"and" widen the scope: one hit is enough. Words that stand for kinds of
    target ("embassy", "troops") are met by targets of the kind.
    """
    words = _stems(scope) - set(_lexicon()["scope"]["ignored"])
    words -= _stems(" ".join(_lexicon()["nouns"]))
    if not words:
        return True
    kinds = {field.value.kind.value for field in incident.targets}
    known = False
    for word in words:
        wanted = _lexicon()["targets"].get(word)
        if wanted is not None:
            known = True
            if kinds.intersection(wanted):
                return True
    names = [field.value.name for field in incident.targets]
    if incident.place:
        place = incident.place.value
        names += [name for name in (place.name, place.admin1, place.admin2) if name]
    told = set().union(*(_stems(name) for name in names))
    return bool(words & told) or (not known and not _has_name(scope))


def _has_name(scope: str) -> bool:
    return any(word[0].isupper() for word in _WORD.findall(scope))


def _verdict(tally: TallyClaim, ours: int) -> TallyVerdict:
    low, high = tally.count.min, tally.count.max
    if low is None and high is None:
        return TallyVerdict.NOT_COMPARABLE
    if low is not None and ours < low:
        return TallyVerdict.RECORD_HAS_FEWER
    if high is not None and ours > high:
        return TallyVerdict.RECORD_HAS_MORE
    return TallyVerdict.AGREES


def _gap(tally: TallyClaim, ours: int, near: int) -> str:
    low, high = tally.count.min, tally.count.max
    if low is not None and low == high:
        claimed = str(low)
    elif low is not None:
        claimed = f"at least {low}" if high is None else f"{low} to {high}"
    else:
        claimed = f"up to {high}" if high is not None else "an unsaid number"
    what = "killed" if tally.kind is TallyKind.CASUALTIES else tally.noun
    floor = "at least " if tally.kind is TallyKind.CASUALTIES else ""
    sentence = f"The claim counts {claimed} ({what}); the record has {floor}{ours}"
    if near:
        sentence += f", and {near} more that fail{'s' if near == 1 else ''} in one point"
    return sentence + "."
