"""Home town: the town a local story plays in, which it names once and then leaves unsaid.

"Wichita police say ... at a house on Pawnee": the road is Wichita's. Local news names its town by
its police, in a dateline with state or station, or in the headline; and says where things happened
by road, block and building. Such words locate inside the home town, and a road is never a distant
town of its name ("South Commerce Street" is not Commerce).

A paper named after a town writes of that town where it names it at all and no dateline says
otherwise; but a town that the report itself names holds its roads before the paper's does.

One dateline alone makes no home town: a correspondent writes from a capital on things elsewhere.
Nor is a national capital one, where police and ministries speak for the whole country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tocsin.records import Place, Span
from tocsin.records.vocab import PlacePrecision
from tocsin.where import RULES, Gazetteer, PlaceContext, PlaceQuery, PlaceReading, resolve_places
from tocsin.where.distance import place_distance_km

RULE = "home-town"

POLICE_WEIGHT = 2.0
NAMED_WEIGHT = 1.0
"""Of "in X", near the beginning."""
MAX_NAMED = 3
"""Towns "in X" that are heard of one article."""
DATELINE_WEIGHT = 1.0
STATION_WEIGHT = 1.0
"""A dateline with a state or a station's call sign is a local one; with both, more so."""
OUTLET_WEIGHT = 1.5
"""Of the town that the outlet is named after: any town's police or local dateline outweigh it."""
ENOUGH = 1.5
"""One town's police, a dateline with something beside it, or the outlet's own town."""
MAX_FORCES = 6
"""Police forces looked up in one article: more of them is a list."""
LEAD_CHARS = 1_500
HEAD_CHARS = 4_000
"""How far into an article its town may first be named."""

COUNTY_KM = 50.0
"""From the middle of a county to its towns."""
QUARTER_KM = 30.0
"""From the middle of a large city to its farthest quarters."""
HOME_TOWN_CONFIDENCE = 0.7

NATIONAL_CAPITAL = "PPLC"
"""Feature code of GeoNames."""

_NAME = r"(?:[A-Z][\w.'’-]*[ ]){0,2}[A-Z][\w’-]+"
_FORCES = (
    re.compile(rf"(?P<town>{_NAME})(?:['’]s)?[ ](?:[Pp]olice|PD\b|[Ff]ire [Dd]epartment)"),
    re.compile(
        rf"(?P<town>{_NAME}[ ][Cc]ounty)[ ](?:[Ss]heriff|[Dd]eput|[Cc]oroner|[Pp]rosecutor)"
    ),
    re.compile(
        r"\b(?:[Pp]olice|[Oo]fficers|[Dd]etectives|[Dd]eputies|[Aa]uthorities) in "
        rf"(?P<town>{_NAME})"
    ),
)
"""Words that name a town by those who keep its peace."""
_IN = re.compile(rf"\b(?:in|In) (?P<town>{_NAME})")
_HOSPITAL = re.compile(r"\b(?:Hospital|Medical|Clinic|Health|Trauma)\b")
"""Where the wounded were taken is not where they were hurt."""
_OPENING = re.compile(r"(?:The|A|An|But|And|When|While|As|In|After|Sgt\.|Lt\.|Capt\.|Chief)[ ]")
"""Capitals that open a sentence or a rank and are no part of a town's name."""
_DATELINE_STATE = re.compile(r",[ ]*[A-Z][A-Za-z. ]{1,12}")
_STATION = re.compile(
    r"\((?:(?:[A-Z]{2,6}/)?[KW][A-Z]{2,3}[^)]{0,12}|(?:ABC|CBS|FOX|NBC)(?: ?\d{1,2})?)\)"
)
"""A call sign, "(KSLA)", or a network's own station, "(CBS)"; "(CBS News)" is the network."""
_ROAD_KINDS = (
    r"(?:[Ss]treets?|St\b\.?|[Aa]venues?|Ave\b\.?|[Rr]oads?|Rd\b\.?|[Dd]rive|Dr\b\.?|[Bb]oulevard|"
    r"Blvd\b\.?|[Ll]ane|Ln\b\.?|[Hh]ighway|Hwy\b\.?|[Pp]arkway|Pkwy\b\.?|[Tt]errace|Loop|Trail)"
)
_ROAD = re.compile(
    r"\b(?:blocks? of|corner of|intersection of)\b|[\w.'’]+ " + _ROAD_KINDS + r"(?![\w-])"
)
_ROAD_BEHIND = re.compile(
    r"(?: [A-Z0-9][\w.'’-]*){0,2}(?: and (?:[A-Z0-9][\w.'’-]* ?){1,3})? "
    + _ROAD_KINDS
    + r"(?![\w-])"
)
_ROAD_NAME = re.compile(r"(?:[NSEW]\.? )?(?:[A-Z0-9][\w.'’-]* ){1,3}" + _ROAD_KINDS)
_CAPITAL = re.compile(r"[A-Z0-9]")

