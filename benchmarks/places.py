"""Place names to the map, the names given: `python -m benchmarks.places [resolve|incidents|speed]`.

Protocol of the three geoparsing corpora (LGL, GeoVirus, GeoWebNews; Gritta et al. 2019). A toponym
counts where its label has coordinates; of GeoWebNews where it also has a GeoNames id and a sound
offset (2,399 of 2,601), modifiers, metonyms and names inside longer ones among them.
Each article is resolved at once: its text, the gold spans, and the host it was published by, as
`tocsin run` knows it too. An answer without coordinates counts as wrong and 20,000 km away. The
country of a label is the labelled one (LGL), else that of the nearest settlement within 100 km.

  right    share answered within 161 km (100 miles) of the label
  country  share in the right country
  median   median error in km
  most     the same, always taking the most populous place of that name
  ceiling  share for which any entry of that name in our gazetteer lies within 161 km: no choice
           among its places can do better (words kept inside their parent can)
  sure     share answered with a confidence of at least 0.9, and how many of them are right

A country has no point that everyone agrees on: the corpora take GeoNames' or Wikipedia's, we the
middle of its largest piece of land, and they often lie more than 161 km apart. `no country` leaves
out the names and adjectives of countries, so that it says how well the others are chosen.

Corpora are cut in halves by a hash of the article's id. Rules were tuned and weights fitted
(`tools/fit_places.py`) on the `dev` halves alone.

incident_gold, the labels' place quotes given: the country and the name of the place that locates
each report, a name agreeing where it shares a content word with the labelled one; `dateline` counts
reports put, wrongly, into the city of the dateline.
"""

from __future__ import annotations

import hashlib
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.data import data_folder, machine, rows
from benchmarks.grounding import mention
from tocsin.errors import RefusedInput
from tocsin.ground import ground
from tocsin.read import ReadSettings, read_inputs
from tocsin.records import Reading, Span
from tocsin.text.nations import nation_named
from tocsin.where import (
    Gazetteer,
    GazetteerEntry,
    PlaceContext,
    PlaceQuery,
    country_of_host,
    place_distance_km,
    resolve_places,
)
from tocsin.who import ActorCatalogue

