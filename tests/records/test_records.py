"""Records refuse to be built wrong, and survive the trip through JSON."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import EvidenceError, RecordError, SpanError
from tocsin.records import (
    Article,
    Casualties,
    Claim,
    Place,
    Published,
    Quantity,
    Region,
    Report,
    Span,
    TimeInterval,
    content_id,
    report_id,
)
from tocsin.records.codec import from_json, to_json
from tocsin.records.vocab import (
    IncidentType,
    Outcome,
    PlacePrecision,
    PublishedBasis,
    RegionKind,
    TimePrecision,
)

TEXT = "Two rockets fell near the depot. Nobody was hurt."


def test_a_span_is_a_slice() -> None:
    span = Span.of(TEXT, 0, 11)
    assert span.text == "Two rockets"
    span.check(TEXT)
    with pytest.raises(SpanError):
        span.check("One rocket fell near the depot.")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2), (0, 10_000)])
def test_a_span_outside_its_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        Span.of(TEXT, start, end)


@given(st.text(min_size=1), st.data())
def test_any_slice_makes_a_span_that_checks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    Span.of(text, start, end).check(text)


def test_a_value_needs_words_or_a_rule() -> None:
    with pytest.raises(EvidenceError):
        Claim(Quantity(1, 1, 1), evidence=())
    assert Claim(Quantity(1, 1, 1), evidence=(), rule="none_implied").rule


def bounds() -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, 10**6)


@given(bounds(), bounds(), bounds())
def test_a_quantity_is_ordered_or_refused(
    low: int | None, best: int | None, high: int | None
) -> None:
    known = [n for n in (low, best, high) if n is not None]
    if known == sorted(known):
        quantity = Quantity(low, best, high)
        assert from_json(Quantity, to_json(quantity)) == quantity
    else:
        with pytest.raises(RecordError):
            Quantity(low, best, high)


def test_an_interval_is_half_open_and_local() -> None:
    night = TimeInterval(
        dt.datetime(2021, 3, 2, 20),
        dt.datetime(2021, 3, 3, 0),
        TimePrecision.PART_OF_DAY,
        zone="Asia/Baghdad",
    )
    assert night.local_date == dt.date(2021, 3, 2)
    assert night.last_day == dt.date(2021, 3, 2), "midnight belongs to the next day"
    start, end = night.instants()
    assert start == dt.datetime(2021, 3, 2, 17, tzinfo=dt.UTC)
    assert end == dt.datetime(2021, 3, 2, 21, tzinfo=dt.UTC)


def test_an_interval_refuses_offsets_and_reversal() -> None:
    with pytest.raises(RecordError):
        TimeInterval(dt.datetime(2021, 3, 2, tzinfo=dt.UTC), None, TimePrecision.DAY)
    with pytest.raises(RecordError):
        TimeInterval(dt.datetime(2021, 3, 2), dt.datetime(2021, 3, 2), TimePrecision.DAY)


def test_an_open_interval_has_no_day() -> None:
    interval = TimeInterval(None, None, TimePrecision.DAY)
    assert interval.local_date is None
    assert interval.first_day is None
    assert interval.last_day is None
    assert interval.instants() == (None, None)


@pytest.mark.parametrize(("lat", "lon"), [(91.0, 0.0), (0.0, 181.0), (None, 3.0)])
def test_coordinates_are_checked(lat: float | None, lon: float | None) -> None:
    with pytest.raises(RecordError):
        Place("Somewhere", PlacePrecision.SITE, lat=lat, lon=lon)


def article(regions: tuple[Region, ...]) -> Article:
    return Article(id="a", sha256="0" * 64, text=TEXT, regions=regions)


def test_regions_cover_the_whole_text() -> None:
    whole = article((Region(0, 33, RegionKind.BODY), Region(33, len(TEXT), RegionKind.CAPTION)))
    assert whole.region_at(0) is RegionKind.BODY
    assert whole.region_at(32) is RegionKind.BODY
    assert whole.region_at(33) is RegionKind.CAPTION
    for broken in (
        (Region(1, len(TEXT), RegionKind.BODY),),
        (Region(0, 10, RegionKind.BODY), Region(12, len(TEXT), RegionKind.BODY)),
        (Region(0, 10, RegionKind.BODY),),
    ):
        with pytest.raises(RecordError):
            article(broken)


def test_a_publication_instant_needs_an_offset() -> None:
    with pytest.raises(RecordError):
        Published(dt.date(2021, 3, 2), PublishedBasis.METADATA, dt.datetime(2021, 3, 2, 8))


def test_ids_follow_from_content_and_keep_parts_apart() -> None:
    assert content_id("x", "ab", "c") == content_id("x", "ab", "c")
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")
    one = report_id("a", "rules/1", Span.of(TEXT, 0, 3), IncidentType.BOMBING)
    assert one == report_id("a", "rules/1", Span.of(TEXT, 0, 11), IncidentType.BOMBING)
    assert one != report_id("a", "rules/2", Span.of(TEXT, 0, 3), IncidentType.BOMBING)


def test_a_report_survives_json() -> None:
    trigger = Span.of(TEXT, 4, 16)
    report = Report(
        id="rep_1",
        article_id="a",
        extractor_version="rules/1",
        is_main=True,
        type=Claim(IncidentType.INDIRECT_FIRE, (trigger,)),
        trigger=trigger,
        date=Claim(
            TimeInterval(
                dt.datetime(2021, 3, 2), dt.datetime(2021, 3, 3), TimePrecision.DAY, rule="weekday"
            ),
            (),
            rule="publication_day",
        ),
        casualties=(
            Claim(Casualties(Outcome.INJURED, Quantity(0, 0, 0)), (Span.of(TEXT, 33, 48),)),
        ),
    )
    again = from_json(Report, to_json(report))
    assert again == report
    assert to_json(again) == to_json(report)


def test_bad_json_names_the_field() -> None:
    with pytest.raises(RecordError, match="Quantity"):
        from_json(Quantity, '{"min": 3, "best": 2}')
    with pytest.raises(RecordError, match="start"):
        from_json(Span, '{"start": "x", "end": 2, "text": "ab"}')
