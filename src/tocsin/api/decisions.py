"""Routes of review: the log of decisions, a new one, its undoing, and what is offered anew."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from tocsin.api.access import DEFAULT_REVIEWER, LentStore, Pool, SignedIn
from tocsin.api.answers import answer
from tocsin.api.asked import MAX_REASON_CHARS, AskedDecision
from tocsin.api.described import ANY_OBJECT, ERRORS, Responses, json_answer, list_of, page_of
from tocsin.api.hands import MAX_ITEMS, AskedAssignment, Whose, check_reviewer
from tocsin.api.queue import item_json, queue_of
from tocsin.api.writing import Decided, desk_of, settings_of
from tocsin.desk import offers
from tocsin.desk.telling import decision_json, offer_json
from tocsin.publish.contract import Json
from tocsin.review import active, agreements

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


class AskedUndoing(BaseModel):
    """Who withdraws, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str = Field("", max_length=MAX_REASON_CHARS)
    reviewer: str = Field(DEFAULT_REVIEWER, min_length=1, max_length=100)


class AskedDecisions(AskedUndoing):
    """Several decisions in one go. Reviewer and reason are those given here, for all of them."""

    decisions: list[AskedDecision] = Field(min_length=1, max_length=MAX_ITEMS)


@router.post("/decisions/bulk", status_code=201, responses=DECIDED)
def decide_all(
    request: Request, signed_in: SignedIn, asked: Annotated[AskedDecisions, Body()]
) -> Response:
    """Decide on several things in one go: all of it is logged, or nothing."""
    acts = [one.act for one in asked.decisions]
    done = desk_of(request).decide_all(acts, signed_in or asked.reviewer, asked.reason)
    return _decided(done)


@router.post("/decisions/{decision_id}/undo-together", status_code=201, responses=DECIDED)
def undo_together(
    request: Request,
    signed_in: SignedIn,
    decision_id: Annotated[str, Path(max_length=100)],
    asked: Annotated[AskedUndoing, Body()],
) -> Response:
    """Withdraw all that was decided in one go with this decision."""
    reviewer = signed_in or asked.reviewer
    return _decided(desk_of(request).undo_together(decision_id, reviewer, asked.reason))


def _decided(done: Decided) -> Response:
    items = [decision_json(one, in_force=True) for one in done.decisions]
    body: Json = {"items": items, "changed": list(done.changed)}
    return JSONResponse(body, status_code=201, headers={"Cache-Control": "no-store"})


@router.get("/agreement", responses=json_answer(list_of(ANY_OBJECT)))
def show_agreement(request: Request, store: LentStore) -> Response:
    """How alike reviewers judged the same things, by kind of question: the share of answers that
    agree, Krippendorff's alpha, and for each two reviewers Cohen's kappa."""
    items = [
        {**asdict(one), "pairs": [{**asdict(pair), "share": pair.share} for pair in one.pairs]}
        for one in agreements(store.decisions())
    ]
    return answer(request, {"items": items})


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
    *,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
    reviewer: Annotated[
        str | None, Query(max_length=100, description="Only what is in this one's hands.")
    ] = None,
    free: Annotated[bool, Query(description="Only what is in nobody's hands.")] = False,
) -> Response:
    """What waits for a person: alike pairs, open disputes, doubtful incidents, offers.

    Each page looks through so many of the newest incidents; it may hold few items, or none.
    """
    queue = queue_of(request).page(pool, store, cursor)
    hands = store.assignments()
    chosen = Whose(reviewer or None, free).chosen(queue.items, hands)
    items = [item_json(item, hands.get(item.key)) for item in chosen]
    return answer(request, {"items": items, "next": queue.next_cursor})


@router.post("/queue/assignments", responses=json_answer(ANY_OBJECT))
def assign(
    request: Request, signed_in: SignedIn, asked: Annotated[AskedAssignment, Body()]
) -> Response:
    """Put items of the queue into a reviewer's hands, whoever had them; null lets go of them.

    Where a login is demanded it must be someone who may decide.
    """
    del signed_in  # whoever may write may assign; the audit log says who did
    check_reviewer(request, asked.reviewer)
    desk_of(request).assign(asked.items, asked.reviewer)
    body: Json = {"items": asked.items, "reviewer": asked.reviewer}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})
