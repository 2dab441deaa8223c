"""Numbers that count nobody: they name something (dates, models, addresses) or measure it.

Each is read under its kind and with its reason, so that nobody takes it for persons. A number that
only names has no bounds: the quantity of "AK-47" is not stated.
"""

from __future__ import annotations

from typing import Final

from tocsin.how_many.bounds import exact
from tocsin.how_many.lexicon import AROUND, NUMBERS, ORDINALS, SCALES, person
from tocsin.how_many.measure import UNIT_KINDS, Measure, named_only
from tocsin.how_many.moments import clock, date, hour_of_day, year
from tocsin.how_many.noun import age, noun_phrase, unit_kind
from tocsin.how_many.number import MAX_DIGITS, count_at, decimal, figure, ordinal
from tocsin.how_many.reading import QuantityKind
from tocsin.how_many.tokens import Tokens

SIGNS: Final = frozenset({"$", "£", "€", "¥", "₹"})
CURRENCIES: Final = AROUND["currencies"]
"""Written before the sum: "Rs 500", "USD 20"."""
FRACTION_WORDS: Final = frozenset({"half", "third", "quarter", "fifth", "tenth"})
OLDEST: Final = 120
"""Years: above this a number behind a name is no age."""

_IDENTIFIED: Final = AROUND["identified"]
_STREETS: Final = AROUND["streets"]
_MATCH_WORDS: Final = AROUND["match_words"]
_MONEY_SUFFIXES: Final = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_HYPHENS: Final = frozenset({"-", "–"})
_PARTS: Final = frozenset({"thirds", "quarters", "fourths", "fifths", "sixths", "tenths"})
_MATCH_WINDOW: Final = 8
_MAX_STREET_WORDS: Final = 3


def measure_at(tokens: Tokens, at: int) -> Measure | None:
    """The measure or name that begins at token `at`; None where a number there may count."""
    word = tokens.word(at)
    if word in SIGNS or word in CURRENCIES:
        return _money(tokens, at)
    shared = _share(tokens, at)
    if shared is not None:
        return shared
    if not word[:1].isdecimal():
        if word not in NUMBERS:
            return None
        return _age(tokens, at) or hour_of_day(tokens, at) or _proper(tokens, at)
    return (
        _joined_to_letters(tokens, at)
        or _age(tokens, at)
        or clock(tokens, at)
        or hour_of_day(tokens, at)
        or date(tokens, at)
        or year(tokens, at)
        or _identifier(tokens, at)
        or _address(tokens, at)
        or _score(tokens, at)
        or _suffixed(tokens, at)
        or _decimal(tokens, at)
    )


