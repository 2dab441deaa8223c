"""Incidents: the triggers that found a report, and what each of them tells of its incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tocsin.extract.learned.decode import PIECES_OF_MARK, Floats, Scored, find_values, whole
from tocsin.extract.learned.layout import BEGIN, INSIDE, ROLES, SLOTS, STAGES, TYPES
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

MOST_TRIGGERS = 24
"""Places of one article that are looked at, likeliest first: round-ups tell a dozen incidents."""
WINDOWS_BEFORE, WINDOWS_AFTER = 1, 2
"""Windows around the trigger's in which an incident's values are looked for. News tells an incident
where it stands or further on; in an article of a hundred pages the rest is of other things."""

MAIN = 0.5
"""Probability from which an incident is the article's own news."""

SURE = 0.5
"""Probability that a report is founded at all, from which a faint trigger founds one."""

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
    model: ReaderModel, look: Look, view: ArticleView
) -> tuple[list[Incident], list[Rejected]]:
    """The incidents of an article in order of telling, and what was left out.

    Relevant news mostly has an incident of its own: where the triggers found none, the surest of
    the fainter ones that does is taken.
    """
    limits = model.thresholds
    candidates = look.triggers(limits["trigger"])
    events, rejected = _tell_all(model, look, view, candidates)
    if not any(one.main >= MAIN for one in events):
        faint = look.triggers(limits.get("own_news", limits["trigger"]))
        more, left_out = _tell_all(
            model, look, view, [one for one in faint if one not in candidates]
        )
        own = [one for one in more if one.main >= MAIN and one.valid >= SURE]
        events += sorted(own, key=lambda one: -one.score)[:1]
        rejected += left_out
    kept, retold = _merge(events, look, limits["same"])
    return [_surest(one, limits) for one in _share(kept)], [*rejected, *retold]


def _tell_all(
    model: ReaderModel, look: Look, view: ArticleView, candidates: Sequence[Scored]
) -> tuple[list[Incident], list[Rejected]]:
    """The incidents that the surest candidates tell, in order of telling, and what founds none."""
    limits = model.thresholds
    found: list[Incident] = []
    rejected: list[Rejected] = []
    surest = sorted(candidates, key=lambda one: (-one.score, one.first))[:MOST_TRIGGERS]
    for candidate in sorted(surest):
        if tidy(look.text, *look.pieces.edges(candidate.first, candidate.last)) is None:
            rejected.append(Rejected(candidate, 0.0, "tells nothing by its words"))
            continue
        trigger = _trigger_at(candidate, look.windows)
        home = model.tell(view, trigger.window, trigger)
        if home.valid < limits["valid"]:
            rejected.append(Rejected(candidate, home.valid, "founds no report"))
        else:
            near = _neighbours(trigger, len(look.windows))
            told = [home if w == trigger.window else model.tell(view, w, trigger) for w in near]
            found.append(_incident(candidate, home, _values(look, near, told, limits["span"])))
    events = [one for one in found if not _is_a_value(one, found)]
    rejected += [
        Rejected(one.trigger, one.valid, "names a place or a target")
        for one in found
        if one not in events
    ]
    return events, rejected


def _is_a_value(incident: Incident, found: Sequence[Incident]) -> bool:
    """Whether the trigger's words are where an incident happened, or what another one hit: words
    that tell of an incident and not that it happened."""
    at = incident.trigger
    return any(
        value.first <= at.first and at.last <= value.last
        for other in found
        for slot in (("place",) if other is incident else ("place", "target"))
        for value in other.slots[slot]
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


def _values(
    look: Look, near: range, told: Sequence[RowView], threshold: float
) -> dict[str, tuple[Scored, ...]]:
    """The values that neighbouring windows tell of an incident, on the article's pieces."""
    windows = look.windows[near.start : near.stop]
    begin, stop = windows[0].first, windows[-1].last
    shifted = [Window(one.first - begin, one.last - begin) for one in windows]
    states = whole([one.slots for one in told], shifted, stop - begin)
    return {
        slot: tuple(Scored(one.first + begin, one.last + begin, one.score) for one in spans)
        for slot, spans in _slots(
            look.text, states, look.pieces.part(begin, stop), threshold
        ).items()
    }


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
        for column, slot in enumerate(SLOTS)
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
    found: Sequence[Incident], look: Look, limit: float
) -> tuple[list[Incident], list[Rejected]]:
    """Triggers that tell the same values are one incident: the surest stands."""
    kept: list[tuple[Incident, dict[str, list[Value]]]] = []
    retold: list[Rejected] = []
    for incident in sorted(found, key=lambda one: (-one.score, one.trigger.first)):
        values = values_of(look.text, look.pieces, incident.slots)
        if any(sameness(values, others) >= limit for _, others in kept):
            retold.append(Rejected(incident.trigger, incident.valid, "tells an incident again"))
        else:
            kept.append((incident, values))
    return sorted((one for one, _ in kept), key=lambda one: one.trigger.first), retold


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
