"""What callers see of the store: two protocols and the small values they speak in.

`StoreView` reads, `Store` also writes; `open_store` in the room's front gives either. Everything
that travels is a record of `tocsin.records`; nothing here knows SQL.

Promises every store keeps:

- **All or nothing.** `keep_many` and `write_incidents` are one transaction each. When they return,
  their work survives the death of the process; when they do not, nothing of it is there.
- **Again is nothing.** Keeping what is kept, writing what is written, refusing what was refused or
  deciding what was decided changes nothing, not even a timestamp.
- **Append only.** Article versions, extractions with their reports and claims, incident snapshots
  and decisions are added and never rewritten. What is *current* is a pointer to one of them.
- **Order does not matter.** The same set of articles (one version each) gives the same content,
  timestamps apart, in whatever order and batches it was kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from tocsin.errors import RecordError, RefusedInput
from tocsin.records import (
    Article,
    CandidateReport,
    Extraction,
    Incident,
    KnownTies,
    Published,
    ReportInContext,
    ReviewDecision,
    TallyClaim,
    Tie,
)
from tocsin.records.vocab import (
    ActorRole,
    IncidentStatus,
    IncidentType,
    PlacePrecision,
    WeaponType,
)
from tocsin.store.alerting import Outbox
from tocsin.store.watched import WatchStore, WatchView

IsCopy = Callable[[Article, Article], bool]
"""Judges whether two articles share origin text. Must be symmetric."""

BlockKeys = Callable[[ReportInContext], Sequence[str]]
"""The keys under which a report is found."""


class FoundTies(NamedTuple):
    """What some reports found when they looked for candidates."""

    version: str
    """Of whatever decides which pairs are tied."""
    ties: Mapping[str, Sequence[Tie]]
    """Report id to all its ties; none where it found no like."""


DEFAULT_CANDIDATES = 1_000
"""Reports returned at most for one set of block keys. Resolution compares each with each, so a
block beyond this size is a sign of a key too coarse to tell incidents apart."""

DEFAULT_BAND_MATCHES = 200
"""Near-copy candidates returned at most for one article."""


class KeepOutcome(StrEnum):
    """What keeping an article did."""

    NEW = "new"
    REVISED = "revised"
    """The id was known: its text, or the extractor version that read it, is new."""
    UNCHANGED = "unchanged"
    """This very text, as read by this extractor version, was kept before; nothing was written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One article with all that is known of it: the unit of keeping.

    Raises RecordError when the parts do not belong together, so that a fault costs one article
    and not the batch it would have gone into.
    """

    article: Article
    extraction: Extraction
    lineage_bands: Sequence[int] = ()
    """MinHash band keys, 64 bits each, signed or not."""
    block_keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Report id to the keys under which candidates for it are looked for."""
    sketches: Mapping[str, bytes] = field(default_factory=dict)
    """Report id to the packed rarest words of the article, for the report that leads it."""
    profiles: Mapping[str, bytes] = field(default_factory=dict)
    """Report id to what is compared of it, packed."""
    is_provisional: bool = False
    is_correction: bool = False

    def __post_init__(self) -> None:
        ids = [report.id for report in self.extraction.reports]
        if self.extraction.article_id != self.article.id or any(
            report.article_id != self.article.id for report in self.extraction.reports
        ):
            raise RecordError("Extraction", "article_id", f"is not {self.article.id!r}")
        if len(set(ids)) != len(ids):
            raise RecordError("Extraction", "reports", "two reports share an id")
        if not self.block_keys.keys() <= set(ids):
            raise RecordError("Kept", "block_keys", "name a report that is not in the extraction")
        if not self.sketches.keys() <= set(ids):
            raise RecordError("Kept", "sketches", "name a report that is not in the extraction")
        if not self.profiles.keys() <= set(ids):
            raise RecordError("Kept", "profiles", "name a report that is not in the extraction")


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One text of an article, in order of keeping; `number` counts from 1."""

    number: int
    article: Article
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StoredIncident:
    """An incident with the store's own dates (UTC)."""

    incident: Incident
    first_seen: dt.datetime
    """When the store first held an incident of this id."""
    last_changed: dt.datetime
    """When it last became different from what it was."""


