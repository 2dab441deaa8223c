"""Settings of the extracting room."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ExtractSettings(BaseModel):
    """Who reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reader: str = "rules"
    """`rules`, the first reader; `learned`, an encoder that you train (docs/training.md)."""
    model: str | None = None
    """Folder of the learned reader's model, as `tocsin train reader` writes it."""
