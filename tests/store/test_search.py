"""Full text: every word counts, and nothing typed is an operator."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.store.factory import article, kept, story
from tocsin.store import Store, open_store
from tocsin.store.config import StoreSettings
from tocsin.store.search import match_query


def ids(store: Store, query: str, limit: int = 20) -> list[str]:
    return [hit.article_id for hit in store.search_articles(query, limit)]


def test_all_words_are_wanted_in_any_order(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])
    assert ids(store, "number1 depot") == ["art_0001"]
    assert ids(store, "depot number2 ROCKET") == ["art_0002"]
    assert ids(store, "number1 number2") == []
    assert sorted(ids(store, "depot")) == ["art_0001", "art_0002"]
    assert len(ids(store, "depot", limit=1)) == 1


def test_quoted_words_stand_together(store: Store) -> None:
    store.keep(kept(1))
    assert ids(store, '"near the bridge"') == ["art_0001"]
    assert ids(store, '"bridge the near"') == []
    assert ids(store, 'bridge "near the') == ["art_0001"]


def test_accents_do_not_matter(store: Store) -> None:
    store.keep(kept(1, text=story(1, note="Şanlıurfa, São Paulo")))
    assert ids(store, "sao paulo") == ["art_0001"]


def test_a_snippet_shows_the_match_in_its_words(store: Store) -> None:
    store.keep(kept(1))
    (hit,) = store.search_articles("bridge")
    assert hit.title == article(1).title
    assert [piece.text for piece in hit.snippet if piece.is_match] == ["bridge"]
    shown = "".join(piece.text for piece in hit.snippet).strip("…")
    assert shown in article(1).text


def test_only_the_current_text_is_found(store: Store) -> None:
    store.keep(kept(1, text=story(1, note="earlier")))
    store.keep(kept(1, text=story(1, note="later")))
    assert ids(store, "earlier") == []
    assert ids(store, "later") == ["art_0001"]


def test_a_newer_extractor_leaves_the_index_alone(store: Store) -> None:
    from tocsin.records import Extraction
    from tocsin.store import Kept

    store.keep(kept(1))
    store.keep(Kept(article(1), Extraction("art_0001", "rules-2")))
    assert ids(store, "number1") == ["art_0001"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        store.keep(kept(1))
    return path


@given(st.text() | st.text(alphabet="\"'*()^:-+{}[]NEAR AND OR NOT\0 title:", max_size=30))
@hypothesis_settings(max_examples=150, deadline=None)
def test_no_text_is_a_syntax_error(filled: Path, query: str) -> None:
    with open_store(str(filled), StoreSettings(), read_only=True) as store:
        for hit in store.search_articles(query):
            assert hit.article_id == "art_0001"


def test_a_query_of_nothing_but_marks_asks_for_nothing() -> None:
    assert match_query(' "" * -- "!?" \0') is None
    assert match_query('a"b c"d') == '"a" "b c" "d"'
