"""From the inbox into the record: each document read, extracted and kept, or set aside.

A document leaves the inbox after its articles are kept; killed in between, it is taken in again and
found unchanged. One that breaks a stage is quarantined with what it broke; one that ends the whole
process is known by its attempts, and set aside the next time.
"""

from __future__ import annotations

import contextlib
import errno
from collections import Counter
from dataclasses import dataclass

import structlog

from tocsin.config import Settings
from tocsin.errors import RefusedInput, StoreError
from tocsin.fetch import shown
from tocsin.pipeline import Extracted, Parts, extract_guarded, keep_extracted, resolve_pending
from tocsin.read import GivenMetadata
from tocsin.read.page import Payload, read_payload
from tocsin.records import Article
from tocsin.resolve import PairMemory
from tocsin.store import InboxItem, Store

log = structlog.get_logger()

MAX_ATTEMPTS = 5
"""Times a document may be begun: some ends of the process may be a coincidence (a kill, a power
cut), more are its doing."""
MAX_REASON_CHARS = 1_000
MACHINE_FAULTS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}
)
"""Failures that say nothing of the document at hand: no room, no handles, a broken disk."""
INBOX_STEP = 16
"""Documents taken in between two looks at what else is to be done."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a document broke: a stage (`read`, `extract`, `keep`), and how."""

    stage: str
    reason: str


class Intake:
    """Takes in what the inbox of one store holds."""

    def __init__(self, store: Store, parts: Parts, settings: Settings) -> None:
        self._store = store
        self._parts = parts
        self._settings = settings
        self._memory = PairMemory()
        self._begun: Counter[int] = Counter()
        """How often this process began a document that is still in the inbox: the store may have
        failed in between, which is no fault of the document's."""

    def step(self, limit: int = INBOX_STEP) -> int:
        """Take in the oldest documents and bring the record up to date; how many were begun.

        Raises StoreError where the store fails: the documents then stay where they are.
        """
        begun = 0
        # one at a time, so that an end of the process is counted against the one that was at work
        while begun < limit and (next_one := self._store.take_inbox(1)):
            (item,) = next_one
            begun += 1
            self._begun[item.key] += 1
            try:
                self._settle(item, self._take_in(item))
            except StoreError:
                # no fault of the document's: where that can be kept, it was not begun
                with contextlib.suppress(StoreError):
                    self._store.put_back([item.key])
                    self._begun[item.key] -= 1
                raise
            del self._begun[item.key]
        if begun:
            self.resolve()
        return begun

    def _settle(self, item: InboxItem, fault: Fault | None) -> None:
        """Let a document go that was taken in; set one aside that broke a stage."""
        if fault is None:
            self._store.leave_inbox([item.key])
            return
        source = shown(item.received.source)
        log.warning("quarantined", source=source, stage=fault.stage, reason=fault.reason)
        self._store.quarantine(item.key, fault.stage, fault.reason[:MAX_REASON_CHARS])

    def resolve(self) -> None:
        """Resolve what is kept and unresolved. A fault there costs the record its freshness, not
        the watch its life: what is unresolved is tried again with the next article."""
        try:
            resolve_pending(self._store, self._settings, memory=self._memory)
        except (StoreError, MemoryError):
            raise
        except Exception as error:
            log.error("resolution failed; the record is behind", exc_info=error)

    def _take_in(self, item: InboxItem) -> Fault | None:
        if item.attempts - self._begun[item.key] >= MAX_ATTEMPTS:
            return Fault("start", f"the process ended {MAX_ATTEMPTS} times while taking it in")
        articles = self._articles(item)
        if isinstance(articles, Fault):
            return articles
        version = self._parts.extractor.version
        for article in articles:
            if self._store.is_kept(article.id, article.sha256, version):
                continue
            extracted = extract_guarded(self._parts, article)
            if isinstance(extracted, RefusedInput):
                return Fault("extract", extracted.reason)
            fault = self._keep(extracted)
            if fault is not None:
                return fault
        return None

    def _articles(self, item: InboxItem) -> list[Article] | Fault:
        got = item.received
        given = GivenMetadata(
            published=got.published,
            outlet=got.outlet,
            url=got.url,
            id=got.article_id,
            title=got.title,
        )
        payload = Payload(got.body, got.source, given=given, kind=got.kind, charset=got.charset)
        articles = []
        try:
            for found in read_payload(payload, self._settings.read):
                if isinstance(found, RefusedInput):
                    return Fault("read", found.reason)
                articles.append(found)
        except MemoryError:
            raise
        # hostile documents break the libraries they meet
        except Exception as error:
            # a library that keeps a file of its own while it reads meets a full disk before we do
            if isinstance(error, OSError) and error.errno in MACHINE_FAULTS:
                raise StoreError(self._store.url, f"no work can be done: {error}") from error
            return Fault("read", f"{type(error).__name__}: {error}")
        return articles

    def _keep(self, extracted: Extracted) -> Fault | None:
        try:
            kept = keep_extracted(self._store, extracted)
        except (StoreError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one article's fault
            return Fault("keep", f"{type(error).__name__}: {error}")
        return Fault("keep", kept.reason) if isinstance(kept, RefusedInput) else None
