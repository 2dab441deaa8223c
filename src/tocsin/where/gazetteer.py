"""Gazetteer: names to places. The one object of this room that other rooms open.

Three layers, looked up together: nations (`text/nations.tsv`), curated landmarks and regions (TSV
files beside this module) and GeoNames (`data/gazetteer.sqlite`). Spotting names in running text is
`spotting.py`; choosing among the places of one name is `disambiguate.py`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rapidfuzz import fuzz, process

from tocsin.records.vocab import PlacePrecision
from tocsin.text.nations import nation_named, nation_of, nations
from tocsin.where.curated import curated_entries, short_names, state_abbreviations
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.imported import imported_entry, settlement_radius_km
from tocsin.where.names import name_key, name_skeleton, without_article
from tocsin.where.store import CountryRow, GazetteerFile, PlaceRow
from tocsin.where.user_file import UserFile
from tocsin.where.usual import TRANSLITERATED_COUNTRIES, native_keys, usual_name

SHIPPED = "data/gazetteer.sqlite"
MAX_ENTRIES = 40
"""A name with more homonyms than this says little; the least important are left out."""

CACHED_NAMES = 6_000
"""Names kept with their entries, about 3 kB each: what some hundred articles name."""
CACHED_VARIANTS = 2_000
CACHED_COUNTRIES = 3
"""Countries whose names are kept for fuzzy look-ups, up to 2 MB each."""

FUZZY_FLOOR = 84.0
"""rapidfuzz ratio (0..100) of keys below which two names are not spellings of one."""

OUTLET_CITIES = 900
"""How many of the most important U.S. places an outlet may be named after."""
MIN_OUTLET_NAME, MAX_OUTLET_NAME = 5, 20
_OUTLET_PREFIX = re.compile(r"^(?:my|the|click(?:2|on)|(?:abc|cbs|fox|nbc)\d{0,2})(?=[a-z]{5})")
""" "My San Antonio", "NBC Miami": what stands before an outlet's town."""

_ALIAS_LIKENESS = 55.0
"""rapidfuzz ratio below which a place's name and the name it was found by are two words."""
_NAMESAKE_PEOPLE = 20_000

_OFFICIAL = re.compile(
    r"(?:[a-z]+ ){0,3}(?:republic|kingdom|sultanate|principality|federation|emirate) of (?:the )?"
)
"""What the official names of countries begin with."""

ENGLISH_SPELT = frozenset({"AU", "CA", "GB", "NZ", "US"})
_SAME_LIKENESS = 80.0
_KNOWN_BY_NICKNAMES = 250_000


