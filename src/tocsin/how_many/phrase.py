"""A phrase that is known to count: names, kin and bare plurals count too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from tocsin.how_many.bounds import Count, exact, explain, none_stated, vague
from tocsin.how_many.groups import are_attackers, group_of
from tocsin.how_many.lexicon import COLLECTIVE, STOPS, THINGS, is_plural
from tocsin.how_many.measures import measure_at
from tocsin.how_many.noun import NounPhrase, noun_phrase
from tocsin.how_many.pointed import behind_age
from tocsin.how_many.read import quantity_at
from tocsin.how_many.reading import QuantityKind, QuantityReading
from tocsin.how_many.tokens import Tokens, tokenise
from tocsin.records import Span
from tocsin.records.vocab import QuantityStatus, VictimGroup
from tocsin.text.nations import nationality_of

_JOINS: Final = frozenset({"and", ",", "&", "plus"})
_CUTS: Final = frozenset({"including", "among", "who", "whom", "which", "whose", "from", "in"})
_DETERMINERS: Final = frozenset(
    {"a", "an", "the", "his", "her", "their", "its", "our", "my", "another", "this", "that"}
)
_COUNTED: Final = frozenset({QuantityKind.PERSONS, QuantityKind.THINGS, QuantityKind.OTHER})
_NOBODY: Final = frozenset({"no", "nobody", "none", "neither"})
_COMPARED: Final = frozenset({"fewer", "less", "more", "longer"})
""" "no fewer than five" is a bound, not nobody."""
_PRONOUNS: Final = frozenset({"he", "she", "him"})
_NAME_MARKS: Final = frozenset({"-", "’", "'", "."})
MAX_CONJUNCTS: Final = 20
_VIEW_CHARS: Final = 60
_AGE_VIEW_CHARS: Final = 40
"""How far before a bare number its name may begin: "Omar Saleh, 34"."""
MAX_PHRASE_CHARS: Final = 2000
"""No counting phrase is longer; what lies behind is not read."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One counted item of a list: "her two children" in "a woman and her two children"."""

    count: Count
    reading: QuantityReading | None
    noun: NounPhrase | None
    after: int
    is_bare: bool = False
    """A bare plural: it counts only where the caller asks."""


def read_quantity(phrase: str, *, plural_is_vague: bool = False) -> QuantityReading | None:
    """The reading of a phrase known to count persons or things; None where it counts nothing.

    Items joined by "and" are added: "a woman and her two children" is three. A singular noun or a
    name without a number is one. A bare plural ("civilians") counts only with `plural_is_vague`: at
    least two. Spans are offsets into `phrase`.
    """
    tokens = tokenise(phrase, 0, MAX_PHRASE_CHARS)
    if tokens.word(0) in _NOBODY and tokens.word(1) not in _COMPARED:
        return _none(tokens)
    if len(tokens) == 1 and tokens.word(0) == "another":
        return _assembled(tokens, [_Part(exact(1, "singular"), None, None, 1)], exact(1))
    first = _first_reading(tokens)
    parts = _conjuncts(tokens, first) if first is not None else _named(tokens)
    if not parts:
        return None
    if parts[0].is_bare and not plural_is_vague:
        return None
    lead = parts[0]
    if len(parts) == 1 and lead.reading is not None:
        return lead.reading
    count = lead.count
    for part in parts[1:]:
        count = count + part.count
    return _assembled(tokens, parts, count)


def read_quantity_at(
    text: str, start: int, end: int, *, plural_is_vague: bool = False
) -> QuantityReading | None:
    """`read_quantity` of `text[start:end]`, with spans in `text` and the words behind in view.

    "No casualties" says that there were none; "No casualties were reported", with only the first
    two words marked, says that none were known. "34" alone, where it is somebody's age, is one.
    """
    reading = read_quantity(text[start:end], plural_is_vague=plural_is_vague)
    if reading is None:
        return None
    reading = _moved(reading, text, start)
    if reading.span == reading.number_span and _is_age(text, reading.span):
        return replace(
            reading,
            quantity=exact(1).quantity("person"),
            rule="singular",
            explanation="one person, told by the age",
        )
    if reading.rule != "none_stated":
        return reading
    seen = quantity_at(tokenise(text, reading.span.start, end + _VIEW_CHARS), 0)
    if seen is None or seen[0].rule != "none_reported":
        return reading
    wider = seen[0]
    return replace(reading, quantity=wider.quantity, rule=wider.rule, explanation=wider.explanation)


