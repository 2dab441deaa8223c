"""Grammar of words of time that date no incident: "now", "daily", "two years", "third quarter".

They are read only where a caller asks for all words of time: an extractor that took every "now" for
a date would date incidents by it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import (
    Amount,
    Bound,
    CalendarRef,
    Direction,
    Stretch,
    TimeKind,
    TimeUnit,
    Which,
)
from tocsin.when.grammar_amounts import amount
from tocsin.when.grammar_dates import WHICH, year
from tocsin.when.lexicon import (
    CUES,
    NUMBERS,
    ORDINALS,
    RECURRING,
    REFERENCES,
    UNITS,
    VAGUE_NUMBERS,
    WIDE_UNITS,
    phrase_index,
)
from tocsin.when.phrase import PREPOSITIONS, Phrase, skip
from tocsin.when.tokens import Tokens

_REFERENCE_INDEX: Final = phrase_index(REFERENCES)
_PARTS_OF_YEAR: Final = frozenset({TimeUnit.QUARTER, TimeUnit.HALF})
_NOW: Final = frozenset({"the", "this", "current", "latest", "that"})
_WIDTHS: Final = frozenset(
    {"about", "nearly", "almost", "roughly", "around", "some", "more", "less", "over", "up", "at"}
)
_AFTER_WIDTHS: Final = frozenset({"than", "to", "least", "most", "the"})
_HALVES: Final = frozenset({"half"})
WIDE_OPENERS: Final = frozenset(
    _REFERENCE_INDEX.keys()
    | RECURRING.keys()
    | ORDINALS.keys()
    | NUMBERS.keys()
    | VAGUE_NUMBERS.keys()
    | UNITS.keys()
    | PREPOSITIONS
    | _NOW
    | _WIDTHS
    | {"each", "every", "fiscal", "year", "per", "last", "next", "past", "a", "an", "coming"}
)


def reference(tokens: Tokens, first: int) -> Phrase | None:
    """ "now", "at present", "in the past", "the future"."""
    at = skip(tokens, first, PREPOSITIONS)
    for start in (first, at):
        for words in _REFERENCE_INDEX.get(tokens.word(start), ()):
            if tokens.words[start : start + len(words)] == list(words):
                after = start + len(words)
                if words == ("current",) and tokens.word(start - 1) in {"its", "their", "his"}:
                    return None
                if words[-1] in {"past", "recent"} and tokens.word(after) in UNITS | NUMBERS:
                    return None
                kind = TimeKind(REFERENCES[" ".join(words)])
                return Phrase(first, after, kind)
    return None


def recurring(tokens: Tokens, first: int) -> Phrase | None:
    """ "daily", "every two weeks", "each month", "per day"."""
    word = tokens.word(first)
    if word in RECURRING:
        size = Amount(1, 1, RECURRING[word])
        return Phrase(first, first + 1, TimeKind.RECURRING, amount=size)
    if word not in {"each", "every", "per"}:
        return None
    other = tokens.word(first + 1) == "other"
    unit = WIDE_UNITS.get(tokens.word(first + 1 + other))
    if word == "per" and tokens.word(first + 1) in {"second", "minute", "hour"}:
        # a rate, no time
        return None
    if unit is not None and tokens.word(first + 1 + other)[-1] != "s":
        size = Amount(1 + other, 1 + other, unit)
        return Phrase(first, first + 2 + other, TimeKind.RECURRING, amount=size)
    found = amount(tokens, first + 1)
    if found is None or word == "per":
        return None
    return Phrase(first, found[1], TimeKind.RECURRING, amount=found[0])


def part_of_year(tokens: Tokens, first: int) -> Phrase | None:
    """ "the third quarter", "third-quarter", "the quarter", "the first half of 1989"."""
    at = skip(tokens, first, PREPOSITIONS)
    at = skip(tokens, at, {"the"})
    led = at > first
    lead_year = year(tokens, at)
    lead = lead_year[1] if lead_year else at
    owner = None
    if tokens.word(at) in {"last", "this", "next"} and tokens.word(at + 1) == "year":
        if tokens.word(at + 2) != "'s":
            return None
        owner, lead, led = WHICH[tokens.word(at)], at + 3, True
    lead = skip(tokens, lead, {"fiscal"})
    lead = skip(tokens, lead, {"-"})
    number = ORDINALS.get(tokens.word(lead))
    if number is not None:
        lead = skip(tokens, lead + 1, {"-", "fiscal"})
    elif tokens.word(lead) in {"last", "latest", "current", "this", "next", "previous", "that"}:
        which = Which.THIS if tokens.word(lead) in {"current", "this", "that"} else Which.LAST
        which = Which.NEXT if tokens.word(lead) == "next" else which
        unit = WIDE_UNITS.get(tokens.word(lead + 1))
        if unit is TimeUnit.QUARTER:
            ref = CalendarRef(which=which, unit=unit)
            return Phrase(first, lead + 2, TimeKind.RELATIVE, (ref,))
        if unit is TimeUnit.HALF and tokens.word(lead + 2) == "of":
            found = year(tokens, lead + 3)
            if found is not None:
                ref = CalendarRef(year=found[0], unit=unit, part_number=2)
                return Phrase(first, found[1], TimeKind.DATE, (ref,))
        return None
    if tokens.word(lead) in {"corresponding", "same", "comparable"} and led:
        return _last_years(tokens, first, lead + 1, CalendarRef(unit=TimeUnit.QUARTER))
    unit = WIDE_UNITS.get(tokens.word(lead))
    if unit not in _PARTS_OF_YEAR or tokens.word(lead)[-1] == "s":
        return None
    if number is None and not (lead_year or (led and unit is TimeUnit.QUARTER)):
        return None
    if number is not None and number > (4 if unit is TimeUnit.QUARTER else 2):
        return None
    after = lead + 1
    ago = _last_years(tokens, first, lead, CalendarRef(unit=unit, part_number=number))
    if ago is not None:
        return ago
    if owner is not None:
        ref = CalendarRef(unit=unit, part_number=number, year_which=owner, which=Which.LAST)
        return Phrase(first, after, TimeKind.RELATIVE, (ref,))
    ref = CalendarRef(unit=unit, part_number=number, which=None if number else Which.LAST)
    if lead_year is not None:
        return Phrase(first, after, TimeKind.DATE, (replace(ref, year=lead_year[0]),))
    behind = skip(tokens, after, {"of", "in", ","})
    behind = skip(tokens, behind, {"fiscal"})
    found = year(tokens, behind)
    if found is not None:
        return Phrase(first, found[1], TimeKind.DATE, (replace(ref, year=found[0]),))
    if tokens.word(behind) in {"last", "this", "next"} and tokens.word(behind + 1) == "year":
        ref = replace(ref, year_which=WHICH[tokens.word(behind)])
        return Phrase(first, behind + 2, TimeKind.DATE, (ref,))
    if unit is TimeUnit.HALF and number is None:
        return None
    return Phrase(first, after, TimeKind.RELATIVE, (ref,))


def _last_years(tokens: Tokens, first: int, noun: int, ref: CalendarRef) -> Phrase | None:
    """ "The quarter a year ago", "the corresponding period last year"."""
    if tokens.word(noun) not in {"quarter", "period"}:
        return None
    behind = tokens.words[noun + 1 : noun + 4]
    if behind[:2] == ["last", "year"]:
        after = noun + 3
    elif behind[:2] == ["a", "year"] and behind[2:] in (["ago"], ["earlier"]):
        after = noun + 4
    else:
        return None
    which = None if ref.part_number else Which.LAST
    ref = replace(ref, which=which, year_which=Which.LAST)
    return Phrase(first, after, TimeKind.RELATIVE, (ref,))


def named_part_of_year(tokens: Tokens, first: int) -> Phrase | None:
    """A quarter or half whose year is said, which can date something: "the first half of 2016"."""
    found = part_of_year(tokens, first)
    if found is None or (found.refs[0].year is None and found.refs[0].year_which is None):
        return None
    return found


def year_ago(tokens: Tokens, first: int) -> Phrase | None:
    """ "the year-ago quarter", "year-earlier": a year before the period spoken of."""
    at = skip(tokens, first, PREPOSITIONS)
    at = skip(tokens, at, {"the", "a"})
    at = skip(tokens, at, {"comparable"})
    if tokens.word(at) != "year" or tokens.word(at + 1) != "-":
        return None
    if tokens.word(at + 2) not in {"ago", "earlier"}:
        return None
    number = ORDINALS.get(tokens.word(at + 3))
    noun = at + 3 + (number is not None)
    if tokens.word(noun) in {"quarter", "period"}:
        ref = CalendarRef(
            unit=TimeUnit.QUARTER,
            part_number=number,
            which=None if number else Which.LAST,
            year_which=Which.LAST,
        )
        return Phrase(first, noun + 1, TimeKind.RELATIVE, (ref,))
    size = Amount(1, 1, TimeUnit.YEAR)
    return Phrase(first, at + 3, TimeKind.RELATIVE, amount=size, direction=Direction.AGO)


def year_end(tokens: Tokens, first: int) -> Phrase | None:
    """ "year-end", "by year's end"."""
    at = skip(tokens, first, PREPOSITIONS | {"by"})
    at = skip(tokens, at, {"the"})
    if tokens.word(at) != "year":
        return None
    after = skip(tokens, at + 1, {"-", "'s"})
    if tokens.word(after) != "end":
        return None
    if tokens.word(after - 1) == "-":
        # "year-end" is a day: of accounts, of closing prices
        bound = Bound.UNTIL if tokens.word(first) == "by" else None
        day = CalendarRef(month=12, day=31)
        return Phrase(first, after + 1, TimeKind.DATE, (day,), bound=bound)
    ref = CalendarRef(which=Which.THIS, unit=TimeUnit.YEAR, stretch=Stretch.END)
    return Phrase(first, after + 1, TimeKind.RELATIVE, (ref,))


def plain_year(tokens: Tokens, first: int) -> Phrase | None:
    """A year among other words, "her failed 1988 bid": no plural is counted by it."""
    found = year(tokens, first)
    if found is None or tokens.word(first)[:2] not in {"19", "20"}:
        return None
    before, following = tokens.word(first - 1), tokens.word(found[1])
    if not before.isalpha() or not following.isalpha() or following in CUES["measures"]:
        return None
    if following[-1] == "s" and not tokens.is_capital(found[1]):
        return None
    return Phrase(first, found[1], TimeKind.YEAR, (CalendarRef(year=found[0]),))


def whole_period(tokens: Tokens, first: int) -> Phrase | None:
    """ "the year ended March 31", "the fiscal year": a length whose end stands apart."""
    at = skip(tokens, first, PREPOSITIONS)
    if tokens.word(at) != "the":
        return None
    at = skip(tokens, at + 1, {"latest"})
    unit = UNITS.get(tokens.word(skip(tokens, at, {"fiscal"})))
    after = at + 1 + (tokens.word(at) == "fiscal")
    is_told = tokens.word(at) == "fiscal" or tokens.word(after) in {"ended", "ending", "to"}
    if unit is not TimeUnit.YEAR or not is_told:
        return None
    return Phrase(
        first, after, TimeKind.DURATION, amount=Amount(1, 1, unit), direction=Direction.WITHIN
    )


def fiscal_year(tokens: Tokens, first: int) -> Phrase | None:
    """ "fiscal 1989", taken as the calendar year of its number."""
    at = skip(tokens, first, PREPOSITIONS)
    at = skip(tokens, at, {"the"})
    if tokens.word(at) != "fiscal":
        return None
    found = year(tokens, skip(tokens, at + 1, {"year"}))
    if found is None:
        return None
    return Phrase(first, found[1], TimeKind.YEAR, (CalendarRef(year=found[0]),))


def length(tokens: Tokens, first: int) -> Phrase | None:
    """ "two years", "nearly four months", "three-day", "the next few weeks", "weeks"."""
    at = skip(tokens, first, PREPOSITIONS)
    at = skip(tokens, at, _WIDTHS)
    at = skip(tokens, at, _AFTER_WIDTHS)
    at = skip(tokens, at, {"the"})
    at = skip(tokens, at, {"first", "last", "past", "next", "latest", "coming", "another"})
    found = amount(tokens, at, WIDE_UNITS)
    if found is None or tokens.word(found[1] - 1) in {"second", "night", "nights"}:
        return None
    size, after = found
    if size.unit in {TimeUnit.HALF, TimeUnit.WEEKEND}:
        return None
    if tokens.word(after - 2) == "-" and tokens.word(after - 1) == "quarters":
        # "three-quarters of the town"
        return None
    if tokens.word(at) in {"a", "an"} and tokens.word(at - 1) in {"than"} | _HALVES:
        return None
    if tokens.word(after) == "-" and tokens.word(after + 1) in {"long", "old"}:
        after += 2 if tokens.word(after + 1) == "long" else 0
    return Phrase(first, after, TimeKind.DURATION, amount=size, direction=Direction.WITHIN)
