"""IncidentQuery: which incidents are wanted, as written in an address; the same for API and board.

What the store can look up goes into its own filter; the rest is asked of each incident that passes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from tocsin.api.paging import DEFAULT_LIMIT, MAX_LIMIT
from tocsin.area import Circle, Polygon, read_box, read_circle, read_polygon
from tocsin.records import Incident
from tocsin.records.vocab import ActorRole, IncidentStatus, IncidentType, WeaponType
from tocsin.store import BoundingBox, IncidentFilter

MAX_WORDS_CHARS = 200
DAY_CHARS = len("2020-01-09")


class Order(StrEnum):
    """Which end of time comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"


class IncidentQuery(BaseModel):
    """Filters of incidents. A parameter left out, or empty, asks nothing; all others must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: dt.date | None = Field(None, description="On this local day or later.")
    until: dt.date | None = Field(None, description="On this local day or earlier.")
    country: str | None = Field(None, pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2.")
    type: IncidentType | None = None
    status: IncidentStatus | None = None
    bbox: str | None = Field(
        None, max_length=200, description="west,south,east,north; west > east crosses 180°."
    )
    near: str | None = Field(None, max_length=200, description="lon,lat,km.")
    polygon: str | None = Field(None, max_length=8_000, description="lon,lat,lon,lat,...")
    place: str | None = Field(
        None, max_length=MAX_WORDS_CHARS, description="Part of the place's or the region's name."
    )
    actor: str | None = Field(
        None, max_length=MAX_WORDS_CHARS, description="Part of an actor's name."
    )
    role: ActorRole | None = Field(None, description="The role that `actor`, or anyone, has in it.")
    weapon: WeaponType | None = None
    text: str | None = Field(
        None, max_length=MAX_WORDS_CHARS, description="Words of the title or of any evidence."
    )
    min_lineages: int = Field(0, ge=0, le=10_000, description="Independent origins at least.")
    recaps: bool = Field(True, description="With incidents known from recaps only.")
    as_of: str | None = Field(
        None, max_length=40, description="The record as it was known then (ISO 8601; UTC)."
    )

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        """A form sends every field it has: an empty one asks nothing."""
        if isinstance(given, dict):
            return {key: value for key, value in given.items() if value != ""}
        return given

    @field_validator("country")
    @classmethod
    def _upper(cls, country: str | None) -> str | None:
        return country.upper() if country else None

    @field_validator("bbox")
    @classmethod
    def _is_box(cls, text: str | None) -> str | None:
        if text is not None:
            read_box(text)
        return text

    @field_validator("near")
    @classmethod
    def _is_circle(cls, text: str | None) -> str | None:
        if text is not None:
            read_circle(text)
        return text

    @field_validator("polygon")
    @classmethod
    def _is_polygon(cls, text: str | None) -> str | None:
        if text is not None:
            read_polygon(text)
        return text

    @field_validator("as_of")
    @classmethod
    def _is_moment(cls, text: str | None) -> str | None:
        if text is not None:
            read_moment(text)
        return text

    @model_validator(mode="after")
    def _one_area(self) -> Self:
        if sum(area is not None for area in (self.bbox, self.near, self.polygon)) > 1:
            raise ValueError("only one of bbox, near and polygon can be asked for")
        return self

    @property
    def moment(self) -> dt.datetime | None:
        """`as_of` as an instant; None where the record is wanted as it is."""
        return read_moment(self.as_of) if self.as_of is not None else None

    def selection(self) -> Selection:
        """The same, split into what the store looks up and what is asked of each incident."""
        area: Circle | Polygon | None = None
        box: BoundingBox | None = None
        if self.bbox is not None:
            box = read_box(self.bbox)
        elif self.near is not None:
            area = read_circle(self.near)
        elif self.polygon is not None:
            area = read_polygon(self.polygon)
        if area is not None:
            box = area.box()
        chosen = IncidentFilter(
            since=self.since,
            until=self.until,
            country=self.country,
            type=self.type,
            status=self.status,
            bbox=box,
            text=self.text,
            min_lineages=self.min_lineages,
            place=self.place,
            actor=self.actor,
            role=self.role,
            weapon=self.weapon,
            recaps=self.recaps,
        )
        return Selection(chosen, self.moment, area, self.question())

    def question(self) -> tuple[tuple[str, str], ...]:
        """The filters in use, sorted by name: equal for equal questions, however written."""
        told = self.model_dump(mode="json", exclude_defaults=True)
        return tuple(
            sorted(
                (name, str(value).lower() if isinstance(value, bool) else str(value))
                for name, value in told.items()
                if name in IncidentQuery.model_fields
            )
        )

    def query_string(self, **changes: str | None) -> str:
        """The filters as the query of an address; None takes one out. With its `?`, or empty."""
        pairs = {**dict(self.question()), **changes}
        kept = [(name, value) for name, value in sorted(pairs.items()) if value is not None]
        return f"?{urlencode(kept)}" if kept else ""


class IncidentListQuery(IncidentQuery):
    """The filters, and which page of the list."""

    order: Order = Field(Order.NEWEST, description="By local day; the undated come last.")
    cursor: str | None = Field(None, max_length=2_000, description="`next` of the page before.")
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which incidents are wanted, in the store's terms."""

    chosen: IncidentFilter
    as_of: dt.datetime | None
    area: Circle | Polygon | None
    """What the store knows only the box of: the point of each incident must lie in it."""
    question: tuple[tuple[str, str], ...]
    """What was asked, for cursors and for what is remembered."""

    def holds(self, incident: Incident) -> bool:
        """True where the incident lies in the area, if one is asked for."""
        if self.area is None:
            return True
        place = incident.place.value if incident.place else None
        if place is None or place.lat is None or place.lon is None:
            return False
        return self.area.holds(place.lon, place.lat)


def read_moment(text: str) -> dt.datetime:
    """An ISO 8601 day or time as UTC; a plain day means its last moment. Raises ValueError."""
    try:
        moment = dt.datetime.fromisoformat(text)
        if len(text) == DAY_CHARS:
            moment = dt.datetime.combine(moment.date(), dt.time.max)
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not an ISO 8601 day or time") from None
