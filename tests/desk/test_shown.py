"""Words that a person shows for a value: found where they stand, and read as the pipeline would."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.factory import BOMB, SETTINGS, arrive, bombing, by, incident_of, kept, record
from tests.store.factory import article, incident, report
from tocsin.desk import carry_out, edit, settle
from tocsin.desk.shown import MAX_SHOWN_CHARS, find_place, proposed, shown_words
from tocsin.errors import ReviewError
from tocsin.records import Article
from tocsin.records.codec import from_json
from tocsin.records.values import Place, Quantity, TimeInterval
from tocsin.review import FieldName
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

TEXT = """Two blasts in Hit

HIT, Iraq - On Monday evening at least five people were killed in Hit, and about
a dozen hurt, the mayor said.
"""


def told(text: str = TEXT) -> Article:
    return article(1, text=text)


@given(st.text(min_size=1, max_size=60), st.data())
def test_words_are_found_nearest_to_where_they_were_said_to_be(
    text: str, data: st.DataObject
) -> None:
    one = told(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    if not quote:
        with pytest.raises(ReviewError):
            shown_words(one, start, end)
        return
    found = shown_words(one, data.draw(st.integers(-5, 80)), 0, quote).span
    assert text[found.start : found.end] == found.text == quote
    exact = shown_words(one, start, end).span
    assert exact.text == quote
    at = exact.start
    assert shown_words(one, at, 0, quote).span == exact


@pytest.mark.parametrize(("start", "end"), [(0, 0), (500, 600), (17, 18), (9, 3)])
def test_no_words_are_refused(start: int, end: int) -> None:
    with pytest.raises(ReviewError):
        shown_words(told(), start, end)
    with pytest.raises(ReviewError):
        shown_words(told("x" * (MAX_SHOWN_CHARS + 1)), 0, MAX_SHOWN_CHARS + 1)


def read(name: FieldName, words: str) -> str | None:
    one = told()
    shown = shown_words(one, 20, 0, words)
    return proposed(name, shown, one, incident(1, report(article(1))), SETTINGS)


def test_words_are_read_as_in_their_article() -> None:
    killed = read(FieldName.KILLED, "at least five people")
    assert killed is not None
    assert from_json(Quantity, killed).min == 5
    date = read(FieldName.DATE, "Monday evening")
    assert date is not None
    assert str(from_json(TimeInterval, date).first_day) == "2020-03-02"
    place = read(FieldName.PLACE, "Hit")
    assert place is not None
    assert from_json(Place, place).country == "IQ"
    assert read(FieldName.DATE, "the mayor") is None
    assert read(FieldName.PLACE, "a dozen hurt") is None
    assert read(FieldName.TYPE, "blasts") is None


def test_a_typed_name_is_a_place_by_itself() -> None:
    found = find_place("Hit, Iraq", SETTINGS)
    assert found is not None
    assert found.country == "IQ"
    assert find_place("Nosuchtownanywhere", SETTINGS) is None
    assert find_place("  ", SETTINGS) is None
    assert find_place(", Iraq", SETTINGS) is None


def test_words_go_when_a_revision_moves_them_and_the_value_stays(tmp_path: Path) -> None:
    one = bombing("ledger")
    with open_store(str(tmp_path / "shown.db"), StoreSettings()) as store:
        arrive(store, one)
        start = BOMB.index("market")
        read_then = store.article("ledger")
        assert read_then is not None
        words = shown_words(read_then, start, start + 6)
        value = {FieldName.KILLED: json.dumps({"min": 20, "best": 20, "max": 20})}
        made = edit(store, incident_of(store, one), value, by(), {FieldName.KILLED: words})
        carry_out(store, SETTINGS, made)
        (before,) = record(store).values()
        assert before.killed is not None
        assert before.killed.evidence == (words,)
        moved = bombing("ledger", text=f"Correction. {BOMB}")
        store.keep_many([replace(kept(moved))])
        settle(store, SETTINGS)
        (after,) = record(store).values()
        assert after.killed is not None
        assert (after.killed.value.best, after.killed.evidence) == (20, ())
