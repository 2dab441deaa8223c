"""Routes of the board's pages. Each gathers a view and renders it; none writes.

What decides is in `review_pages`; pages read what was decided from the store like everything else.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from tocsin.api.access import DEFAULT_REVIEWER, LentStore, Pool
from tocsin.api.errors import BadParameter
from tocsin.api.query import IncidentListQuery, read_moment
from tocsin.desk.shown import SHOWABLE
from tocsin.review import FIELDS
from tocsin.web.article import article_page
from tocsin.web.board import board_view
from tocsin.web.coding import coding_view
from tocsin.web.incident import incident_view, moment_of_state
from tocsin.web.lineage import lineage_view
from tocsin.web.lists import search_view, sources_view, tally_rows
from tocsin.web.rendering import deciding_page, page
from tocsin.web.review import log_line

router = APIRouter(include_in_schema=False)

Offset = Annotated[int | None, Query(ge=0, le=10**9)]


@router.get("/")
def board(
    request: Request, pool: Pool, store: LentStore, query: Annotated[IncidentListQuery, Query()]
) -> Response:
    """The board; on an empty store, what to do first."""
    view = board_view(pool, store, query)
    template = "empty.html" if view.is_empty_store else "board.html"
    return page(request, template, {"view": view, "store_url": store.url, "mark": view.mark})


@router.get("/incidents/{incident_id}")
def incident(
    request: Request,
    pool: Pool,
    store: LentStore,
    incident_id: str,
    *,
    as_of: Annotated[str, Query(max_length=40)] = "",
    state: Annotated[int | None, Query(ge=1, le=10**6)] = None,
    article: Annotated[str | None, Query(max_length=4_000)] = None,
    start: Offset = None,
    end: Offset = None,
    done: Annotated[str | None, Query(max_length=100)] = None,
    by: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """One incident, an article beside it; after a decision, what was decided.

    `state` is a number of its history, another way to say `as_of`.
    """
    if state is not None:
        as_of = moment_of_state(store, incident_id, state).isoformat()
    view = incident_view(
        pool,
        store,
        incident_id,
        as_of=as_of or None,
        moment=_moment(as_of),
        article_id=article,
        start=start,
        end=end,
    )
    values = {
        "view": view,
        "done": log_line(pool, store, done),
        "reviewer": by or DEFAULT_REVIEWER,
        "fields": FIELDS,
        "showable": SHOWABLE,
        "mark": store.record_mark(),
    }
    return deciding_page(request, "incident.html", values)


@router.get("/incidents/{incident_id}/lineage")
def lineage(request: Request, store: LentStore, incident_id: str) -> Response:
    """The origins of an incident, and what each reprint made of its text."""
    values = {"view": lineage_view(store, incident_id), "mark": store.record_mark()}
    return page(request, "lineage.html", values)


@router.get("/articles/{article_id:path}")
def article(
    request: Request, store: LentStore, article_id: str, start: Offset = None, end: Offset = None
) -> Response:
    """One article with its reports."""
    values = {"page": article_page(store, article_id, start, end), "mark": store.record_mark()}
    return page(request, "article.html", values)


class CodingQuery(IncidentListQuery):
    """The filters, and the data set whose rows are wanted."""

    shape: Literal["acled", "ged"] = "acled"


@router.get("/coding")
def coding(request: Request, store: LentStore, query: Annotated[CodingQuery, Query()]) -> Response:
    """The record as rows of another data set."""
    values = {"view": coding_view(store, query.shape, query), "mark": store.record_mark()}
    return page(request, "coding.html", values)


@router.get("/tallies")
def tallies(request: Request, pool: Pool, store: LentStore) -> Response:
    """Aggregate claims beside the record's own count."""
    values = {"rows": tally_rows(pool, store), "mark": store.record_mark()}
    return page(request, "tallies.html", values)


@router.get("/sources")
def sources(request: Request, pool: Pool, store: LentStore) -> Response:
    """Who printed what."""
    values = {"view": sources_view(pool, store), "mark": store.record_mark()}
    return page(request, "sources.html", values)


@router.get("/search")
def search(
    request: Request, store: LentStore, q: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Words of articles and incidents."""
    values = {"view": search_view(store, q), "mark": store.record_mark()}
    return page(request, "search.html", values)


def _moment(text: str) -> dt.datetime | None:
    try:
        return read_moment(text) if text else None
    except ValueError as error:
        raise BadParameter("as_of", str(error)) from None
