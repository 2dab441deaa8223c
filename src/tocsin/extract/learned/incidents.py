"""Incidents: the triggers that found a report, and what each of them tells of its incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tocsin.extract.learned.decode import PIECES_OF_MARK, Floats, Scored, find_values, whole
from tocsin.extract.learned.layout import (
    BEGIN,
    INSIDE,
    RETELLING,
    ROLES,
    SLOTS,
    STAGES,
    TYPES,
    VALUES,
)
from tocsin.extract.learned.model import (
    ArticleView,
    Look,
    ReaderModel,
    RowView,
    Trigger,
)
from tocsin.extract.learned.sameness import Value, sameness, values_of
from tocsin.extract.learned.windows import Pieces, Window, roomiest
from tocsin.extract.learned.wording import tidy

Edges = tuple[int, int]
"""Code points `[start, end)` of the article's text."""
MOST_TRIGGERS = 24
"""Places of one article that are looked at, likeliest first: round-ups tell a dozen incidents."""
WINDOWS_BEFORE, WINDOWS_AFTER = 1, 2
"""Windows around the trigger's in which an incident's values are looked for. News tells an incident
where it stands or further on; in an article of a hundred pages the rest is of other things."""

MAIN = 0.5
"""Probability from which an incident is the article's own news."""

SURE = 0.5
"""Probability that a report is founded at all, from which a faint trigger founds one."""

PLAINLY_AGAIN = 0.9
"""Probability of telling an incident again from which words are not asked what they tell."""

_EXCLUSIVE = ("killed", "injured")
"""Slots whose words belong to one incident only."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as an article tells it, on pieces."""

    trigger: Scored
    type: str
    type_score: float
    stage: str
    main: float
    valid: float
    slots: dict[str, tuple[Scored, ...]]

    @property
    def score(self) -> float:
        """How surely a report is founded there: that an incident is first told, and stands."""
        return self.trigger.score * self.valid


@dataclass(frozen=True, slots=True)
class Rejected:
    """A place that was looked at and left out, and why."""

    trigger: Scored
    valid: float
    reason: str


def find_incidents(
    model: ReaderModel, look: Look, view: ArticleView, totals: Sequence[Edges] = ()
) -> tuple[list[Incident], list[Rejected]]:
    """The incidents of an article in order of telling, and what was left out. `totals` are words
    that count many: none of them is told there.

    Relevant news mostly has an incident of its own: where the triggers found none, the surest of
    the fainter ones that does is taken.
    """
    limits = model.thresholds
    candidates = look.triggers(limits["trigger"])
    single, rejected = _without_totals(look, candidates, totals)
    tellings, founded_none = _tell_all(model, look, view, single)
    rejected += founded_none
    if not any(one.incident.main >= MAIN for one in tellings):
        faint = look.triggers(limits.get("own_news", limits["trigger"]))
        fainter, _ = _without_totals(look, [one for one in faint if one not in candidates], totals)
        more, left_out = _tell_all(model, look, view, fainter)
        own = [one for one in more if one.incident.main >= MAIN and one.incident.valid >= SURE]
        tellings += sorted(own, key=lambda one: -one.incident.score)[:1]
        rejected += left_out
    kept, retold = _merge(tellings, look, limits)
    return [_surest(one, limits) for one in _share(kept)], [*rejected, *retold]


def _without_totals(
    look: Look, candidates: Sequence[Scored], totals: Sequence[Edges]
) -> tuple[list[Scored], list[Rejected]]:
    """The candidates that tell one incident, and those that count many."""
    single: list[Scored] = []
    counting: list[Rejected] = []
    for candidate in candidates:
        start, end = look.pieces.edges(candidate.first, candidate.last)
        if any(first < end and start < last for first, last in totals):
            counting.append(Rejected(candidate, 0.0, "counts many incidents"))
        else:
            single.append(candidate)
    return single, counting


