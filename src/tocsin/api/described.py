"""What the OpenAPI document says of answers: the published schemas, and one shape of error."""

from __future__ import annotations

from typing import Any, Final

from tocsin.api.access import SESSION_COOKIE
from tocsin.api.errors import ERROR_SCHEMA
from tocsin.publish.schemas import load_schema

Responses = dict[int | str, dict[str, Any]]

_REF: Final = "#/components/schemas/"
GEOJSON: Final = "application/geo+json"


def json_answer(
    schema: dict[str, Any], description: str = "Done", media_type: str = "application/json"
) -> Responses:
    """A 200 of this schema, a 304, and the errors every route may give."""
    return {
        200: {"description": description, "content": {media_type: {"schema": schema}}},
        304: {"description": "The client has this very answer (If-None-Match)."},
        **ERRORS,
    }


def _error(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": f"{_REF}Error"}}},
    }


ERRORS: Final[Responses] = {
    400: _error("The request cannot be understood."),
    401: _error("A login is demanded, and nobody is signed in."),
    403: _error("Not for this role, or a write that another site's page may have made."),
    404: _error("Nothing of that id is in the store."),
    422: _error("A parameter means nothing; `field` names it."),
    429: _error("Too much asked; try again after `Retry-After` seconds."),
    500: _error("The store failed, or Tocsin did."),
    503: _error("The store is busy; try again after `Retry-After` seconds."),
}

SECURITY_SCHEMES: Final[dict[str, Any]] = {
    "token": {"type": "http", "scheme": "bearer", "description": "`tocsin tokens add` makes one."},
    "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
}

INCIDENT: Final = {"$ref": f"{_REF}Incident"}
EXTRACTION: Final = {"$ref": f"{_REF}Extraction"}
ANY_OBJECT: Final[dict[str, Any]] = {"type": "object"}


def page_of(item: dict[str, Any]) -> dict[str, Any]:
    """`{"items": [...], "next": cursor or null}`."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {"type": ["string", "null"]},
        },
    }


def list_of(item: dict[str, Any]) -> dict[str, Any]:
    """`{"items": [...]}`: all there are."""
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "items": item}},
    }


def components() -> dict[str, Any]:
    """The schemas that answers refer to. Each published one is a resource of its own (`$id`), so
    its inner references stay inside it."""
    return {
        "Error": ERROR_SCHEMA,
        "Incident": load_schema("incident"),
        "Extraction": load_schema("extract"),
    }
