"""Tallies: an aggregate claim ("the 19th attack since October") beside the record's own count.

A tally never makes an incident and never adds casualties. It is compared with the incidents that
its own filter (kind of attack, country, scope words) and its own window let through.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tocsin.fuse.scope import Scope, lexicon, read_scope, stems
from tocsin.records import (
    Incident,
    NearMiss,
    TallyCheck,
    TallyClaim,
    TallyVerdict,
    TimeInterval,
)
from tocsin.records.vocab import IncidentType, IncludesCurrent, Stage, TallyKind

NEAR_DAYS = (2, 14)
"""An incident outside the window is near it within a quarter of its length, in these bounds."""


def check_tally(tally: TallyClaim, incidents: Iterable[Incident]) -> TallyCheck:
    """Count the incidents the tally speaks of. Incidents may come in any order."""
    ordered = sorted(incidents, key=lambda i: i.id)
    reason = _incomparable(tally, ordered)
    if reason:
        sentence = f"The claim {reason}: the record has nothing to set beside it."
        return TallyCheck(tally.id, 0, (), (), sentence, TallyVerdict.NOT_COMPARABLE)
    own = [
        i for i in ordered if any(m.article_id == tally.article_id and m.is_main for m in i.reports)
    ]
    types = noun_types(tally.noun)
    fitting = [i for i in own if types is None or i.type.value in types]
    scope = read_scope(tally, fitting or own)
    counted: list[Incident] = []
    near: list[NearMiss] = []
    for incident in ordered:
        failures = _failures(tally, scope, incident)
        if not failures:
            counted.append(incident)
        elif len(failures) == 1 and _is_near(tally, incident):
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
        _gap(tally, ours, near),
        verdict,
    )


def _incomparable(tally: TallyClaim, incidents: Sequence[Incident]) -> str | None:
    """Why the claim counts no incidents of a window; None where it does."""
    if tally.kind is TallyKind.STRENGTH:
        return "counts strength"
    if tally.window is None:
        return "names no window"
    if tally.kind is TallyKind.CASUALTIES and (
        tally.count.max == 1 or any(_tells_toll(tally, i) for i in incidents)
    ):
        return "speaks of the harm done in one attack"
    return None


def _tells_toll(tally: TallyClaim, incident: Incident) -> bool:
    """True where the words of the claim are those of a figure of one incident."""
    return any(
        words.article_id == tally.article_id
        and words.span.start < tally.span.end
        and tally.span.start < words.span.end
        for field in (incident.killed, incident.injured, incident.attackers_killed)
        if field
        for words in (*field.evidence, *(w for a in field.alternatives for w in a.evidence))
    )


def _failures(tally: TallyClaim, scope: Scope, incident: Incident) -> list[str]:
    """Why the tally does not speak of the incident, at most one line for each criterion."""
    assert tally.window is not None  # noqa: S101 (check_tally answers tallies without a window)
    types = noun_types(tally.noun)
    is_of_noun = types is None or incident.type.value in types
    is_current = any(m.article_id == tally.article_id and m.is_main for m in incident.reports)
    found = (
        "foiled before it began" if incident.stage is Stage.FOILED else None,
        scope.kind_failure(incident) if is_of_noun else "of another form",
        scope.place_failure(incident),
        _when(tally.window, incident.date.value if incident.date else None),
        "the attack that the claim counts from"
        if is_current and tally.includes_current is IncludesCurrent.NO
        else None,
    )
    return [reason for reason in found if reason]


def _is_near(tally: TallyClaim, incident: Incident) -> bool:
    """True for an incident in the window or close to it, or undated but in the claim's country."""
    window = tally.window
    date = incident.date.value if incident.date else None
    place = incident.place.value if incident.place else None
    is_abroad = bool(place and tally.scope_country and place.country != tally.scope_country)
    if is_abroad or window is None:
        return False
    if date is None:
        return place is not None
    opens, closes = window.first_day, window.last_day
    span = (closes - opens).days + 1 if opens and closes else NEAR_DAYS[1]
    slack = dt.timedelta(days=min(max(span // 4, NEAR_DAYS[0]), NEAR_DAYS[1]))
    first, last = date.first_day or dt.date.min, date.last_day or dt.date.max
    is_vague = date.first_day is None or date.last_day is None or last - first > 4 * slack
    too_early = opens is not None and (opens - last) > slack
    too_late = closes is not None and (first - closes) > slack
    return not (is_vague or too_early or too_late)


def _when(window: TimeInterval, date: TimeInterval | None) -> str | None:
    """Why the date is not in the window; None where it is."""
    if date is None:
        return "date not known"
    first, last = date.first_day, date.last_day
    opens, closes = window.first_day, window.last_day
    if opens and last and last < opens:
        return "before the window"
    if closes and first and first > closes:
        return "after the window"
    if (opens and (first is None or first < opens)) or (closes and (last is None or last > closes)):
        return "only partly in the window"
    return None


@lru_cache(maxsize=1024)
def noun_types(noun: str) -> frozenset[IncidentType] | None:
    """The types that a tally's noun names; None where it names none in particular ("incidents")."""
    words = stems(noun)
    found = [key for key in lexicon()["nouns"] if set(key.split()) <= words]
    # "suicide bombings" are no other bombings, "rocket attacks" no other attacks
    found = [key for key in found if not any(set(key.split()) < set(k.split()) for k in found)]
    telling = [key for key in found if key not in lexicon()["generic"]["nouns"]] or found
    types = {IncidentType(type_) for key in telling for type_ in lexicon()["nouns"][key]}
    return frozenset(types) if types else None


def _verdict(tally: TallyClaim, ours: int) -> TallyVerdict:
    low, high = tally.count.min, tally.count.max
    if low is None and high is None:
        return TallyVerdict.NOT_COMPARABLE
    if low is not None and ours < low:
        return TallyVerdict.RECORD_HAS_FEWER
    if high is not None and ours > high:
        return TallyVerdict.RECORD_HAS_MORE
    return TallyVerdict.AGREES


def _gap(tally: TallyClaim, ours: int, near: Sequence[NearMiss]) -> str:
    """`Claimed: 3 attacks, 15-22 Feb 2021; the record holds 1; 2 more are close: ...`."""
    low, high = tally.count.min, tally.count.max
    if low is not None and low == high:
        claimed = str(low)
    elif low is not None:
        claimed = f"at least {low}" if high is None else f"{low} to {high}"
    else:
        claimed = f"up to {high}" if high is not None else "an unsaid number of"
    is_harm = tally.kind is TallyKind.CASUALTIES
    noun = tally.noun if is_harm or (low == high == 1) else _plural(tally.noun)
    holds = f"at least {ours} killed" if is_harm else str(ours)
    sentence = f"Claimed: {claimed} {noun}, {_window_words(tally)}; the record holds {holds}"
    if near:
        reasons = Counter(miss.reason for miss in near)
        listed = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        why = ", ".join(
            f"{count} {reason}" if len(near) > 1 else reason for reason, count in listed
        )
        sentence += f"; {len(near)} more {'is' if len(near) == 1 else 'are'} close: {why}"
    return sentence + "."


def _plural(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    if noun.endswith(("ch", "sh", "x")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def _window_words(tally: TallyClaim) -> str:
    """`since 15 Feb 2021`, `15-22 Feb 2021`."""
    assert tally.window is not None  # noqa: S101 (asked of comparable tallies alone)
    first, last = tally.window.first_day, tally.window.last_day
    if first is None or last is None:
        known = first or last
        return f"{'since' if first else 'until'} {_day(known)}" if known else "at any time"
    words = tally.window_span.text if tally.window_span else ""
    if words.casefold().startswith(("since", "after", "from")):
        return f"since {_day(first)}"
    if first == last:
        return f"on {_day(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b} {day.year}"
