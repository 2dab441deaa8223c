"""Descriptions, names inside words, and what never is merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.records.vocab import ActorClass
from tocsin.who import ActorCatalogue, ActorEntry, ActorMatch

CATALOGUE = ActorCatalogue.open()
NAMED = [entry for entry in CATALOGUE.entries if len(entry.name.split()) > 1]


def read(phrase: str, country: str | None = None) -> ActorMatch:
    match = CATALOGUE.read(phrase, country=country)
    assert match is not None, phrase
    return match


@pytest.mark.parametrize(
    ("phrase", "rule", "actor_class", "nationality"),
    [
        ("Turkish-backed fighters", "described", ActorClass.UNKNOWN, None),
        ("suspected Islamist militants", "described", ActorClass.REBEL, None),
        ("unknown assailants", "described", ActorClass.UNKNOWN, None),
        ("gunmen", "generic", ActorClass.UNKNOWN, None),
        ("Syrian rebels", "described", ActorClass.REBEL, "SY"),
        ("masked men on motorbikes", "described", ActorClass.UNKNOWN, None),
        ("Iran-backed militias", "described", ActorClass.POLITICAL_MILITIA, None),
        ("Iraqi soldiers", "nation-force", ActorClass.STATE_FORCES, "IQ"),
        ("Iran", "state", ActorClass.STATE_FORCES, "IR"),
        ("members of the Taliban", "named_inside", ActorClass.REBEL, None),
        ("Hezbollah", "named", ActorClass.POLITICAL_MILITIA, None),
        ("Kata'eb Seyyed ash-Shohada", "named_loosely", ActorClass.POLITICAL_MILITIA, None),
    ],
)
def test_a_phrase_says_its_rule_class_and_nation(
    phrase: str, rule: str, actor_class: ActorClass, nationality: str | None
) -> None:
    match = read(phrase)
    assert match.rule == rule
    assert match.entry.actor_class is actor_class
    assert match.nationality == nationality
    assert match.explanation


@pytest.mark.parametrize(
    "phrase", ["Turkish-backed fighters", "suspected militants", "two masked gunmen on bikes"]
)
def test_descriptions_keep_their_words(phrase: str) -> None:
    match = read(phrase)
    assert match.entry.id is None
    assert match.entry.name == match.span.text == phrase


@pytest.mark.parametrize(
    ("phrase", "entry_id"),
    [
        ("Tuareg-led National Movement for the Liberation of Azawad (MNLA)", "mnla"),
        ("Iraq's Sunni group Ansar al-Islam", "ansar-al-islam"),
        ("Scores of Boko Haram gunmen", "boko-haram"),
        ("al-Qaeda-linked al-Shabaab gunmen", "al-shabaab"),
        ("the Western-backed Southern Front", "southern-front"),
    ],
)
def test_plain_words_about_a_name_leave_it_what_it_is(phrase: str, entry_id: str) -> None:
    assert read(phrase).entry.id == entry_id


@pytest.mark.parametrize(
    "phrase",
    [
        "a Boko Haram affiliate",
        "anti-Taliban fighters",
        "a splinter group of the Taliban",
        "Taliban defectors",
        "rivals of Hamas and Fatah",
        "Hezbollah-backed gunmen",
        "former Boko Haram fighters",
        "the Jalisco Hezbollah Club",
    ],
)
def test_words_that_make_another_actor(phrase: str) -> None:
    match = CATALOGUE.read(phrase)
    assert match is None or match.entry.id is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hezbollah", "Kata'ib Hezbollah"),
        ("Taliban", "Tehrik-i-Taliban Pakistan"),
        ("Islamic State", "Islamic State West Africa Province"),
        ("IRA", "Real IRA"),
        ("Sudan Liberation Army", "South Sudan Liberation Army"),
        ("Jaish al-Islam", "Jaish-e-Mohammed"),
        ("Ansar al-Islam", "Ansarul Islam"),
        ("al-Quds Brigades", "Quds Force"),
        ("Free Syrian Army", "Syrian Arab Army"),
        ("Arakan Army", "Arakan Rohingya Salvation Army"),
    ],
)
def test_false_friends_stay_apart(one: str, other: str) -> None:
    first, second = CATALOGUE.look_up(one), CATALOGUE.look_up(other)
    assert first is not None
    assert second is not None
    assert first.id != second.id


@pytest.mark.parametrize("words", ["the army", "the military", "Air Force", "police", "The army"])
def test_a_force_of_no_told_nation_is_nobodys(words: str) -> None:
    match = CATALOGUE.read(words)
    assert match is None or match.entry.id is None


def test_a_name_of_several_needs_the_country() -> None:
    assert CATALOGUE.look_up("Ansar al-Sharia") is None
    libyan = CATALOGUE.look_up("Ansar al-Sharia", country="LY")
    tunisian = CATALOGUE.look_up("Ansar al-Sharia", country="TN")
    assert libyan is not None
    assert tunisian is not None
    assert (libyan.id, tunisian.id) == ("ansar-al-sharia-libya", "ansar-al-sharia-tunisia")


def test_the_full_name_tells_whose_a_short_one_is() -> None:
    text = "The Somali National Army (SNA) fired. The SNA said so."
    assert [m.entry.id for m in CATALOGUE.find_actors(text)] == ["so-army"] * 3
    assert CATALOGUE.find_actors("The SNA said so.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell on the southern front.",
        "The Southern front was quiet.",
        "It was a revolutionary struggle.",
        "Peace companies sell flowers.",
        "An islamic state of mind.",
    ],
)
def test_small_letters_make_common_words(text: str) -> None:
    assert [m for m in CATALOGUE.find_actors(text) if m.entry.id] == []


def test_running_text_keeps_descriptions_whole() -> None:
    text = "Suspected Turkish-backed fighters and unknown gunmen fled; al-Qaeda-linked men stayed."
    found = [match.span.text for match in CATALOGUE.read_actors(text)]
    assert found == ["Suspected Turkish-backed fighters", "unknown gunmen"]


@given(st.sampled_from(CATALOGUE.entries), st.data())
def test_every_firm_name_is_its_own(entry: ActorEntry, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from((entry.name, *entry.aliases)))
    for written in (one, one.upper(), one.replace("-", " "), f"  {one}  "):
        assert CATALOGUE.look_up(written) is entry, written


STRANGERS = st.sampled_from(["Zorvath", "Quillmar", "Brendish", "Oxtergate"])


@given(st.sampled_from(NAMED), STRANGERS, st.booleans())
def test_a_name_inside_a_longer_unknown_name_is_another(
    entry: ActorEntry, stranger: str, is_before: bool
) -> None:
    name = entry.name
    longer = f"{stranger} {name}" if is_before else f"{name} {stranger}"
    assert CATALOGUE.look_up(longer) is None
    match = CATALOGUE.read(longer)
    assert match is None or match.entry is not entry


@given(st.text(max_size=120))
def test_any_words_are_read_without_error(text: str) -> None:
    match = CATALOGUE.read(text)
    if match is not None:
        match.span.check(text)
        assert match.explanation
    for found in CATALOGUE.read_actors(text):
        found.span.check(text)
