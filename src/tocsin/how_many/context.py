"""What stands beside a count: whether it is a part, a running total, an old figure, a strength.

Every look-around is bounded to a few tokens of the same sentence.
"""

from __future__ import annotations

from typing import Final

from tocsin.how_many.lexicon import AROUND, OUTCOMES
from tocsin.how_many.number import is_change
from tocsin.how_many.outcome import SENTENCE_ENDS, has_own_verb
from tocsin.how_many.tokens import Tokens
from tocsin.records.vocab import Outcome

_PART_CUES: Final = frozenset({"including", "included", "includes", "include"})
_WINDOW: Final = 6
_INVERTED: Final = frozenset({"were", "was", "are", "is"})
_EARLIER: Final = AROUND["earlier"]
_FIGURES_GIVEN: Final = AROUND["figures_given"]
_RAISING: Final = AROUND["raising"]
_STATIONED: Final = AROUND["stationed"]
_STRENGTH_NOUNS: Final = frozenset(
    {"troops", "troop", "soldier", "forces", "personnel", "marine", "fighter", "policeman"}
    | {"peacekeeper", "officer", "militiaman", "crew", "police"}
)
_TOLL_WINDOW: Final = 12
_TOTALS: Final = frozenset({"toll", "tolls", "tally", "number", "total", "count"})


def is_part(tokens: Tokens, first: int, after: int) -> bool:
    """ "including four children", "among them two women", "three of whom", "four of them",
    "two women were among the dead"."""
    if tokens.word(after - 1) in {"whom", "them"} or (
        tokens.word(after) == "of" and tokens.word(after + 1) in {"them", "whom"}
    ):
        return True
    if tokens.word(first - 1) in _INVERTED and "among" in tokens.words[max(0, first - 5) : first]:
        return True
    if tokens.word(after) in _INVERTED and tokens.word(after + 1) == "among":
        return tokens.word(after + 2) in {"the", "those"}
    opens_clause = tokens.words[max(0, first - 2) : first] == [",", "and"]
    if opens_clause and has_own_verb(tokens, after):
        # "including six guards, and 13 others were hurt"
        return False
    at = first - 1
    for _ in range(8):
        word = tokens.word(at)
        if word in _PART_CUES:
            return True
        if word in {"them", "whom"} and tokens.word(at - 1) in {"among", "of"}:
            return True
        if word in SENTENCE_ENDS or not word:
            return False
        if word in {"killed", "killing", "wounded", "wounding", "injured", "injuring", "were"}:
            return False
        at -= 1
    return False


def is_cumulative(tokens: Tokens, first: int) -> bool:
    """ "bringing the death toll to", "the toll has risen to", "raising the number of dead to"."""
    if tokens.word(first - 1) not in {"to", "at", "reached", "hit", "of", "past", "is", "was"}:
        return False
    raised = False
    for step in range(2, _TOLL_WINDOW):
        word = tokens.word(first - step)
        if word in {"toll", "tolls", "tally"} or (raised and word in _RAISING):
            return True
        raised = raised or word in _TOTALS
        if word in SENTENCE_ENDS or not word:
            return False
    return False


def is_old(tokens: Tokens, first: int) -> bool:
    """ "from five to nine", "to nine from five", "up from 20", "an earlier toll of seven"."""
    if is_change(tokens, first):
        return True
    earlier = False
    given = tokens.word(first - 1) == "of" and tokens.word(first - 2) in _TOTALS
    for step in range(1, _TOLL_WINDOW):
        word = tokens.word(first - step)
        if word in SENTENCE_ENDS or word in {",", ""}:
            break
        earlier = earlier or word in _EARLIER
        given = given or word in _FIGURES_GIVEN
        if word in {"to", "revised", "updated"} and not earlier:
            return False
    return earlier and given


def is_strength(tokens: Tokens, noun: str | None, number_after: int, after: int) -> bool:
    """ "5,200 troops are stationed there", "a 900-strong force"."""
    if tokens.word(number_after) == "-" and tokens.word(number_after + 1) == "strong":
        return True
    if noun not in _STRENGTH_NOUNS:
        return False
    for cursor in range(after, after + _WINDOW):
        word = tokens.word(cursor)
        if word in _STATIONED:
            return True
        if word in SENTENCE_ENDS or word in OUTCOMES or not word:
            return False
    return False


def toll_outcome(tokens: Tokens, first: int) -> Outcome | None:
    """What a running total counts: killed behind "death toll", injured behind "number of hurt"."""
    for step in range(2, _TOLL_WINDOW):
        word = tokens.word(first - step)
        if word in OUTCOMES:
            return OUTCOMES[word]
        if word in {"toll", "tolls"}:
            return OUTCOMES.get(tokens.word(first - step - 1), Outcome.KILLED)
        if word in SENTENCE_ENDS or not word:
            return None
    return None
