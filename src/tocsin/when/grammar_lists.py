"""Grammar of several days or periods in one phrase: lists and ranges."""

from __future__ import annotations

from dataclasses import replace

from tocsin.when.expression import CalendarRef
from tocsin.when.grammar_dates import date, day_number, month_name, year
from tocsin.when.grammar_periods import calendar_ref
from tocsin.when.phrase import skip
from tocsin.when.tokens import Tokens

TokenRange = tuple[int, int]
Listed = tuple[tuple[CalendarRef, ...], bool, int, tuple[TokenRange, ...]]
"""Days or periods, whether the first and last are the ends of a range, the index behind, and where
each of several stands."""


def listed_refs(tokens: Tokens, at: int) -> Listed | None:
    """One day or period, a list of them, or a range."""
    ranged = _day_range(tokens, at)
    if ranged is not None:
        return ranged
    one = calendar_ref(tokens, at)
    if one is None:
        return None
    refs, after = [one[0]], one[1]
    places = [(at, after)]
    is_range = False
    while len(refs) < 7:
        join = tokens.word(after)
        lead = after + 1
        if join == "," and tokens.word(lead) == "and":
            lead += 1
        if join not in {"and", "or", ",", "to", "into", "through", "until", "-", "–"}:
            break
        if join == "and" and tokens.word(lead) == "into":
            join, lead = "into", lead + 1
        following = calendar_ref(tokens, lead)
        if following is None or not same_sort(refs[-1], following[0]):
            break
        if join == "," and not _list_goes_on(tokens, following[1]):
            break
        is_range = is_range or join in {"to", "into", "through", "until", "-", "–"}
        refs.append(following[0])
        after = following[1]
        places.append((lead, after))
    return tuple(refs), is_range, after, tuple(places) if len(refs) > 1 else ()


def _list_goes_on(tokens: Tokens, at: int) -> bool:
    """True where another item of a list follows: a comma alone parts two statements."""
    if tokens.word(at) not in {",", "and"}:
        return False
    return calendar_ref(tokens, at + 1) is not None or (
        tokens.word(at + 1) == "and" and calendar_ref(tokens, at + 2) is not None
    )


def same_sort(one: CalendarRef, other: CalendarRef) -> bool:
    """True where two refs may stand in one list: two weekdays, two dates, two months."""

    def sort(ref: CalendarRef) -> tuple[bool, ...]:
        return (ref.weekday is not None, ref.day is not None, ref.is_day)

    return sort(one) == sort(other)


def _day_range(tokens: Tokens, at: int) -> Listed | None:
    """ "3 and 5 March", "3-5 March 2016", "March 3 to 5", "December 11 and 12, 2016"."""
    joins = {"and": False, "-": True, "–": True, "to": True, "through": True, "or": False}
    number = day_number(tokens, at)
    if number is not None and tokens.word(number[1]) in joins:
        last = date(tokens, number[1] + 1)
        if last is not None and last[0].day is not None and last[0].month is not None:
            first = replace(last[0], day=number[0])
            places = ((at, number[1]), (number[1] + 1, last[1]))
            return (first, last[0]), joins[tokens.word(number[1])], last[1], places
    named = month_name(tokens, at)
    if named is None:
        return None
    number = day_number(tokens, named[1])
    if number is None or tokens.word(number[1]) not in joins:
        return None
    second = day_number(tokens, number[1] + 1)
    if second is None or month_name(tokens, second[1]) or second[0] <= number[0]:
        return None
    following = tokens.word(second[1])
    if following.isalpha() and following not in {"and", "in", "at", "of", "when", "by"}:
        # "March 3 and 5 people": the second number counts something else
        return None
    after = second[1]
    comma = skip(tokens, after, {","})
    dated = year(tokens, comma)
    after = dated[1] if dated else after
    value = dated[0] if dated else None
    refs = tuple(CalendarRef(month=named[0], day=day, year=value) for day in (number[0], second[0]))
    places = ((at, number[1]), (number[1] + 1, after))
    return refs, joins[tokens.word(number[1])], after, places
