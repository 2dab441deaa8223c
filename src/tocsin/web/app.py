"""The board as an application: its pages, its files and the API, behind one guard."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from tocsin.alert import RulesFile
from tocsin.api import API_PREFIX, Doorkeeper, ReviewDesk, StorePool, add_api
from tocsin.api.app import new_app
from tocsin.api.errors import HANDLED, api_error, error_headers, error_response
from tocsin.web import alert_pages, login, metrics, pages, review_pages
from tocsin.web.rendering import page
from tocsin.web.security import LOOPBACK_NAMES, Guard

STATIC: Final = Path(__file__).parent / "static"

HEADINGS = {
    401: "Sign in first",
    403: "Not for you",
    404: "Nothing is here",
    421: "Not by this name",
    422: "That cannot be asked",
    429: "Too many tries",
    503: "The store is busy",
}


def create_board(
    pool: StorePool,
    desk: ReviewDesk | None = None,
    *,
    doorkeeper: Doorkeeper | None = None,
    rules: RulesFile | None = None,
    names: Collection[str] = LOOPBACK_NAMES,
    any_address: bool = False,
    more_routes: Collection[APIRouter] = (),
) -> Guard:
    """The board and the API over the pool's store; without a `desk` nothing can be decided.

    With a `doorkeeper` it demands a login; of a file of `rules` it shows the alert rules. `names`
    are the host names it answers to, with `any_address` also any IP address; `more_routes` stand
    before its own pages.
    """
    # A module script is refused by the browser unless it comes as JavaScript.
    mimetypes.add_type("text/javascript", ".mjs")
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.add_type("application/geo+json", ".geojson")
    app = new_app(pool, desk, doorkeeper, rules)
    for kind in HANDLED:
        app.add_exception_handler(kind, _refuse)
    add_api(app)
    for routes in more_routes:
        app.include_router(routes)
    if doorkeeper is not None:
        app.include_router(login.router)
    app.include_router(review_pages.router)
    app.include_router(alert_pages.router)
    app.include_router(pages.router)
    app.include_router(metrics.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    # Outermost, so that even the answer to a fault of ours carries the policy.
    return Guard(app, names, any_address=any_address)


def _refuse(request: Request, error: Exception) -> Response:
    """An error as JSON under the API's prefix, as a page elsewhere."""
    told = api_error(error)
    if request.url.path.startswith(f"{API_PREFIX}/"):
        return error_response(told)
    if told.status == 401 and request.method == "GET":
        return login.sent_to_login(request)
    values = {
        "heading": HEADINGS.get(told.status, "That did not work"),
        "message": told.message,
        "field": told.field,
        "mark": None,
    }
    answer = page(request, "error.html", values, status=told.status)
    answer.headers.update(error_headers(told))
    return answer
