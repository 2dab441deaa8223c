"""Settings of the store."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class StoreSettings(BaseModel):
    """Where the record is kept and how long to wait for another writer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = "tocsin.db"
    """A file (SQLite)."""
    busy_timeout_s: float = Field(default=30.0, gt=0)
    """How long a writer waits for another before it gives up."""
