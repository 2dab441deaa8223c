"""Datelines, printed dates, publication dates and credits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.read.published import parse_published, read_published
from tocsin.records import Article, Published
from tocsin.records.vocab import PublishedBasis

Make = Callable[..., Article]

REST = (
    "Two rockets struck a depot outside the town on Sunday, an army spokesman said, "
    "and a guard was hurt."
)


def on(day: str) -> Published:
    return Published(dt.date.fromisoformat(day), PublishedBasis.METADATA, origin="input field")


@pytest.mark.parametrize(
    ("opening", "city", "date", "agency"),
    [
        ("Tarvel, May 3, 2021 (AFP) - ", "Tarvel", "2021-05-03", "AFP"),
        ("BEIRUT (Reuters) - ", "BEIRUT", None, "Reuters"),
        ("KABUL, Afghanistan — ", "KABUL", None, None),
        ("KABUL, Afghanistan (AP) — ", "KABUL", None, "AP"),
        ("WASHINGTON/TARVEL, May 2 (Reuters) - ", "WASHINGTON", "2021-05-02", "Reuters"),
        ("(Tarvel, 2 May) ", "Tarvel", "2021-05-02", None),
        ("(CNN) — ", None, None, "CNN"),
        ("Nairobi, May 2 (Xinhua) -- ", "Nairobi", "2021-05-02", "Xinhua"),
        ("Tarvel, SANA - ", "Tarvel", None, "SANA"),
        ("MOSCOW October 18 (RIA Novosti) - ", "MOSCOW", "2020-10-18", "RIA Novosti"),
        ("BAGHDAD ", "BAGHDAD", None, None),
        ("PORTLAND, Ore. -- ", "PORTLAND", None, None),
        ("Tarvel, May 3, 2021 (AFP) -\n\n", "Tarvel", "2021-05-03", "AFP"),
        ("TARVEL, May 3 (Valley Press) - ", "TARVEL", "2021-05-03", "Valley Press"),
        ("TARVEL, Oldland, May 3, 2021 (Channel 4) - ", "TARVEL", "2021-05-03", "Channel 4"),
        ("TARVEL (The Hill & Vale Wire) — ", "TARVEL", None, "The Hill & Vale Wire"),
        ("Tarvel (VPN) -- ", "Tarvel", None, "VPN"),
        ("KABUL, May 3 (Afghanistan) - ", "KABUL", "2021-05-03", None),
        ("AUSTIN (Texas) - ", "AUSTIN", None, None),
        ("FRESNO (Calif.) - ", "FRESNO", None, None),
        ("FRESNO (CA) - ", "FRESNO", None, None),
        ("TARVEL (May 3) - ", "TARVEL", "2021-05-03", None),
        ("TARVEL (Monday) - ", "TARVEL", None, None),
        ("TARVEL (Maj. Gen.) - ", "TARVEL", None, None),
        ("TARVEL (Updated) - ", "TARVEL", None, None),
    ],
)
def test_datelines(
    article: Make, opening: str, city: str | None, date: str | None, agency: str | None
) -> None:
    found = article(opening + REST, published=on("2021-05-03"))
    assert found.dateline is not None
    assert (found.dateline.city, found.dateline.agency) == (city, agency)
    assert (str(found.dateline.date) if found.dateline.date else None) == date
    span = found.dateline.span
    assert span.text == found.text[span.start : span.end]
    assert opening.startswith(span.text)
    assert ([agency] if agency else []) == list(found.agencies)
    assert found.text[found.regions[-1].start :] == REST


@pytest.mark.parametrize(
    "opening",
    [
        "Police - ",
        "NATO ",
        "UPDATE — ",
        "The army said ",
        "Three men - ",
        "By Jane Doe — ",
        "ISIS ",
    ],
)
def test_ordinary_openings_are_no_datelines(article: Make, opening: str) -> None:
    assert article(opening + REST).dateline is None


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("May 19, 2020\n\n", "2020-05-19"),
        ("Sun 05 Jul 2015 ", "2015-07-05"),
        ("Posted on July 20 2016 by Jane Doe\n", "2016-07-20"),
        ("Published July 19 2016 ", "2016-07-19"),
        ("Published: Monday, May 3, 2021 @ 10:41 PM\n", "2021-05-03"),
        ("24.07.2016 ", "2016-07-24"),
        ("Date of publication 8 April 2017 ", "2017-04-08"),
        ("TARVEL | Fri Nov 18, 2011 6:11 pm EST ", "2011-11-18"),
        ("Four hurt in a blast, a monitor says AFP Friday 18 Nov 2011 ", "2011-11-18"),
    ],
)
def test_printed_date_is_used_or_doubted(article: Make, opening: str, day: str) -> None:
    alone = article(opening + REST)
    assert alone.published is not None
    assert (str(alone.published.date), alone.published.basis) == (day, PublishedBasis.PRINTED)
    beside = article(opening + REST, published=on("2009-01-01"))
    assert beside.published == on("2009-01-01")
    assert [str(doubt.date) for doubt in beside.published_doubts] == [day]
    assert article(opening + REST, published=on(day)).published_doubts == ()


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.com.lb/1", "2015-03-04"),
        ("https://example.us/1", "2015-04-03"),
        ("https://example.com/1", None),
    ],
)
def test_a_date_in_numbers_is_read_as_the_country_of_the_outlet_writes_it(
    article: Make, url: str, day: str | None
) -> None:
    found = article("04-03-2015 " + REST, url=url).published
    assert (str(found.date) if found else None) == day


def test_dateline_date_stands_in_for_metadata(article: Make) -> None:
    found = article("Tarvel, May 3, 2021 (AFP) - " + REST)
    assert found.published is not None
    assert found.published.basis is PublishedBasis.DATELINE
    assert article("Tarvel, May 3 (AFP) - " + REST).published is None


@pytest.mark.parametrize(
    ("tail", "agencies"),
    [
        ("\n\nThe Associated Press contributed to this report.", ("AP",)),
        ("\n\n(With Reuters and AFP)", ("Reuters", "AFP")),
        (" -AFP", ("AFP",)),
        ("\n— AP", ("AP",)),
        ("\nAgencies", ("agencies",)),
        ("\nCopyright 2021 The Associated Press. All rights reserved.", ("AP",)),
        ("\nCNN's Jane Doe contributed to this report.", ()),
        (" Reuters reported that a guard was hurt.", ()),
        ("\nA guard told AFP that he had heard two blasts.", ()),
        ("\nSmoke over the depot. (Photo: Jane Doe/Reuters)\n" + REST + " Again.", ()),
    ],
)
def test_credits(article: Make, tail: str, agencies: tuple[str, ...]) -> None:
    assert article(REST + tail).agencies == agencies


@pytest.mark.parametrize(
    ("text", "day", "moment"),
    [
        ("2021-05-03", "2021-05-03", None),
        ("20210503", "2021-05-03", None),
        ("2021-05-03T22:30:00", "2021-05-03", None),
        ("2021-05-03T22:30:00Z", "2021-05-03", "2021-05-03T22:30:00+00:00"),
        ("2021-05-03 22:30:00+03:00", "2021-05-03", "2021-05-03T22:30:00+03:00"),
        ("Mon, 03 May 2021 22:30:00 -0400", "2021-05-03", "2021-05-03T22:30:00-04:00"),
        ("Mon, 03 May 2021 22:30:00 GMT", "2021-05-03", "2021-05-03T22:30:00+00:00"),
        ("May 3, 2021", "2021-05-03", None),
        ("3 May 2021", "2021-05-03", None),
        ("Monday, 3rd of May 2021", "2021-05-03", None),
        ("03.05.2021", "2021-05-03", None),
        ("25/12/2020", "2020-12-25", None),
        ("12/25/2020", "2020-12-25", None),
        ("05/05/2021", "2021-05-05", None),
        ("2021/5/3", "2021-05-03", None),
    ],
)
def test_forms_of_dates(text: str, day: str, moment: str | None) -> None:
    found = parse_published(text, origin="test")
    assert found is not None
    assert str(found.date) == day
    assert (found.moment.isoformat() if found.moment else None) == moment


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2021",
        "0001-01-01T00:00:00Z",
        "1850-01-01",
        "2999-01-01",
        "yesterday",
        "",
        "2021-13-01",
        "31 June 2021",
        "9999-12-31T23:59:59-14:00",
        "x" * 5000,
    ],
)
def test_uncertain_dates_are_none(text: str) -> None:
    assert parse_published(text, origin="test") is None


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_a_date_or_kept_aside(text: str) -> None:
    published, extra = read_published(text, origin="test")
    assert (published is None) or 1900 <= published.date.year <= 2100
    assert bool(extra) == (bool(text) and published is None)


@given(st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2100, 12, 30), timezones=st.timezones()))
@settings(deadline=None)
def test_iso_round_trip(moment: dt.datetime) -> None:
    offset = moment.utcoffset()
    found = parse_published(moment.isoformat(), origin="test")
    assert found is not None
    assert found.date == moment.date()
    if offset is not None and not offset.total_seconds() % 60:
        assert found.moment is not None
        assert found.moment.isoformat() == moment.isoformat()
