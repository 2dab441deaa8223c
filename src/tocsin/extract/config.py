"""Settings of the extracting room."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ExtractSettings(BaseModel):
    """Who reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reader: str = "learned"
    """`learned`, a small encoder (docs/training.md); `rules`, faster and coarser."""
    model: str | None = None
    """Folder of another model for the learned reader, as `tocsin train reader` writes it; the
    shipped one where none is named."""
