"""Offers: decisions that evidence which came after them speaks against.

Neither is given up in silence: the decision holds in the record, the evidence stands here beside
it, until a person confirms the decision, makes another, or undoes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tocsin.config import Settings
from tocsin.fuse import fuse
from tocsin.pipeline import candidate_keys, standing_decisions
from tocsin.records import Incident, ReportInContext, ReviewDecision
from tocsin.records.vocab import DecisionKind, IncidentStatus
from tocsin.resolve import score_pair
from tocsin.review import FieldName, Standing, value_text
from tocsin.review.apply import in_force, last_verdict
from tocsin.review.replay import is_renewal
from tocsin.store import StoreView

MAX_COMPARED = 60
"""Reports of one side that are compared with those of another, the smallest ids: 3,600 pairs at
most for one decision. What speaks against a decision is rarely said only once."""


DOUBTED = frozenset({IncidentStatus.DISPUTED, IncidentStatus.RETRACTED})
"""Statuses that speak against a confirmation; to be corroborated since does not."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision, and what has come since that does not agree with it."""

    decision: ReviewDecision
    reason: str
    """In words, for a person."""
    incident_id: str | None = None
    """The incident that the decision bears on now; None where it bears on none."""
    field: str | None = None
    decided: str | None = None
    """JSON text of what was decided, or of what the reports gave then."""
    now: str | None = None
    """JSON text of what the reports alone give now."""
    report_ids: tuple[str, ...] = ()
    """The reports that came since, as far as they bear on it."""


def offers(store: StoreView, settings: Settings) -> list[Offer]:
    """Everything to be looked at again, in the order of the log."""
    desk = _Desk(store, settings, standing_decisions(store))
    return [offer for decision in desk.standing.decisions for offer in desk.offers(decision)]


