"""Windows: the readable text of an article as word pieces, cut into even, overlapping stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from tocsin.extract.learned.layout import OVERLAP_PIECES, WINDOW_PIECES
from tocsin.extract.learned.wording import is_inside_word
from tocsin.records import READABLE_REGIONS, Article

LINES_OF_BREAK = 2
"""Line ends between two paragraphs. A single one may stand in a sentence of hard-wrapped text."""
MARKS = 2
"""The opening and closing piece of each window."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of the readable text, in order. `starts` and `ends` are code points of the
    article's text; `opens` tells the pieces that begin a word ("US-led" is one); `breaks` those
    that begin a paragraph or a region, over whose edge no value runs."""

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    opens: Sequence[bool]
    breaks: Sequence[bool]

    def __len__(self) -> int:
        return len(self.ids)

    def edges(self, first: int, last: int) -> tuple[int, int]:
        """Where the words of pieces `[first, last)` begin and end in the text."""
        return self.starts[first], self.ends[last - 1]

    def part(self, first: int, last: int) -> Pieces:
        """Pieces `[first, last)`; the first of them opens a word here."""
        opens = [True, *self.opens[first + 1 : last]] if first < last else []
        return Pieces(
            self.ids[first:last],
            self.starts[first:last],
            self.ends[first:last],
            opens,
            self.breaks[first:last],
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `[first, last)`."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def read_pieces(article: Article, tokenizer: Tokenizer) -> Pieces:
    """The pieces of every region that may be read."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    opens: list[bool] = []
    breaks: list[bool] = []
    edges = {region.start for region in article.regions}
    for start, end in _stretches(article):
        encoding = tokenizer.encode(article.text[start:end], add_special_tokens=False)
        previous = -1
        for piece, (first, last) in zip(encoding.ids, encoding.offsets, strict=True):
            behind = ends[-1] if ends else 0
            breaks.append(
                article.text.count("\n", behind, start + first) >= LINES_OF_BREAK
                or not edges.isdisjoint(range(behind, start + first + 1))
            )
            ids.append(piece)
            starts.append(start + first)
            ends.append(start + last)
            opens.append(first != previous or not is_inside_word(article.text, start + first))
            previous = last
    return Pieces(ids, starts, ends, opens, breaks)


def _stretches(article: Article) -> list[tuple[int, int]]:
    """Readable regions; neighbours are joined, so that a sentence running over is one text."""
    if not article.regions:
        return [(0, len(article.text))] if article.text else []
    joined: list[tuple[int, int]] = []
    for region in article.regions:
        if region.kind not in READABLE_REGIONS:
            continue
        if joined and joined[-1][1] == region.start:
            joined[-1] = (joined[-1][0], region.end)
        else:
            joined.append((region.start, region.end))
    return joined


def room_around(window: Window, first: int, last: int) -> int:
    """How far pieces `[first, last)` stand from the window's nearer edge; below 0, not whole."""
    return min(first - window.first, window.last - last)


def roomiest(windows: Sequence[Window], first: int, last: int) -> int:
    """The window in which pieces `[first, last)` stand farthest from its edges, or the first."""
    return max(range(len(windows)), key=lambda row: room_around(windows[row], first, last))


def cut_windows(
    count: int, *, size: int = WINDOW_PIECES - MARKS, overlap: int = OVERLAP_PIECES
) -> list[Window]:
    """Windows over `count` pieces: as few as fit, of even length, each overlapping the next.

    Evenly cut windows waste no computing on a short last one.
    """
    if count <= 0:
        return []
    if count <= size:
        return [Window(0, count)]
    number = -(-(count - overlap) // (size - overlap))
    length = -(-(count + (number - 1) * overlap) // number)
    firsts = [min(index * (length - overlap), count - length) for index in range(number)]
    return [Window(first, first + length) for first in firsts]
