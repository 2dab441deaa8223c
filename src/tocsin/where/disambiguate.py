"""Which place of that name, judged by the whole article, and how finely it is known.

Every candidate is scored by its size, by the article's votes for its country (`evidence.py`), by
the names that hold it ("Fresno, Calif."), by the kind its words give it ("Idlib province") and by
the other places named. The best wins; the reading says why, and keeps the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision
from tocsin.where.distance import place_distance_km
from tocsin.where.entry import GazetteerEntry
from tocsin.where.evidence import ArticleEvidence, dominant, read_evidence
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.phrase import (
    NameInPhrase,
    PlacePhrase,
    Relation,
    is_big,
    is_nationality,
    parse_phrase,
)
from tocsin.where.place_words import (
    DISTRICT_WORDS,
    KIND_WORDS,
    MISSION_WORDS,
    MODIFIERS,
    PROVINCE_WORDS,
    SETTLEMENT_WORDS,
    SITE_WORDS,
    ZONE_WORDS,
)
from tocsin.where.query import PlaceContext, PlaceQuery, PlaceReading
from tocsin.where.spotting import never_words

RULES = {
    "named": "the place of that name that fits the article best",
    "named-near": "a stated vicinity of a named place",
    "named-part": "a part of a named country or province",
    "named-between": "between two named places",
    "in-parent": "an unknown name or site inside a known place: its own words, the parent's extent",
    "capital": "the capital of the country the words or the article speak of",
    "named-site": "a site that bears the name of a place",
    "misspelt": "a name of the article's country that differs by a letter or two",
    "from-article": "the words name no place; the place named nearest in the article holds it",
    "in-sentence": "no words were taken for its place; its sentences say where they play",
    "unknown": "neither the words nor the article name a place",
}
"""Every rule a reading can name, in plain words."""

# Weights of a candidate's score. Set by reading the train part of our labelled articles; the order
# parent > country > size matters, the digits hardly.
_SIZE = 1.0
_COUNTRY = 4.0
_PARENT = 5.0
_PARENT_MISSED = -1.5
_KIND = 3.0
_DIVISION_NAMED = 0.5
_DIVISION = 3.0
_OLD_NAME = -2.5
"""For a city that bore the name once, where a town bears it: Harare is not Salisbury."""
_PROXIMITY = 1.2
_OWN_NAME = 0.4
_COUNTRY_ENTRY = 1.0
_CURATED = 1.5
_CURATED_PEOPLE = 50_000
"""What a landmark weighs as if it were a town: it is in the file because news names it."""
_CURATED_REGION_PEOPLE = 500_000
_METROPOLIS = 1_000_000
_FAMOUS_CAPITAL = 2.0
"""Paris needs no introduction in a story from Texas."""
_FAMOUS = 0.7

REPEATED_NAMES = frozenset({"US"})
"""Countries whose states share their towns' and counties' names."""

_CAPITAL = re.compile(r"\b(?:the|'s|[A-Z]\w+) capital\b(?! of)", re.IGNORECASE)
_WIDE_KM = 5_000.0
_MEMO = "evidence"
_NEAR_KM = 15.0
_FUZZY_FLOOR = 88.0
_SHARE_FOR_FUZZY = 0.3
_SHARE_FOR_REGION = 0.15
_SHARE_OF_STRANGER = 0.08
"""Below it the article does not speak of a country."""
_LEADING_SHARE = 0.4
_UNMISTAKABLE_CHARS = 9
"""Names as long as "bint jbeil" have no chance homonyms."""
_HALF_SHARE = 0.12
"""Share at which a country has half of its weight: being spoken of counts, how often hardly."""
_KNOWN_ABROAD = 150_000
"""People from which a city is named in stories of other countries without introduction."""


@dataclass(frozen=True, slots=True)
class _Choice:
    entry: GazetteerEntry
    ranked: tuple[GazetteerEntry, ...]
    confidence: float
    reasons: str


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one query is judged by."""

    at: int
    shares: dict[str, float]
    evidence: ArticleEvidence
    memo: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)
    """Division shares by country and own key: every homonym asks for the same."""

    def divisions(self, country: str, own_key: str) -> dict[str, float]:
        """The article's votes for the first-level divisions of a country, as shares 0..1."""
        known = self.memo.get((country, own_key))
        if known is None:
            known = self.evidence.division_shares(self.at, country, own_key)
            self.memo[country, own_key] = known
        return known

    def share(self, entry: GazetteerEntry) -> float:
        """The share of the entry's country, the largest where it touches several."""
        return max((self.shares.get(code, 0.0) for code in entry.countries), default=0.0)

    def division_share(self, entry: GazetteerEntry, own_key: str) -> float:
        """The share of the entry's first-level division among those its country's names vote for.

        Weighed like a country's: being spoken of counts, how often hardly. 0 for divisions of
        countries of which the article names none.
        """
        if entry.country is None or entry.admin1 is None:
            return 0.0
        share = self.divisions(entry.country, own_key).get(entry.admin1, 0.0)
        return share / (share + _HALF_SHARE)


