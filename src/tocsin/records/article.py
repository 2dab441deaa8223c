"""Article: what was published, kept whole, with its furniture marked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tocsin.errors import RecordError
from tocsin.records.span import Span
from tocsin.records.vocab import OutletKind, PublishedBasis, RegionKind

READABLE_REGIONS = frozenset(
    {
        RegionKind.BODY,
        RegionKind.HEADLINE,
        RegionKind.CAPTION,
        RegionKind.EDITORIAL_NOTICE,
    }
)
"""The regions an extractor may read. Nothing is ever extracted from the others."""


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared, and how that is known.

    `date` is the local calendar day as the outlet printed it (weekdays are resolved against it);
    `moment` the instant, with its offset, where a clock time was declared.
    """

    date: dt.date
    basis: PublishedBasis
    moment: dt.datetime | None = None
    origin: str = ""
    """Where it stood: `input field`, `json-ld datePublished`, `dateline`, `feed pubDate` ..."""

    def __post_init__(self) -> None:
        if self.moment is not None and self.moment.tzinfo is None:
            raise RecordError("Published", "moment", "an instant needs an offset")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`Baghdad, Feb 16, 2020 (AFP) -`: where and when the outlet says it wrote, and whose text."""

    span: Span
    city: str | None = None
    date: dt.date | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A stretch `[start, end)` of the article's text and what it is."""

    start: int
    end: int
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes."""

    name: str
    country: str | None = None
    kind: OutletKind = OutletKind.UNKNOWN
    republishes: bool | None = None
    reliability: str = "F"
    """A (best) to F (not judged)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. Offsets everywhere are code points of `text`, which is never edited.

    `regions` are sorted, do not overlap, and cover the whole text.
    """

    id: str
    """As the input gave it, else `art_` and a content hash."""
    sha256: str
    """Hex SHA-256 of the UTF-8 bytes of `text`."""
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str | None = None
    """BCP 47, or None where it could not be told."""
    published: Published | None = None
    published_doubts: tuple[Published, ...] = ()
    """Other publication dates found that disagree with `published`."""
    dateline: Dateline | None = None
    agencies: tuple[str, ...] = ()
    """Agencies credited anywhere in the article (dateline, credit line)."""
    regions: tuple[Region, ...] = ()
    is_retraction: bool = False
    """The text says that it, or the text it stands for, is withdrawn."""
    source: str = ""
    """The input it came from (path, URL), with the locator inside it."""
    extra: dict[str, str] = field(default_factory=dict)
    """Unknown input fields, kept aside as JSON text."""

    def __post_init__(self) -> None:
        if not self.id:
            raise RecordError("Article", "id", "is empty")
        at = 0
        for region in self.regions:
            if region.start != at or region.end <= region.start:
                raise RecordError("Article", "regions", f"gap or overlap at {at}")
            at = region.end
        if self.regions and at != len(self.text):
            raise RecordError("Article", "regions", f"end at {at} of {len(self.text)}")

    @property
    def is_supported_language(self) -> bool:
        """False only where another language than English was identified."""
        return self.language is None or self.language.partition("-")[0] == "en"

    def span(self, start: int, end: int) -> Span:
        """The span `[start, end)` of this article's text."""
        return Span.of(self.text, start, end)

    def region_at(self, offset: int) -> RegionKind:
        """The kind of the region that holds `offset`; `body` where regions are not marked."""
        low, high = 0, len(self.regions)
        while low < high:
            middle = (low + high) // 2
            if self.regions[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return self.regions[low].kind if low < len(self.regions) else RegionKind.BODY