@dataclass(frozen=True, slots=True)
class IncidentVersion:
    """One snapshot in the history of an incident id; `number` counts from 1."""

    number: int
    recorded_at: dt.datetime
    incident: Incident | None
    """None where the incident ended: it was joined into another one, or nothing reports it."""
    forwarded_to: str | None = None
    """Where an ended incident went on; None where it did not."""
    cause_article_ids: tuple[str, ...] = ()
    """The articles whose keeping led to this snapshot, sorted."""
    cause_decision_ids: tuple[str, ...] = ()
    """The review decisions that led to it, sorted."""


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """WGS 84 degrees, borders included. `west > east` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        if not -90 <= self.south <= self.north <= 90:
            raise RecordError("BoundingBox", "south", f"{self.south}..{self.north}")
        if not (-180 <= self.west <= 180 and -180 <= self.east <= 180):
            raise RecordError("BoundingBox", "west", f"{self.west}..{self.east}")


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents are wanted; a field left out asks nothing, all others must hold.

    `since` and `until` (local days, both included) ask that the incident's interval touches them,
    an open side reaching without end; an incident with no date at all then fails. An incident
    without coordinates fails every `bbox`, one without a country every `country`. Incidents that
    review rejected are found by that status, or by their ids, alone.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    type: IncidentType | None = None
    status: IncidentStatus | None = None
    bbox: BoundingBox | None = None
    text: str | None = None
    """Words of the title or of any quoted evidence, all required; "quoted" words as a phrase."""
    min_lineages: int = 0
    place: str | None = None
    """Part of the name of its place, or of a division around it; case does not matter."""
    actor: str | None = None
    """Part of the name of someone in it; case does not matter."""
    role: ActorRole | None = None
    """The role that `actor`, or anyone, has in it."""
    weapon: WeaponType | None = None
    recaps: bool = True
    """With incidents known from recaps alone."""
    id_prefix: str | None = None


class ListPosition(NamedTuple):
    """Where a listing of incidents stopped: the day and the id of the last one given."""

    day: dt.date | None
    """First known local day; None for an undated incident."""
    incident_id: str


@dataclass(frozen=True, slots=True)
class Listing:
    """In which order incidents come, from where on, and how many at most.

    By first known local day, undated ones last either way, then by id.
    """

    newest_first: bool = False
    after: ListPosition | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """What a map, a chart or a long list needs of an incident: no evidence, quickly read."""

    id: str
    title: str
    type: IncidentType
    status: IncidentStatus
    first_day: dt.date | None
    last_day: dt.date | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    """How finely the place is known; None where there is no place."""
    uncertainty_km: float | None
    lineages: int
    last_changed: dt.datetime

    @property
    def position(self) -> ListPosition:
        """Its place in a listing."""
        return ListPosition(self.first_day or self.last_day, self.id)


NO_POINT = frozenset({PlacePrecision.COUNTRY, PlacePrecision.UNKNOWN})
"""Places whose coordinates are no point of a map: the middle of a country is where nothing was."""


class Glance(NamedTuple):
    """One incident of a whole selection: what a chart and a map of all of them need."""

    key: int
    """What `summaries_of` takes."""
    day: str | None
    """First known local day as ISO 8601; None for an undated incident."""
    lat: float | None
    lon: float | None
    """Both None where a map has no point for it."""


class OutletCounts(NamedTuple):
    """How much of the record one outlet printed. `outlet` None gathers articles that name none."""

    outlet: str | None
    articles: int
    lineages: int
    reports: int
    first_published: dt.date | None
    last_published: dt.date | None


@dataclass(frozen=True, slots=True)
class SnippetPiece:
    """A piece of a search result's excerpt."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that holds the words looked for, with an excerpt around them."""

    article_id: str
    title: str | None
    snippet: tuple[SnippetPiece, ...]


