"""Corroboration as a drawing: which articles go back to which origin, and who is cited in each.

Positions are worked out here and drawn as plain SVG: articles left, origins in the middle, cited
sources right. Lengths are units of the drawing, about a pixel each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.publish.phrasing import plain
from tocsin.records import PrimarySource
from tocsin.web.rendering import article_href

WIDTH = 760
ROW = 30
"""Room of one article or source, from one middle to the next."""
BOX = 24
ARTICLE_WIDTH = 290
ORIGIN_X = 392
ORIGIN_RADIUS = 12
SOURCE_X = 492
LABEL_CHARS = 38
"""What fits into a box at the size of the page's small print."""
MAX_ARTICLES = 24
MAX_SOURCES = 18
"""Drawn at most; more are counted and said."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article that tells the incident, for the drawing."""

    number: str
    article_id: str
    outlet: str
    day: str
    origin: str
    """Id of its lineage."""


@dataclass(frozen=True, slots=True)
class Box:
    """An article or a source: its box, its words, and all of its words on pointing at it."""

    x: float
    y: float
    """Of the middle of the box."""
    width: float
    label: str
    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """An origin."""

    y: float
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class OriginGraph:
    """The drawing."""

    height: float
    articles: tuple[Box, ...]
    origins: tuple[Disc, ...]
    sources: tuple[Box, ...]
    edges: tuple[str, ...]
    """Paths, as SVG writes them."""
    left_out: int


def origin_graph(
    told: Sequence[Told], cited: Sequence[tuple[PrimarySource, frozenset[str]]]
) -> OriginGraph | None:
    """Draw it; None where one article cites nobody, and there is nothing to see."""
    if len(told) < 2 and not cited:
        return None
    numbers = {id_: at for at, id_ in enumerate(dict.fromkeys(one.origin for one in told), start=1)}
    drawn = sorted(told, key=lambda one: numbers[one.origin])[:MAX_ARTICLES]
    sources = cited[:MAX_SOURCES]
    rows = max(len(drawn), len(sources))
    height = rows * ROW + BOX
    at = [_middle(row, len(drawn), rows) for row in range(len(drawn))]
    heights: dict[str, list[float]] = {}
    for one, y in zip(drawn, at, strict=True):
        heights.setdefault(one.origin, []).append(y)
    discs = {id_: sum(found) / len(found) for id_, found in heights.items()}
    edges = [
        _curve(ARTICLE_WIDTH, y, ORIGIN_X - ORIGIN_RADIUS, discs[one.origin])
        for one, y in zip(drawn, at, strict=True)
    ]
    boxes = []
    for row, (source, lineages) in enumerate(sources):
        y = _middle(row, len(sources), rows)
        kind = source.kind.value.replace("_", " ")
        title = f"{plain(source.name)}, {kind}"
        boxes.append(Box(SOURCE_X, y, WIDTH - SOURCE_X, _cut(plain(source.name)), title))
        edges += [
            _curve(ORIGIN_X + ORIGIN_RADIUS, discs[id_], SOURCE_X, y)
            for id_ in sorted(lineages & discs.keys(), key=lambda id_: numbers[id_])
        ]
    return OriginGraph(
        height=height,
        articles=tuple(_article(one, y) for one, y in zip(drawn, at, strict=True)),
        origins=tuple(_disc(y, numbers[id_], len(heights[id_])) for id_, y in discs.items()),
        sources=tuple(boxes),
        edges=tuple(edges),
        left_out=len(told) - len(drawn) + len(cited) - len(sources),
    )


def _middle(row: int, count: int, rows: int) -> float:
    """The height of one of `count` boxes spread over the room of `rows`."""
    return round(BOX + rows * ROW * (row + 0.5) / count - ROW / 2 + 3, 1)


def _article(one: Told, y: float) -> Box:
    words = f"[{one.number}] {plain(one.outlet)}, {one.day}"
    return Box(0, y, ARTICLE_WIDTH, _cut(words), words, article_href(one.article_id))


def _disc(y: float, number: int, articles: int) -> Disc:
    return Disc(y, number, f"origin {number}: {articles} article{'' if articles == 1 else 's'}")


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"


def _cut(words: str) -> str:
    return words if len(words) <= LABEL_CHARS else f"{words[: LABEL_CHARS - 1]}…"
