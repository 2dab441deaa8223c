"""All names of an article judged together: rows of names, neighbours, outlets, and what is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.records import Span
from tocsin.records.vocab import PlacePrecision
from tocsin.where import (
    Gazetteer,
    GazetteerEntry,
    PlaceContext,
    PlaceQuery,
    PlaceReading,
    country_of_host,
    resolve_places,
)
from tocsin.where.chains import read_chains
from tocsin.where.choose import address
from tocsin.where.coherence import Coherence, Named
from tocsin.where.features import explained, score, weights
from tocsin.where.holding import holds
from tocsin.where.outlets import is_named_after, labels_of


def read(
    gazetteer: Gazetteer, text: str, words: str, *, is_name: bool = True, **context: str
) -> PlaceReading:
    at = text.index(words)
    query = PlaceQuery(Span.of(text, at, at + len(words)), is_name=is_name)
    (reading,) = resolve_places([query], PlaceContext(text, **context), gazetteer)  # type: ignore[arg-type]
    return reading


def where(reading: PlaceReading) -> tuple[str | None, str | None]:
    assert reading.place is not None
    return reading.place.country, reading.place.admin1


@pytest.mark.parametrize(
    ("text", "words", "country", "admin1"),
    [
        # a row of one kind holds nothing: Pennsylvania does not hold Washington here
        ("Cases rose in Oregon, Washington, Pennsylvania and Utah.", "Washington", "US",
         "Washington"),
        ("Envoys of France, Italy, Norway, Switzerland and Austria met.", "Norway", "NO", None),
        # a holder is a holder
        ("A depot burnt in Albany, Georgia. Georgia has closed its parks.", "Georgia has", "US",
         "Georgia"),
        # named in full once, meant everywhere
        ("Fog closed a school in Paris. It was the third day of fog in Paris, Tennessee.", "Paris",
         "US", "Tennessee"),
        # neighbours find each other
        ("The road from Murray to Mayfield is shut; buses leave from Paducah.", "Mayfield", "US",
         "Kentucky"),
        # nothing around it: the largest
        ("A bridge was opened in Portland.", "Portland", "US", "Oregon"),
    ],
)  # fmt: skip
def test_the_names_of_an_article_settle_each_other(
    gazetteer: Gazetteer, text: str, words: str, country: str, admin1: str | None
) -> None:
    assert where(read(gazetteer, text, words.removesuffix(" has"))) == (country, admin1)


def test_provinces_named_after_their_seats_make_no_list(gazetteer: Gazetteer) -> None:
    text = "Clinics opened in Aswan, Sohag and Asyut."
    candidates = gazetteer.find_places(text)
    assert len(candidates) == 3
    assert read_chains(text, candidates, {}).kinds == {}


def test_the_capital_of_the_states_is_meant_abroad(gazetteer: Gazetteer) -> None:
    text = "Talks between Cairo and Washington broke down, diplomats in Cairo said."
    assert where(read(gazetteer, text, "Washington")) == ("US", "District of Columbia")


@pytest.mark.parametrize("name", ["Kuwait", "Mexico", "Panama", "Luxembourg", "Guatemala"])
def test_a_country_is_not_its_capital_even_where_they_share_a_name(
    gazetteer: Gazetteer, name: str
) -> None:
    reading = read(gazetteer, f"The floods in {name} were the worst in years.", name)
    assert reading.place is not None
    assert reading.place.precision is PlacePrecision.COUNTRY


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Iraqi", "Iraq"),
        ("African", "Africa"),
        ("NSW", "New South Wales"),
        ("Calif.", "California"),
        ("Republic of Armenia", "Armenia"),
        ("Texans", "Texas"),
    ],
)
def test_a_word_given_as_a_name_is_read_as_one(gazetteer: Gazetteer, words: str, name: str) -> None:
    reading = read(gazetteer, f"It was the {words} way of doing things.", words)
    assert reading.place is not None
    assert reading.place.name == name


def test_adjectives_of_regions_are_not_spotted_in_text(gazetteer: Gazetteer) -> None:
    text = "African leaders and Latin American bishops met. The NSW man left."
    assert gazetteer.find_places(text) == []


def test_a_border_is_named_by_its_country_only_where_a_name_is_asked(gazetteer: Gazetteer) -> None:
    text = "In Libya a well blew up near the Niger border."
    assert where(read(gazetteer, text, "Niger"))[0] == "NE"
    assert where(read(gazetteer, text, "Niger", is_name=False))[0] == "LY"


def test_a_town_that_the_outlet_is_named_after(gazetteer: Gazetteer) -> None:
    text = "The council of Gainesville met on Tuesday."
    assert where(read(gazetteer, text, "Gainesville")) == ("US", "Florida")
    cambridge = read(
        gazetteer, "Cambridge votes on a bridge.", "Cambridge",
        outlet="cambridge-courier.co.uk", outlet_country="GB",
    )  # fmt: skip
    assert where(cambridge)[0] == "GB"


def test_a_reading_says_what_decided_and_what_came_second(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "Lebanese soldiers searched a flat in Tripoli.", "Tripoli")
    assert reading.explanation.startswith("in a country the article speaks of")
    assert "next: Tripoli, LY" in reading.explanation
    assert len(reading.scores) == len(reading.candidates)
    assert sum(reading.scores) == pytest.approx(1.0, abs=0.01)
    assert list(reading.scores) == sorted(reading.scores, reverse=True)


def test_sure_where_told_and_unsure_where_not(gazetteer: Gazetteer) -> None:
    told = read(gazetteer, "Shots were heard in Springfield, Missouri.", "Springfield")
    untold = read(gazetteer, "Shots were heard in Springfield.", "Springfield")
    assert told.confidence > 0.9 > untold.confidence


def test_a_lone_name_says_so(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "A convoy left Deir ez-Zor.", "Deir ez-Zor")
    alone = read(gazetteer, "A convoy left Ouagadougou.", "Ouagadougou")
    assert "the only place" in alone.explanation
    assert alone.confidence < 0.95
    assert reading.confidence <= 0.99


def test_quarters_nobody_knows_are_told_within_the_town_of_their_sentence(
    gazetteer: Gazetteer,
) -> None:
    def name(text: str) -> str | None:
        place = read(gazetteer, text, "the Zzolta district", is_name=False).place
        return place.name if place else None

    assert name("Shells hit the Zzolta district in Aleppo.") == "Zzolta, Aleppo"
    assert name("Aleppo was calm. Shells hit the Zzolta district. Syrians fled.") != (
        "Zzolta, Aleppo"
    )


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Fighters entered the Idlib town of Harim.", "the Idlib town of Harim", "Harem"),
        ("Syrias second city Aleppo was hit.", "Syrias second city Aleppo", "Aleppo"),
        ("Shells hit the IS-held town of Palmyra in Syria.", "the IS-held town of Palmyra",
         "Palmyra"),
    ],
)  # fmt: skip
def test_what_holds_a_name_is_not_the_name(
    gazetteer: Gazetteer, text: str, words: str, name: str
) -> None:
    place = read(gazetteer, text, words, is_name=False).place
    assert place is not None
    assert place.name == name


def test_a_road_named_with_an_article_goes_on(gazetteer: Gazetteer) -> None:
    text = "Shells hit the Bab al-Zzarq district of Aleppo."
    place = read(gazetteer, text, "the Bab al-Zzarq district of Aleppo", is_name=False).place
    assert place is not None
    assert place.name != "al-Bab"


def test_hosts_of_country_domains() -> None:
    assert country_of_host("www.lantern.co.uk") == "GB"
    assert country_of_host("lantern.fr") == "FR"
    assert country_of_host("lantern.tv") is None
    assert country_of_host("lantern.com") is None
    assert country_of_host("The Lantern") is None
    assert country_of_host("xx.zz") is None


def test_outlets_are_read_as_labels() -> None:
    assert labels_of("www.kansascity.com") == ("kansascity",)
    assert labels_of("The Kansas City Lamp") == ("kansascitylamp",)
    assert is_named_after(labels_of("parislamp.com"), "paris")
    assert not is_named_after(labels_of("comparison.com"), "paris")
    assert not is_named_after((), "paris")


def entry(name: str, lat: float, lon: float, **values: object) -> GazetteerEntry:
    facts: dict[str, object] = {
        "source": "geonames", "id": int(lat * 1_000 + lon), "name": name, "feature_code": "PPL",
        "country": "US", "precision": PlacePrecision.SETTLEMENT, "countries": ("US",),
        "lat": lat, "lon": lon, **values,
    }  # fmt: skip
    return GazetteerEntry(**facts)  # type: ignore[arg-type]


def test_near_homonyms_support_each_other() -> None:
    near, far = entry("Troy", 40.0, -80.0), entry("Troy", 30.0, -100.0)
    other = entry("Athens", 40.1, -80.1)
    together = Coherence(
        [Named("troy", (0,), (far, near), (6.0, 5.0)), Named("athens", (9,), (other,), (5.0,))]
    )
    support = together.support((far, near), "troy", 0)
    assert support[1] > 0.5 > support[0]


def test_no_names_support_nothing() -> None:
    assert Coherence([]).support((entry("Troy", 40.0, -80.0),), "troy", 0).tolist() == [0.0]
    assert Coherence([]).support((), "troy", 0).tolist() == []


def test_endless_lists_of_places_are_bounded() -> None:
    names = [
        Named(f"n{at}", (at,), (entry("Troy", at % 80, at % 170),), (1.0,)) for at in range(5_000)
    ]
    support = Coherence(names).support(names[0].entries, "n0", 0)
    assert support.shape == (1,)


POINTS = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


@given(st.lists(st.lists(POINTS, min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=60)
def test_support_is_a_share(names: list[list[tuple[float, float]]]) -> None:
    made = [
        Named(
            f"n{at}", (at * 10,), tuple(entry(f"n{at}", *p) for p in points), (1.0,) * len(points)
        )
        for at, points in enumerate(names)
    ]
    for name in made:
        support = Coherence(made).support(name.entries, name.key, 0)
        assert np.all((support >= 0.0) & (support <= 1.0))
        assert np.array_equal(support, Coherence(made).support(name.entries, name.key, 0))


def test_holding() -> None:
    town = entry("Troy", 40.0, -80.0, admin1="Ohio")
    state = entry("Ohio", 40.4, -82.7, precision=PlacePrecision.ADM1, admin1="Ohio")
    country = entry("United States", 38, -97, precision=PlacePrecision.COUNTRY)
    assert holds(state, town)
    assert holds(country, town)
    assert holds(country, state)
    assert not holds(town, state)
    assert not holds(town, town)
    assert address(town) == "Troy, Ohio, US"
    assert address(country) == "United States"


def test_every_weight_has_words_and_a_sign_that_makes_sense() -> None:
    known = weights()
    assert all(weight.words for weight in known.values())
    for feature in ("size", "support", "country_told", "parent", "holder", "listed", "anchored"):
        assert known[feature].value > 0
    for feature in ("old_name", "country_alias", "parent_missed"):
        assert known[feature].value < 0
    assert score({}) == 0.0
    assert score({"size": 2.0}) == pytest.approx(2 * known["size"].value)


def test_explanations_name_what_differs() -> None:
    assert explained({"parent": 1.0, "size": 3.0}, {"size": 3.0}) == "the words say what it lies in"
    assert explained({"size": 5.0}, {"size": 3.0}) == "larger"
    assert "the other" in explained({}, {"country_alias": 1.0})
    assert explained({}, {}) == "listed first by size"
