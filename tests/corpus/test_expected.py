"""The truth file agrees with the articles, with itself, and with what the corpus must contain."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tocsin.corpus import CORPUS_DIR, Expected, expected
from tocsin.records.vocab import ActorRole, IncidentType

Shipped = Any  # an article as this folder's conftest reads it


@pytest.fixture(scope="module")
def truth() -> Expected:
    return expected()


def flat(text: str) -> str:
    """Text with every run of white space made one space."""
    return " ".join(text.split())


def named_articles(truth: Expected) -> Iterator[str]:
    """Every place where the truth file names an article."""
    for incident in truth.incidents:
        yield from incident.articles
    for shared in truth.shared_texts:
        yield from shared.articles
    for disagreement in truth.disagreements:
        yield from disagreement.articles
    for part in (truth.tallies, truth.actors, truth.decoys, truth.zone_readings, truth.corrections):
        yield from (entry.article for entry in part)
    yield from (correction.of for correction in truth.corrections)
    for update in truth.updates:
        yield from (update.earlier, update.later)
    yield from (*truth.provisional, *truth.no_incident, *truth.unrelated)


def named_incidents(truth: Expected) -> Iterator[str]:
    """Every place where the truth file names an incident."""
    for look_alikes in truth.apart:
        yield from look_alikes.keys
    for tally in truth.tallies:
        yield from tally.incidents
    for part in (
        truth.disagreements,
        truth.actors,
        truth.corrections,
        truth.updates,
        truth.zone_readings,
    ):
        yield from (entry.incident for entry in part)


def test_the_list_of_articles_is_the_folder(truth: Expected, shipped: dict[str, Shipped]) -> None:
    listed = [(article.name, article.file, article.url) for article in truth.articles]
    found = [(a.name, a.file, a.meta["url"]) for a in shipped.values()]
    assert sorted(listed) == sorted(found)


def test_every_name_exists(truth: Expected, shipped: dict[str, Shipped]) -> None:
    assert set(named_articles(truth)) <= set(shipped)
    keys = [incident.key for incident in truth.incidents]
    assert len(set(keys)) == len(keys)
    assert set(named_incidents(truth)) <= set(keys)


def test_every_article_has_its_part(truth: Expected, shipped: dict[str, Shipped]) -> None:
    """An article tells an incident as news, or is said to tell none."""
    main = {name for incident in truth.incidents for name in (*incident.main, *incident.later)}
    none = {*truth.no_incident, *truth.unrelated}
    assert main.isdisjoint(none)
    assert main | none == set(shipped)
    recalled = {name for incident in truth.incidents for name in incident.background}
    assert recalled.isdisjoint(none)


def test_incidents_are_coherent(truth: Expected) -> None:
    for incident in truth.incidents:
        assert incident.articles, incident.key
        assert len(set(incident.articles)) == len(incident.articles), incident.key
        assert incident.types
        assert set(incident.types) <= {kind.value for kind in IncidentType}, incident.key
        assert incident.date <= (incident.date_last or incident.date)
        assert str(incident.date.year) in incident.key
        low, high = incident.killed_min, incident.killed_max
        assert low is not None or high is None
        assert low is None or high is None or low <= high


def test_look_alikes_differ_in_day_or_place(truth: Expected) -> None:
    for group in truth.apart:
        told = [truth.incident(key) for key in group.keys]
        assert len({(incident.date, incident.place) for incident in told}) == len(told) > 1


def test_quoted_words_stand_in_their_articles(truth: Expected, shipped: dict[str, Shipped]) -> None:
    quotes = [
        *((tally.article, tally.words) for tally in truth.tallies),
        *((decoy.article, decoy.words) for decoy in truth.decoys),
        *((reading.article, reading.words) for reading in truth.zone_readings),
        *((actor.article, actor.actor) for actor in truth.actors),
        *((actor.article, actor.by) for actor in truth.actors if actor.by),
        *(pair for d in truth.disagreements for pair in zip(d.articles, d.values, strict=True)),
    ]
    missing = [
        (name, words)
        for name, words in quotes
        if words.casefold() not in flat(shipped[name].raw).casefold()
    ]
    assert missing == []


def test_actors_stand_in_known_roles(truth: Expected) -> None:
    assert {actor.role for actor in truth.actors} <= {role.value for role in ActorRole}


def test_each_tally_is_counted_from_the_truth_itself(truth: Expected) -> None:
    for tally in truth.tallies:
        assert tally.start <= tally.end
        for key in tally.incidents:
            incident = truth.incident(key)
            assert tally.start <= incident.date <= tally.end, (tally.article, key)
        gap = tally.count - len(tally.incidents)
        verdict = {0: "agrees", 1: "off_by_one"}.get(gap, "beyond_record")
        assert verdict == tally.verdict, tally.article


def test_incidents_happen_before_they_are_told(
    truth: Expected, shipped: dict[str, Shipped]
) -> None:
    """The one exception is the zone reading: the evening in Washington is next day in Baghdad."""
    a_day = dt.timedelta(days=1)
    zoned = {(reading.article, reading.incident) for reading in truth.zone_readings}
    for incident in truth.incidents:
        for name in incident.articles:
            if stamp := shipped[name].meta.get("published"):
                told = dt.date.fromisoformat(stamp[:10])
                early = a_day if (name, incident.key) in zoned else dt.timedelta(0)
                assert incident.date <= told + early, (name, incident.key)
                is_fresh = told - (incident.date_last or incident.date) <= 3 * a_day
                assert (name in incident.main) <= is_fresh, (name, incident.key)
                assert (name in incident.later) <= (not is_fresh), (name, incident.key)


class TestMustContain:
    """What the corpus promises to put before a reader."""

    def test_wire_copy_cut_and_led_anew(self, truth: Expected, shipped: dict[str, Shipped]) -> None:
        (shared,) = truth.shared_texts
        original, cut, led_anew = (flat(shipped[name].raw) for name in shared.articles)
        assert shared.agency in original
        paragraphs = [
            flat(part.split(f"({shared.agency}) - ")[-1])
            for part in shipped[shared.articles[0]].raw.split("\n\n")
        ]
        assert paragraphs[0] in cut
        assert paragraphs[2] not in cut
        assert all(part in led_anew for part in paragraphs[:4])
        assert led_anew.index(paragraphs[0]) > 100
        assert all(shared.agency in text for text in (cut, led_anew))
        assert len({shipped[name].meta["outlet"] for name in shared.articles}) == 3

    def test_a_correction_lowers_a_toll(self, truth: Expected, shipped: dict[str, Shipped]) -> None:
        (correction,) = truth.corrections
        assert correction.stands < correction.withdrawn
        assert shipped[correction.article].raw.startswith("CORRECTION")
        assert str(correction.withdrawn) in shipped[correction.of].raw
        later, earlier = (shipped[n].meta for n in (correction.article, correction.of))
        assert later["outlet"] == earlier["outlet"]
        assert later["published"] > earlier["published"]
        assert truth.incident(correction.incident).killed_max == correction.stands

    def test_a_breaking_story_is_updated_by_its_outlet(
        self, truth: Expected, shipped: dict[str, Shipped]
    ) -> None:
        (update,) = truth.updates
        assert update.earlier in truth.provisional
        assert update.later not in truth.provisional
        earlier, later = shipped[update.earlier], shipped[update.later]
        assert earlier.meta["outlet"] == later.meta["outlet"]
        assert earlier.meta["published"] < later.meta["published"]
        assert str(update.was) in earlier.raw
        assert str(update.now) in later.raw

    def test_provisional_articles_say_so(
        self, truth: Expected, shipped: dict[str, Shipped]
    ) -> None:
        assert truth.provisional
        assert all("BREAKING" in shipped[name].raw for name in truth.provisional)

    def test_two_attacks_on_one_place(self, truth: Expected) -> None:
        taji = [i for i in truth.incidents if i.place == "Camp Taji" and i.main]
        green_zone = [i for i in truth.incidents if i.place == "Green Zone" and i.main]
        assert len(taji) == 2
        assert len(green_zone) >= 3
        apart = [set(group.keys) for group in truth.apart]
        assert {i.key for i in taji} in apart
        assert {i.key for i in green_zone} in apart

    def test_claim_blame_and_denial_meet_in_one_incident(self, truth: Expected) -> None:
        roles: dict[str, set[str]] = {}
        for actor in truth.actors:
            roles.setdefault(actor.incident, set()).add(actor.role)
        assert {"claimed", "blamed", "denied"} in roles.values()

    def test_tallies_right_wrong_and_beyond(self, truth: Expected) -> None:
        verdicts = {tally.verdict for tally in truth.tallies}
        assert verdicts == {"agrees", "off_by_one", "beyond_record"}
        assert {tally.ordinal for tally in truth.tallies} == {True, False}

    def test_sources_contradict_each_other(self, truth: Expected) -> None:
        assert {"killed", "weapons", "abducted"} <= {d.field for d in truth.disagreements}

    def test_recaps_point_into_the_corpus_and_out_of_it(self, truth: Expected) -> None:
        assert any(incident.main and incident.background for incident in truth.incidents)
        assert any(not incident.main for incident in truth.incidents)

    def test_furniture_of_every_kind(self, truth: Expected, shipped: dict[str, Shipped]) -> None:
        kinds = {decoy.kind for decoy in truth.decoys}
        assert kinds == {
            "related_link",
            "boilerplate",
            "caption",
            "comment",
            "strength",
            "script",
            "idiom",
        }
        everything = "\n".join(article.raw for article in shipped.values()).casefold()
        for words in ("advertisement", "share this", "continue reading", "comments", "about the"):
            assert words in everything

    def test_washington_names_another_day(
        self, truth: Expected, shipped: dict[str, Shipped]
    ) -> None:
        reading = truth.zone_readings[0]
        assert "Wednesday" in reading.words
        assert f"{truth.incident(reading.incident).date:%A}" == "Thursday"
        assert shipped[reading.article].meta["published"].endswith("-04:00")

    def test_one_unrelated_and_one_vow(self, truth: Expected) -> None:
        assert len(truth.unrelated) == len(truth.no_incident) == 1

    def test_many_countries(self, truth: Expected) -> None:
        assert len({incident.country for incident in truth.incidents}) >= 8


def test_no_key_of_the_file_is_misspelt(truth: Expected) -> None:
    """The loader passes over keys it does not know, so the file is compared with the types."""
    raw = tomllib.loads((CORPUS_DIR / "expected.toml").read_text(encoding="utf-8"))
    assert set(raw) == {field.name for field in fields(truth)}
    for part, entries in raw.items():
        for entry, record in zip(entries, getattr(truth, part), strict=True):
            if isinstance(entry, dict):
                assert set(entry) <= {field.name for field in fields(record)}, entry


def test_an_unknown_incident_is_a_key_error(truth: Expected) -> None:
    with pytest.raises(KeyError):
        truth.incident("no-such-thing")


def test_the_loader_refuses_a_truth_without_incidents() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Expected).validate_python({"articles": []})
