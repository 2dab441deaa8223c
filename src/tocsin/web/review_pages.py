"""Routes of review: the queue, agreement, a value to be set, and the addresses that forms post to.

A decision answers with the way on (303), so that going back or loading anew repeats nothing.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from tocsin.api.access import (
    DEFAULT_REVIEWER,
    LentStore,
    Pool,
    SignedIn,
    asker_of,
    known_incident,
)
from tocsin.api.asked import MAX_REASON_CHARS
from tocsin.api.errors import BadParameter
from tocsin.api.form_tokens import TOKEN_FIELD, check_token
from tocsin.api.hands import MAX_ITEMS, check_reviewer
from tocsin.api.queue import QueueKind, queue_of
from tocsin.api.writing import desk_of, settings_of
from tocsin.review import FieldName
from tocsin.web.agreement import agreement_view
from tocsin.web.edit import edit_view
from tocsin.web.forms import Posted, PostedForm, asked_decision, asked_of_items, local_address
from tocsin.web.rendering import deciding_page, page
from tocsin.web.review import UNDO_TOGETHER, Asked, Hands, review_view

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
MAX_NAME_CHARS: Final = 100
Name = Annotated[str | None, Query(max_length=100)]
Offset = Annotated[int | None, Query(ge=0, le=10**9)]
Words = Annotated[str | None, Query(max_length=4_000)]


@router.get("/review")
def review(
    request: Request,
    pool: Pool,
    store: LentStore,
    *,
    kind: QueueKind | None = None,
    item: Annotated[str | None, Query(max_length=400)] = None,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
    done: Annotated[str | None, Query(max_length=100)] = None,
    by: Name = None,
    whose: Hands | None = None,
) -> Response:
    """The queue, and one item of it in full."""
    asked = Asked(
        kind=kind,
        key=item,
        cursor=cursor,
        done=done,
        by=by,
        reviewer=asker_of(request).name or by or DEFAULT_REVIEWER,
        whose=whose,
    )
    view = review_view(pool, store, queue_of(request), asked)
    return deciding_page(request, "review.html", {"view": view, "mark": store.record_mark()})


@router.get("/incidents/{incident_id}/edit")
def edit(
    request: Request,
    store: LentStore,
    incident_id: str,
    *,
    field: FieldName,
    article: Words = None,
    start: Offset = None,
    end: Offset = None,
    quote: Words = None,
    by: Name = None,
) -> Response:
    """A value of an incident to be set, read from words of an article where they are given."""
    incident = known_incident(store, incident_id).incident
    view = edit_view(
        store,
        settings_of(request),
        incident,
        field,
        article_id=article,
        start=start or 0,
        end=end or 0,
        quote=quote,
        reviewer=by or DEFAULT_REVIEWER,
    )
    return deciding_page(request, "edit.html", {"view": view, "mark": None})


@router.get("/review/agreement")
def agreement(request: Request, pool: Pool, store: LentStore) -> Response:
    """How alike reviewers judge."""
    values = {"view": agreement_view(pool, store), "mark": store.record_mark()}
    return page(request, "agreement.html", values)


@router.post("/review/decide")
def decide(request: Request, signed_in: SignedIn, form: Posted) -> Response:
    """Make the decision that a form of this board asks for, and go on."""
    check_token(request, form.one(TOKEN_FIELD), signed_in)
    desk = desk_of(request)
    if form.one("act") == UNDO_TOGETHER:
        reviewer, reason = _who_and_why(form, signed_in)
        done = desk.undo_together(form.one("decision") or "", reviewer, reason)
    else:
        asked = asked_decision(form)
        done = desk.decide(asked.act, signed_in or asked.reviewer, asked.reason)
    return _back(form, done=done.decision.id)


@router.post("/review/many")
def decide_many(request: Request, signed_in: SignedIn, form: Posted) -> Response:
    """Answer all the items ticked alike, or say in whose hands they are, and go on."""
    check_token(request, form.one(TOKEN_FIELD), signed_in)
    keys, act = form.all("item"), form.one("act") or ""
    if not 0 < len(keys) <= MAX_ITEMS:
        raise BadParameter("item", f"tick one item or more, and at most {MAX_ITEMS}")
    reviewer, reason = _who_and_why(form, signed_in)
    if act in HANDS:
        to = {"take": reviewer, "hand": form.one("to"), "release": None}[act]
        if act == "hand" and to is None:
            raise BadParameter("to", "says whom they are handed to")
        check_reviewer(request, to)
        desk_of(request).assign(keys, to)
        return _back(form)
    acts = [asked.act for asked in asked_of_items(form, act)]
    done = desk_of(request).decide_all(acts, reviewer, reason)
    return _back(form, done=done.decision.id)


HANDS: Final = frozenset({"take", "hand", "release"})
"""What can be done with items beside answering them."""


def _who_and_why(form: PostedForm, signed_in: str | None) -> tuple[str, str]:
    """The reviewer and the reason that a form gives."""
    reviewer = signed_in or form.one("reviewer") or DEFAULT_REVIEWER
    return reviewer[:MAX_NAME_CHARS], (form.one("reason") or "")[:MAX_REASON_CHARS]


def _back(form: PostedForm, done: str | None = None) -> Response:
    """On to where the form came from, or to the item after it."""
    named = form.one("reviewer")
    by = named if named != DEFAULT_REVIEWER else None
    back = local_address(form.one("back"), done=done, by=by)
    return RedirectResponse(back, SEE_OTHER, headers={"Cache-Control": "no-store"})