def _is_age(text: str, number: Span) -> bool:
    """True where what stands about a bare number makes it an age."""
    start = max(0, number.start - _AGE_VIEW_CHARS)
    tokens = tokenise(text, start, number.end + _VIEW_CHARS)
    at = next((at for at, begin in enumerate(tokens.starts) if begin == number.start), None)
    found = measure_at(tokens, at) if at is not None else None
    return found is not None and found.kind is QuantityKind.AGE


def _moved(reading: QuantityReading, text: str, by: int) -> QuantityReading:
    def moved(span: Span | None) -> Span | None:
        return Span.of(text, span.start + by, span.end + by) if span is not None else None

    span = reading.span
    return replace(
        reading,
        span=Span.of(text, span.start + by, span.end + by),
        number_span=moved(reading.number_span),
        noun_span=moved(reading.noun_span),
    )


def _none(tokens: Tokens) -> QuantityReading:
    """ "none of the crew", "no one", "no Iraqi or foreign troops": nobody, whatever follows."""
    read = quantity_at(tokens, 0)
    if read is not None and read[0].rule in {"none_stated", "none_reported"}:
        return read[0]
    parts = [_Part(none_stated(), None, noun_phrase(tokens, 1), len(tokens))]
    return _assembled(tokens, parts, none_stated())


def _first_reading(tokens: Tokens) -> tuple[int, QuantityReading, int] | None:
    """The first count of the phrase with the token indexes it covers; else None."""
    at = 0
    while at < len(tokens):
        read = _ordinal_person(tokens, at) or quantity_at(tokens, at, is_known=True)
        if read is None:
            at += 1
            continue
        if _counts(read[0]) and not _is_stray(tokens, at, read[0]):
            return at, read[0], read[1]
        at = read[1]
    return None


def _counts(reading: QuantityReading) -> bool:
    return reading.kind in _COUNTED and reading.quantity.status is not QuantityStatus.NOT_STATED


def _ordinal_person(tokens: Tokens, at: int) -> tuple[QuantityReading, int] | None:
    """ "a third person", "the fourth": in a phrase that counts persons, one more of them."""
    if tokens.word(at) not in {"a", "the"}:
        return None
    read = quantity_at(tokens, at + 1)
    if read is None or not read[0].is_ordinal:
        return None
    noun = noun_phrase(tokens, at + 2)
    if noun is not None and (not noun.is_person or noun.is_plural):
        return None
    after = noun.after if noun is not None else read[1]
    reading = QuantityReading(
        span=Span.of(tokens.text, tokens.starts[at], tokens.ends[after - 1]),
        quantity=exact(1).quantity("person"),
        kind=QuantityKind.PERSONS,
        rule="singular",
        explanation="one more, named by its place in a series",
        noun=noun.noun if noun else None,
    )
    return reading, after


def _is_stray(tokens: Tokens, at: int, reading: QuantityReading) -> bool:
    """A count of something else behind a name: "the man, who fired two shots"; an age right
    behind a full name, "Omar Saleh 34"."""
    if at == 0:
        return False
    if reading.kind is not QuantityKind.PERSONS:
        return _named(tokens) != []
    return reading.span == reading.number_span and all(
        tokens.is_capital(before) and _is_name(tokens, before) for before in (at - 2, at - 1)
    )


def _conjuncts(tokens: Tokens, first: tuple[int, QuantityReading, int]) -> list[_Part]:
    """The first count and the items joined to it, before and behind."""
    start, reading, after = first
    parts = [_Part(_as_count(reading), reading, None, after)]
    if start > 0 and reading.kind is QuantityKind.PERSONS and not reading.is_part:
        # "the mayor and two guards": a name or a singular noun stands before the count
        if tokens.word(start - 1) in {"and", "&", "plus"}:
            parts = [*_named(tokens, end=start - 1), *parts]
        elif tokens.word(start - 1) == "," and reading.rule == "article":
            # "Ali Hasan, a teacher": the article opens an apposition
            return _named(tokens, end=start - 1) or parts
    if _has_several(reading) and not reading.is_other and not _own_item(tokens, after):
        return parts
    while len(parts) < MAX_CONJUNCTS:
        item = _next_item(tokens, parts[-1].after)
        if item is None:
            return parts
        parts.append(item)
    return parts


