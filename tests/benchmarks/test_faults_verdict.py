"""The verdict of a campaign sees what is lost, told twice or set aside, and nothing where all is
well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.campaign import Books, watched_id
from benchmarks.faults.children import rules
from benchmarks.faults.news import BREAKS, Piece, page_body, piece
from benchmarks.faults.servers import Desk, Press
from benchmarks.faults.verdict import Verdict, judge
from tocsin.alert import collect
from tocsin.alert.collect import alert_of
from tocsin.alert.telling import message_json
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.pipeline import Parts, extract_guarded, keep_extracted, resolve_pending
from tocsin.read.build import build_article
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft
from tocsin.store import Received, Store, open_store, system_clock
from tocsin.store.config import StoreSettings

SETTINGS = Settings(extract=ExtractSettings(reader="rules"))


class Told:
    """A store with two pieces, all alerts of which a receiver has."""

    def __init__(self, store: Store, parts: Parts) -> None:
        self.store, self.books = store, Books()
        self.press, self.desk = Press(port=80), Desk(port=80)
        store.outbox.begin(rules(self.desk.url).rules.keys())
        for number in (1, 2):
            one = piece(number, 0)
            self.books.watched[number] = one
            self.keep(one, parts)
        resolve_pending(store, SETTINGS)
        collect(store, rules(self.desk.url), clock=system_clock)
        for stored in store.outbox.alerts(limit=99):
            self.tell(f"msg_{stored.id}", stored.id)

    def keep(self, one: Piece, parts: Parts) -> None:
        draft = Draft(one.text, "here", id=watched_id(self.press, one), title=one.title)
        keep_extracted(
            self.store,
            extract_guarded(parts, build_article(draft, ReadSettings())),  # type: ignore[arg-type]
        )

    def tell(self, key: str, alert_id: str) -> None:
        alerts = [alert_of(one) for one in self.store.outbox.alerts(limit=99) if one.id == alert_id]
        body = message_json(key, "desk", alerts, rules(self.desk.url))
        self.desk.take(key, json.dumps(body).encode())

    def verdict(self) -> Verdict:
        return judge(self.store, self.books, self.press, self.desk)


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts.open(SETTINGS)


@pytest.fixture
def told(tmp_path: Path, parts: Parts) -> Iterator[Told]:
    with open_store(str(tmp_path / "record.db"), StoreSettings()) as store:
        yield Told(store, parts)


def test_nothing_is_wrong(told: Told) -> None:
    verdict = told.verdict()
    assert verdict.is_clean
    assert (verdict.articles, verdict.alerts) == (2, len(told.desk.taken))
    assert verdict.alerts > 0


def test_an_article_or_an_edition_that_is_not_there_is_lost(told: Told) -> None:
    told.books.watched[3] = piece(3, 1)
    told.books.watched[1] = piece(1, 0, edition=2)
    told.books.read["run_9"] = piece(9, 0)
    assert len(told.verdict().articles_lost) == 3


def test_an_alert_that_never_came_is_lost(told: Told) -> None:
    told.desk.taken.popitem()
    assert len(told.verdict().alerts_lost) == 1


def test_an_alert_under_two_keys_is_doubled(told: Told) -> None:
    (first, *_) = told.store.outbox.alerts(limit=1)
    told.tell(f"msg_{first.id}", first.id)
    assert told.verdict().is_clean, "again under its own key is no second time"
    told.tell("msg_other", first.id)
    assert told.verdict().alerts_doubled == [first.id]


def test_another_body_under_a_key_is_doubled(told: Told) -> None:
    key = next(iter(told.desk.taken))
    told.desk.take(key, b"{}")
    assert told.verdict().alerts_doubled == [key]


def test_a_decision_that_is_not_in_the_log_is_lost(told: Told) -> None:
    told.books.decisions.append("dec_none")
    assert told.verdict().decisions_lost == ["dec_none"]


@pytest.mark.parametrize("word", ["", BREAKS])
def test_quarantine_is_for_what_is_poisoned(told: Told, word: str) -> None:
    one = piece(3, 0, word=word)
    told.books.watched[3] = one
    address, body = told.press.page(one), page_body(one).encode()
    received = Received(address, body, "text/html", None, None, None, None, None, None)
    told.store.save_poll(None, received=[received])
    (item,) = told.store.take_inbox(1)
    told.store.quarantine(item.key, "extract", "a fault")
    verdict = told.verdict()
    assert (verdict.poisoned, len(verdict.set_aside)) == ((1, 0) if word else (0, 1))
    assert verdict.is_clean is bool(word)
