"""Sketches: likeness by rare words, deterministic, small, and never counted over a store."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.resolve.sketch import (
    BUCKETS,
    KEY_TERMS,
    TERMS,
    count_articles,
    likeness,
    rarity_table,
    sketch_keys,
    sketch_of,
    term_hash,
    unpack,
)

FIRST = (
    "Deputies found Ramona Quillfeather, 43, shot at the Oakmere quarry near Tilbrook on Sunday."
)
REWRITE = "Ramona Quillfeather of Tilbrook died of gunshot wounds at Oakmere quarry, a deputy said."
OTHER = "A roadside bomb hit a patrol of the army near Kirkuk on Sunday and wounded four soldiers."


def alike(one: str, other: str) -> float:
    return likeness(unpack(sketch_of(None, one)), unpack(sketch_of(None, other)))


def test_a_rewrite_is_alike_and_another_story_is_not() -> None:
    assert alike(FIRST, FIRST) == pytest.approx(1.0, abs=1e-6)
    assert alike(FIRST, REWRITE) > 0.4
    assert alike(FIRST, OTHER) < 0.1


def test_the_title_counts_where_the_text_is_only_furniture() -> None:
    furniture = "Get email notifications daily! Your notification has been saved."
    titled = unpack(sketch_of("Ramona Quillfeather shot at Oakmere quarry", furniture))
    assert likeness(titled, unpack(sketch_of(None, FIRST))) > 0.2


def test_alike_articles_share_a_key_and_others_do_not() -> None:
    first, rewrite, other = (set(sketch_keys(sketch_of(None, t))) for t in (FIRST, REWRITE, OTHER))
    assert first & rewrite
    assert not first & other
    assert len(first) == KEY_TERMS * (KEY_TERMS - 1) // 2


def test_an_article_without_words_has_no_sketch() -> None:
    assert sketch_of(None, "") == b""
    assert unpack(b"") == {}
    assert sketch_keys(b"") == ()


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_between_none_and_one(one: str, other: str) -> None:
    found = alike(one, other)
    assert 0.0 <= found <= 1.0 + 1e-9
    assert found == pytest.approx(alike(other, one))


@given(st.text(max_size=2_000))
def test_a_sketch_is_small_and_the_same_each_time(text: str) -> None:
    packed = sketch_of(None, text)
    assert packed == sketch_of(None, text)
    assert len(packed) <= 5 * TERMS
    vector = unpack(packed)
    if vector:
        assert sum(weight * weight for weight in vector.values()) == pytest.approx(1.0)


def test_rarity_falls_with_the_articles_that_have_a_term() -> None:
    frequencies, articles = count_articles([(None, "a bomb fell"), ("bomb", "a raid"), (None, "x")])
    assert (frequencies["bomb"], articles) == (2, 3)
    table = rarity_table({"bomb": 900, "quillfeather": 1}, 1_000)
    assert len(table) == BUCKETS
    assert table[term_hash("bomb") % BUCKETS] < table[term_hash("quillfeather") % BUCKETS]
    assert table[term_hash("never seen") % BUCKETS] == max(table)
