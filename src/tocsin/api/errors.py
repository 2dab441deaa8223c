"""Errors of the API: one JSON shape, and the HTTP status of each error in one place.

{"error": {"code": "bad_parameter", "message": "...", "field": "since"}}
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from tocsin.errors import RecordError, ReviewError, StoreBusy, StoreError, TocsinError

RETRY_AFTER_S = 5
"""What a client is told to wait when the store is busy."""

ERROR_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "field"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "field": {"type": ["string", "null"]},
            },
        }
    },
}

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many",
}


class ApiError(Exception):
    """A request cannot be answered. `field` names the parameter at fault, where one is;
    `retry_after_s` says when to ask again."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        *,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.retry_after_s = retry_after_s


class NotFound(ApiError):
    """Nothing of that id is in the store."""

    def __init__(self, what: str, id_: str) -> None:
        super().__init__(404, "not_found", f"no {what} {id_!r} in the store")


class BadParameter(ApiError):
    """A parameter has a value that means nothing."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(422, "bad_parameter", message, field)


def api_error(error: Exception) -> ApiError:
    """Any error that a route may raise, as what the client is told."""
    match error:
        case ApiError():
            return error
        case RequestValidationError():
            return _validation(error)
        case HTTPException():
            code = _CODES.get(error.status_code, "refused")
            return ApiError(error.status_code, code, str(error.detail))
        case StoreBusy():
            return ApiError(
                503, "store_busy", "the store is busy; try again", retry_after_s=RETRY_AFTER_S
            )
        case StoreError() | RecordError():
            return ApiError(500, "store_failed", str(error))
        case ReviewError():
            return ApiError(422, "bad_decision", str(error), error.act)
        case TocsinError():
            return ApiError(400, "bad_request", str(error))
        case _:
            return ApiError(500, "failed", "this is a fault of Tocsin, and is in its log")


def _validation(error: RequestValidationError) -> ApiError:
    first = error.errors()[0]
    kind, *where = [str(part) for part in first.get("loc", ())] or ["query"]
    if kind == "body":
        # After "body" comes which of the models was meant; that one means none has no name yet.
        where = where[1:] or [str(first.get("ctx", {}).get("discriminator", "")).strip("'")]
    message = str(first.get("msg", "is not understood")).removeprefix("Value error, ")
    if first.get("type") == "extra_forbidden":
        message = "is no parameter of this address"
    return ApiError(422, "bad_parameter", message, ".".join(where) or None)


def error_response(error: ApiError) -> Response:
    """The one shape."""
    body = {"error": {"code": error.code, "message": error.message, "field": error.field}}
    return JSONResponse(body, status_code=error.status, headers=error_headers(error))


def error_headers(error: ApiError) -> dict[str, str]:
    """What goes with an error, as JSON or as a page."""
    headers = {"Cache-Control": "no-store"}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def add_error_handlers(app: FastAPI) -> None:
    """Every error leaves as JSON."""

    def handle(_: Request, error: Exception) -> Response:
        return error_response(api_error(error))

    for kind in HANDLED:
        app.add_exception_handler(kind, handle)


HANDLED: tuple[type[Exception], ...] = (
    ApiError,
    RequestValidationError,
    HTTPException,
    TocsinError,
    Exception,
)
"""The errors a handler is set for; the last catches what is our fault."""