@dataclass(frozen=True, slots=True, eq=False)
class _Telling:
    """What a trigger's run of the network tells: an incident, and where it is told again."""

    incident: Incident
    begin: int
    """The article's piece at which `again` begins."""
    again: Floats
    """(pieces,) probability of telling the incident once more."""

    def retells(self, words: Scored) -> float | None:
        """How likely the words tell the incident again; None where they were not read for it."""
        first, last = words.first - self.begin, words.last - self.begin
        if first < 0 or last > len(self.again):
            return None
        return float(self.again[first:last].mean())


def _tell_all(
    model: ReaderModel, look: Look, view: ArticleView, candidates: Sequence[Scored]
) -> tuple[list[_Telling], list[Rejected]]:
    """The incidents that the surest candidates tell, and what founds none.

    The surest is read first: what plainly tells its incident again needs no run of its own.
    """
    limits = model.thresholds
    told: list[_Telling] = []
    rejected: list[Rejected] = []
    surest = sorted(candidates, key=lambda one: (-one.score, one.first))[:MOST_TRIGGERS]
    for candidate in surest:
        if tidy(look.text, *look.pieces.edges(candidate.first, candidate.last)) is None:
            rejected.append(Rejected(candidate, 0.0, "tells nothing by its words"))
        elif any((one.retells(candidate) or 0.0) >= PLAINLY_AGAIN for one in told):
            rejected.append(Rejected(candidate, 0.0, "tells an incident again"))
        else:
            trigger = _trigger_at(candidate, look.windows)
            home = model.tell(view, trigger.window, trigger)
            if home.valid < limits["valid"]:
                rejected.append(Rejected(candidate, home.valid, "founds no report"))
            else:
                told.append(_telling(model, look, view, candidate, trigger=trigger, home=home))
    events = [one for one in told if not _is_a_value(one.incident, told)]
    rejected += [
        Rejected(one.incident.trigger, one.incident.valid, "names a place or a target")
        for one in told
        if one not in events
    ]
    return events, rejected


def _is_a_value(incident: Incident, told: Sequence[_Telling]) -> bool:
    """Whether the trigger's words are where an incident happened, or what another one hit: words
    that tell of an incident and not that it happened."""
    at = incident.trigger
    return any(
        value.first <= at.first and at.last <= value.last
        for other in told
        for slot in (("place",) if other.incident is incident else ("place", "target"))
        for value in other.incident.slots[slot]
    )


def _surest(incident: Incident, limits: Mapping[str, float]) -> Incident:
    """Without the values that are likelier not its own: they served to tell incidents apart."""
    slots = {
        slot: tuple(one for one in spans if one.score >= limits.get(slot, 0.5))
        for slot, spans in incident.slots.items()
    }
    return replace(incident, slots=slots)


def _trigger_at(candidate: Scored, windows: Sequence[Window]) -> Trigger:
    """The candidate in the window where it stands farthest from the edges."""
    home = roomiest(windows, candidate.first, candidate.last)
    offset = PIECES_OF_MARK - windows[home].first
    end = min(candidate.last, windows[home].last)
    return Trigger(home, candidate.first + offset, end + offset)


def _neighbours(trigger: Trigger, count: int) -> range:
    """The windows in which an incident's values are looked for, out of `count`."""
    return range(
        max(0, trigger.window - WINDOWS_BEFORE), min(count, trigger.window + WINDOWS_AFTER + 1)
    )


def _telling(
    model: ReaderModel,
    look: Look,
    view: ArticleView,
    candidate: Scored,
    *,
    trigger: Trigger,
    home: RowView,
) -> _Telling:
    """What neighbouring windows tell of an incident, on the article's pieces. `home` is what the
    trigger's own window tells."""
    near = _neighbours(trigger, len(look.windows))
    told = [home if w == trigger.window else model.tell(view, w, trigger) for w in near]
    windows = look.windows[near.start : near.stop]
    begin, stop = windows[0].first, windows[-1].last
    shifted = [Window(one.first - begin, one.last - begin) for one in windows]
    states = whole([one.slots for one in told], shifted, stop - begin)
    pieces = look.pieces.part(begin, stop)
    slots = {
        slot: tuple(Scored(one.first + begin, one.last + begin, one.score) for one in spans)
        for slot, spans in _slots(look.text, states, pieces, model.thresholds["span"]).items()
    }
    retelling = states[:, SLOTS.index(RETELLING)]
    return _Telling(
        _incident(candidate, home, slots), begin, retelling[:, BEGIN] + retelling[:, INSIDE]
    )


