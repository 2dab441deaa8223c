"""Limits of the reading room."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from tocsin.fetch.config import FetchSettings


class ReadSettings(BaseModel):
    """How much of any one input is accepted. Above a limit the input is refused, by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_document_bytes: int = Field(default=32 * 2**20, gt=0)
    """One document (file, line, record, page) before and after decompression."""
    max_text_chars: int = Field(default=5_000_000, gt=0)
    """The text of one article, in code points."""
    fetch: FetchSettings = Field(default_factory=FetchSettings)
    """How documents given as URLs are fetched."""