class StoredTally(NamedTuple):
    """An aggregate claim and where it was printed."""

    tally: TallyClaim
    outlet: str | None
    published: Published | None


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One logged run. `facts` are its inputs, counts and whatever else it wants remembered."""

    started_at: dt.datetime
    ended_at: dt.datetime
    facts: Mapping[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who has an item of the review queue in hand, since when (UTC)."""

    reviewer: str
    since: dt.datetime


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much is current. Versions and history are not counted."""

    articles: int
    reports: int
    incidents: int
    lineages: int
    refusals: int


class StoreView(WatchView, Protocol):
    """The reading half. Each call sees one consistent state; two calls may see two.

    Iterators hold the state of the moment they were started and must be used up or closed.
    Every method raises StoreBusy or StoreError when the store cannot answer.
    """

    @property
    def url(self) -> str:
        """Where the store is, fit for printing: without a password."""

    @property
    def outbox(self) -> Outbox:
        """What alerts are made of, and what became of them (docs/alerts.md)."""

    # articles
    def is_kept(self, article_id: str, sha256: str, extractor_version: str) -> bool:
        """True where this very text, as read by this version, was kept, current or not."""

    def article(self, article_id: str) -> Article | None:
        """The latest version of an article."""

    def articles(self, *, after: str | None = None) -> Iterator[Article]:
        """The latest version of every article, by id; those past the id `after`, where given."""

    def outlets(self) -> list[OutletCounts]:
        """Every outlet with what it printed, by name; the unnamed last."""

    def article_versions(self, article_id: str) -> list[ArticleVersion]:
        """Every text kept under the id, oldest first; empty where the id is unknown."""

    def extraction(self, article_id: str) -> Extraction | None:
        """What the latest version reports, as last extracted."""

    def search_articles(self, query: str, limit: int = 20) -> list[ArticleHit]:
        """Articles that hold all words of `query`, best first. No text is a syntax error."""

    def band_matches(
        self,
        bands: Sequence[int],
        *,
        exclude: str | None = None,
        limit: int = DEFAULT_BAND_MATCHES,
    ) -> list[str]:
        """Ids of articles that share a band in any version: the most shared first, then by id."""

    def lineage_of(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Article id to lineage id; unknown articles are left out."""

    def withdrawn_lineages(self, lineage_ids: Iterable[str]) -> set[str]:
        """Those of the lineages in which the latest text of an article withdraws it."""

    # reports
    def all_report_ids(self) -> list[str]:
        """Ids of all current reports, sorted."""

    def current_among(self, report_ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that current reports have."""

    def reports_in_context(self, report_ids: Iterable[str]) -> list[ReportInContext]:
        """The reports in the order asked. A superseded report is returned as last kept; an
        unknown one is left out."""

    def reports_sharing(
        self, block_keys: Collection[str], *, limit: int = DEFAULT_CANDIDATES
    ) -> Iterator[ReportInContext]:
        """Current reports found under one of the keys: under the most of them first, then by id.

        Keys are compared by a 64-bit hash; a collision yields a needless candidate, no more.
        """

    def candidates(
        self, block_keys: Collection[str], *, limit: int = DEFAULT_CANDIDATES
    ) -> list[CandidateReport]:
        """`reports_sharing`, as far as comparing them asks for."""

    def unresolved(self) -> list[ReportInContext]:
        """Current reports that no written incident accounts for yet, by id.

        New ones, former cluster-mates of withdrawn ones, and those whose lineage changed. What a
        killed run left over is among them.
        """

    def ties_of(self, report_ids: Iterable[str], version: str) -> KnownTies:
        """Which of the current reports looked for candidates under `version`, and all ties that
        these have with current reports."""

    def tallies(self, *, as_of: dt.datetime | None = None) -> Iterator[StoredTally]:
        """The aggregate claims of the extractions that are current, or were at `as_of`, by article
        id, in text order as found."""

    # incidents
    def incidents_of_reports(self, report_ids: Iterable[str]) -> dict[str, str]:
        """Report id to the id of its incident; reports without one are left out."""

    def members_of(self, incident_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Incident id to the ids of its reports; ids that no report has as its incident are left
        out."""

    def incident(
        self, incident_id: str, *, as_of: dt.datetime | None = None
    ) -> StoredIncident | None:
        """The incident, following ids that were joined into others."""

    def incidents(
        self,
        chosen: IncidentFilter | None = None,
        *,
        as_of: dt.datetime | None = None,
        listing: Listing | None = None,
    ) -> Iterator[StoredIncident]:
        """Incidents by first local day (undated last), then id, now or as they were at `as_of`."""

    def summaries(
        self,
        chosen: IncidentFilter | None = None,
        *,
        as_of: dt.datetime | None = None,
        listing: Listing | None = None,
    ) -> Iterator[IncidentSummary]:
        """The same incidents in the same order, without what a map or a chart does not show."""

    def glances(
        self, chosen: IncidentFilter | None = None, *, as_of: dt.datetime | None = None
    ) -> list[Glance]:
        """Day and point of every incident that passes, in no order."""

    def summaries_of(
        self, keys: Sequence[int], *, as_of: dt.datetime | None = None
    ) -> list[IncidentSummary]:
        """Incidents by the keys of their glances at that instant, in the order asked. A present one
        that changed since has another key, and is left out."""

    def record_mark(self) -> int:
        """A number that grows with every article kept, incident changed and decision made.

        Equal marks of one store mean that it answers alike.
        """

    def incidents_mark(self) -> int:
        """A number that grows with every incident changed: while articles are only being kept,
        it stands. Equal marks mean that lists of incidents are alike."""

    def incident_ids(self, beginning: str, *, limit: int = 20) -> list[str]:
        """Ids that begin so and ever were an incident's, ended ones too; sorted."""

    def history(self, incident_id: str) -> list[IncidentVersion]:
        """Every snapshot under this very id, oldest first."""

    # logs
    def decisions(self) -> list[ReviewDecision]:
        """All review decisions in the order they were made known to the store."""

    def assignments(self) -> dict[str, Assignment]:
        """Who has which item of the review queue in hand, by the item's key."""

    def refusals(self) -> list[RefusedInput]:
        """Every refused input, once, in the order of first refusal."""

    def runs(self) -> list[StoredRun]:
        """Logged runs, oldest first."""

    def counts(self) -> StoreCounts:
        """How much the store holds."""

    def check(self, *, records: bool = False) -> list[str]:
        """Faults found in the store's files and indexes, in words; empty where it is sound.

        With `records`, also those of what is kept: words that do not stand where a record says,
        pointers that lead astray. That reads the whole store. Needs a store opened for writing,
        though it changes nothing.
        """

    def close(self) -> None:
        """Let go of the files. Closing twice is harmless."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Store(StoreView, WatchStore, Protocol):
    """Reading and writing. One writer at a time: others wait, then get StoreBusy."""

    def keep(self, kept: Kept, *, is_copy: IsCopy | None = None) -> KeepOutcome:
        """`keep_many` of one."""

    def keep_many(
        self, batch: Sequence[Kept], *, is_copy: IsCopy | None = None
    ) -> list[KeepOutcome]:
        """Keep a batch in one transaction; outcomes in the order given.

        With `is_copy`, each newly kept text is compared with the texts that share a band with it,
        and near-copies are joined into one lineage in the same transaction, so that no kill can
        come between. A revision's superseded reports leave the record: they are no longer offered
        as candidates, and the rest of their incidents becomes unresolved.
        """

    def key_blocks(self, version: int, keys_of: BlockKeys) -> bool:
        """See that the block keys of all current reports are those of `version`.

        Where they are of another version, or it is not known of which, they are made anew in one
        transaction; True then. It costs about a millisecond a report, once.
        """

    def join_lineages(self, article_ids: Iterable[str]) -> str:
        """Make one lineage of the lineages of these articles; returns its id.

        The id is the smallest among the members' own, so the order of joining does not show.
        Reports whose lineage id changed become unresolved. Raises StoreError for an unknown id.
        """

    def write_incidents(
        self,
        incidents: Sequence[Incident],
        *,
        gone: Mapping[str, str | None],
        resolved_report_ids: Iterable[str],
        causes: Mapping[str, Sequence[str]] | None = None,
        found_ties: FoundTies | None = None,
    ) -> list[str]:
        """Bring the record up to date in one transaction; ids of incidents that changed, sorted.

        A snapshot is added only where the incident differs from the last one. `gone` maps ids that
        ended to the ids they went into, or None. An incident whose reports all went elsewhere ends
        even where `gone` leaves it out; one that lost only some has the rest made unresolved.
        `causes` maps an incident to article ids; left out, they are the articles that made its
        reports unresolved. Reports that became unresolved after the last call of `unresolved` on
        this object stay so. `found_ties` are kept in the same transaction.
        """

    def decide(self, decision: ReviewDecision, *, reopen: Iterable[str] = ()) -> None:
        """`decide_many` of one."""

    def decide_many(self, made: Sequence[tuple[ReviewDecision, Iterable[str]]]) -> None:
        """Add decisions and, in the same transaction, make the reports beside each unresolved.

        Decisions that were added survive a power cut: they cannot be read again from anywhere.
        Adding one again does nothing, not even reopen. Raises StoreError where an id was used for a
        different decision; then none of them is added.
        """

    def assign(self, items: Collection[str], reviewer: str | None) -> None:
        """Put items of the review queue into a reviewer's hands, whoever had them; None lets go."""

    def record_refusal(self, refusal: RefusedInput) -> None:
        """Log a refused input; the same refusal again is not logged twice."""

    def record_run(self, run: StoredRun) -> None:
        """Log a run."""
