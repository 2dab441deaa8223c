"""Settings of the resolving room."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ResolveSettings(BaseModel):
    """When two reports are taken for one incident."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    join_above: float = Field(default=0.72, ge=0, le=1)
    """Pair score from which two reports are joined."""
    review_above: float = Field(default=0.5, ge=0, le=1)
    """Pair score from which an unjoined pair is offered for review."""