def resolve_places(
    mentions: Sequence[PlaceQuery], context: PlaceContext, gazetteer: Gazetteer
) -> list[PlaceReading]:
    """One reading per query, in order. Spans are of `context.text`.

    A country named alone stays a country and is never its capital. A name nobody knows inside a
    known province keeps its own words, with the province's extent as its uncertainty.
    """
    if not mentions:
        return []
    evidence = context.memo.get(_MEMO)
    if evidence is None:
        evidence = context.memo[_MEMO] = read_evidence(context, gazetteer)
    phrases = [parse_phrase(context.text, query.span, gazetteer) for query in mentions]
    readings: list[PlaceReading | None] = [None] * len(mentions)
    beside: list[GazetteerEntry] = []
    # wide and well-known names first: they tell where the narrow ones are to be looked for
    order = sorted(range(len(mentions)), key=lambda at: (_difficulty(phrases[at]), at))
    for at in order:
        readings[at] = reading = _resolve(mentions[at], phrases[at], evidence, beside, gazetteer)
        if reading.candidates and not reading.is_inferred:
            beside.append(reading.candidates[0])
    return [reading for reading in readings if reading is not None]


def _difficulty(phrase: PlacePhrase) -> int:
    """0 for phrases whose name can hardly be another, 1 for other known names, 2 for the rest."""
    if phrase.head is None or not phrase.head.entries:
        return 2
    entry = dominant(phrase.head.entries)
    return 0 if entry is not None and (entry.is_division or is_big((entry,))) else 1


def _resolve(
    query: PlaceQuery,
    phrase: PlacePhrase,
    evidence: ArticleEvidence,
    beside: Sequence[GazetteerEntry],
    gazetteer: Gazetteer,
) -> PlaceReading:
    at = query.span.start
    head = phrase.head
    own_key = name_key(head.span.text) if head is not None else ""
    shares = _with_beside(evidence.shares(at, own_key), beside)
    scene = _Scene(at, shares, evidence)
    parents = _resolve_parents(phrase, scene)
    around = sorted(beside, key=lambda entry: entry.uncertainty_km or _WIDE_KM)
    holders = [*parents, *(entry for entry in around if entry not in parents)]
    if _CAPITAL.search(query.span.text) and (head is None or is_nationality(head)):
        capital = _capital(head, holders, shares, gazetteer)
        if capital is not None:
            place = capital.place(query.role)
            return PlaceReading(query.span, place, (capital,), "capital", RULES["capital"], 0.9)
    if head is not None and phrase.site and is_nationality(head, before_noun=True):
        country = head.entries[0]
        if phrase.site not in MISSION_WORDS and country.country == _likeliest(
            sorted(shares), shares
        ):
            # "a Syrian airfield" in a story from Syria; "a U.S. base" may be anywhere
            holders = [*holders, country]
        head, phrase = None, replace(phrase, head=None)
    if head is None:
        return _from_article(query, phrase, holders, scene)
    choice = _choose(head, parents, scene) if head.entries else None
    rule = "named"
    if (
        choice is None
        or _is_foreign(choice.entry, own_key, parents, shares)
        or _is_in_wrong_division(choice.ranked, own_key, parents, scene)
    ):
        near = _variant(head, parents, scene, gazetteer)
        if near is None:
            return _in_parent(query, phrase, holders, scene)
        choice, rule = near
    place, rule = _shape(
        choice.entry.place(query.role), choice.entry, phrase, parents, scene=scene, rule=rule
    )
    if place.country is None and choice.entry.countries:
        likely = max(choice.entry.countries, key=lambda code: shares.get(code, 0.0))
        if shares.get(likely, 0.0) >= _SHARE_FOR_REGION:
            place = replace(place, country=likely)
    return PlaceReading(
        span=query.span,
        place=place,
        candidates=choice.ranked,
        rule=rule,
        explanation=choice.reasons,
        confidence=choice.confidence,
    )


