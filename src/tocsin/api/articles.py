"""Routes of articles and reports: the texts kept, and what was read from each."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from tocsin.api.access import LentStore
from tocsin.api.answers import answer
from tocsin.api.described import ANY_OBJECT, EXTRACTION, json_answer, page_of
from tocsin.api.errors import NotFound
from tocsin.api.paging import DEFAULT_LIMIT, MAX_LIMIT, id_cursor, id_of
from tocsin.publish.contract import article_json, extraction_json, report_json

router = APIRouter(tags=["articles"])

QUESTION = "articles"


@router.get("/articles", responses=json_answer(page_of(ANY_OBJECT)))
def list_articles(
    request: Request,
    store: LentStore,
    cursor: Annotated[str | None, Query(max_length=4_000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> Response:
    """Articles by id, without their texts, a page at a time."""
    after = id_of(cursor, QUESTION) if cursor else None
    articles = store.articles(after=after)
    found = list(islice(articles, limit + 1))
    more = id_cursor(found[limit - 1].id, QUESTION) if len(found) > limit else None
    items = [article_json(article) for article in found[:limit]]
    return answer(request, {"items": items, "next": more})


@router.get("/articles/{article_id:path}", responses=json_answer(ANY_OBJECT))
def show_article(request: Request, store: LentStore, article_id: str) -> Response:
    """One article with its text, its lineage and the versions that were kept."""
    versions = store.article_versions(article_id)
    if not versions:
        raise NotFound("article", article_id)
    article = store.article(article_id) or versions[-1].article
    body = {
        "article": article_json(article),
        "text": article.text,
        "lineage_id": store.lineage_of([article_id]).get(article_id),
        "versions": [
            {
                "number": version.number,
                "sha256": version.article.sha256,
                "recorded_at": version.recorded_at.isoformat(),
            }
            for version in versions
        ],
    }
    return answer(request, body)


@router.get("/extractions/{article_id:path}", responses=json_answer(EXTRACTION))
def show_extraction(request: Request, store: LentStore, article_id: str) -> Response:
    """What was read from an article: one line of `tocsin extract`."""
    article = store.article(article_id)
    extraction = store.extraction(article_id)
    if article is None or extraction is None:
        raise NotFound("article", article_id)
    return answer(request, extraction_json(article, extraction))


@router.get("/reports/{report_id}", responses=json_answer(ANY_OBJECT))
def show_report(request: Request, store: LentStore, report_id: str) -> Response:
    """One report, the article it stands in, and the incident it is part of."""
    contexts = store.reports_in_context([report_id])
    if not contexts:
        raise NotFound("report", report_id)
    report = contexts[0].report
    body = {
        **report_json(report),
        "article_id": report.article_id,
        "incident_id": store.incidents_of_reports([report_id]).get(report_id),
        "lineage_id": contexts[0].lineage_id,
        "outlet": contexts[0].outlet,
    }
    return answer(request, body)
