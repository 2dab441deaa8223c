"""Grammar of phrases built of phrases about days: bounds, ranges with parts, Friday prayers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tocsin.when.expression import Bound, CalendarRef, Stretch, TimeKind
from tocsin.when.grammar_clock import clock_time, part_of_day
from tocsin.when.grammar_days import dated
from tocsin.when.grammar_lists import listed_refs, same_sort
from tocsin.when.lexicon import CUES, WEEKDAYS
from tocsin.when.phrase import PREPOSITIONS, Phrase, kind_of, skip
from tocsin.when.tokens import Tokens

BOUNDS: Final = {
    "since": Bound.SINCE,
    "from": Bound.SINCE,
    "after": Bound.AFTER,
    "before": Bound.BEFORE,
    "by": Bound.UNTIL,
    "until": Bound.UNTIL,
    "till": Bound.UNTIL,
    "through": Bound.UNTIL,
}
_FRIDAY: Final = 4
_SPAN_OPENERS: Final = frozenset(WEEKDAYS) | {"late", "early", "on"}
_PRAYER_WORDS: Final = frozenset(
    {"the", "weekly", "main", "noon", "midday", "congregational", "muslim", "communal"}
)


_PRAYER_SIDES: Final = {
    "after": "after friday prayers",
    "following": "after friday prayers",
    "before": "before friday prayers",
}


def friday_prayers(tokens: Tokens, first: int) -> Phrase | None:
    """ "During Friday prayers", "after the weekly Friday prayers": hours of a Friday."""
    side = _PRAYER_SIDES.get(tokens.word(first), "friday prayers")
    at = skip(tokens, first, PREPOSITIONS | _PRAYER_SIDES.keys())
    for _ in range(3):
        at = skip(tokens, at, _PRAYER_WORDS)
    if tokens.word(at) != "friday":
        return None
    noun = skip(tokens, skip(tokens, at + 1, {"'s"}), _PRAYER_WORDS)
    if tokens.word(noun) not in {"prayers", "prayer"}:
        return None
    return Phrase(first, noun + 1, TimeKind.WEEKDAY, (CalendarRef(weekday=_FRIDAY),), part=side)


def spanning(tokens: Tokens, first: int) -> Phrase | None:
    """A range whose ends carry parts.

    "From Friday night until Saturday morning", "between late June and early July", "late Friday
    into early Saturday".
    """
    word = tokens.word(first)
    is_led = word in {"between", "from"}
    if not is_led and word not in _SPAN_OPENERS:
        return None
    start = dated(tokens, first + is_led)
    joins = {"and"} if word == "between" else {"to", "until", "till", "through", "into"}
    if start is None or not _is_one(start) or tokens.word(start.after) not in joins:
        return None
    end = dated(tokens, start.after + 1)
    if end is None or not _is_one(end) or not same_sort(start.refs[0], end.refs[0]):
        return None
    if not (is_led or start.refs[0].is_day):
        return None
    return Phrase(
        first,
        end.after,
        kind_of(start.refs[0], None),
        (start.refs[0], end.refs[0]),
        is_range=True,
        part=_part_of(start),
        last_part=_part_of(end),
    )


def _is_one(phrase: Phrase) -> bool:
    return len(phrase.refs) == 1 and phrase.clock is None and phrase.bound is None


def _part_of(phrase: Phrase) -> str | None:
    stretch = phrase.refs[0].stretch
    if phrase.part is None and phrase.refs[0].is_day and stretch in {Stretch.EARLY, Stretch.LATE}:
        return stretch.value
    return phrase.part


def recurring_weekday(tokens: Tokens, first: int) -> Phrase | None:
    """ "Every Friday", "on Fridays": many days, none of them named."""
    at = skip(tokens, first, {"on"})
    if tokens.word(at) in {"every", "each"}:
        other = at + 1 + (tokens.word(at + 1) == "other")
        if tokens.word(other) not in WEEKDAYS:
            return None
        at = other
    elif not (tokens.word(at) in WEEKDAYS and tokens.word(at)[-2:] == "ys"):
        return None
    elif tokens.word(at + 1) in CUES["behind"] or (at == first and tokens.word(at + 1).isalpha()):
        # "Tuesdays attack", "on Tuesdays attack" have lost their apostrophe
        return None
    ref = CalendarRef(weekday=WEEKDAYS[tokens.word(at)])
    part = part_of_day(tokens, at + 1)
    after = part[1] if part else at + 1
    return Phrase(first, after, TimeKind.RECURRING, (ref,), part=part[0] if part else None)


def bounded(tokens: Tokens, first: int) -> Phrase | None:
    """ "since June 6", "before March 3", "until late Friday", "from Monday to Friday"."""
    word = tokens.word(first)
    if word == "between":
        listed = listed_refs(tokens, skip(tokens, first + 1, {"the"}))
        if listed is not None and len(listed[0]) == 2:
            refs, _, after, places = listed
            kind = kind_of(refs[0], None)
            return Phrase(first, after, kind, refs, is_range=True, ref_tokens=places)
        return None
    bound = BOUNDS.get(word)
    if bound is None or part_of_day(tokens, first) is not None:
        # "before dawn on Friday" is a part of that day
        return None
    if bound in {Bound.AFTER, Bound.BEFORE} and clock_time(tokens, first) is not None:
        # "after 11 pm on Monday" is Monday's last hour
        return None
    if tokens.word(first + 1) in {"just", "shortly", "about", "around", "at", "least"}:
        inner = dated(tokens, first + 2)
    else:
        inner = dated(tokens, first + 1)
    if inner is None or not inner.refs:
        return None
    if inner.is_range and word == "from":
        return replace(inner, first=first)
    if word == "from" and inner.refs[0].is_day and inner.part is None:
        return None
    return replace(inner, first=first, kind=TimeKind.WINDOW, bound=bound)