def _capital(
    head: NameInPhrase | None,
    holders: Sequence[GazetteerEntry],
    shares: dict[str, float],
    gazetteer: Gazetteer,
) -> GazetteerEntry | None:
    """The city that "the Syrian capital" means; of "the capital" alone, the leading country's."""
    if head is not None and head.entries:
        return gazetteer.capital(head.entries[0].country or "")
    if any(holder.precision is PlacePrecision.ADM1 for holder in holders):
        return None  # a provincial capital
    leading = _likeliest(sorted(shares), shares)
    if leading is None or shares[leading] < _LEADING_SHARE:
        return None
    return gazetteer.capital(leading)


def _with_beside(shares: dict[str, float], beside: Sequence[GazetteerEntry]) -> dict[str, float]:
    """Shares in which the places of the same report have half the say."""
    codes = [entry.country for entry in beside if entry.country]
    if not codes:
        return shares
    mixed = {code: share * 0.5 for code, share in shares.items()}
    for code in codes:
        mixed[code] = mixed.get(code, 0.0) + (0.5 if shares else 1.0) / len(codes)
    return mixed


def _is_foreign(
    entry: GazetteerEntry,
    own_key: str,
    parents: Sequence[GazetteerEntry],
    shares: dict[str, float],
) -> bool:
    """True where only a small homonym in a country the article never speaks of was found."""
    if parents and any(_holds(parent, entry) for parent in parents):
        return False
    if entry.is_country or not entry.countries:
        return False
    if entry.source == "curated" or is_big((entry,)):
        parents = ()
    if any(p.is_division and not set(p.countries) & set(entry.countries) for p in parents):
        return True
    share = max(shares.get(code, 0.0) for code in entry.countries)
    if share >= _SHARE_OF_STRANGER or not shares:
        return False
    is_known = entry.population >= _KNOWN_ABROAD and own_key == name_key(entry.name)
    is_unmistakable = entry.source == "curated" or len(own_key) >= _UNMISTAKABLE_CHARS
    return max(shares.values()) >= _LEADING_SHARE and not is_known and not is_unmistakable


def _is_in_wrong_division(
    ranked: Sequence[GazetteerEntry],
    own_key: str,
    parents: Sequence[GazetteerEntry],
    scene: _Scene,
) -> bool:
    """True for a small town, or a county, of a state of which the article says nothing.

    Of a federation whose towns repeat each other's names: an Ohio paper's "Linden" is a quarter
    that no gazetteer knows rather than the town in New Jersey.
    """
    entry = ranked[0]
    states = {one.admin1 for one in ranked if one.country == entry.country}
    if len(own_key) >= _UNMISTAKABLE_CHARS and len(states) == 1:
        return False
    if entry.country not in REPEATED_NAMES or entry.source == "curated":
        return False
    if entry.admin1 is None or entry.precision in {PlacePrecision.ADM1, PlacePrecision.COUNTRY}:
        return False
    if entry.population >= _KNOWN_ABROAD and not entry.is_division:
        return False
    if any(_holds(parent, entry) for parent in parents if not parent.is_country):
        return False
    shares = scene.divisions(entry.country, own_key)
    if not shares or max(shares.values()) < _LEADING_SHARE:
        return False
    return shares.get(entry.admin1, 0.0) < _SHARE_OF_STRANGER


