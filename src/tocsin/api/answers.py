"""Answers: JSON with an entity tag, so that what a client has already is not sent again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from tocsin.api.described import GEOJSON
from tocsin.publish.contract import Json

TAG_CHARS = 32


class GeoJsonResponse(Response):
    """Tells the OpenAPI document what a route of points answers with."""

    media_type = GEOJSON


def entity_tag(body: bytes) -> str:
    """A strong tag: it follows from the bytes alone."""
    return f'"{hashlib.sha256(body).hexdigest()[:TAG_CHARS]}"'


def is_known(request: Request, tag: str) -> bool:
    """True where the client holds this very answer (`If-None-Match`, RFC 9110)."""
    asked = request.headers.get("if-none-match", "")
    held = {part.strip().removeprefix("W/") for part in asked.split(",")}
    return tag in held or "*" in held


def answer(
    request: Request,
    body: Json,
    *,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The body as JSON, or 304 where the client has it."""
    return tagged(request, to_bytes(body), media_type, headers)


def tagged(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Bytes with their tag, or 304 where the client has them. `no-cache` means: ask each time."""
    tag = entity_tag(body)
    sent = {"ETag": tag, "Cache-Control": "private, no-cache", **(headers or {})}
    if is_known(request, tag):
        return Response(status_code=304, headers=sent)
    return Response(body, media_type=media_type, headers=sent)


def to_bytes(body: Any) -> bytes:
    """Compact UTF-8. Half a surrogate pair, which no text holds, would be a fault of ours."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