class Gazetteer:
    """Names to places. Read-only and safe to share between threads. Made by `open`."""

    def __init__(self, file: GazetteerFile, user: UserFile | None = None) -> None:
        self._file = file
        self._user = user
        self._lock = threading.Lock()
        self._country_ids = {row.code: row.id for row in file.countries.values()}
        self._curated: dict[str, list[GazetteerEntry]] = {}
        self._countries: dict[str, GazetteerEntry] = {}
        self._outlet_names: dict[str, GazetteerEntry] | None = None
        self._add_countries()
        self._add_curated()
        self.entries_of = lru_cache(maxsize=CACHED_NAMES)(self._entries_of)
        """Entries of one look-up key, most important first, transliterations not tried."""
        self.variants_of = lru_cache(maxsize=CACHED_VARIANTS)(self._variants_of)
        """Entries whose names are transliterations of a key; weak without the right country."""
        self._division_name = lru_cache(maxsize=8_192)(self._load_name)
        self._names_in = lru_cache(maxsize=CACHED_COUNTRIES)(self._load_names)

    @classmethod
    def open(cls, path: Path | None = None, *, user: Path | None = None) -> Gazetteer:
        """The shipped gazetteer, or the one at `path`; with the imported dumps of `user`.

        Raises StoreError where a file is missing, no gazetteer, or of another version.
        """
        file = GazetteerFile(path or Path(str(files("tocsin.where").joinpath(SHIPPED))))
        return cls(file, UserFile.open(user) if user is not None else None)

    @property
    def attribution(self) -> str:
        """Whom the licence of the data asks to name."""
        return self._file.attribution

    @property
    def file_bytes(self) -> int:
        """Size of the shipped file."""
        return self._file.path.stat().st_size

    def close(self) -> None:
        """Close the files; the gazetteer cannot be used afterwards."""
        self._file.close()
        if self._user is not None:
            self._user.close()

    def look_up(self, name: str) -> list[GazetteerEntry]:
        """Places of that name, most important first; empty where none is known.

        Blind to case, diacritics, apostrophes, hyphens and articles. Only where the name as written
        is unknown are transliterations of it tried.
        """
        key = name_key(name)
        return list(self.entries_of(key) or self.variants_of(key))

    def look_up_fuzzy(
        self, name: str, country: str, *, limit: int = 5, floor: float = FUZZY_FLOOR
    ) -> list[tuple[GazetteerEntry, float]]:
        """Places of one country whose names resemble `name`, with likeness 0..100, best first.

        For misspellings; the exact look-up comes first. Empty for an unknown country code.
        """
        number = self._country_ids.get(country.upper())
        key = without_article(name_key(name))
        if number is None or len(key) < 4:
            return []
        ids, keys = self._names_in(number)
        found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=floor, limit=limit)
        # equal likeness: the more important, which has the smaller number
        ranked = sorted(found, key=lambda hit: (-hit[1], ids[hit[2]]))
        with self._lock:
            return [(self._load([ids[at]])[0], score) for _, score, at in ranked]

    def find_places(
        self, text: str, start: int = 0, end: int | None = None
    ) -> list[PlaceCandidate]:
        """Names of places in `text[start:end]`, in order, longest match, none inside another."""
        from tocsin.where.spotting import find_places  # noqa: PLC0415 - it needs this class

        return find_places(text, self, start, end)

    def country(self, code: str) -> GazetteerEntry | None:
        """The country of an ISO 3166-1 alpha-2 code, in any case."""
        return self._countries.get(code.upper())

    def capital(self, code: str) -> GazetteerEntry | None:
        """The capital of an ISO 3166-1 alpha-2 code."""
        number = self._country_ids.get(code.upper())
        if number is None:
            return None
        for entry in self.look_up(self._file.countries[number].capital):
            if entry.country == code.upper() and entry.precision is PlacePrecision.SETTLEMENT:
                return entry
        return None

    def us_state(self, abbreviation: str) -> GazetteerEntry | None:
        """The state that "Calif." or "CA" means after a comma; None for any other word."""
        name = state_abbreviations().get(abbreviation)
        return self.division("US", name) if name is not None else None

    def short_name(self, word: str) -> GazetteerEntry | None:
        """The place that an abbreviation or an adjective of a region means: "NSW", "African"."""
        country, name = short_names().get(word, ("", ""))
        if country:
            return self.division(country, name)
        return next(iter(self.look_up(name)), None)

    def us_city_of_outlet(self, outlet: str) -> GazetteerEntry | None:
        """The U.S. city or state that begins a label of an outlet's host or name.

        "philadelphia.cbslocal.com", "nbcmiami.com", "Kansas City Star"; the longest name wins.
        None where no label begins with one.
        """
        names = self._us_outlet_names()
        labels = outlet.casefold().removeprefix("www.").split(".")
        if len(labels) > 1:
            labels = labels[:-1]
        best = ""
        for label in labels:
            plain = _OUTLET_PREFIX.sub("", "".join(name_key(label).split()))
            for size in range(min(len(plain), MAX_OUTLET_NAME), MIN_OUTLET_NAME - 1, -1):
                if plain[:size] in names and size > len(best):
                    best = plain[:size]
                    break
        return names.get(best)

    def _us_outlet_names(self) -> dict[str, GazetteerEntry]:
        if self._outlet_names is None:
            number = self._country_ids["US"]
            with self._lock:
                rows = self._file.names_in(number)[:OUTLET_CITIES]
                entries = self._load([one for one, _ in rows])
            found: dict[str, GazetteerEntry] = {}
            for entry in entries:
                if entry.precision in {PlacePrecision.SETTLEMENT, PlacePrecision.ADM1}:
                    found.setdefault("".join(name_key(entry.name).split()), entry)
            self._outlet_names = found
        return self._outlet_names

    def with_id(self, key: str, geonameid: int) -> GazetteerEntry | None:
        """The GeoNames entry of that number among those of a look-up key."""
        return next(
            (e for e in self.entries_of(key) if e.source == "geonames" and e.id == geonameid), None
        )

    def country_of(self, word: str) -> str | None:
        """The code of a country's name, adjective or demonym: "Iraq", "Iraqi", "Iraqis"."""
        return nation_named(word) or nation_of(word)

    def settlements(self) -> Iterator[GazetteerEntry]:
        """All settlements of the shipped file, most important first: a full scan."""
        with self._lock:
            rows = self._file.places()
        for row in rows:
            entry = self._from_row(row)
            if not entry.is_division:
                yield entry

    def division(self, country: str, name: str) -> GazetteerEntry | None:
        """The first-level division of that name in that country: ("IQ", "Anbar")."""
        for entry in self.look_up(name):
            if entry.country == country and entry.precision is PlacePrecision.ADM1:
                return entry
        return None

    def _entries_of(self, key: str) -> tuple[GazetteerEntry, ...]:
        if not key:
            return ()
        found = list(self._curated.get(key, ()))
        bare = without_article(key)
        if bare != key:
            found += [entry for entry in self._curated.get(bare, ()) if entry not in found]
        with self._lock:
            ids = self._file.ids(key)
            if not ids and bare != key:
                # only names of other scripts have lost an article: al-Meridian is not Meridian
                allowed = {self._country_ids[code] for code in TRANSLITERATED_COUNTRIES}
                ids = [one for one in self._file.ids(bare) if self._country_of(one) in allowed]
            if key in native_keys():
                ids = self._with_natives(ids, native_keys()[key])
            loaded = self._load(ids[:MAX_ENTRIES])
            loaded = self._with_imported(key, loaded)
        if not found and not loaded:
            return self._by_official_name(key)
        return (*found, *_namesakes_first(key, loaded))

    def _by_official_name(self, key: str) -> tuple[GazetteerEntry, ...]:
        """The country of "republic of armenia", "kingdom of sweden"."""
        match = _OFFICIAL.match(key)
        entries = self._curated.get(key[match.end() :], []) if match else []
        return tuple(entry for entry in entries if entry.is_country)

    def _with_natives(self, ids: list[int], natives: tuple[tuple[str, str], ...]) -> list[int]:
        """Places found by a usual name, and those GeoNames knows by another, in order."""
        known = set(ids)
        for country, native in natives:
            number = self._country_ids[country]
            known |= {one for one in self._file.ids(native) if self._country_of(one) == number}
        return sorted(known)

    def _country_of(self, number: int) -> int:
        return self._file.place(number).country

    def _variants_of(self, key: str) -> tuple[GazetteerEntry, ...]:
        skeleton = name_skeleton(key)
        if not skeleton:
            return ()
        with self._lock:
            loaded = self._load(self._file.ids(skeleton))
            return tuple(self._with_imported(skeleton, loaded))

    def _with_imported(self, key: str, loaded: list[GazetteerEntry]) -> list[GazetteerEntry]:
        """The shipped entries of a key and those of the user's dumps that are not among them."""
        if self._user is None:
            return loaded
        known = {entry.id for entry in loaded}
        imported = [imported_entry(row) for row in self._user.rows(key) if row.id not in known]
        return _merged(loaded, imported)[:MAX_ENTRIES]

    def _load(self, numbers: Sequence[int]) -> list[GazetteerEntry]:
        return [self._from_row(row) for row in self._file.places_of(numbers)]

    def _load_name(self, number: int) -> str:
        row = self._file.place(number)
        return usual_name(row.name, self._file.countries[row.country].code)

    def _load_names(self, country: int) -> tuple[list[int], list[str]]:
        with self._lock:
            rows = self._file.names_in(country)
        return [number for number, _ in rows], [without_article(name_key(n)) for _, n in rows]

    def _from_row(self, row: PlaceRow) -> GazetteerEntry:
        feature = self._file.features[row.feature]
        population = row.population or 0
        precision = {"ADM1": PlacePrecision.ADM1, "ADM2": PlacePrecision.ADM2}.get(
            feature, PlacePrecision.ZONE if feature == "PPLX" else PlacePrecision.SETTLEMENT
        )
        radius = float(row.radius_km) if row.radius_km else settlement_radius_km(population)
        country = self._file.countries[row.country].code
        name = usual_name(row.name, country)
        admin1 = name if feature == "ADM1" else None
        if row.admin1 is not None:
            admin1 = self._division_name(row.admin1)
        return GazetteerEntry(
            source="geonames",
            id=row.geonameid,
            name=name,
            feature_code=feature,
            country=country,
            precision=precision,
            lat=None if row.lat_e4 is None else row.lat_e4 / 10_000,
            lon=None if row.lon_e4 is None else row.lon_e4 / 10_000,
            uncertainty_km=radius,
            admin1=admin1,
            admin2=None if row.admin2 is None else self._division_name(row.admin2),
            population=population,
            zone=self._file.zones[row.zone] or None,
            countries=(country,),
        )

    def _add_countries(self) -> None:
        rows = {row.code: row for row in self._file.countries.values()}
        for one in nations():
            row = rows.get(one.code)
            if row is None:
                continue
            entry = _country_entry(one.name, one.aliases, row)
            self._countries[one.code] = entry
            for name in one.names:
                self._put(name, entry)

    def _add_curated(self) -> None:
        for entry in curated_entries():
            for name in (entry.name, *entry.aliases):
                self._put(name, entry)

    def _put(self, name: str, entry: GazetteerEntry) -> None:
        entries = self._curated.setdefault(name_key(name), [])
        if entry not in entries:
            entries.append(entry)


