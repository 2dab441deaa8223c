"""Reprints: what a later text of a lineage added, cut or changed, sentence by sentence.

Sentences with the same words are the same wherever they stand: a reprint that moves a paragraph
changes nothing. Of the rest, those that share most of their words are one sentence edited; what is
left was cut or added.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from tocsin.records import READABLE_REGIONS, Article, Descendant, DescentKind, Edit, EditKind, Span
from tocsin.resolve.lineage import containment
from tocsin.text import split_sentences

MIN_SHARED = 0.5
"""Shared words over all words of both, from which two sentences are one edited. Lower, "police said
two died" and "police said the road was closed" would be one."""
MAX_SENTENCES = 400
"""Of one text: what follows is not compared, so that a long page costs no more."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# fmt: off
_NUMBER_WORDS = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "dozen", "dozens", "twenty", "thirty", "forty", "fifty", "hundred", "hundreds",
})
# fmt: on
_SAYING = re.compile(
    r"(?i)\b(?:said|says|told|according to|reported|confirmed|announced|stated|claimed|quoted"
    r"|citing|tweeted)\b"
)
_HEDGE = re.compile(
    r"(?i)\b(?:reportedly|allegedly|alleged|apparently|possibly|suspected|believed to|unconfirmed"
    r"|not (?:immediately )?clear|appears? to|appeared to|may have)\b"
)


def descend(versions: Sequence[tuple[int, Article]]) -> tuple[Descendant, ...]:
    """The texts of one lineage, each with its version number, by time, and what each made of its
    parent.

    The parent is the earlier text that holds most of it, of equals the earliest.
    """
    ordered = sorted(versions, key=_when)
    found: list[Descendant] = []
    for at, (number, article) in enumerate(ordered):
        text = readable(article)
        earlier = ordered[:at]
        if not earlier:
            found.append(Descendant(article.id, number, DescentKind.FIRST))
            continue
        shares = [containment(text, readable(other)) for _, other in earlier]
        best = max(range(at), key=lambda index: (shares[index], -index))
        parent_number, parent = earlier[best]
        edits = compare_texts(parent, article)
        same_outlet = parent.id == article.id or (
            parent.outlet is not None
            and article.outlet is not None
            and parent.outlet.casefold() == article.outlet.casefold()
        )
        kind = DescentKind.REPRINT if edits else DescentKind.COPY
        kind = DescentKind.REVISION if same_outlet and edits else kind
        found.append(Descendant(article.id, number, kind, parent.id, parent_number, edits))
    return tuple(found)


def compare_texts(older: Article, newer: Article) -> tuple[Edit, ...]:
    """The sentences that differ, in the order of the newer text; what was cut comes where it stood.

    Empty for a verbatim copy, page furniture aside.
    """
    old, new = _sentences(older), _sentences(newer)
    pairs = _pair(old, new)
    partner_of_new = {b: a for a, b in pairs.items()}
    edits: list[tuple[tuple[int, int], Edit]] = []
    for b, span in enumerate(new):
        a = partner_of_new.get(b)
        if a is None:
            edits.append(((b, 1), Edit(EditKind.ADDED, new=span)))
        elif _words(old[a]) != _words(span):
            edits.append(((b, 1), Edit(EditKind.CHANGED, old[a], span, _notes(old[a], span))))
    for a, span in enumerate(old):
        if a not in pairs:
            after = max((pairs[earlier] for earlier in range(a) if earlier in pairs), default=-1)
            edits.append(((after, 2), Edit(EditKind.CUT, old=span)))
    return tuple(edit for _, edit in sorted(edits, key=lambda item: item[0]))


def readable(article: Article) -> str:
    """The article without its furniture."""
    return "\n".join(span.text for span in _sentences(article, limit=None))


def _when(version: tuple[int, Article]) -> tuple[dt.datetime, str, int]:
    number, article = version
    published = article.published
    if published is None:
        return dt.datetime.max.replace(tzinfo=dt.UTC), article.id, number
    day = dt.datetime.combine(published.date, dt.time(12), dt.UTC)
    return published.moment or day, article.id, number


def _sentences(article: Article, limit: int | None = MAX_SENTENCES) -> list[Span]:
    regions = [
        (region.start, region.end) for region in article.regions if region.kind in READABLE_REGIONS
    ] or ([] if article.regions else [(0, len(article.text))])
    spans = [
        article.span(start, end)
        for opens, closes in regions
        for start, end in split_sentences(article.text, opens, closes)
    ]
    return [span for span in spans if _words(span)][:limit]


def _words(span: Span) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(span.text))


def _pair(old: Sequence[Span], new: Sequence[Span]) -> dict[int, int]:
    """Index of an old sentence to that of the new one it became: equal ones first, then the most
    alike."""
    places: dict[tuple[str, ...], list[int]] = {}
    for b, span in enumerate(new):
        places.setdefault(_words(span), []).append(b)
    pairs: dict[int, int] = {}
    for a, span in enumerate(old):
        same = places.get(_words(span))
        if same:
            pairs[a] = same.pop(0)
    taken = set(pairs.values())
    bags = {a: Counter(_words(old[a])) for a in range(len(old)) if a not in pairs}
    rest = {b: Counter(_words(new[b])) for b in range(len(new)) if b not in taken}
    alike = sorted(
        (-score, a, b)
        for a, mine in bags.items()
        for b, other in rest.items()
        if (score := (mine & other).total() / (mine | other).total()) >= MIN_SHARED
    )
    for _, a, b in alike:
        if a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
    return pairs


def _notes(old: Span, new: Span) -> tuple[str, ...]:
    notes = []
    before, after = _figures(old), _figures(new)
    if before != after:
        gone, come = (list((x - y).elements()) for x, y in ((before, after), (after, before)))
        if gone and come:
            notes.append(f"figures {', '.join(gone)} -> {', '.join(come)}")
        else:
            notes.append(f"figures {'dropped' if gone else 'added'}: {', '.join(gone or come)}")
    for pattern, name in ((_SAYING, "attribution"), (_HEDGE, "hedge")):
        had, has = bool(pattern.search(old.text)), bool(pattern.search(new.text))
        if had != has:
            notes.append(f"{name} {'dropped' if had else 'added'}")
    return tuple(notes)


def _figures(span: Span) -> Counter[str]:
    words = (word.casefold() for word in _WORD.findall(span.text))
    named = (word for word in words if word in _NUMBER_WORDS)
    return Counter([*_NUMBER.findall(span.text), *named])
