"""What the gazetteer knows of one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.records import GazetteerRef, Place, Span
from tocsin.records.vocab import PlacePrecision, PlaceRole


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One place that a name may mean."""

    source: str
    """`geonames` or `curated`."""
    id: int
    """Its number in that source."""
    name: str
    feature_code: str
    """As GeoNames codes it: PPL, PPLC, ADM1, PCLI, AIRB, RGN ..."""
    country: str | None
    """ISO 3166-1 alpha-2; None for a region that lies in several."""
    precision: PlacePrecision
    lat: float | None = None
    lon: float | None = None
    uncertainty_km: float | None = None
    """Radius within which the place lies when nothing but its name is known."""
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    zone: str | None = None
    """IANA time zone."""
    aliases: tuple[str, ...] = ()
    """Other names, for curated entries."""
    countries: tuple[str, ...] = ()
    """All countries a region touches; the one country otherwise."""
    origin: str = field(default="", compare=False)
    """Where the coordinates of a curated entry come from, in words."""

    @property
    def kind(self) -> str:
        """The feature code."""
        return self.feature_code

    @property
    def ref(self) -> GazetteerRef:
        """Its identity in a record."""
        return GazetteerRef(self.source, self.id)

    @property
    def is_country(self) -> bool:
        """True for whole countries."""
        return self.precision is PlacePrecision.COUNTRY

    @property
    def is_division(self) -> bool:
        """True for provinces, districts and whatever else holds settlements, countries too."""
        return self.precision in {
            PlacePrecision.ADM1,
            PlacePrecision.ADM2,
            PlacePrecision.REGION,
            PlacePrecision.COUNTRY,
        }

    def place(self, role: PlaceRole = PlaceRole.IMPACT) -> Place:
        """The entry as a value of a record."""
        return Place(
            name=self.name,
            precision=self.precision,
            role=role,
            country=self.country,
            admin1=self.admin1,
            admin2=self.admin2,
            lat=self.lat,
            lon=self.lon,
            uncertainty_km=self.uncertainty_km,
            gazetteer=self.ref,
            feature_code=self.feature_code,
            zone=self.zone,
        )


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A name standing in a text, and what it may mean, most important first."""

    span: Span
    entries: tuple[GazetteerEntry, ...]
