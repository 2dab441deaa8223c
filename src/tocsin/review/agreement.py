"""Agreement of reviewers: how often two people who judged one thing judged it alike.

Comes in: the log of decisions. A decision answers one or more questions (`Question`), and what two
reviewers answered to one question is compared, whichever of the two holds now. Each reviewer's last
answer counts; a decision that its own maker undid is no answer.

Chance is taken out by Krippendorff's alpha for nominal data, over any number of reviewers of whom
each saw some of the things (Krippendorff, Content Analysis, 4th ed., ch. 12), and by Cohen's kappa
for each two reviewers (Cohen 1960, Educational and Psychological Measurement 20).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from tocsin.records import ReviewDecision
from tocsin.records.vocab import DecisionKind
from tocsin.review.replay import WITHDRAWING


class Question(StrEnum):
    """What a decision answers."""

    SAME = "same"
    """Do two incidents tell one? Answered by merging, splitting and keeping apart."""
    HAPPENED = "happened"
    """Is the incident right, or none at all? Answered by confirming and rejecting."""
    VALUE = "value"
    """Which value has a field? Answered by an edit."""
    HOLDS = "holds"
    """Does a decision hold? Answered by its maker, and by whoever renews or undoes it."""


Answer = str
Judgements = Mapping[str, Answer]
"""Reviewer to what they answered to one question about one thing."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two reviewers, over the things that both judged."""

    one: str
    other: str
    things: int
    alike: int
    kappa: float | None
    """1 where they always agree, 0 as by chance; None where chance alone would always agree."""

    @property
    def share(self) -> float:
        """Of the things, how many were judged alike; 0 to 1."""
        return self.alike / self.things


@dataclass(frozen=True, slots=True)
class Agreement:
    """All reviewers, on one kind of question."""

    question: Question
    things: int
    """Judged by two reviewers or more."""
    share: float
    """Of all two answers to one thing, how many are equal; 0 to 1."""
    alpha: float | None
    """Krippendorff's, nominal; None where no two answers differ in kind, so that chance is all."""
    pairs: tuple[PairAgreement, ...]


def agreements(log: Sequence[ReviewDecision]) -> tuple[Agreement, ...]:
    """Agreement on each kind of question that two reviewers answered of one thing, in order."""
    found = []
    judged = judgements(log)
    for question in Question:
        units = [
            answers
            for (kind, _), answers in judged.items()
            if kind is question and len(answers) > 1
        ]
        if units:
            found.append(_agreement(question, units))
    return tuple(found)


def judgements(log: Sequence[ReviewDecision]) -> dict[tuple[Question, str], dict[str, Answer]]:
    """What each reviewer last answered: by the question and the thing it was asked of."""
    known = {decision.id: decision for decision in log}
    taken_back = {
        decision.inputs[0]
        for decision in log
        if decision.kind in WITHDRAWING
        and decision.inputs[0] in known
        and known[decision.inputs[0]].reviewer == decision.reviewer
    }
    judged: dict[tuple[Question, str], dict[str, Answer]] = defaultdict(dict)
    for decision in log:
        if decision.id not in taken_back:
            for question, thing, answer in _answers(decision, known):
                judged[question, thing][decision.reviewer] = answer
    return dict(judged)


def _answers(
    decision: ReviewDecision, known: Mapping[str, ReviewDecision]
) -> Iterator[tuple[Question, str, Answer]]:
    """The questions that a decision answers: which, of what, and how."""
    founding = [subject[0].report_id for subject in decision.subjects if subject]
    about = known.get(decision.inputs[0]) if decision.inputs else None
    match decision.kind:
        case DecisionKind.MERGE | DecisionKind.SPLIT:
            answer = "one" if decision.kind is DecisionKind.MERGE else "two"
            for pair in combinations(sorted(set(founding)), 2):
                yield Question.SAME, " ".join(pair), answer
        case DecisionKind.CONFIRM if about is not None:
            yield Question.HOLDS, about.id, "holds"
        case DecisionKind.CONFIRM | DecisionKind.REJECT if founding:
            is_right = decision.kind is DecisionKind.CONFIRM
            yield Question.HAPPENED, founding[0], "right" if is_right else "none"
        case DecisionKind.EDIT if founding:
            for name, value in decision.field_values.items():
                yield Question.VALUE, f"{founding[0]} {name}", value
        case kind if kind in WITHDRAWING and about is not None:
            if about.reviewer != decision.reviewer:
                yield Question.HOLDS, about.id, "withdrawn"
    if decision.kind not in WITHDRAWING:
        yield Question.HOLDS, decision.id, "holds"


def _agreement(question: Question, units: Sequence[Judgements]) -> Agreement:
    reviewers = sorted({name for unit in units for name in unit})
    pairs = []
    for one, other in combinations(reviewers, 2):
        both = [(unit[one], unit[other]) for unit in units if one in unit and other in unit]
        if both:
            alike = sum(mine == theirs for mine, theirs in both)
            pairs.append(PairAgreement(one, other, len(both), alike, cohen_kappa(both)))
    compared = sum(pair.things for pair in pairs)
    return Agreement(
        question,
        things=len(units),
        share=sum(pair.alike for pair in pairs) / compared,
        alpha=krippendorff_alpha([list(unit.values()) for unit in units]),
        pairs=tuple(pairs),
    )


def cohen_kappa(answers: Sequence[tuple[Answer, Answer]]) -> float | None:
    """Agreement of two beyond what their own habits would give by chance: 1 at most, 0 as chance.

    None where both only ever gave one and the same answer.
    """
    things = len(answers)
    observed = sum(one == other for one, other in answers) / things
    ones, others = Counter(one for one, _ in answers), Counter(other for _, other in answers)
    expected = sum(count * others[answer] for answer, count in ones.items()) / things**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Sequence[Sequence[Answer]]) -> float | None:
    """One less the disagreement seen over the disagreement expected: 1 at most, 0 as chance.

    Units of fewer than two answers say nothing and are passed over. None where nothing is left, or
    where all answers are the same.
    """
    paired = [unit for unit in units if len(unit) > 1]
    totals = Counter(answer for unit in paired for answer in unit)
    values = totals.total()
    expected = values**2 - sum(count**2 for count in totals.values())
    if expected == 0:
        return None
    observed = sum(
        (len(unit) ** 2 - sum(count**2 for count in Counter(unit).values())) / (len(unit) - 1)
        for unit in paired
    )
    return 1 - (values - 1) * observed / expected
