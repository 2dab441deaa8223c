"""What is watched, and how: the tables `[watch]` and `[[feeds]]` of the settings file."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from tocsin.errors import SettingsError

DAY_S = 86_400.0


class FeedKind(StrEnum):
    """What a watched address gives."""

    FEED = "feed"
    """RSS, Atom or JSON feed: told apart by what comes."""
    SITEMAP = "sitemap"
    """A sitemap, a news sitemap, or an index of them."""
    LINKS = "links"
    """A page (a section's front) whose links are articles, or a plain list of addresses."""


class FeedPlan(BaseModel):
    """One watched address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(pattern=r"^https?://[^\s]+$", max_length=2_000)
    kind: FeedKind = FeedKind.FEED
    outlet: str | None = Field(default=None, max_length=200)
    """Named on its articles; left out, the feed's own title is, or what the page says."""
    content: Literal["page", "feed"] = "page"
    """`feed`: the entry carries the whole text, and its page is not asked for."""
    prefix: str | None = None
    """Of links: the path that an article's address begins with, e.g. `/news/`."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> FeedPlan:
        if self.prefix is not None and self.kind is not FeedKind.LINKS:
            raise ValueError("`prefix` is for feeds of kind `links`")
        if self.content == "feed" and self.kind is not FeedKind.FEED:
            raise ValueError("`content` is for feeds of kind `feed`")
        return self


class WatchSettings(BaseModel):
    """How often and how gently. Distances in seconds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_interval_s: float = Field(default=900.0, gt=0)
    """Between two polls of a feed of which nothing is known yet."""
    min_interval_s: float = Field(default=300.0, gt=0)
    """However much news a feed brings."""
    max_interval_s: float = Field(default=6 * 3600.0, gt=0, le=DAY_S)
    """However long a feed has brought none."""
    host_delay_s: float = Field(default=5.0, ge=0)
    """Between two requests to one host; a longer Crawl-delay of its robots.txt wins."""
    rechecks_s: tuple[float, ...] = (3600.0, 4 * 3600.0, DAY_S, 3 * DAY_S)
    """After a page was fetched, when it is asked for again to see whether it was edited."""
    max_age_days: float = Field(default=7.0, gt=0)
    """Of sitemaps: older pages are left alone. Of any page: how long a failing one is tried."""
    max_entries: int = Field(default=500, gt=0)
    """Items taken from one poll, in the order given."""
    workers: int = Field(default=8, ge=1, le=64)
    """Requests under way at a time, never two to one host."""
    seed: int = 0
    """Of the jitter, so that two watchers of the same feeds need not come at the same moments."""

    @field_validator("rechecks_s")
    @classmethod
    def _is_positive(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if any(wait <= 0 for wait in value):
            raise ValueError("wants seconds above 0")
        return value

    @model_validator(mode="after")
    def _is_ordered(self) -> WatchSettings:
        if not self.min_interval_s <= self.first_interval_s <= self.max_interval_s:
            raise ValueError("wants min_interval_s <= first_interval_s <= max_interval_s")
        return self


class WatchPlan(BaseModel):
    """The feeds and how they are watched."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    watch: WatchSettings = Field(default_factory=WatchSettings)
    feeds: tuple[FeedPlan, ...] = ()

    @field_validator("feeds")
    @classmethod
    def _names_each_once(cls, value: tuple[FeedPlan, ...]) -> tuple[FeedPlan, ...]:
        seen: set[str] = set()
        for feed in value:
            if feed.url in seen:
                raise ValueError(f"{feed.url} is named twice")
            seen.add(feed.url)
        return value


def load_plan(path: Path) -> WatchPlan:
    """The plan of a TOML file, whose other tables are Settings. Raises SettingsError."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"is not TOML: {error}") from error
    wanted = {name: values[name] for name in WatchPlan.model_fields if name in values}
    try:
        plan = WatchPlan.model_validate(wanted)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = "is not a setting" if first["type"] == "extra_forbidden" else first["msg"]
        raise SettingsError(key, reason) from error
    if not plan.feeds:
        raise SettingsError("feeds", f"{path} names none; see docs/watch.md")
    return plan
