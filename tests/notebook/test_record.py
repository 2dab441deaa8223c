"""The record in Python: filters, Arrow, and tables that no words of an article can break out of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import tocsin
from tests.store.factory import SteppingClock, incident, kept
from tocsin.errors import InputError, StoreError
from tocsin.notebook import Record
from tocsin.notebook.html import facts, page, quoted, table
from tocsin.publish.exports import arrow_schema
from tocsin.records import Place
from tocsin.records.vocab import IncidentStatus, PlacePrecision
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

HARRAN = Place("Harran", PlacePrecision.SETTLEMENT, country="TR", lat=36.87, lon=39.03)
FAR = Place("Far away", PlacePrecision.SETTLEMENT, country="SY", lat=33.5, lon=36.3)
COUNT = 4


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("python") / "a.db"
    with open_store(str(db), StoreSettings(), clock=SteppingClock()) as store:
        batch = [kept(number) for number in range(COUNT)]
        store.keep_many(batch)
        told = [
            incident(
                number,
                *one.extraction.reports,
                day=dt.date(2020, 3, 3 + number) if number < 3 else None,
                place=HARRAN if number < 2 else FAR,
                status=IncidentStatus.DISPUTED if number == 1 else IncidentStatus.UNCONFIRMED,
                background_only=number == 2,
                title="<script>alert(1)</script>" if number == 0 else f"Attack {number}",
            )
            for number, one in enumerate(batch)
        ]
        store.unresolved()
        reports = [report.id for one in batch for report in one.extraction.reports]
        store.write_incidents(told, gone={}, resolved_report_ids=reports)
    return db


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with tocsin.open(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [0, 1, 2, 3]),
        ({"since": "2020-03-04"}, [1, 2]),
        ({"until": dt.date(2020, 3, 4)}, [0, 1]),
        ({"near": "Harran"}, [0, 1]),
        ({"near": (33.5, 36.3), "within_km": 5}, [2, 3]),
        ({"country": "sy"}, [2, 3]),
        ({"type": "indirect_fire"}, [0, 1, 2, 3]),
        ({"type": "bombing"}, []),
        ({"status": "disputed"}, [1]),
        ({"recaps": False}, [0, 1, 3]),
        ({"as_of": "2019-01-01"}, []),
        ({"min_lineages": 3}, []),
    ],
)
def test_filters_choose(record: Record, filters: dict[str, Any], numbers: list[int]) -> None:
    chosen = record.incidents(**filters)
    assert [one.id for one in chosen] == [f"inc_{number:04}" for number in numbers]
    assert len(chosen) == len(numbers)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "last week"),
        ("near", "Nowhere At All Town"),
        ("near", (120.0, 10.0)),
        ("within_km", 0),
        ("country", "Iraq"),
        ("type", "rocket"),
        ("status", "true"),
        ("as_of", "then"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_named(record: Record, name: str, value: Any) -> None:
    near = {"near": "Harran"} if name == "within_km" else {}
    with pytest.raises(InputError, match=name):
        record.incidents(**{**near, name: value})


def test_arrow_pandas_like_libraries_take_a_selection(record: Record) -> None:
    chosen = record.incidents(near="Harran")
    arrow = chosen.to_arrow()
    assert arrow.schema.equals(arrow_schema())
    assert arrow["killed_best"].to_pylist() == [3, 3]
    assert chosen.to_polars()["first_day"].to_list() == [dt.date(2020, 3, 3), dt.date(2020, 3, 4)]
    assert polars.DataFrame(chosen)["id"].to_list() == ["inc_0000", "inc_0001"]
    assert duckdb.execute("select sum(killed_best) from arrow").fetchall() == [(6,)]
    assert record.incidents(type="bombing").to_arrow().num_rows == 0


def test_an_incident_opens_onto_its_words(record: Record) -> None:
    one = record.incident("inc_0001")
    (quote, *_) = one.evidence("killed")
    assert (quote.text, quote.outlet) == ("hit", "Outlet 1")
    assert str(quote) == "“hit” (Outlet 1, 2020-03-04)"
    assert len(one.evidence()) == len(set(one.evidence()))
    assert one.killed is not None
    assert (one.killed.best, one.injured, one.type) == (3, None, "indirect_fire")
    assert one.json()["id"] == one.id
    with pytest.raises(InputError, match="field"):
        one.evidence("weather")


def test_one_is_found_by_the_beginning_of_its_id(record: Record) -> None:
    assert record.incidents()[-1].id == "inc_0003"
    assert record.incident("inc_0003").title == "Attack 3"
    for beginning in ("inc_", "inc_9"):
        with pytest.raises(InputError, match="incident"):
            record.incident(beginning)
    with pytest.raises(IndexError):
        record.incidents()[COUNT]


def test_it_reads_and_never_makes_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        tocsin.open(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())


def test_shown_words_are_no_markup(record: Record) -> None:
    pages: list[Any] = [record, record.incidents(), record.incident("inc_0000")]
    for shown in pages:
        html = shown._repr_html_()
        assert "<script" not in html
        assert repr(shown).startswith("<")
    assert "&lt;script&gt;" in record.incident("inc_0000")._repr_html_()
    assert "4 incidents" in record.incidents()._repr_html_()


class Tags(HTMLParser):
    """Every tag of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


WORDS = st.text() | st.sampled_from(["</td><img src=x onerror=alert(1)>", "'\"><b>", "&lt;"])


MAKERS: list[Callable[[str, str], str]] = [
    lambda a, b: facts(a, {b: a}),
    lambda a, b: table([{a: b}], b),
    lambda a, b: page([(a, b, [quoted(a)])]),
]


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS)
def test_no_words_add_a_tag(one: str, two: str) -> None:
    for make in MAKERS:
        assert Tags(make(one, two)).found == Tags(make("a", "b")).found
