"""The page of agreement: how alike reviewers judge the same things, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.api.pool import StorePool
from tocsin.review import Agreement, PairAgreement, Question, agreements
from tocsin.store import StoreView

HEADINGS = {
    Question.SAME: "Do two incidents tell one?",
    Question.HAPPENED: "Is the incident right?",
    Question.VALUE: "Which value has the field?",
    Question.HOLDS: "Does the decision hold?",
}
ANSWERS = {
    Question.SAME: "merged, or kept apart or split",
    Question.HAPPENED: "confirmed, or rejected",
    Question.VALUE: "edits of one field of one incident",
    Question.HOLDS: "made or renewed, or undone by another",
}
FEW = 20
"""Below so many things a coefficient says little, and the page says so."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two reviewers."""

    one: str
    other: str
    things: int
    share: str
    kappa: str


@dataclass(frozen=True, slots=True)
class AgreementSection:
    """One kind of question."""

    heading: str
    answers: str
    things: int
    share: str
    alpha: str
    is_little: bool
    rows: tuple[PairRow, ...]


def agreement_view(pool: StorePool, store: StoreView) -> tuple[AgreementSection, ...]:
    """A section for each kind of question that two reviewers answered of one thing."""
    log = pool.remembered(store, "decisions", store.decisions)
    return tuple(_section(one) for one in agreements(log))


def _section(one: Agreement) -> AgreementSection:
    return AgreementSection(
        heading=HEADINGS[one.question],
        answers=ANSWERS[one.question],
        things=one.things,
        share=f"{one.share:.0%}",
        alpha=_coefficient(one.alpha),
        is_little=one.things < FEW,
        rows=tuple(_row(pair) for pair in one.pairs),
    )


def _row(pair: PairAgreement) -> PairRow:
    return PairRow(pair.one, pair.other, pair.things, f"{pair.share:.0%}", _coefficient(pair.kappa))


def _coefficient(figure: float | None) -> str:
    return "none" if figure is None else f"{figure:.2f}"