def _merged(shipped: list[GazetteerEntry], imported: list[GazetteerEntry]) -> list[GazetteerEntry]:
    """Both, the shipped in their order of importance, each imported before smaller ones."""
    found = list(shipped)
    for entry in imported:
        at = next(
            (at for at, other in enumerate(found) if other.population < entry.population),
            len(found),
        )
        found.insert(at, entry)
    return found


def _is_apt(key: str, entry: GazetteerEntry) -> bool:
    """False for former and wrong names of English-speaking towns, which nobody uses any more."""
    if entry.country not in ENGLISH_SPELT or entry.population >= _KNOWN_BY_NICKNAMES:
        return True
    own = name_key(entry.name)
    return entry.is_division or (own[:1] == key[:1] and fuzz.ratio(key, own) >= _SAME_LIKENESS)


def _namesakes_first(key: str, entries: list[GazetteerEntry]) -> list[GazetteerEntry]:
    """Behind towns that bear the name those that bore it once: Philadelphia is not Amman."""
    entries = [entry for entry in entries if _is_apt(key, entry)]
    bears = [
        without_article(name_key(entry.name)) == without_article(key)
        and entry.population >= _NAMESAKE_PEOPLE
        for entry in entries
    ]
    if not any(bears):
        return entries
    strangers = [fuzz.ratio(key, name_key(entry.name)) < _ALIAS_LIKENESS for entry in entries]
    kept = [entry for entry, is_strange in zip(entries, strangers, strict=True) if not is_strange]
    return kept + [e for e, is_strange in zip(entries, strangers, strict=True) if is_strange]


def _country_entry(name: str, aliases: tuple[str, ...], row: CountryRow) -> GazetteerEntry:
    return GazetteerEntry(
        source="geonames",
        id=row.geonameid,
        name=name,
        feature_code="PCLI",
        country=row.code,
        precision=PlacePrecision.COUNTRY,
        lat=None if row.lat_e4 is None else row.lat_e4 / 10_000,
        lon=None if row.lon_e4 is None else row.lon_e4 / 10_000,
        uncertainty_km=float(row.radius_km),
        population=row.population,
        zone=row.zone or None,
        aliases=aliases,
        countries=(row.code,),
    )
