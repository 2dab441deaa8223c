"""Settings of the login."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class PeopleSettings(BaseModel):
    """How long a login lasts and how much one person may ask."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    session_h: float = Field(default=12.0, gt=0, le=24 * 30)
    """Hours after which one signs in again."""
    requests_per_minute: int = Field(default=1_200, ge=10)
    """Requests of one account, all its sessions and tokens together."""