def _money(tokens: Tokens, at: int) -> Measure | None:
    """ "$5 million", "£1.5bn", "Rs. 500"."""
    at += 1
    if tokens.word(at) == "." and tokens.word(at - 1) in CURRENCIES:
        at += 1
    if not tokens.word(at)[:1].isdecimal():
        return None
    value, after = decimal(tokens, at) or (None, at)
    if value is None:
        found = count_at(tokens, at)
        if found is None:
            return None
        value, after = found
    scale = _MONEY_SUFFIXES.get(tokens.word(after)) if tokens.is_joined(after) else None
    if scale is not None:
        whole = int(tokens.word(at).replace(",", ""))
        part = tokens.word(at + 2) if after > at + 1 else ""
        value = exact(whole * scale + (int(part) * scale // 10 ** len(part) if part else 0))
        after += 1
    return Measure(after, QuantityKind.MONEY, value.rule, "a sum of money", value)


def _share(tokens: Tokens, at: int) -> Measure | None:
    """ "One in five people", "two-thirds of the crew", "a third of", "half of": no head count."""
    kind, word = QuantityKind.PERCENT, tokens.word(at)
    lead = at + 1 if word == "a" else at
    named = tokens.word(lead) in FRACTION_WORDS and (word == "a" or tokens.word(lead) == "half")
    if named and tokens.word(lead + 1) in {"of", "the", "its", "their", "his", "her"}:
        return named_only(lead + 1, kind, "fraction", "a share of a whole that is not told")
    found = figure(tokens, at)
    if found is None:
        return None
    value, after = found
    parted = after + (tokens.word(after) in _HYPHENS)
    if tokens.word(parted) in _PARTS:
        return named_only(parted + 1, kind, "fraction", "a share of a whole that is not told")
    whole_at = after + 1 if tokens.word(after) == "in" else after + 2
    if tokens.word(after) != "in" and (tokens.word(after), tokens.word(after + 1)) != ("out", "of"):
        return None
    whole = figure(tokens, whole_at)
    if whole is None or not 1 < whole[0] <= 100 or whole[0] <= value:
        return None
    noun = noun_phrase(tokens, whole[1])
    if noun is None or not noun.is_person or tokens.word(whole_at - 1) != "in":
        return None
    return named_only(whole[1], kind, "ratio", "so many in so many: a share")


def _joined_to_letters(tokens: Tokens, at: int) -> Measure | None:
    """ "MH17", "AK-47", "#5": part of a name."""
    before = tokens.word(at - 1)
    explanation = "part of a name, such as a model"
    if tokens.is_joined(at) and (before.isalpha() or before in {"_", "#", "/", "@"}):
        return named_only(at + 1, QuantityKind.OTHER, "model", explanation)
    is_hyphened = tokens.is_joined(at) and before == "-" and tokens.is_joined(at - 1)
    letters = tokens.word(at - 2)
    if is_hyphened and letters.isalpha() and letters not in NUMBERS:
        return named_only(at + 1, QuantityKind.OTHER, "model", explanation)
    return None


def _proper(tokens: Tokens, at: int) -> Measure | None:
    """ "The Four Seasons hotel": a number word in the name of a thing."""
    is_name = tokens.is_capital(at) and tokens.is_capital(at + 1)
    if not (is_name and tokens.word(at - 1) == "the") or tokens.is_capital(at - 1):
        return None
    return named_only(at + 1, QuantityKind.OTHER, "name", "part of the name of a thing")


def _age(tokens: Tokens, at: int) -> Measure | None:
    """ "15-year-old", "aged 5", "Omar Saleh, 34,", "Omar (34)"."""
    aged = age(tokens, at)
    if aged is None:
        aged = _bare_age(tokens, at)
    if aged is None:
        return None
    found = figure(tokens, at)
    count = exact(found[0]) if found else exact(0)
    return Measure(aged, QuantityKind.AGE, count.rule, "an age in years", count)


def _bare_age(tokens: Tokens, at: int) -> int | None:
    found = figure(tokens, at)
    if found is None or not 0 < found[0] < OLDEST:
        return None
    after = found[1]
    before = tokens.word(at - 1)
    if before in {"aged", "age", "ages"}:
        return after
    aging = {"aged", "ages", "age"}
    listed = before in {"and", ",", "to", "-", "or"} and (
        {tokens.word(at - 3), tokens.word(at - 4)} & aging
    )
    if listed or (before in {"between", "from"} and tokens.word(at - 2) in aging):
        return after
    follows = tokens.word(after)
    is_aside = before == "," and follows in {",", ")", "", ".", ";"}
    is_bracketed = before == "(" and follows == ")"
    named = at - 3 if tokens.word(at - 2) == "." else at - 2  # "Omar Saleh Jr., 34,"
    is_somebody = tokens.is_capital(named) or person(tokens.word(named)) is not None
    return after if (is_aside or is_bracketed) and is_somebody else None


def _identifier(tokens: Tokens, at: int) -> Measure | None:
    """ "Flight 370", "Resolution 2254", "Boeing 737-800", "07700"."""
    word, before = tokens.word(at), tokens.word(at - 1)
    digits = word.replace(",", "")
    is_long = len(digits) > MAX_DIGITS
    is_padded = len(digits) > 1 and digits[0] == "0"
    is_headed = before in _IDENTIFIED and tokens.is_capital(at - 1)
    is_resolved = before in {"resolution", "no", "no."} or (
        before == "." and tokens.word(at - 2) == "no" and tokens.is_capital(at - 2)
    )
    is_resolved = is_resolved and noun_phrase(tokens, at + 1) is None
    if not (is_long or is_padded or is_headed or is_resolved):
        return None
    after = at + 1
    while tokens.word(after) in _HYPHENS and all(map(tokens.is_joined, (after, after + 1))):
        after += 2
    return named_only(after, QuantityKind.OTHER, "identifier", "the number of a thing")


def _address(tokens: Tokens, at: int) -> Measure | None:
    """ "221 Baker Street", "the 4500 block of Elm Avenue"."""
    explanation = "a house number"
    if tokens.word(at + 1) == "block" and tokens.word(at + 2) in {"of", "on"}:
        return named_only(at + 2, QuantityKind.OTHER, "address", explanation)
    noun = noun_phrase(tokens, at + 1)
    if noun is not None and noun.is_person:
        return None
    for last in range(at + 1, at + 2 + _MAX_STREET_WORDS):
        if not tokens.is_capital(last):
            return None
        if last > at + 1 and tokens.word(last) in _STREETS:
            return named_only(last + 1, QuantityKind.OTHER, "address", explanation)
    return None


def _score(tokens: Tokens, at: int) -> Measure | None:
    """ "Won 2-1", "lost 3-0", "a 5-4 ruling": two sides' points."""
    if tokens.word(at + 1) not in _HYPHENS or not all(map(tokens.is_joined, (at + 1, at + 2))):
        return None
    one, other = tokens.word(at), tokens.word(at + 2)
    if not (other.isdecimal() and other.isascii()) or len(one) > 3 or len(other) > 3:
        return None
    if tokens.word(at + 3) in _HYPHENS and tokens.word(at + 4).isdecimal():
        return named_only(at + 5, QuantityKind.OTHER, "identifier", "the number of a thing")
    falls = int(other) <= int(one)
    around = {
        *tokens.words[max(0, at - _MATCH_WINDOW) : at],
        *tokens.words[at + 3 : at + 3 + _MATCH_WINDOW],
    }
    if falls or (around & _MATCH_WORDS and noun_phrase(tokens, at + 3) is None):
        return named_only(at + 3, QuantityKind.OTHER, "score", "the points of two sides")
    return None


def _suffixed(tokens: Tokens, at: int) -> Measure | None:
    """ "40C", "877-HELP": letters right behind that are no unit."""
    behind = tokens.word(at + 1)
    is_hyphened = behind == "-" and tokens.is_joined(at + 1) and tokens.is_joined(at + 2)
    letters = tokens.text[tokens.starts[at + 2] : tokens.ends[at + 2]] if is_hyphened else ""
    if len(letters) > 1 and letters.isupper():
        return named_only(at + 3, QuantityKind.OTHER, "identifier", "a number with letters")
    found = figure(tokens, at)
    if not (behind.isalpha() and tokens.is_joined(at + 1)) or found is None:
        return None
    if unit_kind(tokens, found[1]) is not None or ordinal(tokens, at) is not None:
        return None
    if behind in SCALES or behind in ORDINALS:
        return None
    return named_only(at + 2, QuantityKind.OTHER, "identifier", "a number with letters")


def _decimal(tokens: Tokens, at: int) -> Measure | None:
    """ "12.5 per cent", "7.62": lies between two whole numbers, and counts nothing whole."""
    found = decimal(tokens, at)
    if found is None:
        return None
    count, after = found
    kind = unit_kind(tokens, after)
    if kind is None:
        return Measure(after, QuantityKind.OTHER, count.rule, "a measure", count)
    after += 2 if tokens.word(after) in {"per", "-"} else 1
    explanation = f"a measure of {UNIT_KINDS[kind].value}"
    return Measure(after, UNIT_KINDS[kind], count.rule, explanation, count)
