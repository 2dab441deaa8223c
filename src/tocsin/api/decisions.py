"""Routes of review: the log of decisions, a new one, its undoing, and what is offered anew."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from fastapi.responses import JSONResponse, Response

from tocsin.api.access import LentStore, Pool, SignedIn
from tocsin.api.answers import answer
from tocsin.api.asked import AskedDecision
from tocsin.api.described import ANY_OBJECT, ERRORS, Responses, json_answer, list_of, page_of
from tocsin.api.queue import item_json, queue_of
from tocsin.api.writing import desk_of, settings_of
from tocsin.desk import offers
from tocsin.desk.telling import decision_json, offer_json
from tocsin.review import active

router = APIRouter(tags=["review"])

DECIDED: Responses = {
    201: {
        "description": "Decided: the line of the log, and `changed`, ids of changed incidents.",
        "content": {"application/json": {"schema": ANY_OBJECT}},
    },
    **ERRORS,
}


@router.get("/decisions", responses=json_answer(list_of(ANY_OBJECT)))
def list_decisions(request: Request, store: LentStore) -> Response:
    """What people decided, oldest first: the lines of `tocsin review log`."""
    decisions = store.decisions()
    in_force = {one.id for one in active(decisions)}
    items = [decision_json(one, in_force=one.id in in_force) for one in decisions]
    return answer(request, {"items": items})


@router.post("/decisions", status_code=201, responses=DECIDED)
def decide(
    request: Request, signed_in: SignedIn, asked: Annotated[AskedDecision, Body()]
) -> Response:
    """Decide. `undo` names an earlier decision; nothing is ever taken out of the log."""
    done = desk_of(request).decide(asked.act, signed_in or asked.reviewer, asked.reason)
    body = decision_json(done.decision, in_force=True) | {"changed": list(done.changed)}
    return JSONResponse(body, status_code=201, headers={"Cache-Control": "no-store"})


@router.get("/offers", responses=json_answer(list_of(ANY_OBJECT)))
def list_offers(request: Request, store: LentStore) -> Response:
    """Decisions that newer reports speak against: the lines of `tocsin review offers`."""
    found = offers(store, settings_of(request))
    return answer(request, {"items": [offer_json(one) for one in found]})


@router.get("/queue", responses=json_answer(page_of(ANY_OBJECT)))
def show_queue(
    request: Request,
    pool: Pool,
    store: LentStore,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """What waits for a person: alike pairs, open disputes, doubtful incidents, offers.

    Each page looks through so many of the newest incidents; it may hold few items, or none.
    """
    queue = queue_of(request).page(pool, store, cursor)
    items = [item_json(item) for item in queue.items]
    return answer(request, {"items": items, "next": queue.next_cursor})
