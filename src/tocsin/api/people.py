"""Routes about who asks: oneself, and the audit log for admins. Accounts are made by commands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from tocsin.api.access import Admin, Asking, doorkeeper_of
from tocsin.api.answers import answer
from tocsin.api.described import ANY_OBJECT, json_answer, list_of
from tocsin.publish.contract import Json
from tocsin.records import AuditEntry

router = APIRouter(tags=["people"])

MAX_LINES = 1_000


@router.get("/me", responses=json_answer(ANY_OBJECT))
def me(request: Request, asker: Asking) -> Response:
    """Who asks, and as what; `name` is null where no login is demanded."""
    return answer(request, {"name": asker.name, "role": asker.role.value})


@router.get("/audit", responses=json_answer(list_of(ANY_OBJECT)))
def list_audit(
    request: Request, _: Admin, limit: Annotated[int, Query(ge=1, le=MAX_LINES)] = 100
) -> Response:
    """Sign-ins, writes and changes of accounts, newest first; for admins."""
    keeper = doorkeeper_of(request)
    lines = keeper.audit(limit) if keeper else []
    return answer(request, {"items": [audit_json(line) for line in lines]})


def audit_json(entry: AuditEntry) -> Json:
    """A line of the audit log as JSON."""
    return {
        "at": entry.at.isoformat(),
        "act": entry.act.value,
        "who": entry.who,
        "about": entry.about,
        "address": entry.address,
    }
