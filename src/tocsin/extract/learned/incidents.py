"""Incidents: the triggers that found a report, and what each of them tells of its incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tocsin.extract.learned.decode import Scored, find_spans, whole
from tocsin.extract.learned.layout import SLOTS, STAGES, TYPES
from tocsin.extract.learned.model import ArticleView, Look, ReaderModel, Trigger
from tocsin.extract.learned.windows import Pieces, Window

MOST_TRIGGERS = 24
"""Places of one article that are looked at, likeliest first: round-ups tell a dozen incidents."""
WINDOWS_BEFORE, WINDOWS_AFTER = 1, 2
"""Windows around the trigger's in which an incident's values are looked for. News tells an incident
where it stands or further on; in an article of a hundred pages the rest is of other things."""

_IDENTITY = ("place", "date", "killed", "injured", "target", "weapon", "perpetrator")
"""Slots by which two triggers are seen to tell one incident."""
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
    """The incidents of an article in order of telling, and what was left out."""
    limits = model.thresholds
    candidates = sorted(
        look.spans("trigger", limits["trigger"]), key=lambda one: (-one.score, one.first)
    )[:MOST_TRIGGERS]
    found: list[Incident] = []
    rejected: list[Rejected] = []
    for candidate in sorted(candidates):
        incident = _tell(model, look, view, candidate)
        if incident.valid < limits["valid"]:
            rejected.append(Rejected(candidate, incident.valid, "founds no report"))
        else:
            found.append(incident)
    kept, retold = _merge(found, limits["same"])
    return _share(kept), [*rejected, *retold]


def _tell(model: ReaderModel, look: Look, view: ArticleView, candidate: Scored) -> Incident:
    pieces, windows = look.pieces, look.windows
    home = max(
        range(len(windows)),
        key=lambda row: min(
            candidate.first - windows[row].first, windows[row].last - candidate.last
        ),
    )
    first = max(0, home - WINDOWS_BEFORE)
    last = min(len(windows), home + WINDOWS_AFTER + 1)
    offset = 1 - windows[home].first
    end = min(candidate.last, windows[home].last)
    trigger = Trigger(home - first, candidate.first + offset, end + offset)
    told = model.tell(view.part(first, last), trigger)
    begin, stop = windows[first].first, windows[last - 1].last
    shifted = [Window(one.first - begin, one.last - begin) for one in windows[first:last]]
    states = whole(told.slots, shifted, stop - begin)
    seen = Pieces(
        pieces.ids[begin:stop],
        pieces.starts[begin:stop],
        pieces.ends[begin:stop],
        [True, *pieces.opens[begin + 1 : stop]],
    )
    slots: dict[str, tuple[Scored, ...]] = {}
    for column, slot in enumerate(SLOTS):
        threshold = model.thresholds.get(slot, 0.5)
        spans = find_spans(states[:, column], seen, threshold)
        slots[slot] = tuple(Scored(one.first + begin, one.last + begin, one.score) for one in spans)
    kind = int(np.argmax(told.types))
    return Incident(
        candidate,
        TYPES[kind],
        float(told.types[kind]),
        STAGES[int(np.argmax(told.stages))],
        told.main,
        told.valid,
        slots,
    )


def alikeness(one: Incident, other: Incident) -> float:
    """Share of the values of the poorer incident that the other tells with the same words, 0..1."""
    shared = total = 0
    for slot in _IDENTITY:
        own, others = one.slots[slot], other.slots[slot]
        total += min(len(own), len(others))
        shared += min(
            sum(any(a.first < b.last and b.first < a.last for b in others) for a in own),
            sum(any(a.first < b.last and b.first < a.last for a in own) for b in others),
        )
    return shared / total if total else 0.0


def _merge(found: Sequence[Incident], limit: float) -> tuple[list[Incident], list[Rejected]]:
    """Triggers that tell the same values are one incident: the surest stands."""
    kept: list[Incident] = []
    retold: list[Rejected] = []
    for incident in sorted(found, key=lambda one: (-one.score, one.trigger.first)):
        if any(alikeness(incident, other) >= limit for other in kept):
            retold.append(Rejected(incident.trigger, incident.valid, "tells an incident again"))
        else:
            kept.append(incident)
    kept.sort(key=lambda one: one.trigger.first)
    return kept, retold


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
