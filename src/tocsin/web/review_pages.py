"""Routes of review: the queue, a value to be set, and the one address that decisions post to.

A decision answers with the way on (303), so that going back or loading anew repeats nothing.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from tocsin.api.access import DEFAULT_REVIEWER, LentStore, Pool, SignedIn, known_incident
from tocsin.api.form_tokens import TOKEN_FIELD, check_token
from tocsin.api.queue import QueueKind, queue_of
from tocsin.api.writing import desk_of, settings_of
from tocsin.review import FieldName
from tocsin.web.edit import edit_view
from tocsin.web.forms import Posted, asked_decision, local_address
from tocsin.web.rendering import deciding_page
from tocsin.web.review import review_view

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
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
) -> Response:
    """The queue, and one item of it in full."""
    view = review_view(
        pool,
        store,
        queue_of(request),
        kind=kind,
        key=item,
        cursor=cursor,
        done=done,
        reviewer=by,
    )
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


@router.post("/review/decide")
def decide(request: Request, signed_in: SignedIn, form: Posted) -> Response:
    """Make the decision that a form of this board asks for, and go on."""
    check_token(request, form.one(TOKEN_FIELD), signed_in)
    asked = asked_decision(form)
    done = desk_of(request).decide(asked.act, signed_in or asked.reviewer, asked.reason)
    by = asked.reviewer if asked.reviewer != DEFAULT_REVIEWER else None
    back = local_address(form.one("back"), done=done.decision.id, by=by)
    return RedirectResponse(back, SEE_OTHER, headers={"Cache-Control": "no-store"})
