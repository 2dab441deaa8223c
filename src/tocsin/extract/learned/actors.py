"""Actors: who did it, claimed or denied it, is blamed or suspected; one role for each mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tocsin.extract.learned.kinds import attribution_of
from tocsin.extract.reports import Finding
from tocsin.records import ActorMention, Article, Span
from tocsin.records.vocab import ActorRole
from tocsin.who import ActorCatalogue

ROLES: Final = (
    ActorRole.CLAIMED,
    ActorRole.DENIED,
    ActorRole.BLAMED,
    ActorRole.SUSPECTED,
    ActorRole.PERPETRATOR,
)
"""Of two roles with equal scores the first is taken."""
NAME_CHARS: Final = 60
"""How far a name may reach beyond the words that were found of it."""
_NOBODY: Final = frozenset(
    {
        "a", "an", "the", "at", "least", "most", "about", "some", "suspected", "alleged", "one",
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many",
        "other", "others", "dozens", "hundreds", "this", "that", "these", "those", "all", "both",
    }
)  # fmt: skip
"""Words that name or describe no one, alone or together."""
_ARTICLES: Final = frozenset({"", "a", "an", "the"})
_WORD: Final = re.compile(r"[^\W\d_]+")


def actor_mentions(
    article: Article,
    spans: Mapping[str, Sequence[tuple[Span, float]]],
    finding_at: Callable[[int], Finding | None],
    catalogue: ActorCatalogue,
) -> list[ActorMention]:
    """The actors of one incident in order of telling, the surest role of each.

    `spans` holds the words found for each role, for `by` and for `place`, with their confidence;
    `finding_at` gives the sentence at an offset.
    """
    chosen = sorted(
        (
            (whole_name(article, span, catalogue), sure, role)
            for role in ROLES
            for span, sure in spans[role.value]
            if names_anyone(span.text) and not _is_where(span, spans["place"], catalogue)
        ),
        key=lambda one: (-one[1], one[0].start),
    )
    mentions: list[ActorMention] = []
    for span, sure, role in chosen:
        if any(
            span.overlaps(other.span)
            or (role is other.role and span.text.lower() == other.span.text.lower())
            for other in mentions
        ):
            continue
        by = None
        if role is not ActorRole.PERPETRATOR:
            by = attribution_of(article, finding_at(span.start), span, spans["by"])
        # to blame is somebody's act: what nobody is heard to say, the article tells as a fact
        told = ActorRole.PERPETRATOR if role is ActorRole.BLAMED and by is None else role
        mentions.append(ActorMention(span, told, by=by, confidence=sure))
    return sorted(mentions, key=lambda one: one.span.start)


def names_anyone(words: str) -> bool:
    """False for "at least one", "an alleged", "50"."""
    return any(word not in _NOBODY for word in _WORD.findall(words.lower()))


def _is_where(span: Span, places: Sequence[tuple[Span, float]], catalogue: ActorCatalogue) -> bool:
    """True for words of the incident's own place that no actor is known by."""
    words = set(_WORD.findall(span.text.lower()))
    is_place = any(words <= set(_WORD.findall(place.text.lower())) for place, _ in places)
    return is_place and not catalogue.find_actors(span.text)


def whole_name(article: Article, span: Span, catalogue: ActorCatalogue) -> Span:
    """The known name that holds the words, "Islamic State" for "Islamic"; else the words."""
    start, end = max(0, span.start - NAME_CHARS), min(len(article.text), span.end + NAME_CHARS)
    for match in catalogue.find_actors(article.text, start, end):
        name = match.span
        if not name.overlaps(span) or name.end < span.end:
            continue
        before = article.text[span.start : max(span.start, name.start)]
        if before.strip().lower() in _ARTICLES:
            return article.span(min(span.start, name.start), name.end)
    return span