def _variant(
    head: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    scene: _Scene,
    gazetteer: Gazetteer,
) -> tuple[_Choice, str] | None:
    """A transliteration or a misspelling of a name of the country the words point at."""
    variants = [
        entry
        for entry in gazetteer.variants_of(name_key(head.span.text))
        if scene.share(entry) >= _SHARE_FOR_FUZZY
        and entry.country not in REPEATED_NAMES
        and not any(p.is_division and not _holds(p, entry) for p in parents)
    ]
    if variants:
        named = replace(head, entries=tuple(variants))
        return _choose(named, parents, scene), "named"
    fuzzy = _fuzzy(head, parents, scene.shares, gazetteer)
    if fuzzy is None:
        return None
    return _Choice(fuzzy, (fuzzy,), 0.5, f"spelt {fuzzy.name} in the gazetteer"), "misspelt"


def _choose(
    name: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    scene: _Scene,
) -> _Choice:
    """The best entry of a name, the others in order, and why."""
    own_key = name_key(name.span.text)
    neighbours = _neighbours(scene.evidence, scene.at, own_key)
    scored = []
    for rank, entry in enumerate(name.entries):
        score, reasons = _score(entry, name, parents, scene=scene, neighbours=neighbours)
        scored.append((-score, rank, entry, reasons))
    scored.sort(key=lambda item: item[:2])
    best = -scored[0][0]
    rivals = [-item[0] for item in scored[1:] if item[2].country != scored[0][2].country]
    margin = best - rivals[0] if rivals else 4.0
    confidence = round(min(0.99, 1.0 / (1.0 + math.exp(-1.2 * margin))), 3)
    return _Choice(scored[0][2], tuple(item[2] for item in scored), confidence, scored[0][3])


