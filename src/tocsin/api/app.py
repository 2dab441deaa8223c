"""The API as an application: routes under `/api/v1`, one shape of error, OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from tocsin import __version__
from tocsin.alert import RulesFile
from tocsin.api import (
    alert_rules,
    alerts,
    articles,
    decisions,
    feeds,
    incidents,
    people,
    record,
)
from tocsin.api.access import admitted
from tocsin.api.described import SECURITY_SCHEMES, components
from tocsin.api.doorkeeper import Doorkeeper
from tocsin.api.errors import add_error_handlers
from tocsin.api.form_tokens import FormTokens
from tocsin.api.pool import StorePool
from tocsin.api.queue import ReviewQueue
from tocsin.api.writing import ReviewDesk
from tocsin.config import Settings

API_PREFIX: Final = "/api/v1"
"""The number is the contract's `schema_version`."""
MAX_BODY_BYTES = 1_000_000
"""No route takes more than a decision; a larger body is refused unread."""


def new_app(
    pool: StorePool,
    desk: ReviewDesk | None = None,
    doorkeeper: Doorkeeper | None = None,
    rules: RulesFile | None = None,
) -> FastAPI:
    """An application without routes. Nothing of it calls out: no documentation pages, which would
    load scripts from elsewhere, and no telemetry. With a doorkeeper it demands a login; without a
    desk the record can be read and not decided on; `rules` are the alert rules that it shows."""
    app = FastAPI(
        title="Tocsin",
        version=__version__,
        summary="News reports in, one incident record out.",
        openapi_url=f"{API_PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(admitted)],
        max_body_size=MAX_BODY_BYTES,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.pool = pool
    app.state.doorkeeper = doorkeeper
    app.state.desk = desk
    app.state.rules = rules
    app.state.form_tokens = FormTokens()
    app.state.queue = ReviewQueue(desk.settings if desk else Settings())
    return app


def add_api(app: FastAPI) -> None:
    """Put the routes into an application made by `new_app`."""
    routes = APIRouter(prefix=API_PREFIX)
    for part in (
        incidents.router,
        articles.router,
        decisions.router,
        record.router,
        feeds.router,
        alerts.router,
        alert_rules.router,
        people.router,
    ):
        routes.include_router(part)
    app.include_router(routes)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]


def create_api(
    pool: StorePool,
    desk: ReviewDesk | None = None,
    doorkeeper: Doorkeeper | None = None,
    rules: RulesFile | None = None,
) -> FastAPI:
    """The API alone, without the board's pages."""
    app = new_app(pool, desk, doorkeeper, rules)
    add_error_handlers(app)
    add_api(app)
    return app


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document with the published schemas among its components, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version="3.1.0",
            summary=app.summary,
            routes=app.routes,
        )
        parts = document.setdefault("components", {})
        parts["securitySchemes"] = SECURITY_SCHEMES
        # Either, or neither on one's own machine.
        document["security"] = [{name: []} for name in SECURITY_SCHEMES] + [{}]
        parts["schemas"] = {**parts.get("schemas", {}), **components()}
        app.openapi_schema = document
    return app.openapi_schema
