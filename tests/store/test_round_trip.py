"""Whatever a record holds comes back equal, from a store closed and opened again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
from random import Random
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.store.factory import contents, kept
from tocsin.records import Article, Claim, Place, Published, Quantity, Region, Report, TimeInterval
from tocsin.records.vocab import (
    PlacePrecision,
    PublishedBasis,
    QuantityStatus,
    RegionKind,
    TimePrecision,
)
from tocsin.store import Kept, open_store
from tocsin.store.config import StoreSettings
from tocsin.store.rows import (
    LISTED_CLAIMS,
    SINGLE_CLAIMS,
    article_of,
    article_row,
    report_of,
    report_rows,
)

T = TypeVar("T")

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
names = st.none() | texts
days = st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30))
moments = st.datetimes(
    dt.datetime(1900, 1, 1),
    dt.datetime(2100, 1, 1),
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-3, minutes=-30))]),
)
published = st.builds(
    Published,
    date=days,
    basis=st.sampled_from(PublishedBasis),
    moment=st.none() | moments,
    origin=st.text(max_size=5),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(texts)
    cuts = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=4))})
    regions = tuple(
        Region(start, end, draw(st.sampled_from(RegionKind)))
        for start, end in itertools.pairwise(cuts)
    )
    return Article(
        id=draw(texts),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        url=draw(names),
        outlet=draw(names),
        title=draw(names),
        published=draw(st.none() | published),
        published_doubts=tuple(draw(st.lists(published, max_size=2))),
        agencies=tuple(draw(st.lists(texts, max_size=2))),
        regions=draw(st.sampled_from([regions, ()])),
        extra=draw(st.dictionaries(texts, texts, max_size=2)),
    )


@given(articles())
def test_articles_survive_their_row(article: Article) -> None:
    row = article_row(article)
    assert article_of(row["record"], row["text"], row["regions"]) == article


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of the factory with values drawn anew and claims left out or doubled."""
    base = kept(draw(st.integers(0, 3))).extraction.reports[draw(st.integers(0, 1))]
    span = base.trigger
    confidence = st.floats(0, 1)
    rules = st.none() | texts

    def claimed(value: T) -> Claim[T]:
        evidence = draw(st.sampled_from([(span,), (span, span), ()]))
        rule = draw(rules) if evidence else draw(texts)
        return Claim(value, evidence, rule=rule, confidence=draw(confidence))

    place = Place(
        draw(texts),
        draw(st.sampled_from(PlacePrecision)),
        lat=draw(st.floats(-90, 90)),
        lon=draw(st.floats(-180, 180)),
        uncertainty_km=draw(st.none() | st.floats(0, 1e6)),
    )
    day = dt.datetime.combine(draw(days), dt.time())
    interval = TimeInterval(day, None, draw(st.sampled_from(TimePrecision)), zone=draw(names))
    count = Quantity(
        draw(st.none() | st.integers(0, 2**60)), status=draw(st.sampled_from(QuantityStatus))
    )
    weapon = dataclasses.replace(base.weapons[0].value, count=count, name=draw(names))
    return dataclasses.replace(
        base,
        date=draw(st.sampled_from([None, claimed(interval)])),
        place=draw(st.sampled_from([None, claimed(place)])),
        places=tuple(claimed(place) for _ in range(draw(st.integers(0, 12)))),
        weapons=(claimed(weapon),),
        confidence=draw(confidence),
    )


@given(reports())
@hypothesis_settings(deadline=None)
def test_reports_survive_their_claims(report: Report) -> None:
    record, claims = report_rows(report)
    # As the store returns them: fields by name, ordinals ascending.
    claims.sort(key=lambda row: (row["field"], row["ordinal"]))
    columns = ("field", "value", "evidence", "attributions", "rule", "confidence")
    rows: list[Any] = [tuple(row[name] for name in columns) for row in claims]
    assert report_of(record, rows) == report


def test_every_claim_field_of_a_report_is_kept_as_claims() -> None:
    single: set[str] = set()
    listed: set[str] = set()
    for name, hint in get_type_hints(Report).items():
        arguments = get_args(hint)
        if get_origin(hint) is Claim or any(get_origin(a) is Claim for a in arguments):
            (listed if get_origin(hint) is tuple else single).add(name)
    assert single == set(SINGLE_CLAIMS)
    assert listed == set(LISTED_CLAIMS)


@given(st.lists(articles(), min_size=1, max_size=5, unique_by=lambda a: a.id), st.randoms())
@hypothesis_settings(max_examples=12, deadline=None)
def test_any_order_and_a_reopening_give_the_same_content(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Article], random: Random
) -> None:
    from tocsin.records import Extraction

    batch = [Kept(article, Extraction(article.id, "0"), [len(article.text)]) for article in drawn]
    batch += [kept(n) for n in range(3)]
    seen = []
    for shuffle in (False, True):
        path = str(tmp_path_factory.mktemp("order") / "store.db")
        if shuffle:
            random.shuffle(batch)
        with open_store(path, StoreSettings()) as store:
            store.keep_many(batch[:2])
            store.keep_many(batch[2:])
        with open_store(path, StoreSettings(), read_only=True) as store:
            seen.append(contents(store))
            for one in batch:
                assert store.article(one.article.id) == one.article
                assert store.extraction(one.article.id) == one.extraction
    assert seen[0] == seen[1]