def _score(
    entry: GazetteerEntry,
    name: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    *,
    scene: _Scene,
    neighbours: Sequence[GazetteerEntry],
) -> tuple[float, str]:
    """How well one entry fits, and why."""
    homonyms = name.entries
    reasons = []
    people = entry.population
    if entry.precision is PlacePrecision.ADM1:
        people = people // 10
        seats = [
            other.population
            for other in homonyms
            if other.precision is PlacePrecision.SETTLEMENT and other.admin1 == entry.name
        ]
        if seats and max(seats) * 50 > entry.population:
            people = min(people, int(max(seats) * 0.7))
    elif entry.precision is PlacePrecision.ADM2:
        people = min(people // 10, 20_000)
    elif entry.source == "curated":
        people = _CURATED_REGION_PEOPLE if entry.is_division else _CURATED_PEOPLE
    score = _SIZE * math.log10(max(people, 300))
    if entry.is_country:
        score += _COUNTRY_ENTRY
    if entry.source == "curated":
        score += _CURATED
    if entry.population >= _METROPOLIS:
        score += _FAMOUS_CAPITAL if entry.feature_code == "PPLC" else _FAMOUS
    share = scene.share(entry)
    score += _COUNTRY * share / (share + _HALF_SHARE)
    if share >= 0.3:
        reasons.append(f"the article speaks of {entry.country}")
    if parents:
        held = [parent for parent in parents if _holds(parent, entry)]
        score += _PARENT * min(1, len(held)) + 0.5 * max(0, len(held) - 1)
        if held:
            reasons.append(f"in {held[0].name}")
        elif any(parent.is_division for parent in parents):
            score += _PARENT_MISSED
    score += _KIND * _kind_fit(entry, name.kind)
    if entry.country and entry.admin1 and (entry.country, entry.admin1) in scene.evidence.divisions:
        score += _DIVISION_NAMED
        reasons.append(f"{entry.admin1} is named")
    score += _DIVISION * scene.division_share(entry, name_key(name.span.text))
    if _is_old_name(entry, name):
        score += _OLD_NAME
    near = [
        km for km in (place_distance_km(entry, other) for other in neighbours) if km is not None
    ]
    if near and not entry.is_country:
        score += _PROXIMITY * max(0.0, 1.0 - min(near) / 150.0)
    if name_key(name.span.text) == name_key(entry.name):
        score += _OWN_NAME
    if not reasons:
        reasons.append("the most populous of that name" if len(homonyms) > 1 else "the only one")
    return score, "; ".join(reasons)


def _is_old_name(entry: GazetteerEntry, name: NameInPhrase) -> bool:
    """True for an entry listed behind a smaller town that bears the name (`Gazetteer`)."""
    first = name.entries[0]
    return (
        entry is not first
        and not entry.is_division
        and not first.is_division
        and first.source == entry.source
        and entry.population > first.population
        and name_key(first.name) == name_key(name.span.text) != name_key(entry.name)
    )


def _kind_fit(entry: GazetteerEntry, kind: str) -> float:
    """-1..1: does the entry suit the words' kind ("province", "city", "neighbourhood")?"""
    if not kind:
        return 0.0
    if kind in PROVINCE_WORDS:
        fits = {PlacePrecision.ADM1: 1.0, PlacePrecision.REGION: 0.5, PlacePrecision.ADM2: 0.4}
        return fits.get(entry.precision, -0.3)
    if kind in DISTRICT_WORDS:
        fits = {PlacePrecision.ADM2: 0.6, PlacePrecision.ZONE: 0.3, PlacePrecision.ADM1: 0.2}
        return fits.get(entry.precision, 0.0)
    if kind in SETTLEMENT_WORDS:
        return 0.7 if entry.precision is PlacePrecision.SETTLEMENT else -0.5
    if kind in ZONE_WORDS:
        return 0.5 if entry.precision is PlacePrecision.ZONE else 0.0
    return 0.0


def _holds(parent: GazetteerEntry, entry: GazetteerEntry) -> bool:
    """True where `parent` contains, or as a settlement lies close to, `entry`."""
    if parent is entry or parent == entry:
        return False
    if parent.is_country:
        return parent.country in entry.countries and not entry.is_country
    if parent.precision is PlacePrecision.ADM1:
        return entry.country == parent.country and entry.admin1 == parent.name
    km = place_distance_km(parent, entry)
    if km is None:
        return bool(set(parent.countries) & set(entry.countries))
    reach = (parent.uncertainty_km or 10.0) * 1.5 + 10.0
    if not parent.is_division:
        reach = max(60.0, reach)
    return km <= reach and bool(
        set(parent.countries) & set(entry.countries) or parent.precision is PlacePrecision.REGION
    )


def _neighbours(evidence: ArticleEvidence, at: int, own_key: str) -> list[GazetteerEntry]:
    """Places named within a paragraph or two that can hardly be others."""
    found = []
    for candidate in evidence.candidates:
        if abs(candidate.span.start - at) > 1_500 or name_key(candidate.span.text) == own_key:
            continue
        entry = dominant(candidate.entries)
        if entry is not None and not entry.is_division:
            found.append(entry)
    return found


def _resolve_parents(phrase: PlacePhrase, scene: _Scene) -> list[GazetteerEntry]:
    """The places that hold the head, nearest first; each resolved with the wider ones known."""
    chosen: list[GazetteerEntry] = []
    for name in reversed(phrase.parents):
        if not name.entries:
            continue
        choice = _choose(name, chosen, scene)
        chosen.insert(0, choice.entry)
    return chosen


def _shape(
    place: Place,
    entry: GazetteerEntry,
    phrase: PlacePhrase,
    parents: Sequence[GazetteerEntry],
    *,
    scene: _Scene,
    rule: str,
) -> tuple[Place, str]:
    """Precision and extent as the words around the name ask for them."""
    uncertainty = place.uncertainty_km
    is_part_of_name = name_key(entry.name).startswith(name_key(phrase.part)[:4] or "\0")
    if phrase.relation is Relation.PART and entry.is_division and not is_part_of_name:
        wide = None if uncertainty is None else round(uncertainty * 0.7, 1)
        return (
            replace(
                place,
                name=f"{phrase.part} {place.name}",
                precision=PlacePrecision.REGION,
                uncertainty_km=wide,
                gazetteer=None,
                zone=place.zone,
            ),
            "named-part",
        )
    if phrase.relation is Relation.BETWEEN and phrase.other_end is not None:
        other = None
        if phrase.other_end.entries:
            choice = _choose(phrase.other_end, parents, scene)
            other = choice.entry
        km = place_distance_km(entry, other) if other is not None else None
        if other is not None and km is not None and km < 1_000.0:
            return (
                replace(
                    place,
                    name=phrase.span.text,
                    precision=PlacePrecision.NEAR,
                    uncertainty_km=round(km + (uncertainty or 0.0), 1),
                    gazetteer=None,
                ),
                "named-between",
            )
    if phrase.relation is Relation.NEAR and not entry.is_division:
        stated = (phrase.distance_m or 0.0) / 1000.0
        return (
            replace(
                place,
                precision=PlacePrecision.NEAR,
                uncertainty_km=round((uncertainty or 0.0) + (stated or _NEAR_KM), 1),
                distance_m=phrase.distance_m,
            ),
            "named-near",
        )
    if phrase.is_named_site and phrase.head is not None and entry.source != "curated":
        # "Kuwait International Airport": somewhere in or beside what it is named after
        words = phrase.span.text[phrase.head.span.start - phrase.span.start :]
        return replace(
            place, name=words, precision=PlacePrecision.SITE, gazetteer=None
        ), "named-site"
    if phrase.relation is Relation.OUTSKIRTS and not entry.is_division:
        return replace(place, uncertainty_km=round(2.0 * (uncertainty or 5.0), 1)), rule
    return place, rule


def _fuzzy(
    head: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    shares: dict[str, float],
    gazetteer: Gazetteer,
) -> GazetteerEntry | None:
    """A misspelt settlement of the one country the words or the article point at."""
    countries = {code for parent in parents for code in parent.countries[:1]}
    if not countries:
        countries = {code for code, share in shares.items() if share >= _SHARE_FOR_FUZZY}
    countries -= REPEATED_NAMES  # every misspelling there is another town
    if len(countries) != 1 or len(head.span.text) < 5:
        return None
    (country,) = countries
    for entry, _ in gazetteer.look_up_fuzzy(head.span.text, country, floor=_FUZZY_FLOOR):
        if not parents or all(_holds(p, entry) for p in parents if p.is_division):
            return entry
    return None


def _in_parent(
    query: PlaceQuery, phrase: PlacePhrase, parents: Sequence[GazetteerEntry], scene: _Scene
) -> PlaceReading:
    """A name nobody knows: its own words, inside what holds it."""
    head = phrase.head
    if head is None or not parents or _is_generic(head.span.text):
        return _from_article(query, phrase, parents, scene)
    parent = _fitting(parents, scene.shares)
    kind = head.kind
    if phrase.site:
        precision = PlacePrecision.SITE
    elif kind in ZONE_WORDS or parent.precision is PlacePrecision.SETTLEMENT:
        precision = PlacePrecision.ZONE
    elif kind in DISTRICT_WORDS:
        precision = PlacePrecision.ADM2
    elif kind in PROVINCE_WORDS:
        precision = PlacePrecision.ADM1
    else:
        precision = PlacePrecision.SETTLEMENT
    return PlaceReading(
        span=query.span,
        place=_inside(parent, head.span.text, precision, query, scene.shares),
        candidates=tuple(parents),
        rule="in-parent",
        explanation=f"{head.span.text} is in no gazetteer; it lies in {parent.name}",
        confidence=0.6,
    )


def _is_generic(words: str) -> bool:
    """True for "High School", "Apartments": capitals that name nothing."""
    keys = name_key(words).split()
    return all(key in KIND_WORDS | SITE_WORDS | MODIFIERS or key in never_words() for key in keys)


def _fitting(parents: Sequence[GazetteerEntry], shares: dict[str, float]) -> GazetteerEntry:
    """The nearest parent that lies in a country the words speak of; the nearest where none does."""
    for parent in parents:
        if any(shares.get(code, 0.0) >= _SHARE_OF_STRANGER for code in parent.countries):
            return parent
    return parents[0]


def _inside(
    parent: GazetteerEntry,
    name: str,
    precision: PlacePrecision,
    query: PlaceQuery,
    shares: dict[str, float],
) -> Place:
    """A place known only by its words and by what holds it."""
    return Place(
        name=name,
        precision=precision,
        role=query.role,
        country=parent.country or _likeliest(parent.countries, shares),
        admin1=parent.admin1,
        admin2=parent.admin2,
        lat=parent.lat,
        lon=parent.lon,
        uncertainty_km=parent.uncertainty_km,
        zone=parent.zone,
    )


def _likeliest(countries: Sequence[str], shares: dict[str, float]) -> str | None:
    """Of a region's countries the one the article speaks of most; None where it speaks of none."""
    spoken = [code for code in countries if shares.get(code, 0.0) > 0.0]
    return max(spoken, key=lambda code: shares[code]) if spoken else None


def _from_article(
    query: PlaceQuery, phrase: PlacePhrase, parents: Sequence[GazetteerEntry], scene: _Scene
) -> PlaceReading:
    """Words without a known name: held by the place named beside them, else nearest before them."""
    shares = scene.shares
    parent = _fitting(parents, shares) if parents else _nearest(query, scene)
    name = phrase.head.span.text if phrase.head is not None else query.span.text
    precision = PlacePrecision.SITE if phrase.site else PlacePrecision.UNKNOWN
    if parent is not None:
        return PlaceReading(
            span=query.span,
            place=_inside(parent, name, precision, query, shares),
            candidates=(parent, *parents[1:]),
            rule="from-article",
            explanation=f"no place in the words; {parent.name} is named nearest",
            confidence=0.4,
            is_inferred=True,
        )
    if shares:
        country = min(shares, key=lambda code: (-shares[code], code))
        place = Place(name=name, precision=precision, role=query.role, country=country)
        return PlaceReading(
            query.span, place, (), "from-article", f"the article speaks of {country}", 0.3, True
        )
    return PlaceReading(query.span, None, (), "unknown", RULES["unknown"], 0.0)


def _nearest(query: PlaceQuery, scene: _Scene) -> GazetteerEntry | None:
    """The place named last before the words, else first after them, in the leading country."""
    shares = scene.shares
    leading = min(shares, key=lambda code: (-shares[code], code)) if shares else None
    at = query.span.start
    ranked = sorted(
        scene.evidence.candidates,
        key=lambda c: (at - c.span.start) if c.span.start <= at else 3 * (c.span.start - at),
    )
    for candidate in ranked[:8]:
        fitting = [e for e in candidate.entries if leading is None or leading in e.countries]
        own_key = name_key(candidate.span.text)
        best = max(fitting, key=lambda e: scene.division_share(e, own_key), default=None)
        if best is not None and not _is_in_wrong_division(
            (best, *candidate.entries), own_key, (), scene
        ):
            return best
    return None