_TOWN = frozenset({PlacePrecision.SETTLEMENT, PlacePrecision.ADM2})
INSIDE_TOWNS = frozenset(
    {PlacePrecision.POINT, PlacePrecision.SITE, PlacePrecision.ZONE, PlacePrecision.UNKNOWN}
)
_UNSURE_RULES = frozenset({"from-article", "in-parent", "in-sentence", "unknown"})
"""Readings that rest on what stands around the words."""


Key = tuple[str, str | None]
"""A town's name and division."""


@dataclass(frozen=True, slots=True)
class HomeTown:
    """A town, and the words that name it."""

    reading: PlaceReading
    """Its place is a settlement or a county."""
    is_by_outlet: bool = False
    """Only the name of the outlet makes it the home."""

    @property
    def place(self) -> Place:
        """The town itself."""
        assert self.reading.place is not None  # noqa: S101 - `find_home_town` sees to it
        return self.reading.place

    @property
    def is_county(self) -> bool:
        """True for a county or another second-level division."""
        return self.place.precision is PlacePrecision.ADM2

    def holding(self, words: str, span: Span, like: Place | None) -> PlaceReading:
        """The town as the place of words that name no town: `words, town` where they name one."""
        town = self.place
        name = f"{words}, {town.name}" if words and town.name not in words else town.name
        place = replace(
            town,
            name=name,
            role=like.role if like else town.role,
            precision=PlacePrecision.SITE if name != town.name else town.precision,
            gazetteer=town.gazetteer if name == town.name else None,
            feature_code=town.feature_code if name == town.name else None,
        )
        return replace(
            self.reading,
            span=span,
            place=place,
            rule=RULE,
            explanation=RULES[RULE],
            confidence=HOME_TOWN_CONFIDENCE,
            is_inferred=False,
        )

    def naming(self, place: Place) -> Place:
        """A quarter that lies in the town, with the town in its name: "Woodlawn, Chicago"."""
        apart = place_distance_km(place, self.place)
        if place.precision is not PlacePrecision.ZONE:
            return place  # a camp or a base near a town is not in it
        if "," in place.name or self.place.name in place.name or apart is None:
            return place
        if self.place.precision is not PlacePrecision.SETTLEMENT or apart > QUARTER_KM:
            return place
        return replace(place, name=f"{place.name}, {self.place.name}")


def find_home_town(context: PlaceContext, gazetteer: Gazetteer) -> HomeTown | None:
    """The town that an article's police, dateline and outlet name; None for none or for two."""
    weights: Counter[Key] = Counter()
    claims: Counter[Key] = Counter()
    """What police and dateline say: that a town is also named "in X" makes it no home."""
    readings: dict[Key, PlaceReading] = {}
    witnesses = [*_witnesses(context), *_outlet_town(context, gazetteer)]
    for span, weight in witnesses:
        (reading,) = resolve_places([PlaceQuery(span, is_name=True)], context, gazetteer)
        place = reading.place
        if place is None or place.precision not in _TOWN or reading.is_inferred:
            continue
        if place.feature_code == NATIONAL_CAPITAL:
            continue
        key = (place.name, place.admin1)
        weights[key] += weight  # type: ignore[assignment]
        claims[key] += weight if weight > NAMED_WEIGHT else 0.0  # type: ignore[assignment]
        readings.setdefault(key, reading)
    towns = [key for key in weights if _place(readings[key]).precision is not PlacePrecision.ADM2]
    best = _first(weights, [key for key in weights if claims[key] >= ENOUGH])
    if best is None:
        return None
    if best not in towns:
        # a county's sheriff acts in a town that the article names beside
        inside = [key for key in towns if _is_near(readings[key], readings[best])]
        best = _first(weights, inside) or best
    return HomeTown(readings[best], is_by_outlet=claims[best] == OUTLET_WEIGHT)


