"""Count phrases: number words with the persons they count, "at least 31 people", "a soldier"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.nouns import BREAKS, is_word
from tocsin.extract.phrases import Match
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records.vocab import VictimGroup
from tocsin.text import Token

_PLURAL_NOUNS = word_set("counts.plural_nouns")
_BARE_QUANTIFIERS = word_set("counts.bare_quantifiers")
NUMBER_WORDS = word_set("counts.number_words")

_MODIFIERS = (
    ("at", "least"),
    ("more", "than"),
    ("less", "than"),
    ("fewer", "than"),
    ("as", "many", "as"),
    ("up", "to"),
    ("close", "to"),
    ("an", "estimated"),
    ("no", "fewer", "than"),
    ("no", "less", "than"),
    ("at", "the", "least"),
    ("a", "further"),
    ("a", "total", "of"),
    ("as", "much", "as"),
    ("not", "less", "than"),
    ("over",),
    ("about", "a"),
    ("about",),
    ("around", "a"),
    ("around",),
    ("some",),
    ("nearly", "a"),
    ("nearly",),
    ("almost",),
    ("approximately",),
    ("roughly",),
    ("another",),
    ("only",),
    ("just",),
    ("exactly",),
    ("estimated",),
    ("a", "number", "of"),
    ("the",),
    ("other",),
    ("further",),
    ("a",),
    ("these",),
    ("those",),
    ("additional",),
    ("between",),
)
_NUMBER_OF = (
    ("a", "number", "of"),
    ("a", "group", "of"),
    ("a", "handful", "of"),
    ("a", "large", "number", "of"),
)
_NOT_PERSONS_AFTER = word_set("counts.not_persons_after")
_MONTHS = word_set("counts.months")
_SINGLE = word_set("counts.single")
_MAX_NOUN_DISTANCE = 6


@dataclass(frozen=True, slots=True)
class CountPhrase:
    """Tokens `[first, last)`; the number words alone are `[number_first, number_last)`."""

    first: int
    last: int
    number_first: int
    number_last: int
    group: VictimGroup | None
    """The group of the counted persons; None where no noun of persons follows."""
    is_indefinite: bool = False
    """ "a soldier", "his wife": one person, no number word."""
    noun: str = ""


def find_counts(sentence: Sentence) -> list[CountPhrase]:
    """Count phrases of a sentence in order, not overlapping."""
    tokens = sentence.tokens
    persons = {match.first: match for match in sentence.of("persons.person")}
    counts: list[CountPhrase] = []
    at = 0
    while at < len(tokens):
        found = _count_at(sentence, at, persons)
        if found is None:
            at += 1
        else:
            counts.append(found)
            at = max(found.last, at + 1)
    return counts


def is_number(sentence: Sentence, at: int) -> bool:
    """Whether the token is a number or a number word."""
    token = sentence.tokens[at]
    return token.lower in NUMBER_WORDS or token.text[0].isdigit()


def _count_at(sentence: Sentence, at: int, persons: dict[int, Match]) -> CountPhrase | None:
    tokens = sentence.tokens
    for words in _NUMBER_OF:
        if tuple(token.lower for token in tokens[at : at + len(words)]) == words:
            noun = _noun_after(sentence, at + len(words), persons)
            if noun:
                return CountPhrase(at, noun[0], at, at + len(words) - 1, noun[1], noun=noun[2])
    if is_number(sentence, at):
        return _numbered(sentence, at, persons)
    if tokens[at].lower in _SINGLE:
        noun = _noun_after(sentence, at + 1, persons)
        if noun and not is_plural(noun[2]):
            if tokens[at].lower in {"the", "their", "its"}:
                return None
            return CountPhrase(at, noun[0], at, at + 1, noun[1], is_indefinite=True, noun=noun[2])
    return None


def _numbered(sentence: Sentence, at: int, persons: dict[int, Match]) -> CountPhrase | None:
    tokens = sentence.tokens
    last = at + 1
    while last < len(tokens) and (
        is_number(sentence, last)
        or (tokens[last].text == "-" and last + 1 < len(tokens) and is_number(sentence, last + 1))
        or (
            tokens[last].lower == "and"
            and last + 1 < len(tokens)
            and tokens[last - 1].lower in {"hundred", "thousand"}
            and is_number(sentence, last + 1)
        )
    ):
        last += 1
    if tokens[at].text[0].isdigit() and not _may_count_persons(sentence, at, last):
        return None
    first = _with_modifiers(sentence, at)
    after = last
    if after < len(tokens) and tokens[after].lower == "of":
        after += 1
        if after < len(tokens) and tokens[after].lower in {"the", "its", "their", "his", "them"}:
            after += 1
    noun = _noun_after(sentence, after, persons)
    if noun:
        return CountPhrase(first, noun[0], at, last, noun[1], noun=noun[2])
    if tokens[at].lower in _BARE_QUANTIFIERS and last == at + 1:
        return CountPhrase(first, last, at, last, None) if tokens[at].lower != "both" else None
    return CountPhrase(first, last, at, last, None)


def _may_count_persons(sentence: Sentence, first: int, last: int) -> bool:
    tokens = sentence.tokens
    after = tokens[last].lower if last < len(tokens) else ""
    if after == "-" and last + 1 < len(tokens):
        return tokens[last].start != tokens[last - 1].end
    before = tokens[first - 1] if first else None
    if after in _NOT_PERSONS_AFTER or (before and before.text in "$€£:/"):
        return False
    if before and before.text == "-" and first > 1 and before.end == tokens[first].start:
        return False
    digits = tokens[first].text.replace(",", "")
    if before and before.lower in _MONTHS:
        return False
    if after in _MONTHS:
        return False
    return not (
        len(digits) == 4
        and digits.isdigit()
        and 1900 <= int(digits) <= 2100
        and "," not in tokens[first].text
    )


def _with_modifiers(sentence: Sentence, at: int) -> int:
    tokens = sentence.tokens
    moved = True
    while moved:
        moved = False
        for words in _MODIFIERS:
            size = len(words)
            if at >= size and tuple(t.lower for t in tokens[at - size : at]) == words:
                at -= size
                moved = True
                break
    return at


def _noun_after(
    sentence: Sentence, at: int, persons: dict[int, Match]
) -> tuple[int, VictimGroup, str] | None:
    """(end, group, noun) of the persons' noun that the modifiers from `at` on lead to."""
    tokens = sentence.tokens
    found: tuple[int, VictimGroup, str] | None = None
    limit = min(len(tokens), at + _MAX_NOUN_DISTANCE)
    while at < limit:
        match = persons.get(at)
        if match is not None:
            group = VictimGroup(match.value)
            if found is not None and group is VictimGroup.UNKNOWN:
                group = found[1]
            found = (match.last, group, tokens[match.last - 1].lower)
            at = match.last
            continue
        token = tokens[at]
        if not is_word(token):
            if token.text not in "-–'’.":
                break
        elif token.lower in {"or", "and"} and _joins_nations(tokens, at, persons):
            pass
        elif (
            (token.lower in BREAKS and token.lower not in {"seriously", "critically", "badly"})
            or (found is not None and not any(near in persons for near in range(at, at + 3)))
            or token.lower.endswith("ing")
            or is_number(sentence, at)
        ):
            break
        at += 1
    return found


def _joins_nations(tokens: Sequence[Token], at: int, persons: dict[int, Match]) -> bool:
    """ "no Danish or Swedish troops": two words of nationality before one noun."""
    return (
        at + 2 < len(tokens)
        and tokens[at - 1].text[0].isupper()
        and tokens[at + 1].text[0].isupper()
        and at + 2 in persons
    )


def is_plural(noun: str) -> bool:
    """Whether a noun of persons names several."""
    return (
        noun in _PLURAL_NOUNS
        or noun.endswith("men")
        or (noun.endswith("s") and not noun.endswith("ss"))
    )
