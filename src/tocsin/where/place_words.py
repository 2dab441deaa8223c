"""Common nouns that say what kind of place a name is, from `data/place_words.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_WORDS = tomllib.loads(
    files("tocsin.where").joinpath("data/place_words.toml").read_text(encoding="utf-8")
)

PROVINCE_WORDS = frozenset(_WORDS["province"])
DISTRICT_WORDS = frozenset(_WORDS["district"])
SETTLEMENT_WORDS = frozenset(_WORDS["settlement"])
ZONE_WORDS = frozenset(_WORDS["zone"])
SITE_WORDS = frozenset(_WORDS["site"])
MISSION_WORDS = frozenset(_WORDS["mission"])
"""Sites that carry the name of the country that sent them, not of the one they stand in."""
MODIFIERS = frozenset(_WORDS["modifier"])
"""Never a name by themselves: "northern", "downtown"."""
KIND_WORDS = PROVINCE_WORDS | DISTRICT_WORDS | SETTLEMENT_WORDS | ZONE_WORDS
