"""Asking an endpoint: one request of the chat-completions form, tried again where that may help."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx
from pydantic import ValidationError

from tocsin.errors import EndpointFailed
from tocsin.extract.endpoint.answer import INSTRUCTIONS, SCHEMA, Answered
from tocsin.extract.endpoint.config import EndpointSettings

PAUSE_S: Final = 1.0
"""Before the second try; twice as long before each further one."""
WORTH_A_RETRY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
SEED: Final = 7
"""The same on each request: endpoints that heed it answer alike. None promises it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request, as the endpoint counts them; 0 where it does not say."""

    sent: int
    received: int


class Endpoint:
    """One endpoint. Only its own address is asked: no redirect, no proxy of the environment."""

    def __init__(
        self, settings: EndpointSettings, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """`settings` names an address and a model."""
        self._settings = settings
        self._pause = pause
        headers = {"Accept": "application/json"}
        if settings.key is not None:
            headers["Authorization"] = f"Bearer {settings.key.get_secret_value()}"
        self._client = httpx.Client(
            timeout=settings.timeout_s, headers=headers, follow_redirects=False, trust_env=False
        )

    def ask(self, text: str) -> tuple[Answered, Usage]:
        """What it makes of an article's text. Raises EndpointFailed."""
        reason = "was not asked"
        for attempt in range(self._settings.tries):
            if attempt:
                self._pause(PAUSE_S * 2 ** (attempt - 1))
            try:
                status, body = self._post(text)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                reason = f"cannot be reached: {type(error).__name__}"
                continue
            if status == httpx.codes.OK:
                return _understood(self._shown, body)
            reason = f"answers {status}"
            if status not in WORTH_A_RETRY:
                break
        raise EndpointFailed(self._shown, reason)

    @property
    def _shown(self) -> str:
        return httpx.URL(self._settings.url or "").host or "the endpoint"

    def _post(self, text: str) -> tuple[int, bytes]:
        url = f"{(self._settings.url or '').rstrip('/')}/chat/completions"
        limit = self._settings.max_answer_bytes
        deadline = time.monotonic() + self._settings.timeout_s
        with self._client.stream("POST", url, json=self._question(text)) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > limit:
                    raise EndpointFailed(self._shown, f"answers more than {limit} bytes")
                if time.monotonic() > deadline:
                    raise EndpointFailed(self._shown, "answers too slowly")
            return response.status_code, bytes(body)

    def _question(self, text: str) -> dict[str, Any]:
        return {
            "model": self._settings.model,
            "temperature": 0,
            "seed": SEED,
            "messages": [
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": text},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "incidents", "strict": True, "schema": SCHEMA},
            },
        }

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def _understood(shown: str, body: bytes) -> tuple[Answered, Usage]:
    try:
        told = json.loads(body)
        content = told["choices"][0]["message"]["content"]
        answered = Answered.model_validate_json(content)
    except (ValueError, LookupError, TypeError, RecursionError, ValidationError):
        raise EndpointFailed(shown, "answers something else than was asked") from None
    usage = told.get("usage")
    return answered, Usage(_tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens"))


def _tokens(usage: object, name: str) -> int:
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and count >= 0 else 0
