"""Casualties: how many, of whom, and whether they were killed or hurt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.ground.outcomes import Fate, fate_of, speaks_of_death
from tocsin.how_many import read_quantity_at
from tocsin.records import Casualties, CasualtyMention, Claim, Quantity, ReportMention
from tocsin.records.vocab import Outcome, QuantityStatus, VictimGroup

NONE_IMPLIED_RULE = "none_implied"
"""Nobody was hurt, so nobody was killed: 0 with an open top, never a stated zero."""
WORDS_RULE = "words_beside"
"""The words about a figure say another outcome than the reader gave."""
NO_DEATH_RULE = "no_death_told"
"""Harmed in a report that tells of no death: injured."""
SURVIVORS_RULE = "of_the_harmed"
"""The harmed less the dead among them: injured."""

NOBODY_HURT = frozenset({QuantityStatus.NONE_STATED, QuantityStatus.NONE_REPORTED})
_TOLD = frozenset({Outcome.KILLED, Outcome.INJURED})


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure, and what its words say of those it counts."""

    claim: Claim[Casualties]
    fate: Fate
    is_other: bool
    """ "Three others": apart from those counted before."""

    @property
    def outcome(self) -> Outcome:
        return self.claim.value.outcome

    @property
    def number(self) -> int:
        """The figure; of a bare lower bound the bound."""
        count = self.claim.value.count
        return count.best or count.min or 0

    @property
    def start(self) -> int:
        return self.claim.evidence[0].start

    def counted_as(
        self, outcome: Outcome, rule: str | None, count: Quantity | None = None
    ) -> _Figure:
        """The same words, told of another outcome."""
        value = replace(self.claim.value, outcome=outcome, count=count or self.claim.value.count)
        return replace(self, claim=replace(self.claim, value=value, rule=rule))


def casualties_of(mention: ReportMention, text: str) -> tuple[Claim[Casualties], ...]:
    """A claim per figure whose words give a bound; words without one are passed over.

    `text` is the article's: what stands around a figure can change it ("No injuries" are none,
    "No injuries were reported" only none known; "four people were shot" are not four dead).
    """
    figures = [
        figure
        for casualty in mention.casualties
        if (figure := _figure(casualty, text, mention)) is not None
    ]
    claims = list(dict.fromkeys(figure.claim for figure in _settled(figures, mention, text)))
    implied = _none_implied(claims)
    return (*claims, implied) if implied else tuple(claims)


def _figure(casualty: CasualtyMention, text: str, mention: ReportMention) -> _Figure | None:
    span = casualty.span
    reading = read_quantity_at(text, span.start, span.end, plural_is_vague=True)
    if reading is None:
        return None
    group = casualty.group if casualty.group is not VictimGroup.UNKNOWN else reading.group
    claim = Claim(
        Casualties(casualty.outcome, reading.quantity, group, casualty.is_part),
        (span,),
        attributions=(casualty.attribution,) if casualty.attribution else (),
        confidence=casualty.confidence,
    )
    is_harm = casualty.outcome in _TOLD and reading.quantity.status not in NOBODY_HURT
    fate = fate_of(text, span, mention.sentences) if is_harm else Fate.UNSAID
    return _Figure(claim, fate, reading.is_other)


def _settled(figures: Sequence[_Figure], mention: ReportMention, text: str) -> list[_Figure]:
    """The figures, each told of the outcome that its words give it.

    Whether one person lived may be told far from "was shot"; whether all of several did stands with
    their number.
    """
    plain = [_as_said(figure) for figure in figures]
    harmed = [one for one in plain if one.fate is Fate.HARMED]
    if not harmed:
        return plain
    dead = [one for one in plain if one.outcome is Outcome.KILLED and one not in harmed]
    if any(one.fate is Fate.INJURED and one.number > 1 for one in plain):
        dead = []  # the wounded are counted in so many words: nothing is left to be concluded
    near = any(speaks_of_death(sentence.text) for sentence in mention.sentences)
    anywhere = near or (mention.is_main and speaks_of_death(text))
    return [
        _among_the_dead(one, dead, anywhere if one.number == 1 else near) if one in harmed else one
        for one in plain
    ]


def _as_said(figure: _Figure) -> _Figure:
    if figure.fate not in {Fate.KILLED, Fate.INJURED}:
        return figure
    said = Outcome(figure.fate.value)
    return figure if said is figure.outcome else figure.counted_as(said, WORDS_RULE)


def _among_the_dead(figure: _Figure, dead: Sequence[_Figure], a_death_is_told: bool) -> _Figure:
    """A figure of the harmed: all of them lived where no death is told; else those who are not
    among the counted dead. One person who "was shot" may be the one who "died"."""
    if not a_death_is_told:
        is_told = figure.outcome is Outcome.INJURED
        return figure if is_told else figure.counted_as(Outcome.INJURED, NO_DEATH_RULE)
    known = max((one.number for one in dead), default=0)
    is_total = figure.outcome is Outcome.KILLED or any(figure.start < one.start for one in dead)
    if not known or figure.number <= max(1, known) or figure.is_other or not is_total:
        return figure
    alive = figure.number - known
    return figure.counted_as(Outcome.INJURED, SURVIVORS_RULE, Quantity(alive, alive, alive))


def _none_implied(claims: list[Claim[Casualties]]) -> Claim[Casualties] | None:
    """Killed 0 with an open top, where only "no injuries" is said."""
    if any(claim.value.outcome is Outcome.KILLED for claim in claims):
        return None
    unhurt = [
        claim
        for claim in claims
        if claim.value.outcome is Outcome.INJURED and claim.value.count.status in NOBODY_HURT
    ]
    harmed = [claim for claim in claims if claim not in unhurt]
    if not unhurt or any(claim.value.outcome is Outcome.INJURED for claim in harmed):
        return None
    said = unhurt[0]
    return Claim(
        Casualties(
            Outcome.KILLED,
            Quantity(0, 0, None, status=QuantityStatus.NONE_IMPLIED),
            said.value.group,
        ),
        said.evidence,
        attributions=said.attributions,
        rule=NONE_IMPLIED_RULE,
    )
