"""The values a report states, as meant: quantities, times, places, weapons, people.

Conventions: counts are persons unless `unit` says otherwise; times are local wall-clock times of
`zone`, intervals half-open; distances km; coordinates WGS 84 degrees. None means not stated, which
is never the same as zero.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tocsin.errors import RecordError
from tocsin.records.vocab import (
    ActorClass,
    ActorLevel,
    ActorRole,
    DamageLevel,
    EffectKind,
    Outcome,
    PlacePrecision,
    PlaceRole,
    QuantityStatus,
    SourceKind,
    TargetKind,
    TimeBasis,
    TimePrecision,
    VictimGroup,
    WeaponType,
    ZoneBasis,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count as a range. `best` is set only where the words give a figure, never from a bound.

    Raises RecordError unless `min <= best <= max` wherever set, and none is negative.
    """

    min: int | None = None
    best: int | None = None
    max: int | None = None
    approx: bool = False
    unit: str = "person"
    status: QuantityStatus = QuantityStatus.STATED

    def __post_init__(self) -> None:
        known = [n for n in (self.min, self.best, self.max) if n is not None]
        if known != sorted(known):
            raise RecordError("Quantity", "min..max", f"{self.min}/{self.best}/{self.max}")
        if known and known[0] < 0:
            raise RecordError("Quantity", "min", f"{known[0]} is negative")

    @property
    def is_exact(self) -> bool:
        """True where the words give one figure: min, best and max are the same number."""
        return self.min is not None and self.min == self.best == self.max


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """When, as half-open local wall-clock time `[earliest, latest)` of `zone`.

    `earliest` and `latest` are naive datetimes (local to `zone`; to the unknown place when `zone`
    is None); None leaves that side open. Raises RecordError when the interval is empty or reversed
    or a bound carries an offset.
    """

    earliest: dt.datetime | None
    latest: dt.datetime | None
    precision: TimePrecision
    zone: str | None = None
    """IANA name, or None where nothing tells."""
    zone_basis: ZoneBasis = ZoneBasis.UNKNOWN
    basis: TimeBasis = TimeBasis.TEXT
    rule: str = ""
    """The rule that read the words, e.g. `weekday`, `part_of_day`, `relative_days`."""

    def __post_init__(self) -> None:
        for name, bound in (("earliest", self.earliest), ("latest", self.latest)):
            if bound is not None and bound.tzinfo is not None:
                raise RecordError("TimeInterval", name, "must be local wall-clock time")
        if self.earliest is not None and self.latest is not None and self.latest <= self.earliest:
            raise RecordError("TimeInterval", "latest", f"{self.latest} <= {self.earliest}")

    @property
    def local_date(self) -> dt.date | None:
        """The one local calendar day the interval starts in, where precision is a day or finer."""
        fine = (
            TimePrecision.MINUTE,
            TimePrecision.HOUR,
            TimePrecision.PART_OF_DAY,
            TimePrecision.DAY,
        )
        return self.earliest.date() if self.earliest and self.precision in fine else None

    @property
    def first_day(self) -> dt.date | None:
        """First local day touched; None when open."""
        return self.earliest.date() if self.earliest else None

    @property
    def last_day(self) -> dt.date | None:
        """Last local day touched (inclusive); None when open."""
        return (self.latest - dt.timedelta(microseconds=1)).date() if self.latest else None

    def instants(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """The bounds as UTC instants; both None where the zone is unknown."""
        if self.zone is None:
            return None, None
        zone = ZoneInfo(self.zone)

        def instant(local: dt.datetime | None) -> dt.datetime | None:
            return local.replace(tzinfo=zone).astimezone(dt.UTC) if local else None

        return instant(self.earliest), instant(self.latest)


@dataclass(frozen=True, slots=True)
class GazetteerRef:
    """Identity of a place: `source` is `geonames`, `curated` or `user`; `id` its number there."""

    source: str
    id: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where. `country` is ISO 3166-1 alpha-2, `admin1` a name, `lat`/`lon` WGS 84 degrees."""

    name: str
    precision: PlacePrecision
    role: PlaceRole = PlaceRole.IMPACT
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    uncertainty_km: float | None = None
    gazetteer: GazetteerRef | None = None
    feature_code: str | None = None
    zone: str | None = None
    """IANA time zone of the place, where known."""
    distance_m: float | None = None
    """Stated distance to the landmark, never turned into a bearing."""

    def __post_init__(self) -> None:
        if self.lat is not None and not -90 <= self.lat <= 90:
            raise RecordError("Place", "lat", f"{self.lat} is outside -90..90")
        if self.lon is not None and not -180 <= self.lon <= 180:
            raise RecordError("Place", "lon", f"{self.lon} is outside -180..180")
        if (self.lat is None) != (self.lon is None):
            raise RecordError("Place", "lat", "coordinates come in pairs")


@dataclass(frozen=True, slots=True)
class Weapon:
    """With what. `count` counts projectiles or devices, not launchers."""

    type: WeaponType
    name: str | None = None
    count: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What was hit or aimed at."""

    name: str
    kind: TargetKind
    aimed_at: bool = False
    """True only where the words say it was meant, not merely hit."""


@dataclass(frozen=True, slots=True)
class Casualties:
    """One figure for one outcome. A part counts inside a total given elsewhere."""

    outcome: Outcome
    count: Quantity
    group: VictimGroup = VictimGroup.UNKNOWN
    is_part: bool = False
    nationality: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who, in which role. `name` is the usual English name, or the words where unnamed."""

    name: str
    role: ActorRole
    level: ActorLevel = ActorLevel.INCIDENT
    actor_class: ActorClass = ActorClass.UNKNOWN
    canonical_id: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who is cited for an incident."""

    name: str
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Damage:
    """What was broken, and how badly."""

    level: DamageLevel
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A consequence other than harm: sirens, evacuation, seized weapons."""

    kind: EffectKind
