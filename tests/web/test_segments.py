"""Segments put together are the text; marks cover their words and no others."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tocsin.api.marks import Mark
from tocsin.records import Article, Evidence, Region
from tocsin.records.vocab import RegionKind
from tocsin.web.beside import article_view
from tocsin.web.segments import BIDI_CONTROLS, Piece, Segment, Window, pieces, segments

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\u202e\u2066\u200d\u0000<>&\"'\n"),
    ),
    min_size=1,
    max_size=80,
)


def article(text: str, cuts: tuple[int, ...] = ()) -> Article:
    bounds = sorted({0, len(text), *(cut for cut in cuts if 0 < cut < len(text))})
    kinds = (RegionKind.BODY, RegionKind.BOILERPLATE, RegionKind.CAPTION)
    regions = tuple(
        Region(start, end, kinds[at % 3]) for at, (start, end) in enumerate(pairwise(bounds))
    )
    return Article("a", hashlib.sha256(text.encode()).hexdigest(), text, regions=regions)


def read_back(found: list[Segment]) -> str:
    def character(piece: Piece) -> str:
        return chr(int(piece.text.removeprefix("U+"), 16)) if piece.is_code else piece.text

    return "".join(character(piece) for segment in found for piece in segment.pieces)


@st.composite
def marked(draw: st.DrawFn) -> tuple[Article, list[Mark]]:
    text = draw(TEXTS)
    made = article(text, tuple(draw(st.lists(st.integers(1, 80), max_size=4))))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        evidence = Evidence("a", made.span(start, end))
        marks.append(Mark(evidence, "killed", f"killed-{number}", "three"))
    return made, marks


@hypothesis_settings(deadline=None)
@given(marked(), st.integers(0, 80), st.integers(0, 80))
def test_segments_are_the_text_and_marks_their_words(
    made: tuple[Article, list[Mark]], one: int, other: int
) -> None:
    source, marks = made
    low, high = sorted((min(one, len(source.text)), min(other, len(source.text))))
    focus = (low, high) if low < high else None
    found = segments(source, marks, Window.around(len(source.text), 0), focus)
    assert read_back(found) == source.text
    for mark in marks:
        span = mark.evidence.span
        covered = [segment for segment in found if mark in segment.marks]
        assert covered[0].start == span.start
        assert covered[-1].end == span.end
        assert sum(segment.end - segment.start for segment in covered) == len(span.text)
    for segment in found:
        assert {source.region_at(at) for at in range(segment.start, segment.end)} == {
            segment.region
        }
    in_focus = [segment for segment in found if segment.is_focus]
    if focus is None:
        assert in_focus == []
    else:
        assert (in_focus[0].start, in_focus[-1].end) == focus
        assert [segment.is_focus_start for segment in in_focus] == [
            True,
            *[False] * (len(in_focus) - 1),
        ]


@given(TEXTS)
def test_nothing_that_reorders_or_hides_is_left(text: str) -> None:
    for piece in pieces(text):
        if piece.is_code:
            assert re.fullmatch(r"U\+[0-9A-F]{4,6}", piece.text)
        else:
            assert not BIDI_CONTROLS & set(piece.text)
            assert "\0" not in piece.text


def test_joiners_that_letters_need_stay() -> None:
    assert pieces("می\u200cخواهم \u200fשלום") == (Piece("می\u200cخواهم \u200fשלום"),)


@given(st.integers(0, 500), st.integers(0, 600), st.integers(61, 200))
def test_a_window_holds_what_is_looked_for(length: int, at: int, size: int) -> None:
    from unittest.mock import patch

    with patch("tocsin.web.segments.LEAD_CHARS", 20):
        window = Window.around(length, min(at, max(length - 1, 0)), size)
        assert 0 <= window.start <= window.end <= length
        assert window.end - window.start == min(length, size)
        if length:
            assert window.start <= min(at, length - 1) < window.end
        seen = Window.around(length, 0, size)
        ends = [seen.end]
        while seen.after is not None:
            following = Window.around(length, seen.after, size)
            assert following.start <= seen.end
            assert following.end > seen.end
            seen = following
            ends.append(seen.end)
        assert ends[-1] == length
        while seen.before is not None:
            previous = Window.around(length, seen.before, size)
            assert previous.start < seen.start
            assert previous.end >= seen.start
            seen = previous
        assert seen.start == 0


@given(TEXTS, st.none() | st.integers(0, 10**9), st.none() | st.integers(0, 10**9))
def test_any_offsets_can_be_asked_for(text: str, start: int | None, end: int | None) -> None:
    view = article_view(article(text), [], start, end)
    assert read_back(list(view.segments)) == text
