"""Grounding: the words of a mention become values, with the article as context."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.ground import ground
from tocsin.ground.times import ArticleTimes
from tocsin.records import (
    ActorMention,
    Article,
    CasualtyMention,
    Claim,
    Dateline,
    Extraction,
    PlaceMention,
    Published,
    Quantity,
    Reading,
    RelationMention,
    Report,
    ReportMention,
    Span,
    TallyMention,
    TimeMention,
    WeaponMention,
)
from tocsin.records.vocab import (
    ActorClass,
    ActorRole,
    IncidentType,
    Outcome,
    PlacePrecision,
    PublishedBasis,
    QuantityStatus,
    TallyKind,
    TimeBasis,
    VictimGroup,
    WeaponType,
)
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

GAZETTEER = Gazetteer.open()
ACTORS = ActorCatalogue.open()


def article(
    text: str,
    published: str | None = "2021-03-03",
    *,
    printed: str | None = None,
    city: str | None = None,
) -> Article:
    """An article published (as declared) on a day, with a printed date or a dateline city."""
    declared = (
        Published(dt.date.fromisoformat(published), PublishedBasis.METADATA) if published else None
    )
    doubts = (Published(dt.date.fromisoformat(printed), PublishedBasis.PRINTED),) if printed else ()
    return Article(
        id="art_1",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        published=declared,
        published_doubts=doubts,
        dateline=Dateline(Span.of(text, 0, len(city)), city=city) if city else None,
    )


def words(source: Article, phrase: str) -> Span:
    """The first occurrence of a phrase. Raises ValueError where there is none."""
    at = source.text.index(phrase)
    return Span.of(source.text, at, at + len(phrase))


def grounded(source: Article, *mentions: ReportMention, **more: object) -> Extraction:
    reading = Reading("test/1", mentions, **more)  # type: ignore[arg-type]
    return ground(source, reading, GAZETTEER, ACTORS)


def report(source: Article, mention: ReportMention) -> Report:
    (only,) = grounded(source, mention).reports
    return only


def attack(source: Article, trigger: str, **slots: object) -> ReportMention:
    return ReportMention(
        is_main=True,
        type=IncidentType.ARMED_ATTACK,
        trigger=words(source, trigger),
        **slots,  # type: ignore[arg-type]
    )


def test_a_weekday_is_read_in_the_zone_of_the_place() -> None:
    source = article("Gunmen opened fire in Kirkuk early on Tuesday.")
    found = report(
        source,
        attack(
            source,
            "opened fire",
            times=(TimeMention(words(source, "early on Tuesday")),),
            places=(PlaceMention(words(source, "Kirkuk")),),
        ),
    )
    assert found.date is not None
    assert found.date.value.local_date == dt.date(2021, 3, 2)
    assert found.date.value.zone == "Asia/Baghdad"
    assert found.date.evidence[0].text == "early on Tuesday"
    assert found.place is not None
    assert (found.place.value.country, found.place.value.precision) == (
        "IQ",
        PlacePrecision.SETTLEMENT,
    )


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        (None, dt.date(2021, 3, 2)),
        ("2021-03-04", dt.date(2021, 3, 2)),
        ("2021-04-15", dt.date(2021, 4, 13)),
    ],
    ids=["none", "a day apart is no doubt", "another month outranks"],
)
def test_a_printed_date_outranks_a_declared_one(printed: str | None, day: dt.date) -> None:
    source = article("Gunmen opened fire on Tuesday.", printed=printed)
    mention = attack(source, "opened fire", times=(TimeMention(words(source, "on Tuesday")),))
    found = report(source, mention)
    assert found.date is not None
    assert found.date.value.local_date == day


def test_news_that_prints_no_day_is_of_the_publication_or_the_day_before() -> None:
    source = article("Gunmen opened fire at a market.")
    found = report(source, attack(source, "opened fire"))
    assert found.date is not None
    assert found.date.value.basis is TimeBasis.PUBLISHED
    assert found.date.rule
    assert not found.date.evidence
    assert found.date.value.first_day == dt.date(2021, 3, 2)
    assert found.date.value.last_day == dt.date(2021, 3, 3)


def test_without_any_date_the_day_stays_open() -> None:
    source = article("Gunmen opened fire on Tuesday.", published=None)
    mention = attack(source, "opened fire", times=(TimeMention(words(source, "on Tuesday")),))
    found = report(source, mention)
    assert found.date is None or found.date.value.first_day is None


def test_a_day_after_counts_from_the_report_it_points_to() -> None:
    source = article("Gunmen fired in Kirkuk a day after a bomb went off on Sunday in Mosul.")
    later = attack(source, "fired", times=(TimeMention(words(source, "a day after"), anchor=1),))
    earlier = ReportMention(
        is_main=False,
        type=IncidentType.BOMBING,
        trigger=words(source, "went off"),
        times=(TimeMention(words(source, "on Sunday")),),
    )
    first, second = grounded(source, later, earlier).reports
    assert second.date is not None
    assert second.date.value.local_date == dt.date(2021, 2, 28)
    assert first.date is not None
    assert first.date.value.first_day == dt.date(2021, 3, 1)


def test_pointers_in_a_circle_end() -> None:
    source = article("Gunmen fired a day after a bomb went off two days after the shots.")
    one = attack(source, "fired", times=(TimeMention(words(source, "a day after"), anchor=1),))
    two = attack(
        source, "went off", times=(TimeMention(words(source, "two days after"), anchor=0),)
    )
    assert len(grounded(source, one, two).reports) == 2


def test_the_dateline_city_is_not_where_it_happened() -> None:
    source = article("Baghdad - Gunmen opened fire at a checkpoint.", city="Baghdad")
    assert report(source, attack(source, "opened fire")).place is None


def test_counts_become_bounds_and_nobody_hurt_implies_nobody_killed() -> None:
    source = article("Rockets fell on the base. No one was injured. At least three walls fell.")
    mention = attack(
        source,
        "fell on",
        casualties=(CasualtyMention(words(source, "No one was injured"), Outcome.INJURED),),
    )
    found = report(source, mention)
    (injured,) = found.counts(Outcome.INJURED)
    (killed,) = found.counts(Outcome.KILLED)
    assert injured.value.count == Quantity(0, 0, 0, status=QuantityStatus.NONE_STATED)
    assert (killed.value.count.min, killed.value.count.max) == (0, None)
    assert killed.value.count.status is QuantityStatus.NONE_IMPLIED
    assert killed.rule == "none_implied"


def test_the_words_say_whose_the_dead_are() -> None:
    source = article("The blast killed two Turkish engineers and a guard.")
    mention = attack(
        source,
        "blast",
        casualties=(
            CasualtyMention(words(source, "two Turkish engineers"), Outcome.KILLED),
            CasualtyMention(words(source, "a guard"), Outcome.KILLED),
        ),
    )
    _, guard = report(source, mention).counts(Outcome.KILLED)
    assert guard.value.group is VictimGroup.SECURITY_FORCE


def test_nothing_is_implied_where_someone_was_hurt() -> None:
    source = article("The army reported no injuries; a medic said four people were hurt.")
    mention = attack(
        source,
        "hurt",
        casualties=(
            CasualtyMention(words(source, "no injuries"), Outcome.INJURED),
            CasualtyMention(words(source, "four people"), Outcome.INJURED),
        ),
    )
    assert not report(source, mention).counts(Outcome.KILLED)


def test_a_weapon_counts_projectiles() -> None:
    source = article("Three Katyusha rockets landed near the depot.")
    mention = attack(
        source,
        "landed",
        weapons=(
            WeaponMention(words(source, "Three Katyusha rockets"), WeaponType.ROCKET, "Katyusha"),
        ),
    )
    (weapon,) = report(source, mention).weapons
    assert weapon.value.count is not None
    assert (weapon.value.count.best, weapon.value.count.unit) == (3, "device")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Boko Haram", "Boko Haram"),
        ("fighters of the Boko Haram group", "Boko Haram"),
        ("anti-Taliban fighters", None),
        ("militias opposed to the Taliban", None),
    ],
)
def test_an_actor_is_never_merged_on_a_part_of_its_name(phrase: str, name: str | None) -> None:
    source = article(f"The village was attacked by {phrase}.")
    mention = attack(
        source,
        "attacked",
        actors=(ActorMention(words(source, phrase), ActorRole.PERPETRATOR),),
    )
    (actor,) = report(source, mention).actors
    if name is None:
        assert actor.value.name == phrase
        assert actor.value.canonical_id is None
    else:
        assert actor.value.name == name
        assert actor.value.canonical_id
        assert actor.value.actor_class is not ActorClass.UNKNOWN


def test_a_tally_has_its_ordinal_window_and_country() -> None:
    source = article("It was the fifth attack on bases in Iraq since January, the army said.")
    mention = TallyMention(
        span=words(source, "the fifth attack on bases in Iraq since January"),
        kind=TallyKind.INCIDENTS,
        count=words(source, "fifth"),
        noun="attack",
        is_ordinal=True,
        window=words(source, "since January"),
        scope=words(source, "on bases in Iraq"),
    )
    (tally,) = grounded(source, tallies=(mention,)).tallies
    assert (tally.ordinal, tally.scope_country) == (5, "IQ")
    assert tally.window is not None
    assert tally.window.first_day == dt.date(2021, 1, 1)
    assert tally.window.last_day == dt.date(2021, 3, 3)


def test_two_mentions_of_one_trigger_are_one_report_without_a_relation_to_itself() -> None:
    source = article("Gunmen opened fire in retaliation.")
    mention = attack(source, "opened fire")
    extraction = grounded(
        source,
        mention,
        mention,
        relations=(RelationMention(words(source, "in retaliation"), "retaliation_for", 0, 1),),
    )
    assert len(extraction.reports) == 1
    assert not extraction.relations


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=200), st.data())
def test_any_words_ground_to_slices_of_the_text(text: str, data: st.DataObject) -> None:
    """Whatever an extractor marks, grounding ends, and every span is still a slice."""
    source = article(text)

    def some_span() -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, data.draw(st.integers(start + 1, len(text))))

    mention = ReportMention(
        is_main=data.draw(st.booleans()),
        type=IncidentType.BOMBING,
        trigger=some_span(),
        times=(TimeMention(some_span()),),
        places=(PlaceMention(some_span()),),
        casualties=(CasualtyMention(some_span(), Outcome.KILLED),),
        actors=(ActorMention(some_span(), ActorRole.BLAMED),),
    )
    for found in grounded(source, mention).reports:
        claims: list[Claim[Any]] = [found.type, *found.times, *found.places]
        claims += [*found.casualties, *found.actors]
        for claim in claims:
            for span in claim.evidence:
                span.check(text)


class TestDaysOfOtherReports:
    """ "A day after X" is counted from X's report, found by the words behind it."""

    TEXT = "Rockets hit Kirkuk on Tuesday. It came a day after gunmen stormed a bank in Mosul."

    def _dates(self, published: str, first: str = "on Tuesday") -> list[str]:
        source = article(self.TEXT, published)
        rockets = attack(source, "hit", times=(TimeMention(words(source, first)),) if first else ())
        bank = ReportMention(
            is_main=False,
            type=IncidentType.ARMED_ATTACK,
            trigger=words(source, "stormed"),
            times=(TimeMention(words(source, "a day after")),),
        )
        reports = grounded(source, rockets, bank).reports
        return [str(r.date.value.first_day) if r.date else "" for r in reports]

    def test_the_anchor_is_counted_back(self) -> None:
        assert self._dates("2021-03-03") == ["2021-03-02", "2021-03-01"]

    def test_the_news_of_the_day_serves_as_anchor_too(self) -> None:
        source = article(self.TEXT, "2021-03-03")
        rockets = attack(source, "hit")
        bank = ReportMention(
            is_main=False,
            type=IncidentType.ARMED_ATTACK,
            trigger=words(source, "stormed"),
            times=(TimeMention(words(source, "a day after")),),
        )
        first, second = grounded(source, rockets, bank).reports
        assert first.date is not None
        assert first.date.value.basis is TimeBasis.PUBLISHED
        assert second.date is not None
        assert second.date.value.first_day == dt.date(2021, 3, 1)
        assert second.date.value.last_day == dt.date(2021, 3, 2)


def test_the_day_not_counted_from_is_named_as_a_doubt() -> None:
    source = article("Words.", "2021-03-03", printed="2021-05-01")
    context = ArticleTimes(source, GAZETTEER).context(None)
    assert context.today == dt.date(2021, 5, 1)
    assert context.doubts == (dt.date(2021, 3, 3),)


def test_numbers_are_read_as_the_outlet_of_an_address_writes_them() -> None:
    source = article("Words.")
    for url, is_month_first in (("https://a.example.us/", True), ("https://example.com/", None)):
        context = ArticleTimes(dataclasses.replace(source, url=url), GAZETTEER).context(None)
        assert context.month_first is is_month_first


@pytest.mark.parametrize("stamp", ["Updated:", "Posted", "Published on", "LAST MODIFIED:"])
def test_a_stamp_of_the_page_dates_no_event(stamp: str) -> None:
    source = article(f"{stamp} Friday, 5 February 2021. Rockets hit the port, the army said.")
    time = TimeMention(words(source, "Friday, 5 February 2021"))
    date = report(source, attack(source, "hit", times=(time,))).date
    assert date is not None
    assert date.value.basis is TimeBasis.PUBLISHED
