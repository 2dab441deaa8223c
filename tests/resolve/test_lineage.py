"""Near copies are found by their bands and decided by exact containment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.resolve import Signature, bands, is_near_copy, lineage_id, signature
from tocsin.resolve.lineage import BANDS, containment

STORY = " ".join(
    f"Paragraph {n}: the convoy left depot {n} before dawn, met a barrier of burning tyres near "
    f"kilometre {n * 7} and turned back after guards counted {n + 3} armed men on the ridge."
    for n in range(12)
)
OTHER = " ".join(
    f"Section {n}: ministers spoke for {n} hours about harvest prices, wells, schools and a bridge "
    f"over river {n * 3} that engineers hope to finish when the rains end next year."
    for n in range(12)
)
BRIEF = "Two shells fell on the old port of the city on Monday night, harbour workers said."
PINNED_BANDS = (7223873806668117201, -1337025957382912390, -3710130530912618279)


def test_a_copy_with_a_new_lead_and_a_cut_tail_shares_its_origin() -> None:
    copy = (
        "A column turned back in the hills, our correspondent writes. " + STORY[: len(STORY) // 2]
    )
    assert is_near_copy(STORY, copy)
    assert set(bands(signature(STORY))) & set(bands(signature(copy)))


def test_independent_stories_share_neither_bands_nor_origin() -> None:
    assert not is_near_copy(STORY, OTHER)
    assert not set(bands(signature(STORY))) & set(bands(signature(OTHER)))


def test_case_and_punctuation_do_not_matter() -> None:
    assert signature(STORY) == signature(STORY.upper().replace(",", " -"))


def test_a_brief_quoted_inside_a_long_story_is_no_copy_of_it() -> None:
    assert containment(BRIEF, BRIEF + " " + STORY) == 1.0
    assert not is_near_copy(BRIEF, BRIEF + " " + STORY)
    assert is_near_copy(BRIEF, BRIEF.replace("harbour workers said", "harbour workers said so"))


def test_a_text_without_words_has_no_bands_and_copies_nothing() -> None:
    assert signature(" ... \n") == Signature((), 0)
    assert not is_near_copy("", "")


def test_bands_are_stable_across_versions() -> None:
    """Stored bands of one signature version must never change: these are the bytes of today."""
    assert bands(signature("one two three four five"))[:3] == PINNED_BANDS


def test_a_lineage_is_named_by_its_smallest_member() -> None:
    assert lineage_id(["art_c", "art_a", "art_b"]) == "art_a"
    with pytest.raises(ValueError, match="empty"):
        lineage_id([])


@given(st.text(max_size=400))
def test_any_text_has_32_signed_bands_or_none(text: str) -> None:
    found = bands(signature(text))
    assert len(found) in (0, BANDS)
    assert all(-(2**63) <= band < 2**63 for band in found)


@given(st.text(max_size=200), st.text(max_size=200))
def test_being_a_copy_is_symmetric(one: str, other: str) -> None:
    assert is_near_copy(one, other) == is_near_copy(other, one)