CORPORA = ("lgl", "geovirus", "geowebnews")
AXES = (("lat", "itude"), ("lon", "gitude"))
NEAR_ENOUGH_KM = 161.0
UNANSWERED_KM = 20_000.0
SURE = 0.9
STOP = frozenset(
    "the a an of in on at to near from by his her its their and for with no".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """One labelled name."""

    span: Span
    lat: float
    lon: float
    country: str | None
    """As labelled; None where the corpus labels none."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """One article of a corpus."""

    id: str
    text: str
    outlet: str | None
    toponyms: tuple[Toponym, ...]

    @property
    def is_dev(self) -> bool:
        """True for the half that rules may be tuned on."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0


def articles(corpus: str) -> Iterator[LabelledArticle]:
    """The articles of a corpus with the toponyms that count."""
    for row in rows(data_folder() / "geoparsing" / f"{corpus}.jsonl"):
        found = []
        for label in row["toponyms"]:
            lat, lon = (
                label.get("lat", label.get("latitude")),
                label.get("lon", label.get("longitude")),
            )
            if lat in (None, "") or label.get("geonamesID") == "" or int(label["start"]) < 0:
                continue
            span = Span.of(row["text"], int(label["start"]), int(label["end"]))
            country = nation_named(label["country"]) if label.get("country") else None
            found.append(Toponym(span, float(lat), float(lon), country))
        host = row.get("domain") or urlsplit(row.get("url") or "").hostname
        yield LabelledArticle(
            row["id"], row["text"], None if corpus == "geovirus" else host, tuple(found)
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One toponym and how far each method was from it."""

    article: LabelledArticle
    toponym: Toponym
    answer_km: float
    answer_country: str | None
    gold_country: str | None
    most_populous_km: float
    ceiling_km: float
    confidence: float


class Settlements:
    """The nearest settlement to a point, by cells of a degree: tells a point's country."""

    REACH_KM = 100.0

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._cells: dict[tuple[int, int], list[GazetteerEntry]] = {}
        for entry in gazetteer.settlements():
            if entry.lat is not None and entry.lon is not None:
                self._cells.setdefault((int(entry.lat), int(entry.lon)), []).append(entry)

    def country(self, toponym: Toponym) -> str | None:
        """Country of the nearest settlement within `REACH_KM`; None at sea and in deserts."""
        near = [
            (place_distance_km(toponym, entry) or 0.0, entry.country)
            for lat in range(int(toponym.lat) - 1, int(toponym.lat) + 2)
            for lon in range(int(toponym.lon) - 2, int(toponym.lon) + 3)
            for entry in self._cells.get((lat, lon), ())
        ]
        km, country = min(near, default=(self.REACH_KM, None))
        return country if km < self.REACH_KM else None


def _km(entry: GazetteerEntry | None, toponym: Toponym) -> float:
    km = place_distance_km(entry, toponym) if entry is not None else None
    return UNANSWERED_KM if km is None else km


def context_of(article: LabelledArticle) -> PlaceContext:
    """What may be looked at to resolve the article's names."""
    home = country_of_host(article.outlet) if article.outlet else None
    return PlaceContext(article.text, outlet=article.outlet, outlet_country=home)


def outcomes(
    article: LabelledArticle, gazetteer: Gazetteer, settlements: Settlements
) -> list[Outcome]:
    """Every toponym of one article, resolved together."""
    context = context_of(article)
    queries = [PlaceQuery(toponym.span, is_name=True) for toponym in article.toponyms]
    found = []
    for toponym, reading in zip(
        article.toponyms, resolve_places(queries, context, gazetteer), strict=True
    ):
        place = reading.place
        km = place_distance_km(place, toponym) if place is not None else None
        entries = homonyms(toponym.span.text, gazetteer)
        found.append(
            Outcome(
                article,
                toponym,
                UNANSWERED_KM if km is None else km,
                place.country if place is not None else None,
                toponym.country or settlements.country(toponym),
                _km(max(entries, key=lambda entry: entry.population, default=None), toponym),
                min((_km(entry, toponym) for entry in entries), default=UNANSWERED_KM),
                reading.confidence,
            )
        )
    return found


def homonyms(name: str, gazetteer: Gazetteer) -> list[GazetteerEntry]:
    """Everything that a name, an adjective or an abbreviation means in the gazetteer."""
    words = (gazetteer.country(gazetteer.country_of(name) or ""), gazetteer.short_name(name))
    state = gazetteer.us_state(name) or gazetteer.us_state(name.rstrip("."))
    return [*gazetteer.look_up(name), *(one for one in (*words, state) if one is not None)]


def share(flags: Sequence[bool]) -> float:
    """Share of the true ones; 0 of none."""
    return sum(flags) / len(flags) if flags else 0.0


def resolve() -> None:
    """Print one line per corpus and half."""
    gazetteer = Gazetteer.open()
    settlements = Settlements(gazetteer)
    heads = ("n", "right", "country", "median", "most", "ceiling", "sure", "of them")
    print(" " * 20 + "".join(f"{head:>9}" for head in heads))
    for corpus in CORPORA:
        every = [o for one in articles(corpus) for o in outcomes(one, gazetteer, settlements)]
        halves = {
            "dev": [o for o in every if o.article.is_dev],
            "held-out": [o for o in every if not o.article.is_dev],
            "all": every,
            "no country": [o for o in every if not gazetteer.country_of(o.toponym.span.text)],
        }
        for half, chosen in halves.items():
            placed = [o for o in chosen if o.gold_country]
            sure = [o for o in chosen if o.confidence >= SURE]
            figures = (
                share([o.answer_km <= NEAR_ENOUGH_KM for o in chosen]),
                share([o.answer_country == o.gold_country for o in placed]),
                statistics.median([o.answer_km for o in chosen]),
                share([o.most_populous_km <= NEAR_ENOUGH_KM for o in chosen]),
                share([o.ceiling_km <= NEAR_ENOUGH_KM for o in chosen]),
                len(sure) / len(chosen),
                share([o.answer_km <= NEAR_ENOUGH_KM for o in sure]),
            )
            print(
                f"{corpus + ' ' + half:20}{len(chosen):9}"
                + "".join(f"{figure:9.3f}" for figure in figures)
            )


def incidents() -> None:
    """incident_gold with the labels' place quotes given: one line per split."""
    gazetteer, actors = Gazetteer.open(), ActorCatalogue.open()
    folder = data_folder() / "incident_gold"
    heads = ("reports", "country", "named", "name", "dateline", "no words")
    print(" " * 22 + "".join(f"{head:>9}" for head in heads))
    for split in ("dev", "train"):
        labels = {row["id"]: row["reports"] for row in rows(folder / f"labels.{split}.jsonl")}
        countries, names, astray, unplaced = [], [], 0, 0
        for article in read_inputs([str(folder / f"articles.{split}.jsonl")], ReadSettings()):
            if isinstance(article, RefusedInput):
                raise article
            for label in labels[article.id]:
                # one by one: reports that share trigger and type would fall into one
                told = mention(article, label)
                if told is None:
                    continue
                (report,) = ground(article, Reading("gold", (told,)), gazetteer, actors).reports
                stated = label.get("place") or {}
                place = report.place.value if report.place else None
                if not label.get("places"):
                    unplaced += 1
                    continue  # no words for its place: nothing was given to read
                if stated.get("country"):
                    countries.append(place is not None and place.country == stated["country"])
                agrees = place is not None and bool(words(stated.get("name")) & words(place.name))
                if stated.get("name"):
                    names.append(agrees)
                city = article.dateline.city if article.dateline else None
                if city and place and not agrees and words(place.name) & words(city):
                    astray += 1
        print(
            f"{'incident_gold ' + split:22}{len(countries):9}{share(countries):9.3f}"
            f"{len(names):9}{share(names):9.3f}{astray:9}{unplaced:9}"
        )


def words(name: str | None) -> set[str]:
    """Content words of a name, as the scorer of reports compares them."""
    return {word for word in re.findall(r"[^\W_]+", (name or "").lower()) if word not in STOP}


LOOK_UPS = 50_000


def speed() -> None:
    """Look-ups a second of one core's time; time to open and memory in processes of their own."""
    labelled = [
        toponym.span.text
        for corpus in CORPORA
        for one in articles(corpus)
        for toponym in one.toponyms
    ]
    names = sorted(set(labelled))
    gazetteer = Gazetteer.open()
    began = time.process_time()
    for name in names:
        gazetteer.look_up(name)
    cold = len(names) / (time.process_time() - began)
    began = time.process_time()
    for at in range(LOOK_UPS):
        gazetteer.look_up(names[at % len(names)])
    warm = LOOK_UPS / (time.process_time() - began)
    fresh = Gazetteer.open()
    began = time.process_time()
    for name in labelled:
        fresh.look_up(name)
    told = len(labelled) / (time.process_time() - began)
    print(f"look_up, {len(names):,} names of the corpora: {cold:,.0f}/s each for the first time,")
    print(f"  {told:,.0f}/s all {len(labelled):,} labelled names in the order of their articles,")
    print(f"  {warm:,.0f}/s again and again ({LOOK_UPS:,} look-ups)")
    world = [entry.name for entry in gazetteer.settlements()][: 10 * PROBED_NAMES : 10]
    for what, given in (("", []), (f", after {len(world):,} names of the world", world)):
        done = subprocess.run(
            [sys.executable, "-c", PROBE],
            input=json.dumps(given),
            check=True,
            capture_output=True,
            text=True,
        )
        opened_ms, megabytes = map(float, done.stdout.split())
        print(f"opens in {opened_ms:.1f} ms, resident memory +{megabytes:.1f} MiB{what}")
    print(f"file: {gazetteer.file_bytes / 1e6:.1f} MB")


PROBED_NAMES = 20_000
PROBE = """
import json, resource, sys, time
from pathlib import Path
from tocsin.where import Gazetteer
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
names = json.load(sys.stdin)
before = resident()
began = time.perf_counter()
gazetteer = Gazetteer.open()
opened = time.perf_counter() - began
for name in names:
    gazetteer.look_up(name)
print(opened * 1000, resident() - before)
"""
"""Run in a process of its own: what the gazetteer adds to one that has loaded the code."""


def main(parts: Sequence[str]) -> None:
    """Run the named parts, all by default."""
    known = {"resolve": resolve, "incidents": incidents, "speed": speed}
    print(machine())
    for part in parts or known:
        print()
        known[part]()


if __name__ == "__main__":
    main(sys.argv[1:])
