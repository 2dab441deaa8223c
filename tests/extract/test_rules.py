from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import SettingsError
from tocsin.extract import EXTRACTORS, open_extractor
from tocsin.extract.rules import RuleExtractor
from tocsin.records import Article, Reading, Span
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    IncidentType,
    Outcome,
    PlaceRole,
    RegionKind,
    StatementKind,
    TallyKind,
    TargetKind,
    WeaponType,
)

ReadText = Callable[..., Reading]

HANG_S = 20.0


def spans_of(value: object) -> list[Span]:
    """Every span in a reading, however deep."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for item in value for span in spans_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [
            span for name in value.__dataclass_fields__ for span in spans_of(getattr(value, name))
        ]
    return []


def test_one_incident_with_its_slots(read: ReadText) -> None:
    text = (
        "Two Grad rockets hit a hospital in Tripoli on Tuesday, killing three nurses and "
        "wounding at least 12 people, the health ministry said."
    )
    (report,) = read(text).reports
    assert report.is_main
    assert report.type is IncidentType.INDIRECT_FIRE
    assert [time.span.text for time in report.times] == ["on Tuesday"]
    assert [place.span.text for place in report.places] == ["Tripoli"]
    assert report.weapons[0].span.text == "Two Grad rockets"
    assert report.weapons[0].type is WeaponType.ROCKET
    assert report.weapons[0].name == "Grad"
    assert [(target.span.text, target.kind) for target in report.targets] == [
        ("a hospital", TargetKind.MEDICAL)
    ]
    assert {(c.span.text, c.outcome) for c in report.casualties} == {
        ("three nurses", Outcome.KILLED),
        ("at least 12 people", Outcome.INJURED),
    }
    assert [source.span.text for source in report.sources] == ["the health ministry"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes bombed a market in Idlib on Tuesday.", IncidentType.AIR_STRIKE),
        ("Mortar shells fell on a school in Aleppo on Tuesday.", IncidentType.INDIRECT_FIRE),
        (
            "A suicide bomber blew himself up at a mosque in Kabul on Tuesday.",
            IncidentType.SUICIDE_BOMBING,
        ),
        ("A roadside bomb exploded near a patrol in Mosul on Tuesday.", IncidentType.BOMBING),
        ("Gunmen opened fire on a bus in Nairobi on Tuesday.", IncidentType.ARMED_ATTACK),
        ("Troops and rebels clashed near Goma on Tuesday.", IncidentType.ARMED_CLASH),
        ("Gunmen kidnapped six pupils in Kaduna on Tuesday.", IncidentType.ABDUCTION),
        ("The group beheaded two captives in Raqqa on Tuesday.", IncidentType.EXECUTION),
        ("A man stabbed four passengers in Hamburg on Tuesday.", IncidentType.MELEE_ATTACK),
        (
            "Police fired tear gas at protesters in Dhaka on Tuesday.",
            IncidentType.VIOLENCE_AGAINST_PROTEST,
        ),
        (
            "Militants attacked a checkpoint in Mosul with rockets on Tuesday.",
            IncidentType.INDIRECT_FIRE,
        ),
    ],
)
def test_types(text: str, kind: IncidentType, read: ReadText) -> None:
    assert [report.type for report in read(text).reports] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The opposition launched an attack on the budget in Berlin on Tuesday.",
        "The striker shot wide before the penalty shootout in Madrid on Tuesday.",
        "The minister suffered a heart attack in Paris on Tuesday.",
        "The general vowed to attack Tripoli next week.",
        "Militants could bomb the airport in Kabul, officials warned on Tuesday.",
        "If rebels attacked Goma, thousands would flee.",
        "Nine people were killed when a bus overturned near Nairobi on Tuesday.",
        "An earthquake killed 40 people in Kabul on Tuesday.",
        "Shares fell in London on Tuesday after the bank cut jobs.",
        "There have been numerous rocket attacks in recent months.",
        "Troops held a live fire exercise with rockets near Tallinn on Tuesday.",
        "Pilots went on strike in Lisbon on Tuesday.",
        "No rocket attacks were reported in Basra on Tuesday.",
    ],
)
def test_what_founds_no_incident(text: str, read: ReadText) -> None:
    assert read(text).reports == ()


def test_background_incident_stands_apart(read: ReadText) -> None:
    text = (
        "A car bomb killed five people in Baghdad on Tuesday. Police closed the road. "
        "Last month, gunmen killed a judge in Basra."
    )
    main, past = read(text).reports
    assert (main.is_main, main.type) == (True, IncidentType.BOMBING)
    assert (past.is_main, past.type) == (False, IncidentType.ARMED_ATTACK)
    assert [c.span.text for c in main.casualties] == ["five people"]
    assert [c.span.text for c in past.casualties] == ["a judge"]
    assert main.trigger != past.trigger


def test_what_is_answered_is_another_incident(read: ReadText) -> None:
    text = (
        "Jets bombed a base near Aleppo on Tuesday in retaliation for a mortar attack "
        "on Kilis last week."
    )
    reading = read(text)
    assert [report.is_main for report in reading.reports] == [True, False]
    (relation,) = reading.relations
    assert (relation.kind, relation.source, relation.target) == ("retaliation_for", 0, 1)
    assert relation.span.text == "in retaliation for"


def test_same_attack_told_twice_is_one_report(read: ReadText) -> None:
    text = (
        "A car bomb exploded outside a bank in Kabul on Tuesday. "
        "The blast killed seven people, police said. The bombing also damaged shops."
    )
    (report,) = read(text).reports
    assert [c.span.text for c in report.casualties] == ["seven people"]
    assert [source.span.text for source in report.sources] == ["police"]
    assert len(report.sentences) == 3


def test_captions_and_related_links_found_nothing(read: ReadText) -> None:
    body = "A mortar attack on Goma on Tuesday killed two boys.\n"
    reading = read(
        regions=(
            (body, RegionKind.BODY),
            ("Gunmen killed 44 people in Kano on Monday.\n", RegionKind.CAPTION),
            ("Bomb kills 99 people in Lahore\n", RegionKind.RELATED_LINK),
            ("Air raid kills 77 people in Homs\n", RegionKind.BOILERPLATE),
        )
    )
    (report,) = reading.reports
    assert [c.span.text for c in report.casualties] == ["two boys"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rebels shelled Aleppo on Tuesday.", ActorRole.PERPETRATOR),
        ("The army said rebels shelled Aleppo on Tuesday.", ActorRole.BLAMED),
        ("A bomb hit Aleppo on Tuesday. The rebels claimed responsibility.", ActorRole.CLAIMED),
        ("Suspected rebels shelled Aleppo on Tuesday.", ActorRole.SUSPECTED),
        (
            "A bomb hit Aleppo on Tuesday. The rebels denied carrying out the attack.",
            ActorRole.DENIED,
        ),
    ],
)
def test_actor_roles(text: str, role: ActorRole, read: ReadText) -> None:
    (report,) = read(text).reports
    (actor,) = report.actors
    assert actor.role is role
    assert "rebels" in actor.span.text.lower()


def test_nobody_claimed_is_no_actor(read: ReadText) -> None:
    text = "A bomb exploded in Quetta on Tuesday. No group has claimed responsibility."
    (report,) = read(text).reports
    assert report.actors == ()


def test_blame_for_past_attacks_is_of_the_series(read: ReadText) -> None:
    text = (
        "A rocket hit the airport in Basra on Tuesday. Officials have blamed the Houthis for past "
        "rocket attacks."
    )
    (report,) = read(text).reports
    (actor,) = report.actors
    assert actor.level is ActorLevel.SERIES


def test_dateline_and_seat_of_speakers_are_no_places(read: ReadText) -> None:
    text = (
        "GENEVA (Reuters) - Shelling killed two people in Misrata on Tuesday, an envoy told "
        "reporters in Geneva."
    )
    (report,) = read(text).reports
    assert [p.span.text for p in report.places if p.role is PlaceRole.IMPACT] == ["Misrata"]


@pytest.mark.parametrize(
    ("text", "count", "kind", "is_ordinal"),
    [
        ("It was the 14th attack since October.", "14th", TallyKind.INCIDENTS, True),
        ("It was the fourth bombing in three days.", "fourth", TallyKind.INCIDENTS, True),
        ("The base has seen 11 attacks since June 6.", "11", TallyKind.INCIDENTS, False),
        (
            "More than 80,000 people have been killed since 2011.",
            "More than 80,000 people",
            TallyKind.CASUALTIES,
            False,
        ),
        ("Some 4,300 troops stationed there took cover.", "4,300", TallyKind.STRENGTH, False),
    ],
)
def test_tallies(text: str, count: str, kind: TallyKind, is_ordinal: bool, read: ReadText) -> None:
    reading = read(text)
    (tally,) = reading.tallies
    assert (tally.count.text, tally.kind, tally.is_ordinal) == (count, kind, is_ordinal)
    assert reading.reports == ()


def test_window_of_a_tally(read: ReadText) -> None:
    (tally,) = read("It was the 14th attack since October.").tallies
    assert tally.window is not None
    assert tally.window.text == "since October"


def test_totals_do_not_reach_a_report(read: ReadText) -> None:
    text = (
        "Shelling killed four people in Homs on Tuesday. More than 80,000 people have been killed "
        "since the war began in 2011."
    )
    (report,) = read(text).reports
    assert [c.span.text for c in report.casualties] == ["four people"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The militia vowed to avenge the general.", StatementKind.VOW),
        ("Hamas denied involvement.", StatementKind.DENIAL),
        ("The Taliban claimed responsibility.", StatementKind.CLAIM),
        ("The president condemned the killings.", StatementKind.CONDEMNATION),
    ],
)
def test_statements(text: str, kind: StatementKind, read: ReadText) -> None:
    reading = read(text)
    assert [statement.kind for statement in reading.statements] == [kind]
    assert reading.reports == ()


def test_damage_effects_and_hedges(read: ReadText) -> None:
    text = (
        "Rockets reportedly hit Erbil on Tuesday and destroyed a warehouse. "
        "Sirens sounded at the airport after the attack."
    )
    (report,) = read(text).reports
    assert report.damage[0].level.value == "destroyed"
    assert [effect.kind.value for effect in report.effects] == ["sirens"]
    assert [hedge.text for hedge in report.hedges] == ["reportedly"]


def test_other_languages_are_not_read(read: ReadText) -> None:
    reading = read("Gunmen opened fire in Kano on Tuesday.", language="de")
    assert reading == Reading("rules/1")


def test_capitals_curly_quotes_and_lists(read: ReadText) -> None:
    assert read("CAR BOMB KILLS FIVE PEOPLE IN BAGHDAD ON TUESDAY").reports
    assert read("“Gunmen opened fire on a bus in Kano on Tuesday,” police said.").reports
    listed = "LIVE\n- 10:40 Mortar fire hits Goma\n- 11:05 Two people killed in Goma shelling\n"
    assert read(listed).reports


def test_registry() -> None:
    assert "rules" in EXTRACTORS
    assert open_extractor("rules").version == "rules/1"
    with pytest.raises(SettingsError, match="no reader 'none'"):
        open_extractor("none")


_WORDS = st.sampled_from(
    [
        "killed",
        "wounded",
        "bomb",
        "the",
        "a",
        "rockets",
        "hit",
        "Kano",
        "on",
        "Tuesday",
        ",",
        ".",
        "“",
        "”",
        "\n",
        "said",
        "army",
        "12",
        "at",
        "least",
        "people",
        "after",
        "in",
        "retaliation",
        "for",
        "since",
        "October",
        "19th",
        "attack",
        "rebels",
        "by",
        "blamed",
        "no",
        "casualties",
        "-",
        "'",
        "U.S.",
        "was",
        "were",
        "including",
        "children",
        "and",
        "dead",
        "toll",
        "to",
        "5,200",
        "troops",
        "air",
        "strike",
        "kidnapped",
    ]
)


@settings(max_examples=120, deadline=None)
@given(text=st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=80).map(" ".join)))
def test_any_text_reads_and_every_span_is_a_slice(text: str, extractor: RuleExtractor) -> None:
    article = Article(id="art_any", sha256="0" * 64, text=text)
    reading = extractor.read(article)
    for span in spans_of(reading):
        span.check(text)
    triggers = [report.trigger for report in reading.reports]
    assert len(set(triggers)) == len(triggers)
    assert reading == extractor.read(article)
    count = len(reading.reports)
    assert all(r.source < count and r.target < count for r in reading.relations)
    assert all(0.0 <= report.confidence <= 1.0 for report in reading.reports)


@pytest.mark.parametrize(
    "unit",
    [
        "killed ",
        "12 people killed and ",
        "rockets hit Kano on Tuesday. ",
        "“",
        "in Kano in Kano ",
        "A of the ",
        "since 2011 ",
        "\n",
    ],
)
def test_repetitive_text_does_not_hang(unit: str, extractor: RuleExtractor) -> None:
    """A guard against work that grows with the square of the text, not a measure of speed: ten
    times what a linear reader needs on a busy machine."""
    article = Article(id="art_any", sha256="0" * 64, text=unit * (100_000 // len(unit)))
    begin = time.process_time()
    extractor.read(article)
    assert time.process_time() - begin < HANG_S


def test_it_comes_a_day_after_another_incident(read: ReadText) -> None:
    """What the counting words name is another incident, and they date the one told before."""
    reading = read(
        "Two rockets hit a depot in Kirkuk shortly after midnight. It was not clear who fired them."
        " It comes one day after Danish jets bombed a bridge near Mosul early on Tuesday."
    )
    rockets, bridge = reading.reports
    assert rockets.type is IncidentType.INDIRECT_FIRE
    assert bridge.type is IncidentType.AIR_STRIKE
    assert [time.anchor for time in rockets.times if time.span.text == "one day after"] == [1]
    assert not [place for place in rockets.places if place.span.text == "Mosul"]


def test_who_examined_the_attack_did_not_do_it(read: ReadText) -> None:
    reading = read(
        "A rocket hit a house in Kirkuk on Tuesday. Danish police officers who examined the attack"
        " think that the rocket was fired from a nearby suburb."
    )
    assert not [actor for report in reading.reports for actor in report.actors]


def test_attacks_to_be_avenged_are_not_this_one(read: ReadText) -> None:
    reading = read(
        "Rockets fell on a base near Kirkuk on Tuesday. The attack comes as militias promised to go"
        " on until they avenge Danish strikes in the north."
    )
    (report,) = reading.reports
    assert not report.actors


def test_stage_and_modifiers(read: ReadText) -> None:
    (foiled,) = read("Police foiled a bomb attack on a mosque in Quetta on Tuesday.").reports
    assert foiled.stage.value == "foiled"
    (killed,) = read("Gunmen assassinated a judge in Basra on Tuesday.").reports
    assert killed.stage.value == "accomplished"
    assert [modifier.value for modifier in killed.modifiers] == ["targeted_killing"]
