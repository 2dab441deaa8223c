"""Rules and receivers, as the file of an operator states them. Checked once, when it is read.

Secrets never stand here: a receiver names the environment variable or the file that holds one.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from tocsin.alert.records import DevelopmentKind
from tocsin.records.vocab import IncidentStatus, IncidentType

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts to which a webhook or a mail may go unencrypted: nothing leaves the machine."""

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Of a rule, receiver or watch list: it stands in file names and in the store."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no IANA time zone, such as Europe/Paris") from None
    return name


Zone = Annotated[str, AfterValidator(_zone)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Address = Annotated[str, Field(pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$", max_length=254)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bounds(_Part):
    """Least and most of a figure, both included."""

    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Bounds:
        if self.min is None and self.max is None:
            raise ValueError("needs min or max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self

    def hold(self, number: int | None) -> bool:
        """True where the number is known and within."""
        if number is None:
            return False
        return (self.min is None or number >= self.min) and (self.max is None or number <= self.max)


class Circle(_Part):
    """Around a point, WGS 84 degrees."""

    lat: Latitude
    lon: Longitude
    radius_km: float = Field(gt=0, le=20_000)


class WatchList(_Part):
    """Actors and places that someone watches, under one name."""

    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Rule(_Part):
    """Who wants to be told of what. A field left out asks nothing, all others must hold."""

    on: tuple[DevelopmentKind, ...] = tuple(DevelopmentKind)
    countries: tuple[Annotated[str, Field(pattern="^[A-Z]{2}$")], ...] = ()
    """ISO 3166-1 alpha-2."""
    places: tuple[str, ...] = ()
    """Names of places, or of what holds them."""
    bbox: tuple[Longitude, Latitude, Longitude, Latitude] | None = None
    """West, south, east, north. West above east crosses the 180th meridian."""
    near: Circle | None = None
    types: tuple[IncidentType, ...] = ()
    statuses: tuple[IncidentStatus, ...] = ()
    actors: tuple[str, ...] = ()
    """In any role but victim, target and responder."""
    killed: Bounds | None = None
    injured: Bounds | None = None
    min_origins: int = Field(default=0, ge=0)
    watch: tuple[Name, ...] = ()
    """Watch lists; one actor or place of one of them is enough."""
    recaps: bool = False
    """Also incidents that no article told as news."""
    send_to: tuple[Name, ...] = ()
    """Receivers. Without one, alerts are kept and can be listed and read as a feed."""

    @model_validator(mode="after")
    def _box(self) -> Rule:
        if self.bbox is not None and self.bbox[1] > self.bbox[3]:
            raise ValueError("bbox: south is above north (write west, south, east, north)")
        return self


class QuietHours(_Part):
    """Local hours in which nothing is sent; what came up then goes out together at their end."""

    start: dt.time
    end: dt.time
    zone: Zone = "UTC"
    unless_killed: int | None = Field(default=None, ge=1)
    """An alert on an incident with so many dead is sent all the same."""

    @model_validator(mode="after")
    def _differ(self) -> QuietHours:
        if self.start == self.end:
            raise ValueError("start and end are the same time")
        return self


class Digest(_Part):
    """Everything goes out together, each hour or each day at a local time."""

    every: Literal["hour", "day"]
    at: dt.time = dt.time(7)
    """For `hour` only its minute counts."""
    zone: Zone = "UTC"


class Storm(_Part):
    """At most so many messages within so many minutes; the rest go out together afterwards."""

    messages: int = Field(ge=1)
    within_min: int = Field(default=60, ge=1, le=24 * 60)


class _Paced(_Part):
    quiet: QuietHours | None = None
    digest: Digest | None = None
    storm: Storm | None = None


class Webhook(_Paced):
    """An HTTP POST of JSON, signed where a secret is named."""

    kind: Literal["webhook"]
    url: str
    secret_env: str | None = None
    secret_file: Path | None = None
    timeout_s: float = Field(default=15, gt=0, le=120)
    allow_http: bool = False
    """Also to another machine unencrypted."""

    @model_validator(mode="after")
    def _fit(self) -> Webhook:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("url: is no http(s) address")
        if parts.username or parts.password:
            raise ValueError("url: holds a user name or password; sign with a secret instead")
        if parts.scheme == "http" and not (self.allow_http or parts.hostname in LOOPBACK):
            raise ValueError("url: is not encrypted; use https, or set allow_http")
        _one_secret(self.secret_env, self.secret_file, "secret")
        return self


class Mail(_Paced):
    """A message by SMTP."""

    kind: Literal["mail"]
    host: str
    port: int = Field(default=587, ge=1, le=65535)
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    sender: Address
    to: tuple[Address, ...] = Field(min_length=1)
    user: str | None = None
    password_env: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    """Certificates to trust beside the system's."""
    timeout_s: float = Field(default=30, gt=0, le=300)
    storm: Storm | None = Storm(messages=20)

    @model_validator(mode="after")
    def _fit(self) -> Mail:
        if self.tls == "none" and self.host not in LOOPBACK:
            raise ValueError("tls: none is for a mail server on this machine")
        _one_secret(self.password_env, self.password_file, "password")
        if (self.user is None) != (self.password_env is None and self.password_file is None):
            raise ValueError("user: goes with password_env or password_file")
        return self


class Atom(_Part):
    """One feed file per rule."""

    kind: Literal["atom"]
    folder: Path
    entries: int = Field(default=100, ge=1, le=1_000)


class Cap(_Part):
    """One CAP 1.2 file per alert."""

    kind: Literal["cap"]
    folder: Path
    sender: Annotated[str, Field(pattern=r"^[^\s,<&]+$", max_length=200)]
    status: Literal["Test", "Exercise", "Actual"] = "Test"
    """`Actual` only where an operator takes that upon themselves."""
    scope: Literal["Public", "Private"] = "Private"
    addresses: tuple[Annotated[str, Field(pattern=r'^[^\s"]+$')], ...] = ()
    """Who a `Private` message is for."""

    @model_validator(mode="after")
    def _fit(self) -> Cap:
        if self.scope == "Private" and not self.addresses:
            raise ValueError('addresses: a Private message says who it is for; or scope = "Public"')
        return self


class Command(_Paced):
    """A program of this machine, given JSON on standard input. No shell reads the words."""

    kind: Literal["command"]
    command: tuple[str, ...] = Field(min_length=1)
    timeout_s: float = Field(default=30, gt=0, le=600)


Receiver = Annotated[Webhook | Mail | Atom | Cap | Command, Field(discriminator="kind")]
"""Where alerts go."""


class Alerting(_Part):
    """A whole file."""

    rules: dict[Name, Rule] = Field(min_length=1)
    receivers: dict[Name, Receiver] = Field(default_factory=dict)
    watch_lists: dict[Name, WatchList] = Field(default_factory=dict)
    board: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """Address of the board, for links to incidents."""

    def link(self, incident_id: str) -> str | None:
        """The page of an incident, where the board's address is known."""
        return f"{self.board.rstrip('/')}/incidents/{incident_id}" if self.board else None


def _one_secret(variable: str | None, file: Path | None, what: str) -> None:
    if variable is not None and file is not None:
        raise ValueError(f"{what}_env and {what}_file: name one of them")
