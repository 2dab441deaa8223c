"""Language of an article, told from its title and opening."""

from __future__ import annotations

import functools
import re
from typing import Any

OPENING_CHARS = 600
"""Enough for the identifier to be sure; more costs time and adds menus and tags."""
MIN_LETTERS = 40
"""Below this many letters an answer would be a guess, so there is none."""
SHORT_LETTERS = 300
"""Below this many letters foreign names can outweigh the words around them: one-sentence English
reports from Nigeria or Mongolia come out as Nigerian Pidgin or Latin (0.6 % of 10,600 measured)."""

_ENGLISH_ONLY = frozenset(
    {"the", "and", "are", "were", "by", "from", "with", "has", "have", "been", "its", "their"}
    | {"that", "which", "after", "during", "between", "against", "who", "several", "people"}
)
_ENGLISH_TOO = frozenset({"of", "is", "in", "to", "as", "at", "for", "was", "on", "an", "his"})
_PIDGIN = frozenset({"dey", "wey", "na", "dem", "pipol", "di", "im", "sey", "dis", "dat", "wia"})
MIN_ENGLISH_WORDS = 3


def identify_language(title: str | None, text: str) -> str | None:
    """ISO 639-1 code of title and first 600 characters of `text`, or None when too short."""
    sample = f"{title or ''}\n{text[:OPENING_CHARS]}".strip()
    letters = sum(map(str.isalpha, sample))
    if letters < MIN_LETTERS:
        return None
    code: str = _identifier().classify(sample)[0]
    return "en" if code != "en" and letters < SHORT_LETTERS and _is_english(sample, code) else code


def _is_english(sample: str, code: str) -> bool:
    """Whether the small words of a short text are English ones, whatever its names look like."""
    words = set(re.findall(r"[a-z]+", sample.lower()))
    own, shared = len(words & _ENGLISH_ONLY), len(words & _ENGLISH_TOO)
    if code == "pcm":
        return own + shared > 1 and not words & _PIDGIN
    return own > 0 and own + shared >= MIN_ENGLISH_WORDS


@functools.cache
def _identifier() -> Any:
    # the model takes 0.3 s to load and `tocsin --help` must not wait for it
    import py3langid  # noqa: PLC0415

    return py3langid
