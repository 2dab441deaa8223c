"""Settings of the reader behind an address."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class EndpointSettings(BaseModel):
    """Where it is and what it costs. Articles leave this machine for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    """Base address, up to and with `/v1`."""
    model: str | None = None
    """Name of the model there."""
    key: SecretStr | None = None
    """Sent as a bearer token; best given as `TOCSIN_EXTRACT__ENDPOINT__KEY`."""
    timeout_s: float = Field(default=120.0, gt=0, le=3_600)
    """For one answer, whole."""
    tries: int = Field(default=3, ge=1, le=10)
    """Before an article is refused."""
    max_answer_bytes: int = Field(default=1_048_576, ge=1_024)
    max_text_chars: int = Field(default=60_000, ge=100)
    """Of an article that are sent; the rest is not read."""
    price_in: float = Field(default=0.0, ge=0)
    """For a million tokens sent, in whatever currency; 0 shows none."""
    price_out: float = Field(default=0.0, ge=0)
    """For a million tokens received."""