class _Desk:
    def __init__(self, store: StoreView, settings: Settings, standing: Standing) -> None:
        self._store = store
        self._settings = settings
        self.standing = standing

    @cached_property
    def _renewals(self) -> dict[str, list[ReviewDecision]]:
        found: dict[str, list[ReviewDecision]] = {}
        for decision in self.standing.decisions:
            if is_renewal(decision):
                found.setdefault(decision.inputs[0], []).append(decision)
        return found

    def offers(self, decision: ReviewDecision) -> Iterator[Offer]:
        if is_renewal(decision):
            return
        subjects = self.standing.subjects[decision.id]
        if not subjects or not all(subjects):
            yield Offer(decision, "reports it was made on are no longer in the record")
            return
        match decision.kind:
            case DecisionKind.EDIT | DecisionKind.PIN:
                yield from self._on_values(decision)
            case DecisionKind.CONFIRM:
                yield from self._on_confirmation(decision)
            case DecisionKind.REJECT:
                yield from self._on_rejection(decision)
            case DecisionKind.MERGE:
                yield from self._on_merge(decision)
            case DecisionKind.SPLIT:
                yield from self._on_split(decision)
            case DecisionKind.RELATE:
                yield from self._on_relation(decision)
            case _:
                pass

    # one incident

    def _on_values(self, decision: ReviewDecision) -> Iterator[Offer]:
        incident = self._home(self.standing.subjects[decision.id][0])
        if incident is None or incident.status is IncidentStatus.REJECTED:
            return
        setting = in_force(self._bearing(incident))
        plain, since = fuse(self._contexts(incident)), self._since(decision, incident)
        evidence = self._evidence(decision)
        for field, decided in decision.field_values.items():
            name = FieldName(field)
            now = value_text(plain, name)
            last = setting.get(name)
            if last is not None and last.id != decision.id:
                if not self._was_known_to(decision, last):
                    yield Offer(
                        decision,
                        f"{last.id}, made on another incident that is now this one, sets another"
                        f" {field}, and being later holds",
                        incident.id,
                        field,
                        decided,
                        last.field_values[field],
                    )
            elif now not in {decided, evidence.get(field)}:
                yield Offer(
                    decision,
                    f"the reports now give another {field} than when it was set",
                    incident.id,
                    field,
                    decided,
                    now,
                    since,
                )

    def _was_known_to(self, decision: ReviewDecision, later: ReviewDecision) -> bool:
        """True where the later decision was made on an incident that the earlier one bore on, or
        sets the same."""
        same = all(
            later.field_values.get(field, text) == text
            for field, text in decision.field_values.items()
        )
        return same or not self.standing.reports(later.id).isdisjoint(
            self.standing.reports(decision.id)
        )

    def _on_confirmation(self, decision: ReviewDecision) -> Iterator[Offer]:
        incident = self._home(self.standing.subjects[decision.id][0])
        if incident is None:
            return
        bearing = self._bearing(incident)
        if last_verdict(bearing) != decision:
            return
        plain, since = fuse(self._contexts(incident)), self._since(decision, incident)
        pinned = in_force(bearing)
        for field, then in self._evidence(decision).items():
            name = FieldName(field)
            now = value_text(plain, name)
            if name is FieldName.STATUS and plain.status not in DOUBTED:
                continue
            if now != then and name not in pinned:
                reason = f"the {field} was another when it was confirmed"
                yield Offer(decision, reason, incident.id, field, then, now, since)

    def _on_rejection(self, decision: ReviewDecision) -> Iterator[Offer]:
        (reports,) = self.standing.subjects[decision.id]
        incident = self._home(reports)
        if incident is None or incident.status is not IncidentStatus.REJECTED:
            return
        mine = self._contexts(incident)
        told = {context.report.id for context in mine} | self._seen(decision)
        joining = self._joining(mine, told)
        if joining:
            reason = "reports of other origins tell what was rejected"
            yield Offer(decision, reason, incident.id, report_ids=tuple(sorted(joining)))

    # several incidents

    def _on_merge(self, decision: ReviewDecision) -> Iterator[Offer]:
        incident = self._home(self.standing.subjects[decision.id][0])
        if incident is None:
            return
        since = self._since(decision, incident)
        if not since:
            return
        seen = self._seen(decision)
        contexts = self._contexts(incident)
        known = [context for context in contexts if context.report.id in seen][:MAX_COMPARED]
        fresh = [context for context in contexts if context.report.id in since][:MAX_COMPARED]
        said_then = {veto for a in known for b in known for veto in score_pair(a, b).vetoes}
        against: dict[str, set[str]] = {}
        for context in fresh:
            for other in known:
                for veto in score_pair(context, other).vetoes:
                    if veto not in said_then:
                        against.setdefault(veto, set()).add(context.report.id)
        for veto, report_ids in sorted(against.items()):
            reason = f"a report that came since does not fit the whole: {veto}"
            yield Offer(decision, reason, incident.id, report_ids=tuple(sorted(report_ids)))

    def _on_split(self, decision: ReviewDecision) -> Iterator[Offer]:
        parts = self.standing.subjects[decision.id]
        homes = [self._home(part) for part in parts]
        if len({home.id for home in homes if home}) < len(parts):
            return
        seen = self._seen(decision)
        joining = [
            self._joining(self._store.reports_in_context(part[:MAX_COMPARED]), seen)
            for part in parts
        ]
        bridging = {
            report_id
            for at, one in enumerate(joining)
            for other in joining[at + 1 :]
            for report_id in one & other
        }
        if bridging:
            reason = "reports that came since fit both parts"
            first = homes[0].id if homes[0] else None
            yield Offer(decision, reason, first, report_ids=tuple(sorted(bridging)))

    def _on_relation(self, decision: ReviewDecision) -> Iterator[Offer]:
        one, other = (self._home(part) for part in self.standing.subjects[decision.id])
        if one is None or other is None:
            return
        if one.id == other.id:
            yield Offer(decision, "the two incidents are one now", one.id)
        elif IncidentStatus.REJECTED in {one.status, other.status}:
            yield Offer(decision, "one of the two was rejected", one.id)

    # what all of them ask

    def _home(self, report_ids: Sequence[str]) -> Incident | None:
        """The incident that the first of these reports tells."""
        homes = self._store.incidents_of_reports(report_ids[:1])
        stored = self._store.incident(homes[report_ids[0]]) if homes else None
        return stored.incident if stored else None

    def _bearing(self, incident: Incident) -> tuple[ReviewDecision, ...]:
        return self.standing.bearing_on(member.report_id for member in incident.reports)

    def _contexts(self, incident: Incident) -> list[ReportInContext]:
        return self._store.reports_in_context(member.report_id for member in incident.reports)

    def _evidence(self, decision: ReviewDecision) -> dict[str, str]:
        """What the reports gave when the decision was last looked at."""
        found = dict(decision.evidence)
        for renewal in self._renewals.get(decision.id, ()):
            found |= renewal.evidence
        return found

    def _seen(self, decision: ReviewDecision) -> frozenset[str]:
        """The reports that were there when the decision was last looked at."""
        acts = (decision, *self._renewals.get(decision.id, ()))
        return frozenset[str]().union(*(self.standing.reports(act.id) for act in acts))

    def _since(self, decision: ReviewDecision, incident: Incident) -> tuple[str, ...]:
        seen = self._seen(decision)
        return tuple(m.report_id for m in incident.reports if m.report_id not in seen)

    def _joining(self, mine: Iterable[ReportInContext], known: Collection[str]) -> set[str]:
        """Reports beside those `known` that evidence would join with one of `mine`."""
        found: set[str] = set()
        for context in list(mine)[:MAX_COMPARED]:
            for other in self._store.reports_sharing(candidate_keys(context)):
                other_id = other.report.id
                if other_id in known or other_id in found:
                    continue
                if score_pair(context, other).score >= self._settings.resolve.join_above:
                    found.add(other_id)
        return found
