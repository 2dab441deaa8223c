"""Reprints: what a later text of a lineage added, cut or changed, in words one can read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.records import Article, DescentKind, EditKind, Published, Region
from tocsin.records.vocab import PublishedBasis, RegionKind
from tocsin.resolve import compare_texts, descend

STORY = (
    "Shells struck the mill quarter on Monday and killed three people, a captain said.",
    "Eleven workers were taken to a clinic in the lower town.",
    "The road to the river was reportedly closed by troops.",
    "Nobody has said who fired the shells.",
)


def article(name: str, *sentences: str, outlet: str | None = None, day: int = 1) -> Article:
    return Article(
        id=name,
        sha256="0" * 64,
        text=" ".join(sentences),
        outlet=outlet or f"outlet of {name}",
        published=Published(dt.date(2021, 3, day), PublishedBasis.METADATA),
    )


def edits(*sentences: str) -> list[tuple[EditKind, tuple[str, ...]]]:
    changed = compare_texts(article("a", *STORY), article("b", *sentences))
    return [(edit.kind, edit.notes) for edit in changed]


def test_a_copy_changes_nothing_wherever_its_sentences_stand() -> None:
    assert edits(*STORY) == []
    assert edits(*reversed(STORY)) == []
    assert edits(*(sentence.upper() for sentence in STORY)) == []


@pytest.mark.parametrize(
    ("at", "sentence", "notes"),
    [
        (
            0,
            "Shells struck the mill quarter on Monday and killed five people, a captain said.",
            ("figures three -> five",),
        ),
        (
            0,
            "Shells struck the mill quarter on Monday and killed three people.",
            ("attribution dropped",),
        ),
        (2, "The road to the river was closed by troops.", ("hedge dropped",)),
        (
            1,
            "Eleven workers were taken to a clinic in the lower town, a nurse said.",
            ("attribution added",),
        ),
        (3, "Nobody has said who fired the many shells.", ()),
    ],
)
def test_what_changed_in_a_sentence_is_named(
    at: int, sentence: str, notes: tuple[str, ...]
) -> None:
    later = [*STORY[:at], sentence, *STORY[at + 1 :]]
    assert edits(*later) == [(EditKind.CHANGED, notes)]


def test_what_was_cut_and_added_stands_in_its_place() -> None:
    added = "A baker who saw the smoke ran to the cellar with his sons."
    older, newer = article("a", *STORY), article("b", STORY[0], added, *STORY[2:])
    cut, new = sorted(compare_texts(older, newer), key=lambda edit: edit.kind)[::-1]
    assert (cut.kind, cut.old and cut.old.text) == (EditKind.CUT, STORY[1])
    assert (new.kind, new.new and new.new.text) == (EditKind.ADDED, added)
    assert cut.old is not None
    cut.old.check(older.text)


def test_furniture_is_no_addition() -> None:
    plain = article("a", *STORY)
    text = f"{plain.text} Read more on our page."
    regions = (
        Region(0, len(plain.text), RegionKind.BODY),
        Region(len(plain.text), len(text), RegionKind.BOILERPLATE),
    )
    framed = Article(id="b", sha256="1" * 64, text=text, regions=regions)
    assert compare_texts(plain, framed) == ()


def test_a_text_descends_from_the_earlier_one_that_holds_most_of_it() -> None:
    toll = STORY[0].replace("three", "five")
    first = article("w", *STORY, outlet="Wire", day=1)
    update = article("x", toll, *STORY[1:], outlet="wire", day=2)
    copy = article("y", *STORY, outlet="Post", day=3)
    cut = article("z", toll, *STORY[1:3], outlet="Lamp", day=4)
    found = descend([(1, cut), (1, copy), (1, update), (1, first)])
    assert [(one.article_id, one.kind, one.parent_id) for one in found] == [
        ("w", DescentKind.FIRST, None),
        ("x", DescentKind.REVISION, "w"),
        ("y", DescentKind.COPY, "w"),
        ("z", DescentKind.REPRINT, "x"),
    ]
    assert found[1].edits[0].notes == ("figures three -> five",)


def test_versions_of_one_article_are_revisions() -> None:
    old, new = article("a", *STORY), article("a", *STORY[:2], day=2)
    found = descend([(1, old), (2, new)])
    assert [(one.version, one.kind) for one in found] == [
        (1, DescentKind.FIRST),
        (2, DescentKind.REVISION),
    ]


sentences = st.lists(
    st.lists(
        st.sampled_from(["mill", "clinic", "road", "captain", "seven", "shells", "fell"]),
        min_size=2,
    )
    .map(" ".join)
    .map(lambda words: f"{words.capitalize()}."),
    max_size=8,
)


@given(sentences, sentences)
def test_every_sentence_is_kept_changed_cut_or_added_once(old: list[str], new: list[str]) -> None:
    older, newer = (
        Article(id=name, sha256="0" * 64, text=" ".join(text) or " ")
        for name, text in (("a", old), ("b", new))
    )
    found = compare_texts(older, newer)
    cut = [edit.old for edit in found if edit.old]
    come = [edit.new for edit in found if edit.new]
    assert len(set(cut)) == len(cut)
    assert len(set(come)) == len(come)
    kept = len(old) - len(cut)
    assert kept == len(new) - len(come), "what is not edited stands in both"
    assert not compare_texts(older, older)
