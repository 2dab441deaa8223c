"""The first gate: an article without a single word of violence costs no encoder.

Recall first: stems of whatever news of an incident cannot do without (harm, weapons, forces, acts),
one linear pass over the text. The network's own judgement of relevance comes after it.
"""

from __future__ import annotations

import re
from typing import Final

STEMS: Final = (
    "abduct", "ablaze", "air base", "air raid", "airbase", "airstrike", "ambush", "ammunition",
    "armed", "army", "arrest", "arson", "artillery", "assail", "assassin", "assault", "attack",
    "barrage", "barricad", "battl", "beaten", "behead", "bitten", "blast", "bled", "blew", "blow",
    "bodies", "body", "bomb", "bullet", "burn", "captur", "casualt", "chemical", "clash", "combat",
    "corpse", "crossfire", "cut down", "dead", "death", "decapit", "defus", "destroy", "detain",
    "deton", "die", "disappear", "downed", "drone", "dying", "execut", "explo", "fatal", "fight",
    "fire", "fought", "gas", "grenade", "gun", "harm", "hijack", "hit", "hostage", "hurt",
    "immolat", "infiltrat", "injur", "insurg", "intercept", "invad", "jail", "jet", "kidnap",
    "kill", "knife", "kniv", "launch", "loot", "lynch", "machete", "maim", "martyr", "massacre",
    "milit", "mine", "missile", "missing", "mob", "molotov", "mortar", "murder", "napalm",
    "offensive", "onslaught", "perish", "pistol", "poison", "pound", "protest", "punch", "raid",
    "ram", "rape", "rebel", "rifle", "riot", "rocket", "sabotag", "sarin", "seiz", "shell", "shoot",
    "shot", "siege", "slain", "slash", "slaughter", "slay", "slew", "snatch", "sniper", "soldier",
    "stab", "storm", "strik", "struck", "suicide", "target", "terror", "toll", "tortur", "troop",
    "victim", "violen", "war", "weapon", "wound",
)  # fmt: skip
"""Beginnings of words (or, of short ones, whole beginnings are enough): what follows is free."""

_STEM: Final = re.compile(rf"\b(?:{'|'.join(STEMS)})", re.IGNORECASE)


def may_tell_of_violence(text: str) -> bool:
    """False only where no word of the text begins as a word of violence does."""
    return _STEM.search(text) is not None
