"""What travels inside the room: developments as the record gives them, alerts as they are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tocsin.records import Evidence
from tocsin.records.vocab import IncidentStatus, IncidentType


class DevelopmentKind(StrEnum):
    """What can happen to an incident of the record that someone waits for."""

    FIRST_REPORT = "first_report"
    CONFIRMED = "confirmed"
    """A second independent origin tells it, for the first time."""
    TOLL_UP = "toll_up"
    ATTRIBUTION_CHANGED = "attribution_changed"
    """Who is said to have done, claimed, ordered it, or is blamed or suspected."""
    DENIAL_ISSUED = "denial_issued"
    DISPUTE_OPENED = "dispute_opened"
    CORRECTED = "corrected"
    """A value that was told is taken back for another: a lower toll, another day, place or type;
    or an incident that was withdrawn stands again."""
    RETRACTED = "retracted"
    """Withdrawn by its reports, rejected by a person, or reported by nothing any more."""
    MERGED = "merged"
    """It turned out to be another incident of the record."""


class AlertAction(StrEnum):
    """What an alert is to those that its receivers had before on the same incident."""

    ALERT = "alert"
    UPDATE = "update"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Side:
    """One state of a field, in words, and what it rests on."""

    words: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Development:
    """One change of an incident, before beside after."""

    kind: DevelopmentKind
    field: str
    before: Side | None
    """None where nothing was known."""
    after: Side


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of an article, and who says them.

    `start` and `end` are code points of the article's stored text, end excluded; `prefix` and
    `suffix` the words around, as in the selectors of W3C Web Annotation.
    """

    article_id: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    source: str | None = None
    """The speaker; None where the outlet says it itself."""
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    """ISO day or instant."""


@dataclass(frozen=True, slots=True)
class QuotedSide:
    """A side with its words as they stand in the articles."""

    words: str
    quotes: tuple[Quote, ...] = ()
    more: int = 0
    """Further places that say so, not quoted."""


@dataclass(frozen=True, slots=True)
class QuotedDevelopment:
    """A development as it is told."""

    kind: DevelopmentKind
    field: str
    before: QuotedSide | None
    after: QuotedSide


@dataclass(frozen=True, slots=True)
class Headline:
    """What an incident is at a glance, at the time of an alert."""

    incident_id: str
    title: str
    type: IncidentType
    status: IncidentStatus
    origins: int
    """Independent origins."""
    date: str | None = None
    first_day: dt.date | None = None
    place: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    lat: float | None = None
    lon: float | None = None
    uncertainty_km: float | None = None
    killed: str | None = None
    injured: str | None = None
    deaths: int | None = None
    """The figure that rules and severities go by: best, else least, else most."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier alert that this one updates or cancels."""

    alert_id: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """What one rule says of one step of the record."""

    id: str
    rule: str
    action: AlertAction
    made_at: dt.datetime
    """UTC, whole seconds."""
    headline: Headline
    developments: tuple[QuotedDevelopment, ...]
    number: int
    """Of the snapshot in the history of the incident: later ones are greater."""
    recorded_at: dt.datetime
    """When the record changed."""
    references: tuple[Reference, ...] = ()
    cause_article_ids: tuple[str, ...] = ()
    cause_decision_ids: tuple[str, ...] = ()
    is_test: bool = False
    """Made by `tocsin alerts test`; tells of nothing that happened."""
