"""What a reader of the shipped corpus should find: `expected.toml`, typed.

Articles are named by their id; an HTML page, which carries none, by its file name. The file states
what we wrote into the articles. It is no claim about everything that happened.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from tocsin.corpus.files import CORPUS_DIR


@dataclass(frozen=True, slots=True)
class NamedArticle:
    """An article by its name here: where it lies, and the address it gives for itself."""

    name: str
    file: str
    """File name inside the corpus folder."""
    url: str


@dataclass(frozen=True, slots=True)
class ExpectedIncident:
    """One real incident and the articles that tell it. Days are local to the place."""

    key: str
    title: str
    date: dt.date
    country: str
    """ISO 3166-1 alpha-2."""
    place: str
    types: tuple[str, ...]
    """Incident types a careful reader may give it, the best first."""
    main: tuple[str, ...] = ()
    """Articles whose news it is, at most three days on."""
    later: tuple[str, ...] = ()
    """Articles with news of it after that: main or background, either is right."""
    background: tuple[str, ...] = ()
    """Articles that recall it."""
    date_last: dt.date | None = None
    """Last possible day, where the articles tell no single one."""
    killed_min: int | None = None
    """Over non-attackers, as is `killed_max`; None where the articles give no figure."""
    killed_max: int | None = None
    note: str = ""

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article that tells it, as news, later or as a recap."""
        return (*self.main, *self.later, *self.background)


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Incidents that must not be joined with one another."""

    keys: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """Articles that carry one agency's text: one lineage, whatever their number."""

    agency: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedTally:
    """An aggregate claim and what the corpus itself can count for it."""

    article: str
    words: str
    """As they stand in the article."""
    count: int
    ordinal: bool
    start: dt.date
    """First day of the window, as `end` is the last."""
    end: dt.date
    incidents: tuple[str, ...]
    """The incidents of this corpus that fall under it."""
    verdict: str
    """`agrees`; `off_by_one`; `beyond_record`: more than this small corpus tells of."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two articles give one field of one incident different values."""

    incident: str
    field: str
    articles: tuple[str, ...]
    values: tuple[str, ...]
    """In the order of `articles`, as written there."""
    why: str


@dataclass(frozen=True, slots=True)
class ExpectedActor:
    """Who stands in which role, and who says so. `by` None: the actor speaks for itself."""

    incident: str
    article: str
    actor: str
    role: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice that withdraws a figure an earlier article gave."""

    article: str
    of: str
    incident: str
    field: str
    withdrawn: int
    stands: int


@dataclass(frozen=True, slots=True)
class Update:
    """A later article of the same outlet that overtakes an earlier one."""

    earlier: str
    later: str
    incident: str
    field: str
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class Decoy:
    """A number that must reach no casualty field of the article's main incident."""

    article: str
    words: str
    kind: str
    """`related_link`, `boilerplate`, `caption`, `comment`, `strength`, `script` or `idiom`."""


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """Words that are right in the outlet's zone and name another day than the place's own."""

    article: str
    words: str
    incident: str


@dataclass(frozen=True, slots=True)
class Expected:
    """The whole truth file."""

    articles: tuple[NamedArticle, ...]
    incidents: tuple[ExpectedIncident, ...]
    apart: tuple[LookAlikes, ...]
    shared_texts: tuple[SharedText, ...]
    tallies: tuple[ExpectedTally, ...]
    disagreements: tuple[Disagreement, ...]
    actors: tuple[ExpectedActor, ...]
    corrections: tuple[Correction, ...]
    updates: tuple[Update, ...]
    decoys: tuple[Decoy, ...]
    zone_readings: tuple[ZoneReading, ...]
    provisional: tuple[str, ...]
    """Articles that call themselves breaking or developing."""
    no_incident: tuple[str, ...]
    """Articles on the subject that tell of no incident, such as a vow."""
    unrelated: tuple[str, ...]
    """Articles on other subjects."""

    def incident(self, key: str) -> ExpectedIncident:
        """The incident of that key. Raises KeyError."""
        for incident in self.incidents:
            if incident.key == key:
                return incident
        raise KeyError(key)


@cache
def expected() -> Expected:
    """The truth of the shipped corpus, read once."""
    text = (CORPUS_DIR / "expected.toml").read_text(encoding="utf-8")
    return TypeAdapter(Expected).validate_python(tomllib.loads(text))
