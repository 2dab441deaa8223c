"""Routes of the record as a whole: tallies, outlets, search, logs, exports, changes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from typing import Annotated, Final

import anyio.to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from tocsin import __version__
from tocsin.api.access import LentStore, Pool, pool_of, stored_json, tally_checks
from tocsin.api.answers import answer
from tocsin.api.coverage import coverage, coverage_json
from tocsin.api.described import ANY_OBJECT, ERRORS, json_answer, list_of
from tocsin.api.errors import NotFound
from tocsin.api.listing import all_incidents
from tocsin.api.pool import StorePool
from tocsin.api.query import IncidentQuery
from tocsin.publish.contract import Json, tally_check_json
from tocsin.publish.crosswalk import (
    SHAPES,
    CodedRow,
    Crosswalk,
    Ruling,
    coded,
    write_coded_csv,
    write_rulings,
)
from tocsin.publish.exports import FORMATS, ExportFormat
from tocsin.records import Published
from tocsin.store import ArticleHit, IncidentFilter, Listing, OutletCounts

router = APIRouter()

MAX_HITS = 100
CSV: Final = {"text/csv": {"schema": {"type": "string"}}}
JSONL: Final = {"application/x-ndjson": {"schema": {"type": "string"}}}
EVENTS: Final = {"text/event-stream": {"schema": {"type": "string"}}}
CHANGE_POLL_S = 2.0
"""How often a listener's stream looks at the record's mark."""
KEEP_ALIVE_S = 20.0
"""A comment is sent after so long without a change, so that a dead connection is noticed."""


@router.get("/tallies", tags=["record"], responses=json_answer(list_of(ANY_OBJECT)))
def list_tallies(request: Request, pool: Pool, store: LentStore) -> Response:
    """Aggregate claims ("the 19th attack since October") beside the record's own count."""
    items = [
        {
            **tally_check_json(stored.tally, check),
            "outlet": stored.outlet,
            "published": _published(stored.published) if stored.published else None,
        }
        for stored, check in tally_checks(pool, store)
    ]
    return answer(request, {"items": items})


@router.get("/sources", tags=["record"], responses=json_answer(list_of(ANY_OBJECT)))
def list_sources(request: Request, pool: Pool, store: LentStore) -> Response:
    """Outlets: how much each printed, over how many independent origins, from when to when."""
    outlets = pool.remembered(store, "outlets", store.outlets)
    return answer(request, {"items": [outlet_json(one) for one in outlets]})


@router.get("/sources/coverage", tags=["record"], responses=json_answer(ANY_OBJECT))
def show_coverage(request: Request, pool: Pool, store: LentStore) -> Response:
    """Which outlets told how many of the newest incidents of each country, and which are silent."""
    found = pool.remembered(store, "coverage", lambda: coverage(store))
    return answer(request, coverage_json(found))


@router.get("/search", tags=["record"], responses=json_answer(ANY_OBJECT))
def search(
    request: Request,
    store: LentStore,
    q: Annotated[str, Query(max_length=200, description='Words; "quoted" words as a phrase.')],
    limit: Annotated[int, Query(ge=1, le=MAX_HITS)] = 20,
) -> Response:
    """Articles and incidents that hold all the words."""
    found = store.summaries(IncidentFilter(text=q), listing=Listing(newest_first=True, limit=limit))
    body = {
        "articles": [hit_json(hit) for hit in store.search_articles(q, limit)],
        "incidents": [
            {
                "id": one.id,
                "title": one.title,
                "day": one.position.day.isoformat() if one.position.day else None,
                "status": one.status.value,
            }
            for one in found
        ],
    }
    return answer(request, body)


@router.get("/refusals", tags=["record"], responses=json_answer(list_of(ANY_OBJECT)))
def list_refusals(request: Request, store: LentStore) -> Response:
    """Inputs that could not be read, each with its reason."""
    items = [
        {"source": one.source, "locator": one.locator, "reason": one.reason}
        for one in store.refusals()
    ]
    return answer(request, {"items": items})


@router.get("/health", tags=["record"], responses=json_answer(ANY_OBJECT))
def health(request: Request, pool: Pool, store: LentStore) -> Response:
    """That it runs, which version, and how much the store holds."""
    counts = pool.remembered(store, "counts", store.counts)
    body = {
        "status": "ok",
        "version": __version__,
        "mark": store.record_mark(),
        "articles": counts.articles,
        "reports": counts.reports,
        "incidents": counts.incidents,
        "lineages": counts.lineages,
        "refusals": counts.refusals,
    }
    return answer(request, body)


