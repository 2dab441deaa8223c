from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import StoreError
from tocsin.records.vocab import ActorClass
from tocsin.text.nations import nation
from tocsin.who import ActorCatalogue
from tocsin.who.names import actor_key


def test_every_name_and_alias_finds_its_entry(catalogue: ActorCatalogue) -> None:
    for entry in catalogue.entries:
        for name in (entry.name, *entry.aliases):
            assert catalogue.look_up(name) is entry, name


def test_file_is_sound(catalogue: ActorCatalogue) -> None:
    assert len(catalogue.entries) >= 900
    ids = [entry.id for entry in catalogue.entries]
    assert len(ids) == len(set(ids))
    owners: dict[str, set[str | None]] = defaultdict(set)
    bearers: dict[str, list[str | None]] = defaultdict(list)
    for entry in catalogue.entries:
        assert entry.country is None or nation(entry.country) is not None, entry
        for name in (entry.name, *entry.aliases):
            owners[actor_key(name)].add(entry.id)
        for key in {actor_key(name) for name in entry.ambiguous}:
            bearers[key].append(entry.country)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}
    assert all(len(set(countries)) == len(countries) for countries in bearers.values())
    assert not owners.keys() & bearers.keys(), "a name is firm or ambiguous, never both"


def test_parents_exist_or_are_state_forces(catalogue: ActorCatalogue) -> None:
    for entry in catalogue.entries:
        if entry.parent is None or catalogue.entry(entry.parent) is not None:
            continue
        country, _, branch = entry.parent.partition("-")
        assert nation(country) is not None, entry
        assert branch in {"government", "military", "army", "navy", "police"}, entry


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("ISIL", "isis"),
        ("Daesh", "isis"),
        ("the Kataib Hizballah", "kataib-hezbollah"),
        ("PKK", "pkk"),
        ("Shebab", "al-shabaab"),
        ("Iraqi army", "iq-army"),
        ("Iraqi soldiers", "iq-army"),
        ("Turkish jets", "tr-air-force"),
        ("Syrian government forces", "sy-military"),
        ("the Iranian government", "ir-government"),
        ("Chadian troops", "td-military"),
        ("U.S. drone strike", "us-air-force"),
    ],
)
def test_look_up(catalogue: ActorCatalogue, name: str, entry_id: str) -> None:
    entry = catalogue.look_up(name)
    assert entry is not None
    assert entry.id == entry_id


@pytest.mark.parametrize(
    "name",
    [
        "Islamic State of Nowhere",
        "New Hamas",
        "Syrian rebels",
        "is",
        "anti-Taliban",
        "",
        "?",
        "Iran-backed militias",
        "Hezbollah spokesman",
    ],
)
def test_what_only_contains_a_name_is_another(catalogue: ActorCatalogue, name: str) -> None:
    assert catalogue.look_up(name) is None


@pytest.mark.parametrize(
    ("word", "actor_class"),
    [
        ("gunmen", ActorClass.UNKNOWN),
        ("militants", ActorClass.REBEL),
        ("protesters", ActorClass.PROTESTERS),
        ("police", ActorClass.STATE_FORCES),
        ("regime warplanes", ActorClass.STATE_FORCES),
        ("bandits", ActorClass.CRIMINAL),
    ],
)
def test_kinds_have_a_class_and_no_identity(
    catalogue: ActorCatalogue, word: str, actor_class: ActorClass
) -> None:
    entry = catalogue.look_up(word)
    assert entry is not None
    assert entry.id is None
    assert entry.actor_class is actor_class


def test_find_actors_in_running_text(catalogue: ActorCatalogue) -> None:
    text = (
        "The Kurdistan Workers' Party (PKK) clashed with Turkish troops; al-Shabaab fired on "
        "Somali police, and IS claimed it. This is all, residents of Mali said."
    )
    found = [(match.span.text, match.entry.id) for match in catalogue.find_actors(text)]
    assert found == [
        ("Kurdistan Workers' Party (PKK)", "pkk"),
        ("Turkish troops", "tr-military"),
        ("al-Shabaab", "al-shabaab"),
        ("Somali police", "so-police"),
        ("IS", "isis"),
        ("residents", None),
    ]


def test_words_in_capitals_are_no_abbreviations(catalogue: ActorCatalogue) -> None:
    text = "THE MINISTER IS EXPECTED TO MEND THE ICE ROAD THAT IS CLOSED TODAY IN THE TOWN"
    assert catalogue.find_actors(text) == []


def test_names_in_capitals_are_found(catalogue: ActorCatalogue) -> None:
    text = "FMLN UNITS ATTACKED THE SALVADORAN ARMY NEAR THE CAPITAL OF THE COUNTRY"
    ids = [match.entry.id for match in catalogue.find_actors(text)]
    assert ids == ["fmln", "sv-army"]


@given(
    text=st.text(alphabet=st.sampled_from("AaIS. '’-(),&éUK\nal Iraqi army Hamas"), max_size=200),
    start=st.integers(0, 50),
)
@settings(max_examples=200)
def test_spans_equal_their_slices(catalogue: ActorCatalogue, text: str, start: int) -> None:
    last = 0
    for match in catalogue.find_actors(text, start):
        match.span.check(text)
        assert match.span.start >= max(last, start)
        last = match.span.end


@given(name=st.text())
def test_any_name_can_be_looked_up(catalogue: ActorCatalogue, name: str) -> None:
    catalogue.look_up(name)


@pytest.mark.parametrize("unit", ["A", "A ", "al-", "Iraqi ", "Iraqi government ", "U.S.", "a'"])
def test_hostile_text_takes_linear_time(catalogue: ActorCatalogue, unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    catalogue.find_actors(text)
    assert time.process_time() - began < 20.0


def test_own_file_and_malformed_line(tmp_path: Path) -> None:
    path = tmp_path / "actors.tsv"
    path.write_text("id\tname\taliases\tclass\tcountry\tparent\nx\tX Group\tXG\trebel\tIQ\t\n")
    entry = ActorCatalogue.open(path).look_up("XG")
    assert entry is not None
    assert entry.name == "X Group"
    path.write_text("x\tX Group\tXG\tnot-a-class\tIQ\t\n")
    with pytest.raises(StoreError, match="line 1"):
        ActorCatalogue.open(path)
    with pytest.raises(StoreError, match="cannot be read"):
        ActorCatalogue.open(tmp_path / "none.tsv")
