"""Limits of fetching, and who we say we are."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tocsin.fetch.addresses import Allowed

PRODUCT = "tocsin"
"""What robots.txt groups may name us by."""


class FetchSettings(BaseModel):
    """How much of any one answer is accepted, and which closed addresses are open to us."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timeout_s: float = Field(default=30.0, gt=0)
    """Whole time allowed for one document: names, redirects, headers and body."""
    max_bytes: int = Field(default=8 * 2**20, gt=0)
    """One body, before and after decompression."""
    max_redirects: int = Field(default=5, ge=0)
    max_ratio: int = Field(default=200, ge=1)
    """Bytes that one compressed byte may become. Pages reach 20; a bomb 1,000."""
    allow: tuple[str, ...] = ()
    """Addresses, networks (`10.1.0.0/16`) or `ADDRESS:PORT` that may be reached though closed."""
    contact: str | None = Field(default=None, max_length=200)
    """An e-mail address or a page of whoever runs this: sent to the sites that are asked."""

    @field_validator("allow")
    @classmethod
    def _is_network(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        Allowed.parse(value)
        return value

    @field_validator("contact")
    @classmethod
    def _is_plain(cls, value: str | None) -> str | None:
        if value is not None and (not value.isascii() or not value.isprintable()):
            raise ValueError("wants plain ASCII on one line: it is sent in a header")
        return value

    @property
    def user_agent(self) -> str:
        """The User-Agent header: the product, and how to reach whoever runs it."""
        who = f"+{self.contact}" if self.contact else "incident record; no contact set"
        return f"{PRODUCT} ({who})"
