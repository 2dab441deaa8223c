"""FormTokens: what a form of the board brings along, and no page elsewhere can read.

`same_site` refuses what another site makes a browser send; the token also stops what a browser that
does not say where a write comes from would let through.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final, cast

from fastapi import Request

from tocsin.api.errors import ApiError

TOKEN_FIELD: Final = "token"  # noqa: S105 (the name of a field)
SECRET_BYTES: Final = 32


class FormTokens:
    """Tokens of the forms of one server. They end with it: a page of before is loaded anew."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(SECRET_BYTES)

    def of(self, holder: str = "") -> str:
        """The token of whoever is signed in; of everybody where nobody is."""
        return hmac.new(self._secret, holder.encode(), "sha256").hexdigest()

    def is_of(self, token: str, holder: str = "") -> bool:
        """True for the very token, compared in constant time."""
        return hmac.compare_digest(self.of(holder).encode(), token.encode())


def tokens_of(request: Request) -> FormTokens:
    """The tokens of the application that answers."""
    return cast("FormTokens", request.app.state.form_tokens)


def check_token(request: Request, token: str | None, holder: str | None) -> None:
    """Raises ApiError (403) where a page's token is missing, another's, or of another server."""
    if token is None or not tokens_of(request).is_of(token, holder or ""):
        raise ApiError(
            403, "forbidden", "the page is too old to decide from; load it anew", TOKEN_FIELD
        )
