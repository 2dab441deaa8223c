"""Settings of the extracting room."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from tocsin.extract.endpoint.config import EndpointSettings


class ExtractSettings(BaseModel):
    """Who reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reader: str = "learned"
    """`learned`, a small encoder (docs/training.md); `rules`, faster and coarser; `endpoint`, a
    model behind an address (docs/readers.md)."""
    model: str | None = None
    """Folder of another model for the learned reader, as `tocsin train reader` writes it; the
    shipped one where none is named."""
    endpoint: EndpointSettings = Field(default_factory=EndpointSettings)
