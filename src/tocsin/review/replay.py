"""Replaying the log of decisions: from what was decided, in order, to what stands.

Comes in: every `ReviewDecision`, and the current report of each anchor. Goes out: a `Standing`. The
answer is a function of the log and of the set of current reports, so that recomputing, and reports
that arrive in another order, end the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.records import NO_RULINGS, ReportAnchor, ReviewDecision, Rulings
from tocsin.records.vocab import DecisionKind
from tocsin.review.bonds import Bonds

WITHDRAWING = frozenset({DecisionKind.UNDO, DecisionKind.UNMERGE})
ON_ONE_INCIDENT = frozenset(
    {
        DecisionKind.CONFIRM,
        DecisionKind.REJECT,
        DecisionKind.EDIT,
        DecisionKind.PIN,
        DecisionKind.RELATE,
    }
)
"""Kinds that say something of the incident which their first subject tells."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the log of decisions comes to."""

    rulings: Rulings = NO_RULINGS
    decisions: tuple[ReviewDecision, ...] = ()
    """Those in force, in log order."""
    subjects: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Decision id to the current reports of each of its subjects, the founding one first."""
    by_report: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Report id to the decisions (places in `decisions`) on the incident that it tells."""

    def bearing_on(self, report_ids: Iterable[str]) -> tuple[ReviewDecision, ...]:
        """Decisions on the one incident that these reports tell, in log order.

        A decision follows the founding report of the incident it was made on, or the next of its
        reports that is still there: where an incident falls apart, it stays with that part.
        """
        found = {number for id_ in report_ids for number in self.by_report.get(id_, ())}
        return tuple(self.decisions[number] for number in sorted(found))

    def reports(self, decision_id: str) -> frozenset[str]:
        """The current reports of all subjects of a decision."""
        return frozenset(id_ for subject in self.subjects[decision_id] for id_ in subject)


NOTHING_STANDS = Standing()


def withdrawn(decisions: Sequence[ReviewDecision]) -> frozenset[str]:
    """Ids of the decisions that are undone, withdrawals among them."""
    found: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind in WITHDRAWING and decision.id not in found:
            found.update(decision.inputs)
    return frozenset(found)


def active(decisions: Sequence[ReviewDecision]) -> tuple[ReviewDecision, ...]:
    """The decisions in force: neither undone nor themselves withdrawals.

    To undo an undo brings the first decision back, at its own place in the log.
    """
    gone = withdrawn(decisions)
    return tuple(d for d in decisions if d.id not in gone and d.kind not in WITHDRAWING)


def replay(decisions: Sequence[ReviewDecision], current: Mapping[ReportAnchor, str]) -> Standing:
    """What the log comes to. `current` gives the present report of each anchor that has one."""
    bonds = Bonds()
    subjects: dict[str, tuple[tuple[str, ...], ...]] = {}
    acts = active(decisions)
    for decision in acts:
        subjects[decision.id] = tuple(
            tuple(dict.fromkeys(current[anchor] for anchor in subject if anchor in current))
            for subject in decision.subjects
        )
        _bond(bonds, decision, subjects[decision.id])
    by_report: dict[str, list[int]] = defaultdict(list)
    for number, decision in enumerate(acts):
        lifted = decision.kind is DecisionKind.REJECT and decision.id not in bonds.closed_by
        if decision.kind in ON_ONE_INCIDENT and not lifted and not is_renewal(decision):
            for subject in subjects[decision.id][:1]:
                for report_id in subject[:1]:
                    by_report[report_id].append(number)
    return Standing(
        rulings=bonds.rulings(),
        decisions=acts,
        subjects=subjects,
        by_report={id_: tuple(numbers) for id_, numbers in by_report.items()},
    )


def is_renewal(decision: ReviewDecision) -> bool:
    """True for a confirmation of another decision: it was re-offered, and stands."""
    named = decision.inputs[:1]
    return decision.kind is DecisionKind.CONFIRM and any(id_.startswith("dec_") for id_ in named)


def _bond(bonds: Bonds, decision: ReviewDecision, subjects: Sequence[Sequence[str]]) -> None:
    everything = [report_id for subject in subjects for report_id in subject]
    match decision.kind:
        case DecisionKind.MERGE:
            bonds.open(everything)
            bonds.bind(everything)
        case DecisionKind.SPLIT:
            bonds.part(subjects)
        case DecisionKind.REJECT:
            if everything:
                bonds.close(decision.id, everything)
        case DecisionKind.CONFIRM if not is_renewal(decision):
            bonds.open(everything)
        case _:
            pass
