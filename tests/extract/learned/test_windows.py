"""Windows cover every piece, evenly, and never more than the encoder can hold."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tocsin.extract.learned.layout import OVERLAP_PIECES, WINDOW_PIECES
from tocsin.extract.learned.windows import MARKS, cut_windows, read_pieces
from tocsin.records import Article
from tocsin.records.article import Region
from tocsin.records.vocab import RegionKind

TINY = Path(__file__).parent / "data" / "tiny"


def test_paragraphs_and_regions_break() -> None:
    text = "Two men\nfled.\n\nShots were\nheard."
    regions = (
        Region(0, 8, RegionKind.HEADLINE),
        Region(8, len(text), RegionKind.BODY),
    )
    tokenizer = Tokenizer.from_file(str(TINY / "tokenizer.json"))
    tokenizer.no_truncation()

    def opening(article: Article) -> list[str]:
        pieces = read_pieces(article, tokenizer)
        return [
            text[start:].split(maxsplit=1)[0]
            for start, breaks in zip(pieces.starts, pieces.breaks, strict=True)
            if breaks
        ]

    assert opening(Article(id="a", sha256="", text=text)) == ["Shots"]
    assert opening(Article(id="a", sha256="", text=text, regions=regions)) == [
        "Two", "fled.", "Shots",
    ]  # fmt: skip


@given(count=st.integers(0, 20_000))
def test_windows_cover_all_pieces_within_the_encoders_length(count: int) -> None:
    windows = cut_windows(count)
    covered = {piece for window in windows for piece in range(window.first, window.last)}
    assert covered == set(range(count))
    assert all(0 < len(window) <= WINDOW_PIECES - MARKS for window in windows)


@given(count=st.integers(WINDOW_PIECES, 20_000))
def test_neighbours_overlap_and_are_even(count: int) -> None:
    windows = cut_windows(count)
    for one, other in pairwise(windows):
        assert one.last - other.first >= OVERLAP_PIECES
    assert max(map(len, windows)) == min(map(len, windows))


@given(count=st.integers(1, 20_000))
def test_no_window_more_than_needed(count: int) -> None:
    size = WINDOW_PIECES - MARKS
    step = size - OVERLAP_PIECES
    needed = 1 if count <= size else -(-(count - OVERLAP_PIECES) // step)
    assert len(cut_windows(count)) == needed
