"""Numbers in words and digits: "1,200", "2.5 million", "twenty-one", "a hundred and five"."""

from __future__ import annotations

from typing import Final

from tocsin.how_many.bounds import Count, about, between, exact, vague
from tocsin.how_many.lexicon import (
    AROUND,
    EXACT,
    NUMBERS,
    ORDINALS,
    ROUND,
    SCALES,
    VAGUE,
    phrase_index,
)
from tocsin.how_many.tokens import Tokens

MAX_DIGITS: Final = 12
"""Longer digit strings are identifiers, not counts."""
MAX_NUMBER_WORDS: Final = 32
"""Tokens of the longest number in words, below ten to the twelfth."""
_VAGUE_INDEX: Final = phrase_index(VAGUE)
_EXACT_INDEX: Final = phrase_index(EXACT)
_ROUND_INDEX: Final = phrase_index(ROUND)
_ORDINAL_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})

Found = tuple[int, int]


def digits(tokens: Tokens, at: int) -> Found | None:
    """ "31", "1,200", "2.5 million", "12 thousand": the figure and the index after it."""
    word = tokens.word(at).replace(",", "")
    if not (word.isdecimal() and word.isascii()) or len(word) > MAX_DIGITS:
        return None
    value, after = int(word), at + 1
    fraction = tokens.word(after + 1)
    has_fraction = (
        tokens.word(after) == "."
        and tokens.is_joined(after)
        and tokens.is_joined(after + 1)
        and fraction.isdecimal()
        and fraction.isascii()
        and len(fraction) <= 6
    )
    scale_at = after + 2 if has_fraction else after
    scale = SCALES.get(tokens.word(scale_at).removesuffix("s"))
    if has_fraction:
        if scale is None:
            return None
        return value * scale + int(fraction) * scale // 10 ** len(fraction), scale_at + 1
    if scale is not None and value * scale <= 10**MAX_DIGITS:
        return value * scale, scale_at + 1
    return value, after


def number_words(tokens: Tokens, at: int) -> Found | None:
    """ "twenty-one", "one hundred and five", "a thousand", "three hundred thousand"."""
    first = at
    total, current = 0, 0
    seen = False
    if tokens.word(at) in {"a", "an"} and tokens.word(at + 1) in SCALES:
        current, at, seen = 1, at + 1, True
    while at < first + MAX_NUMBER_WORDS:
        word = tokens.word(at)
        if word in NUMBERS:
            value = NUMBERS[word]
            fits = not seen or current % 100 == 0 or (current % 10 == 0 and value < 10)
            if seen and (not fits or (current % 100 and current % 100 < 20)):
                break
            current += value
            at += 1
        elif word in SCALES and seen:
            scale = SCALES[word]
            if scale == 100:
                current *= 100
            else:
                total, current = total + current * scale, 0
            at += 1
        elif word == "-" and seen and tokens.word(at + 1) in NUMBERS and current % 10 == 0:
            if not (current % 100 and NUMBERS[tokens.word(at + 1)] < 10):
                break
            at += 1
            continue
        elif word == "and" and seen and tokens.word(at + 1) in NUMBERS:
            if tokens.word(at - 1) not in SCALES:
                break
            at += 1
            continue
        else:
            break
        seen = True
    if not seen:
        return None
    return total + current, at


def decimal(tokens: Tokens, at: int) -> tuple[Count, int] | None:
    """ "12.5": between two whole numbers. None for whole figures and for "2.5 million"."""
    word, fraction = tokens.word(at).replace(",", ""), tokens.word(at + 2)
    is_split = tokens.word(at + 1) == "." and all(map(tokens.is_joined, (at + 1, at + 2)))
    if not (is_split and _is_number(word) and _is_number(fraction)) or digits(tokens, at):
        return None
    whole = int(word)
    return Count(whole, None, whole + (int(fraction) > 0), "decimal"), at + 3


def _is_number(word: str) -> bool:
    return word.isdecimal() and word.isascii() and len(word) <= MAX_DIGITS