def _has_several(reading: QuantityReading) -> bool:
    return reading.quantity.max is None or reading.quantity.max > 1


def _own_item(tokens: Tokens, at: int) -> bool:
    """True where "and" brings a new item with its own determiner or number, as against a second
    noun under the same number ("six soldiers and guards")."""
    lead = _joined_at(tokens, at)
    if lead is None:
        return False
    return tokens.word(lead) in _DETERMINERS or quantity_at(tokens, lead) is not None


def _joined_at(tokens: Tokens, at: int) -> int | None:
    """The index of the item behind "and", ", and", "as well as"; None where none is joined."""
    if tokens.word(at) == "as" and tokens.word(at + 1) == "well" and tokens.word(at + 2) == "as":
        at += 3
    elif tokens.word(at) in _JOINS:
        if tokens.word(at) == "," and _list_item(tokens, at, len(tokens)) is None:
            return None
        at += 1
        at += tokens.word(at) == "and"
    else:
        return None
    return at if at < len(tokens) and tokens.word(at) not in _CUTS else None


def _next_item(tokens: Tokens, at: int) -> _Part | None:
    lead = _joined_at(tokens, at)
    if lead is None:
        return None
    cursor = lead
    if tokens.word(cursor) in {"his", "her", "their", "its", "the", "another"}:
        cursor += 1
    read = quantity_at(tokens, cursor) or quantity_at(tokens, lead)
    if read is not None and read[0].kind in {QuantityKind.PERSONS, QuantityKind.THINGS}:
        if read[0].is_part:
            return None
        return _Part(_as_count(read[0]), read[0], None, read[1])
    noun = noun_phrase(tokens, cursor)
    if noun is None or not noun.is_person or noun.is_plural:
        return None
    return _Part(exact(1, "singular"), None, noun, noun.after)


def _as_count(reading: QuantityReading) -> Count:
    q = reading.quantity
    return Count(q.min, q.best, q.max, reading.rule, q.approx, q.status)


def _named(tokens: Tokens, end: int | None = None) -> list[_Part]:
    """Items without a number: names, "the driver", kin, bare plurals."""
    stop = len(tokens) if end is None else end
    parts: list[_Part] = []
    at = 0
    while at < stop and len(parts) < MAX_CONJUNCTS:
        part = _named_item(tokens, at, stop)
        if part is None:
            break
        parts.append(part)
        if part.is_bare:
            break
        lead = _aged_item(tokens, part.after, stop) or _joined_at(tokens, part.after)
        if lead is None or lead >= stop or tokens.word(part.after) in {",", "("}:
            lead = _aged_item(tokens, part.after, stop) or _list_item(tokens, part.after, stop)
        if lead is None:
            break
        at = lead
    return parts


def _aged_item(tokens: Tokens, at: int, stop: int) -> int | None:
    """The next of several who are named with their ages: "Omar Saleh, 34, and Ali Hasan, 29".

    Without "and" the next must have an age as well: "Omar Saleh, 34, Syrian journalist" is one.
    """
    behind = behind_age(tokens, at)
    if behind == at:
        return None
    is_joined = False
    while tokens.word(behind) in {"and", ";", "&"}:
        is_joined = is_joined or tokens.word(behind) != ";"
        behind += 1
    item = _named_item(tokens, behind, stop) if behind < stop else None
    if item is None or item.is_bare:
        return None
    is_aged = item.noun is not None and item.noun.is_age
    return behind if is_joined or is_aged or behind_age(tokens, item.after) > item.after else None


def _list_item(tokens: Tokens, at: int, stop: int) -> int | None:
    """Behind a comma only where the list ends in "and": else the comma opens an apposition."""
    if tokens.word(at) != ",":
        return None
    for cursor in range(at + 1, min(at + 6, stop)):
        if tokens.word(cursor) == "and":
            return at + 1 + (tokens.word(at + 1) == "and")
        if tokens.word(cursor) == ",":
            return None
    return None


