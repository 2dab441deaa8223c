"""From inputs to what each article reports: read, extract, ground. Needs no store."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import structlog

from tocsin.config import Settings
from tocsin.errors import EndpointFailed, RefusedInput
from tocsin.extract import Extractor, open_extractor
from tocsin.ground import ground
from tocsin.read import GivenMetadata, read_inputs
from tocsin.records import Article, Extraction
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

log = structlog.get_logger()

AHEAD_PER_JOB = 8
"""Articles handed to each process in advance: enough to keep it busy, memory still flat."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that turn an article into reports. Opened once per process."""

    extractor: Extractor
    gazetteer: Gazetteer
    actors: ActorCatalogue

    @classmethod
    def open(cls, settings: Settings) -> Parts:
        """The parts that ship with Tocsin, and the user's gazetteer where one is named."""
        user = Path(settings.where.gazetteer) if settings.where.gazetteer else None
        gazetteer, actors = Gazetteer.open(user=user), ActorCatalogue.open()
        model = Path(settings.extract.model) if settings.extract.model else None
        extractor = open_extractor(
            settings.extract.reader,
            gazetteer=gazetteer,
            actors=actors,
            model=model,
            endpoint=settings.extract.endpoint,
        )
        return cls(extractor, gazetteer, actors)

    def extract(self, article: Article) -> Extraction:
        """What one article reports, values as meant. An unsupported language yields nothing."""
        if not article.is_supported_language:
            return Extraction(article.id, self.extractor.version)
        return ground(article, self.extractor.read(article), self.gazetteer, self.actors)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article and what it reports; None where the store already holds it unchanged."""

    article: Article
    extraction: Extraction | None


def extract_guarded(parts: Parts, article: Article) -> Extracted | RefusedInput:
    """What one article reports; a refusal where it breaks the reader."""
    try:
        return Extracted(article, parts.extract(article))
    except EndpointFailed as error:
        return RefusedInput(article.source or article.id, str(error))
    # Any fault in the rules on hostile text must cost that article alone, not the run; the
    # traceback is logged, the article is named and counted as refused.
    except Exception as error:
        if isinstance(error, MemoryError):
            raise
        log.error("extraction failed", article=article.id, source=article.source, exc_info=error)
        return RefusedInput(
            article.source or article.id,
            f"could not be extracted ({type(error).__name__}: {error}); please report this",
            locator=f"article {article.id}",
        )


def extract_all(
    inputs: Sequence[str],
    settings: Settings,
    *,
    given: GivenMetadata | None = None,
    jobs: int = 1,
    is_kept: Callable[[Article, str], bool] | None = None,
) -> Iterator[Extracted | RefusedInput]:
    """Read and extract every input, lazily and in input order, whatever `jobs` is.

    `is_kept(article, extractor_version)` says whether a store already holds this very text as read
    by this version: such an article comes back with `extraction` None and costs no more.
    """
    parts = Parts.open(settings)
    known = is_kept or (lambda _article, _version: False)
    items = read_inputs(inputs, settings.read, given=given or GivenMetadata())
    if jobs == 1:
        for item in items:
            if isinstance(item, RefusedInput):
                yield item
            elif known(item, parts.extractor.version):
                yield Extracted(item, None)
            else:
                yield extract_guarded(parts, item)
        return
    yield from _extract_parallel(items, parts.extractor.version, known, jobs, settings)


_parts_of_process: Parts | None = None


def _open_in_process(settings: Settings) -> None:
    global _parts_of_process  # noqa: PLW0603 (one set of parts per worker process)
    _parts_of_process = Parts.open(settings)


def _extract_in_process(article: Article) -> Extracted | RefusedInput:
    assert _parts_of_process is not None  # noqa: S101 (set by the pool's initializer)
    return extract_guarded(_parts_of_process, article)


def _extract_parallel(
    items: Iterable[Article | RefusedInput],
    version: str,
    known: Callable[[Article, str], bool],
    jobs: int,
    settings: Settings,
) -> Iterator[Extracted | RefusedInput]:
    """As `extract_all`, in `jobs` processes; order is kept and the queue is bounded."""
    waiting: deque[Extracted | RefusedInput | Future[Extracted | RefusedInput]] = deque()
    # spawn: forking a process that holds threads and an open store is asking for trouble
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs,
        mp_context=context,
        initializer=_open_in_process,
        initargs=(settings,),
    ) as pool:
        try:
            for item in items:
                if isinstance(item, RefusedInput):
                    waiting.append(item)
                elif known(item, version):
                    waiting.append(Extracted(item, None))
                else:
                    waiting.append(pool.submit(_extract_in_process, item))
                while len(waiting) > jobs * AHEAD_PER_JOB:
                    yield _settled(waiting.popleft())
            while waiting:
                yield _settled(waiting.popleft())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _settled(
    item: Extracted | RefusedInput | Future[Extracted | RefusedInput],
) -> Extracted | RefusedInput:
    return item.result() if isinstance(item, Future) else item