@router.get(
    "/exports/incidents.{output_format}",
    tags=["record"],
    responses={200: {"description": "The file, streamed."}, **ERRORS},
    response_class=StreamingResponse,
)
def export(
    request: Request, output_format: ExportFormat, query: Annotated[IncidentQuery, Query()]
) -> Response:
    """Every incident that passes the filters, as jsonl, csv, parquet, geojson, kml or stix."""
    if output_format not in FORMATS:
        raise NotFound("export format", output_format.value)
    pieces = exported(pool_of(request), output_format, query)
    kind = FORMATS[output_format]
    return _attached(pieces, kind.media_type, f"incidents.{kind.suffix}")


@router.get(
    "/exports/{shape}.csv",
    tags=["record"],
    responses={200: {"description": "The file, streamed.", "content": CSV}, **ERRORS},
    response_class=StreamingResponse,
)
def export_coded(
    request: Request, shape: str, query: Annotated[IncidentQuery, Query()]
) -> Response:
    """The incidents that pass the filters as rows of another data set: `acled` or `ged`."""
    crosswalk = known_shape(shape)
    pieces = coded_pieces(
        pool_of(request), query, crosswalk, lambda entries: write_coded_csv(entries, crosswalk)
    )
    return _attached(pieces, FORMATS[ExportFormat.CSV].media_type, f"{shape}.csv")


@router.get(
    "/exports/{shape}.rules.jsonl",
    tags=["record"],
    responses={200: {"description": "The file, streamed.", "content": JSONL}, **ERRORS},
    response_class=StreamingResponse,
)
def export_rulings(
    request: Request, shape: str, query: Annotated[IncidentQuery, Query()]
) -> Response:
    """What has no row of its own there, and which rule folded or dropped it."""
    pieces = coded_pieces(pool_of(request), query, known_shape(shape), write_rulings)
    return _attached(pieces, FORMATS[ExportFormat.JSONL].media_type, f"{shape}.rules.jsonl")


def known_shape(shape: str) -> Crosswalk:
    """The crosswalk of a name. Raises NotFound."""
    if shape not in SHAPES:
        raise NotFound("shape", shape)
    return SHAPES[shape]


def coded_pieces(
    pool: StorePool,
    query: IncidentQuery,
    crosswalk: Crosswalk,
    write: Callable[[Iterable[CodedRow | Ruling]], Iterator[str]],
) -> Iterator[str]:
    """The pieces of a coded export. The store is held for as long as the client reads."""
    with pool.lend() as store:
        incidents = (one.incident for one in all_incidents(store, query.selection()))
        yield from write(coded(incidents, crosswalk))


def _attached(pieces: Iterator[str] | Iterator[bytes], media_type: str, name: str) -> Response:
    return StreamingResponse(
        pieces,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def exported(pool: StorePool, output_format: ExportFormat, query: IncidentQuery) -> Iterator[bytes]:
    """The pieces of an export. The store is held for as long as the client reads."""
    with pool.lend() as store:
        selection = query.selection()
        chosen = all_incidents(store, selection)
        rows = (stored_json(store, one, selection.as_of) for one in chosen)
        yield from FORMATS[output_format].write(rows)


@router.get(
    "/changes",
    tags=["record"],
    responses={200: {"description": "Events `record` with the new mark.", "content": EVENTS}},
    response_class=StreamingResponse,
)
async def changes(request: Request) -> Response:
    """Server-sent events: one whenever the record changed."""
    return StreamingResponse(
        change_events(pool_of(request)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def change_events(
    pool: StorePool, poll_s: float = CHANGE_POLL_S
) -> AsyncGenerator[str, None]:
    """The mark now, then each new one. Ends when the client goes away."""
    told: int | None = None
    silent_s = 0.0
    while True:
        mark = await anyio.to_thread.run_sync(_mark, pool)
        if mark != told:
            told, silent_s = mark, 0.0
            yield f'event: record\ndata: {{"mark":{mark}}}\n\n'
        elif silent_s >= KEEP_ALIVE_S:
            silent_s = 0.0
            yield ": still here\n\n"
        await anyio.sleep(poll_s)
        silent_s += poll_s


def _mark(pool: StorePool) -> int:
    with pool.lend() as store:
        return store.record_mark()


def outlet_json(one: OutletCounts) -> Json:
    """How much of the record one outlet printed."""
    return {
        "outlet": one.outlet,
        "articles": one.articles,
        "lineages": one.lineages,
        "reports": one.reports,
        "first_published": one.first_published.isoformat() if one.first_published else None,
        "last_published": one.last_published.isoformat() if one.last_published else None,
    }


def hit_json(hit: ArticleHit) -> Json:
    """An article found, with an excerpt in pieces: plain words, and words that match."""
    return {
        "article_id": hit.article_id,
        "title": hit.title,
        "snippet": [{"text": one.text, "is_match": one.is_match} for one in hit.snippet],
    }


def _published(published: Published) -> str:
    return published.moment.isoformat() if published.moment else published.date.isoformat()
