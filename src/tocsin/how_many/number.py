"""Numbers in words and digits: "1,200", "2.5 million", "twenty-one", "a hundred and five"."""

from __future__ import annotations

from typing import Final

from tocsin.how_many.bounds import Count, about, between, exact, vague
from tocsin.how_many.lexicon import (
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
    while at < first + 16:
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


def count_at(tokens: Tokens, at: int) -> tuple[Count, int] | None:
    """What is counted out at `at` without its modifiers: a figure, a range, a vague word."""
    if not tokens.word(at)[:1].isdigit():
        named = _named_count(tokens, at)
        if named is not None or tokens.word(at) in _NAMED_ONLY:
            return named
    return _figures(tokens, at)


_NAMED_ONLY: Final = frozenset({"some", "several", "few", "many", "dozens", "scores", "both"})


def _named_count(tokens: Tokens, at: int) -> tuple[Count, int] | None:
    """ "Several", "a pair of", "a dozen", "between five and seven"."""
    for phrases, index in ((VAGUE, _VAGUE_INDEX), (EXACT, _EXACT_INDEX), (ROUND, _ROUND_INDEX)):
        phrase = tokens.phrase(at, index)
        if phrase is None:
            continue
        after = at + len(phrase.split())
        if phrases is VAGUE:
            if phrase == "some" and figure(tokens, after):
                return None
            return vague(phrases[phrase]), after
        return (exact(phrases[phrase]) if phrases is EXACT else about(phrases[phrase])), after
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
    if tokens.word(after) == "dozen":
        return about(value * 12), after + 1
    if tokens.word(after) in {"to", "-", "–", "—", "or"}:
        high = figure(tokens, after + 1)
        if high is not None and value < high[0] <= max(value * 10, 10):
            return between(value, high[0]), high[1]
    if tokens.word(after) == "+" and tokens.is_joined(after):
        return Count(value, None, None, "at_least"), after + 1
    return exact(value), after
