"""Webhook: an HTTP POST of JSON, with the idempotency key and, where there is a secret, signed.

    Idempotency-Key: msg_...                      the same on every try
    Tocsin-Signature: t=1771234567,v1=<hex>       HMAC-SHA256 over "t.body"

A receiver checks a signature with `is_signed`, or by its few lines in another language, and refuses
what is old; it remembers keys, and answers 2xx to one that it has.
"""

from __future__ import annotations

import hashlib
import hmac
import json

import httpx

from tocsin import __version__
from tocsin.alert.deliver import NotDelivered, Outgoing
from tocsin.alert.rules import Alerting, Webhook
from tocsin.alert.secret import Secret
from tocsin.alert.telling import message_json
from tocsin.fetch.waiting import retry_after
from tocsin.store import Clock

SIGNATURE_HEADER = "Tocsin-Signature"
KEY_HEADER = "Idempotency-Key"
MAX_AGE_S = 300
"""A signature older than this, or as far ahead, is refused: what was recorded cannot be replayed
later."""


def signature(secret: bytes, body: bytes, timestamp: int) -> str:
    """The header's value for a body sent at that Unix time."""
    signed = hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"


def is_signed(
    secret: bytes, body: bytes, header: str, *, now: float, max_age_s: int = MAX_AGE_S
) -> bool:
    """True where the header signs this very body, at a Unix time near `now`."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    stamp = parts.get("t", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 20):
        return False
    if abs(now - int(stamp)) > max_age_s:
        return False
    return hmac.compare_digest(signature(secret, body, int(stamp)).encode(), header.encode())


class WebhookChannel:
    """See `Channel`."""

    def __init__(
        self, settings: Webhook, secret: Secret | None, alerting: Alerting, clock: Clock
    ) -> None:
        self._settings = settings
        self._secret = secret
        self._alerting = alerting
        self._clock = clock

    def send(self, message: Outgoing) -> None:
        """POST the message; only an answer of 2xx means that the receiver has it."""
        data = message_json(message.id, message.receiver, message.alerts, self._alerting)
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"tocsin/{__version__}",
            KEY_HEADER: message.id,
        }
        if self._secret is not None:
            stamp = int(self._clock().timestamp())
            headers[SIGNATURE_HEADER] = signature(self._secret.value, body, stamp)
        try:
            # No redirect is followed: a signed body goes where the operator said, or nowhere.
            with (
                httpx.Client(timeout=self._settings.timeout_s, trust_env=False) as client,
                client.stream(
                    "POST", self._settings.url, content=body, headers=headers
                ) as response,
            ):
                status, asked = response.status_code, response.headers.get("retry-after")
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise NotDelivered("cannot be reached", is_down=True) from error
        except httpx.TimeoutException as error:
            raise NotDelivered("did not answer in time", is_down=True) from error
        except httpx.HTTPError as error:
            raise NotDelivered(f"broke off: {type(error).__name__}") from error
        if not 200 <= status < 300:
            raise NotDelivered(f"answered {status}", retry_after=retry_after(asked, self._clock()))