def _incident(candidate: Scored, home: RowView, slots: dict[str, tuple[Scored, ...]]) -> Incident:
    """`home` is what the trigger's own window tells."""
    kind = int(np.argmax(home.types))
    return Incident(
        candidate,
        TYPES[kind],
        float(home.types[kind]),
        STAGES[int(np.argmax(home.stages))],
        home.main,
        home.valid,
        slots,
    )


def _slots(text: str, states: Floats, pieces: Pieces, threshold: float) -> dict[str, list[Scored]]:
    """The values of each slot. `states` (pieces, slots, 3).

    Whoever did it is looked for in all roles together, then gets the likeliest one: of two roles
    with half the probability each, neither would be seen.
    """
    slots: dict[str, list[Scored]] = {
        slot: find_values(text, states[:, column], pieces, threshold)
        for column, slot in enumerate(VALUES)
        if slot not in ROLES
    }
    columns = [SLOTS.index(role) for role in ROLES]
    in_roles = states[:, columns]
    together = in_roles.sum(1)
    told = together[:, BEGIN] + together[:, INSIDE]
    together[:, (BEGIN, INSIDE)] /= np.maximum(told, 1)[:, None]
    slots |= {role: [] for role in ROLES}
    for one in find_values(text, together, pieces, threshold):
        likely = in_roles[one.first : one.last, :, (BEGIN, INSIDE)].sum(2).mean(0)
        slots[ROLES[int(np.argmax(likely))]].append(one)
    return slots


def _merge(
    tellings: Sequence[_Telling], look: Look, limits: Mapping[str, float]
) -> tuple[list[Incident], list[Rejected]]:
    """Triggers that tell one incident: the surest stands."""
    kept: list[tuple[_Telling, dict[str, list[Value]]]] = []
    retold: list[Rejected] = []
    for one in sorted(tellings, key=lambda one: (-one.incident.score, one.incident.trigger.first)):
        incident = one.incident
        values = values_of(look.text, look.pieces, incident.slots)
        if any(
            _is_one(_retelling(one, other), sameness(values, others), limits)
            for other, others in kept
        ):
            retold.append(Rejected(incident.trigger, incident.valid, "tells an incident again"))
        else:
            kept.append((one, values))
    incidents = [one.incident for one, _ in kept]
    return sorted(incidents, key=lambda one: one.trigger.first), retold


def _retelling(one: _Telling, other: _Telling) -> float | None:
    """How likely two triggers tell one incident, each asked of the other; None where they stand
    too far apart for both."""
    asked = (one.retells(other.incident.trigger), other.retells(one.incident.trigger))
    answers = [answer for answer in asked if answer is not None]
    return sum(answers) / len(answers) if answers else None


def _is_one(retelling: float | None, shared: float, limits: Mapping[str, float]) -> bool:
    """Whether two triggers tell one incident: the network says so, or their values do and it does
    not say no. Two attacks of one article often share a day, a doer and a weapon."""
    if retelling is None:
        return shared >= limits["same"]
    return retelling >= limits["again"] or (
        retelling >= limits["apart"] and shared >= limits["same"]
    )


def _share(incidents: Sequence[Incident]) -> list[Incident]:
    """Each casualty figure to the incident that is surest of it."""
    result = []
    for incident in incidents:
        slots = dict(incident.slots)
        for slot in _EXCLUSIVE:
            slots[slot] = tuple(
                one
                for one in incident.slots[slot]
                if not any(
                    one.first < rival.last
                    and rival.first < one.last
                    and (rival.score, -other.trigger.first) > (one.score, -incident.trigger.first)
                    for other in incidents
                    if other is not incident
                    for rival in other.slots[slot]
                )
            )
        result.append(replace(incident, slots=slots))
    return result
