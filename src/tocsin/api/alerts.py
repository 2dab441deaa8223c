"""Routes of alerts: what rules said, as JSON and as an Atom feed of each rule."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from tocsin.alert.atom import atom_feed
from tocsin.alert.collect import alert_of
from tocsin.alert.telling import alert_json
from tocsin.api.access import LentStore
from tocsin.api.answers import answer, tagged
from tocsin.api.described import ANY_OBJECT, ERRORS, json_answer, list_of
from tocsin.api.errors import NotFound

router = APIRouter()

MAX_ALERTS = 200
FEED_ENTRIES = 100
ATOM = "application/atom+xml"


@router.get("/alerts", tags=["alerts"], responses=json_answer(list_of(ANY_OBJECT)))
def list_alerts(
    request: Request,
    store: LentStore,
    rule: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ALERTS)] = 50,
) -> Response:
    """What rules said, newest first (docs/alerts.md)."""
    stored = store.outbox.alerts(rule, limit=limit)
    return answer(request, {"items": [alert_json(alert_of(one)) for one in stored]})


@router.get(
    "/alerts/{rule}.atom",
    tags=["alerts"],
    responses={200: {"description": "The feed.", "content": {ATOM: {}}}, **ERRORS},
    response_class=Response,
)
def alert_feed(
    request: Request, store: LentStore, rule: Annotated[str, Path(max_length=64)]
) -> Response:
    """The feed of a rule that was run on this store."""
    if rule not in store.outbox.positions():
        raise NotFound("alert rule", rule)
    stored = store.outbox.alerts(rule, limit=FEED_ENTRIES)
    return tagged(request, atom_feed(rule, [alert_of(one) for one in stored]), ATOM)
