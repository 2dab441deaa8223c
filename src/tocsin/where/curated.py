"""Curated places: landmarks and informal regions that gazetteers miss and news locates by.

`data/landmarks.tsv` and `data/regions.tsv` are written by hand, one fact per cell; their heads say
what the columns mean. Numbers (`id`) are kept for ever: they stand in stored records.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from tocsin.errors import StoreError
from tocsin.records.vocab import PlacePrecision
from tocsin.where.entry import GazetteerEntry
from tocsin.where.usual import usual_name

SOURCE = "curated"
LANDMARKS_FILE = "data/landmarks.tsv"
REGIONS_FILE = "data/regions.tsv"
STATES_FILE = "data/us_states.tsv"
SHORT_NAMES_FILE = "data/short_names.tsv"

FEATURE_CODES = {
    "government_zone": "ADMF",
    "government": "ADMF",
    "embassy": "DIP",
    "air_base": "AIRB",
    "military_base": "INSM",
    "airport": "AIRP",
    "port": "PRT",
    "crossing": "PSTB",
    "checkpoint": "PSTB",
    "camp": "CMPRF",
    "prison": "PRN",
    "oil_field": "OILF",
    "energy": "PS",
    "nuclear": "PSN",
    "religious": "RLG",
    "square": "SQR",
    "street": "ST",
    "market": "MKT",
    "hospital": "HSP",
    "school": "SCH",
    "quarter": "PPLX",
    "bridge": "BDG",
    "dam": "DAM",
    "stadium": "STDM",
    "hotel": "HTL",
    "mountain": "MT",
    "pass": "PASS",
    "strait": "STRT",
    "sea": "SEA",
    "lake": "LK",
    "island": "ISL",
    "line": "BDRY",
    "settlement": "PPL",
    "district": "ADM2",
    "province": "ADM1",
    "region": "RGN",
    "desert": "DSRT",
    "valley": "VAL",
    "river": "STM",
    "peninsula": "PEN",
}
"""Kind in the files to GeoNames feature code."""

_PRECISIONS = {
    "quarter": PlacePrecision.ZONE,
    "government_zone": PlacePrecision.ZONE,
    "settlement": PlacePrecision.SETTLEMENT,
    "district": PlacePrecision.ADM2,
    "province": PlacePrecision.ADM1,
}
_REGIONAL_KINDS = frozenset(
    {"region", "sea", "strait", "mountain", "line", "lake", "desert", "valley", "river"}
    | {"peninsula", "island"}
)


@cache
def curated_entries() -> tuple[GazetteerEntry, ...]:
    """All curated places, landmarks first. Raises StoreError naming the line that is malformed."""
    return (*_read(LANDMARKS_FILE), *_read(REGIONS_FILE))


@cache
def state_abbreviations() -> dict[str, str]:
    """U.S. state names by their abbreviations, as written: "Calif.", "Calif", "CA"."""
    text = files("tocsin.where").joinpath(STATES_FILE).read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, abbreviations, postal = line.split("\t")
        found[postal] = name
        for abbreviation in abbreviations.split("|"):
            found[abbreviation] = found[abbreviation.rstrip(".")] = name
    found.pop("", None)
    return found


@cache
def short_names() -> dict[str, tuple[str, str]]:
    """(country or "", name) of the place that a word, as written, means where it is given for one.

    "NSW", "African": in running text such words name no place.
    """
    text = files("tocsin.where").joinpath(SHORT_NAMES_FILE).read_text(encoding="utf-8")
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise StoreError(SHORT_NAMES_FILE, f"line {number}: {len(cells)} columns, not 3")
        found[cells[0]] = (cells[1], cells[2])
    return found


def _read(file: str) -> list[GazetteerEntry]:
    text = files("tocsin.where").joinpath(file).read_text(encoding="utf-8")
    entries = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith(("#", "id\t")):
            continue
        try:
            entries.append(_entry(line.split("\t")))
        except (ValueError, KeyError) as error:
            raise StoreError(file, f"line {number}: {error}") from error
    return entries


def _entry(cells: list[str]) -> GazetteerEntry:
    number, name, aliases, kind, lat, lon, radius_km, countries, admin1, zone, origin = cells
    codes = tuple(countries.split("|")) if countries else ()
    return GazetteerEntry(
        source=SOURCE,
        id=int(number),
        name=name,
        feature_code=FEATURE_CODES[kind],
        country=codes[0] if len(codes) == 1 else None,
        precision=_PRECISIONS.get(kind, _precision(kind)),
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        uncertainty_km=float(radius_km) if radius_km else None,
        admin1=usual_name(admin1, codes[0]) if admin1 and codes else admin1 or None,
        zone=zone or None,
        aliases=tuple(part for part in aliases.split("|") if part),
        countries=codes,
        origin=origin,
    )


def _precision(kind: str) -> PlacePrecision:
    return PlacePrecision.REGION if kind in _REGIONAL_KINDS else PlacePrecision.SITE
