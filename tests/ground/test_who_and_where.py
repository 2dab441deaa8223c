"""Grounding of actors and places: what the words around a span make of it."""

from __future__ import annotations

import hashlib

import pytest

from tocsin.ground import ground
from tocsin.records import (
    Actor,
    ActorMention,
    Article,
    PlaceMention,
    Reading,
    Report,
    ReportMention,
    Span,
    TargetMention,
)
from tocsin.records.vocab import (
    ActorClass,
    ActorRole,
    IncidentType,
    PlacePrecision,
    PlaceRole,
    TargetKind,
)
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

GAZETTEER = Gazetteer.open()
ACTORS = ActorCatalogue.open()


def span(text: str, words: str) -> Span:
    """The last occurrence of some words. Raises ValueError where there is none."""
    at = text.rindex(words)
    return Span.of(text, at, at + len(words))


def report(text: str, trigger: str, **slots: object) -> Report:
    article = Article(id="art_1", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text)
    mention = ReportMention(
        is_main=True,
        type=IncidentType.INDIRECT_FIRE,
        trigger=span(text, trigger),
        **slots,  # type: ignore[arg-type]
    )
    (found,) = ground(article, Reading("test/1", (mention,)), GAZETTEER, ACTORS).reports
    return found


def actor(text: str, words: str, role: ActorRole, *places: str) -> Actor:
    found = report(
        text,
        "struck",
        actors=(ActorMention(span(text, words), role),),
        places=tuple(PlaceMention(span(text, place)) for place in places),
    )
    return found.actors[0].value


def test_a_nationality_before_a_force_noun_is_that_force() -> None:
    found = actor(
        "Boats of the Iranian navy struck a tanker.", "the Iranian", ActorRole.PERPETRATOR
    )
    assert found.canonical_id == "ir-navy"
    assert found.actor_class is ActorClass.STATE_FORCES


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The Iranian teacher struck a guard.", ActorRole.PERPETRATOR),
        ("The Iranian rebels struck a post.", ActorRole.PERPETRATOR),
    ],
)
def test_a_bare_nationality_is_nobody_known(text: str, role: ActorRole) -> None:
    found = actor(text, "The Iranian", role)
    assert (found.name, found.actor_class) == ("The Iranian", ActorClass.UNKNOWN)
    assert found.canonical_id is None


def test_a_force_abroad_is_external() -> None:
    text = "The Turkish army struck a village near Kirkuk in Iraq."
    abroad = actor(text, "The Turkish army", ActorRole.PERPETRATOR, "Kirkuk")
    assert abroad.actor_class is ActorClass.EXTERNAL_FORCES
    home = actor(
        "The Iraqi army struck a village near Kirkuk.",
        "The Iraqi army",
        ActorRole.PERPETRATOR,
        "Kirkuk",
    )
    assert home.actor_class is ActorClass.STATE_FORCES


def test_a_state_called_by_its_name_acts_through_its_forces() -> None:
    found = actor("Iran struck a base in Iraq.", "Iran", ActorRole.PERPETRATOR, "Iraq")
    assert (found.name, found.actor_class) == ("Iran", ActorClass.EXTERNAL_FORCES)
    assert found.canonical_id is None


def test_a_landmark_among_the_targets_locates() -> None:
    text = "Two rockets struck the K-1 base near Kirkuk."
    found = report(
        text,
        "struck",
        places=(PlaceMention(span(text, "Kirkuk")),),
        targets=(TargetMention(span(text, "the K-1 base"), TargetKind.MILITARY_BASE),),
    )
    assert found.place is not None
    assert found.place.value.name == "K-1 Air Base"
    assert [claim.value.name for claim in found.places] == ["Kirkuk"]


def test_a_landmark_before_its_town_locates() -> None:
    text = "Camp Taji near Baghdad was struck at noon."
    found = report(text, "struck", places=(PlaceMention(span(text, "Baghdad")),))
    assert found.place is not None
    assert found.place.value.precision is PlacePrecision.SITE


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen struck Kabul. The group's Khorasan branch said that they were its own.",
        "Gunmen struck Kabul. Islamic State Khorasan said that they were its own.",
    ],
)
def test_a_place_in_a_groups_name_is_no_place(text: str) -> None:
    found = report(
        text,
        "struck",
        places=(PlaceMention(span(text, "Kabul")), PlaceMention(span(text, "Khorasan"))),
    )
    assert [claim.value.name for claim in found.places] == ["Kabul"]


def test_a_place_inferred_from_the_article_is_believed_less() -> None:
    text = "KABUL. Police said that mortars struck a wedding hall. Kabul was quiet after that."
    found = report(text, "struck", places=(PlaceMention(span(text, "a wedding hall")),))
    assert found.place is not None
    assert found.place.confidence <= 0.25


def test_a_report_without_a_place_hears_its_sentence() -> None:
    text = "Troops struck a market in the old city of Kabul. Officials in Herat were silent."
    end = text.index(".") + 1
    found = report(text, "struck", sentences=(Span.of(text, 0, end),))
    assert found.place is not None
    assert (found.place.value.name, found.place.rule) == ("Kabul", "in-sentence")
    assert found.place.confidence <= 0.5
    assert found.places == ()


def test_a_sentence_that_only_names_a_speakers_town_locates_nothing() -> None:
    text = "The Kabul government said that troops struck a market."
    assert report(text, "struck", sentences=(Span.of(text, 0, len(text)),)).place is None


def test_a_landmark_at_a_stated_distance_measures_and_the_zone_locates() -> None:
    text = "Rockets fell in the Green Zone in Baghdad, 100 yards from the U.S. Embassy."
    found = report(
        text,
        "Rockets fell",
        places=(
            PlaceMention(span(text, "the Green Zone")),
            PlaceMention(span(text, "100 yards from the U.S. Embassy")),
        ),
    )
    assert found.place is not None
    assert found.place.value.name == "Green Zone"
    _, embassy = found.places
    assert embassy.value.role is PlaceRole.NEAR_LANDMARK
    assert embassy.value.distance_m == pytest.approx(91.44)


def test_a_landmark_alone_locates_whatever_its_distance() -> None:
    text = "A rocket fell 100 yards from the U.S. Embassy in Baghdad."
    found = report(text, "rocket fell", places=(
        PlaceMention(span(text, "100 yards from the U.S. Embassy in Baghdad")),
    ))  # fmt: skip
    assert found.place is not None
    assert found.place.value.country == "IQ"


def test_a_road_in_no_known_town_is_nowhere() -> None:
    found = report(
        "Gunmen struck a shop on East Houston Street.",
        "struck",
        places=(
            PlaceMention(
                span("Gunmen struck a shop on East Houston Street.", "East Houston Street")
            ),
        ),
    )
    assert found.place is None
    assert [claim.value.lat for claim in found.places] == [None]
