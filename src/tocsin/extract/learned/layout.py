"""What the model answers, in which order: the label maps that training and reading share.

Each name stands for a column, or a triple of columns, of the model's outputs. The order is part of
a model: it is written into its description, and a model with another layout is refused.
"""

from __future__ import annotations

from typing import Final

from tocsin.records.vocab import ActorRole, IncidentType, Stage

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
"""The three states of a token in each tag; tags are independent, so spans of two may overlap."""

ROLES: Final = (
    ActorRole.PERPETRATOR.value,
    ActorRole.CLAIMED.value,
    ActorRole.DENIED.value,
    ActorRole.BLAMED.value,
    ActorRole.SUSPECTED.value,
)
"""Parts that an actor may have in an incident."""

RETELLING: Final = "retelling"
"""Words, the trigger apart, that tell of the same incident once more."""

VALUES: Final = (
    "date",
    "place",
    "weapon",
    "target",
    "killed",
    "injured",
    *ROLES,
    "source",
    "by",
)
"""What an incident's words may say of it."""

SLOTS: Final = (*VALUES, RETELLING)
"""Tags of a token given an incident: what part of that incident it tells."""

ARTICLE_TAGS: Final = (
    "trigger",
    "attribution_source",
    "attribution_cue",
    "attribution_content",
    "PerpInd",
    "PerpOrg",
    "Target",
    "Victim",
    "Weapon",
    "victim_name",
)
"""Tags of a token by itself: where an incident is first told, who says what (PolNeAR), the role
fillers of a MUC-4 text, and named victims (HRDsAttack)."""

VIOLATIONS: Final = (
    "arbitrary detention",
    "enforced disappearance",
    "kidnapping",
    "killing",
    "torture",
    "other",
    "unknown",
)
PERPETRATORS: Final = (
    "state actor",
    "other state actors",
    "other actors with permissions",
    "other actors without permissions",
    "other non-state actors",
    "regional orgs",
    "insufficient info",
)
"""What HRDsAttack asks of an article as a whole: what was done to defenders, by whom."""

TYPES: Final = tuple(kind.value for kind in IncidentType)
STAGES: Final = tuple(stage.value for stage in Stage)

WINDOW_PIECES: Final = 448
"""Pieces of the longest window, its two marks included: the encoder's positions end at 512, and
shorter windows waste less on padding."""
OVERLAP_PIECES: Final = 64
"""Pieces that two neighbouring windows share, so that each token is seen with words around it."""