def _first(weights: Counter[Key], keys: list[Key]) -> Key | None:
    """The one of most weight; None for none or where two are even."""
    ranked = sorted(keys, key=lambda key: -weights[key])[:2]
    if not ranked or (len(ranked) == 2 and weights[ranked[0]] == weights[ranked[1]]):
        return None
    return ranked[0]


def _place(reading: PlaceReading) -> Place:
    assert reading.place is not None  # noqa: S101 - only such are weighed
    return reading.place


def _is_near(one: PlaceReading, other: PlaceReading) -> bool:
    if _place(one).admin1 != _place(other).admin1:
        return False
    apart = place_distance_km(_place(one), _place(other))
    return apart is not None and apart <= COUNTY_KM


def _witnesses(context: PlaceContext) -> Iterator[tuple[Span, float]]:
    """(words that name a town, weight), the dateline first."""
    text = context.text[:HEAD_CHARS]
    city = context.dateline_city
    if city and (at := text.find(city)) >= 0:
        weight = DATELINE_WEIGHT
        weight += bool(_DATELINE_STATE.match(text, at + len(city)))
        weight += STATION_WEIGHT * bool(_STATION.search(text, at, at + len(city) + 40))
        yield Span.of(context.text, at, at + len(city)), weight
    found = 0
    for pattern in _FORCES:
        for match in pattern.finditer(text):
            found += 1
            if found > MAX_FORCES:
                return
            opening = _OPENING.match(text, match.start("town"), match.end("town"))
            start = opening.end() if opening else match.start("town")
            yield Span.of(context.text, start, match.end("town")), POLICE_WEIGHT
    for _, match in zip(range(MAX_NAMED), _IN.finditer(text, 0, LEAD_CHARS), strict=False):
        if not is_road(context.text, Span.of(context.text, *match.span("town"))):
            yield Span.of(context.text, *match.span("town")), NAMED_WEIGHT


def _outlet_town(context: PlaceContext, gazetteer: Gazetteer) -> Iterator[tuple[Span, float]]:
    """The town an outlet is named after, where the text names it and has no dateline of another."""
    town = gazetteer.us_city_of_outlet(context.outlet) if context.outlet else None
    if town is None or town.precision is not PlacePrecision.SETTLEMENT:
        return
    if context.dateline_city and context.dateline_city.casefold() != town.name.casefold():
        return
    named = re.search(rf"\b{re.escape(town.name)}\b", context.text[:HEAD_CHARS])
    if named is not None:
        yield Span.of(context.text, *named.span()), OUTLET_WEIGHT


def is_road(text: str, span: Span) -> bool:
    """True for words of a road or a block of one, told by them or by what stands right behind."""
    return bool(
        _ROAD.search(text, span.start, span.end)
        or _ROAD_BEHIND.match(text, span.end, span.end + 48)
    )


def site_words(text: str, span: Span) -> str:
    """How words inside a town are named: the road's name, else the words if they begin as names."""
    road = _ROAD_NAME.search(text, span.start, min(len(text), span.end + 48))
    if road is not None and road.start() <= span.end:
        return road.group()
    words = span.text.removeprefix("the ").removeprefix("The ")
    return words if _CAPITAL.match(words) and not _HOSPITAL.search(words) else ""


def is_unsettled(reading: PlaceReading | None) -> bool:
    """True for a reading that gives no town: a building, a road, a country, or nothing."""
    if reading is None or reading.place is None or reading.rule == "in-sentence":
        return True
    if reading.place.precision in {PlacePrecision.COUNTRY, PlacePrecision.ADM1}:
        return True
    unsure = reading.is_inferred or reading.rule in _UNSURE_RULES
    return unsure and reading.place.precision in INSIDE_TOWNS