def _named_item(tokens: Tokens, at: int, stop: int) -> _Part | None:
    determiner = tokens.word(at) in _DETERMINERS
    first = at
    at += determiner
    noun = noun_phrase(tokens, at)
    if noun is not None and noun.after <= stop and not _is_object(tokens, at, noun):
        if noun.is_plural and not noun.is_age:
            return _Part(vague(2, "plural"), None, noun, noun.after, is_bare=True)
        after = noun.after
        # a name behind its office: "army commander John Smith"
        while after < stop and _is_name(tokens, after):
            after += 1
        return _Part(exact(1, "singular"), None, noun, after)
    if tokens.word(at) in _PRONOUNS or tokens.word(stop - 1) in _PRONOUNS:
        return _Part(exact(1, "singular"), None, None, stop)
    after = at
    # "wrestler Omar Saleh": an office or trade unknown to the lexicon before a name
    while (
        after < min(at + 2, stop) and tokens.word(after).islower() and not _is_name(tokens, after)
    ):
        if tokens.word(after) in STOPS or not tokens.word(after).isalpha():
            break
        after += 1
    if determiner and after > at and tokens.word(first) in {"a", "an"}:
        return _Part(exact(1, "singular"), None, None, after)
    named_from = after
    while after < stop and (_is_name(tokens, after) or tokens.word(after) in _NAME_MARKS):
        after += 1
    if after == named_from:
        return None
    return _Part(exact(1, "named"), None, NounPhrase(None, first, after, True, False, False), after)


def _is_object(tokens: Tokens, at: int, noun: NounPhrase) -> bool:
    """True where the noun is no person and stands behind a name, such as a place."""
    return not noun.is_person and not noun.is_thing and _is_name(tokens, at)


def _is_name(tokens: Tokens, at: int) -> bool:
    word = tokens.word(at)
    if not word.isalpha() or word in {"and"}:
        return False
    opens_name = tokens.is_capital(at + 1) and at == 0
    known = (
        (word in STOPS and not opens_name)
        or (word in COLLECTIVE)
        or (word in THINGS and is_plural(word))
    )
    return (tokens.is_capital(at) and not known) or word in {"al", "bin", "ibn", "von", "de", "el"}


def _assembled(tokens: Tokens, parts: list[_Part], count: Count) -> QuantityReading:
    lead = next((p.reading for p in parts if p.reading is not None), None)
    noun = next((p.noun for p in parts if p.noun is not None), None)
    is_things = noun is not None and noun.is_thing and lead is None
    kind = QuantityKind.THINGS if is_things else QuantityKind.PERSONS
    if lead is not None and len(parts) > 1:
        kind = lead.kind
    unit = (
        "person" if kind is QuantityKind.PERSONS else (noun.noun if noun and noun.noun else "item")
    )
    noun_span = None
    if noun is not None and noun.noun is not None:
        noun_span = Span.of(tokens.text, tokens.starts[noun.at], tokens.ends[noun.after - 1])
    end = tokens.ends[parts[-1].after - 1]
    if parts[-1].reading is not None:
        end = parts[-1].reading.span.end
    span = Span.of(tokens.text, tokens.starts[0], end)
    group = _shared_group(tokens, parts)
    name = noun.noun if noun else (lead.noun if lead else None)
    return QuantityReading(
        span=span,
        quantity=count.quantity(unit),
        kind=kind,
        rule=count.rule,
        explanation=explain(count),
        noun=name,
        noun_span=noun_span if noun_span else (lead.noun_span if lead else None),
        outcome_hint=lead.outcome_hint if lead else None,
        group=group,
        nationality=nationality_of(span.text),
        are_attackers=are_attackers(name, group),
    )


def _shared_group(tokens: Tokens, parts: list[_Part]) -> VictimGroup:
    """The group of all items of a list; MIXED where they are of several."""
    groups = set()
    for part in parts:
        if part.reading is not None:
            groups.add(part.reading.group)
        elif part.noun is not None:
            first, last = part.noun.at, part.noun.after - 1
            groups.add(group_of(tokens.text[tokens.starts[first] : tokens.ends[last]]))
    groups.discard(VictimGroup.UNKNOWN)
    if len(groups) > 1:
        return VictimGroup.MIXED
    return groups.pop() if groups else VictimGroup.UNKNOWN