def ordinal(tokens: Tokens, at: int) -> Found | None:
    """ "19th", "fourth", "twenty-first"."""
    word = tokens.word(at)
    if word.isdecimal() and word.isascii() and len(word) <= 6:
        if tokens.word(at + 1) in _ORDINAL_SUFFIXES and tokens.is_joined(at + 1):
            return int(word), at + 2
        return None
    if word in ORDINALS:
        return ORDINALS[word], at + 1
    tens = NUMBERS.get(word, 0)
    units = ORDINALS.get(tokens.word(at + 2), 10)
    if tens >= 20 and tokens.word(at + 1) == "-" and units < 10:
        return tens + units, at + 3
    return None


def figure(tokens: Tokens, at: int) -> Found | None:
    """One plain figure, in digits or words."""
    return digits(tokens, at) or number_words(tokens, at)


def _half(tokens: Tokens, at: int) -> Found | None:
    """ "half a million", "half a thousand"."""
    scale_at = at + 1 + (tokens.word(at + 1) == "a")
    scale = SCALES.get(tokens.word(scale_at), 1)
    return (scale // 2, scale_at + 1) if tokens.word(at) == "half" and scale >= 1000 else None


def count_at(tokens: Tokens, at: int) -> tuple[Count, int] | None:
    """What is counted out at `at` without its modifiers: a figure, a range, a vague word."""
    if not tokens.word(at)[:1].isdecimal():
        named = _named_count(tokens, at)
        if named is not None or tokens.word(at) in _NAMED_ONLY:
            return named
    return _figures(tokens, at)


_COLLECTIONS: Final = frozenset(
    {"a group of", "a family of", "a crowd of", "a series of", "a string of"}
)
""" "A group of seven men" is told in full."""
_CHANGES: Final = AROUND["changes"]
_CHANGE_WINDOW: Final = 10
_MULTIPLES: Final = {"dozen": 12, "score": 20}
_MAX_MULTIPLE: Final = 20

_NAMED_ONLY: Final = frozenset({"some", "several", "few", "many", "dozens", "scores", "both"})


def _named_count(tokens: Tokens, at: int) -> tuple[Count, int] | None:
    """ "Several", "a pair of", "a dozen", "between five and seven"."""
    for phrases, index in ((VAGUE, _VAGUE_INDEX), (EXACT, _EXACT_INDEX), (ROUND, _ROUND_INDEX)):
        phrase = tokens.phrase(at, index)
        if phrase is None:
            continue
        after = at + len(phrase.split())
        if phrases is VAGUE:
            told = figure(tokens, after)
            if told and phrase == "some":
                return None
            if told and phrase in _COLLECTIONS:
                return exact(told[0]), told[1]
            return vague(phrases[phrase]), after
        return (exact(phrases[phrase]) if phrases is EXACT else about(phrases[phrase])), after
    halved = _half(tokens, at)
    if halved is not None:
        return about(halved[0]), halved[1]
    if tokens.word(at) == "between":
        low = figure(tokens, at + 1)
        high = figure(tokens, low[1] + 1) if low and tokens.word(low[1]) == "and" else None
        if low and high:
            return between(low[0], high[0]), high[1]
    return None


def _figures(tokens: Tokens, at: int) -> tuple[Count, int] | None:
    """A figure, or a range of two: "31", "2-3", "50+"."""
    low = figure(tokens, at)
    if low is None:
        return None
    value, after = low
    multiple = _MULTIPLES.get(tokens.word(after))
    if multiple is not None and value <= _MAX_MULTIPLE:
        return about(value * multiple), after + 1
    if tokens.word(after) in {"to", "-", "–", "—", "or"} and not is_change(tokens, at):
        high = figure(tokens, after + 1)
        if high is not None and value < high[0] <= max(value * 10, 10):
            return between(value, high[0]), high[1]
    hyphened = tokens.word(after) == "-" and tokens.word(after + 1) == "plus"
    if hyphened:
        return Count(value, None, None, "at_least"), after + 2
    if tokens.word(after) == "+" and tokens.is_joined(after):
        return Count(value, None, None, "at_least"), after + 1
    return exact(value), after


def is_change(tokens: Tokens, at: int) -> bool:
    """True for the 5 of "the toll rose from 5 to 9": an old figure and no range."""
    if tokens.word(at - 1) != "from":
        return False
    return any(word in _CHANGES for word in tokens.words[max(0, at - _CHANGE_WINDOW) : at - 1])
