"""Language of an article, told from its title and opening."""

from __future__ import annotations

import functools
from typing import Any

OPENING_CHARS = 600
"""Enough for the identifier to be sure; more costs time and adds menus and tags."""
MIN_LETTERS = 40
"""Below this many letters an answer would be a guess, so there is none."""


def identify_language(title: str | None, text: str) -> str | None:
    """ISO 639-1 code of title and first 600 characters of `text`, or None when too short."""
    sample = f"{title or ''}\n{text[:OPENING_CHARS]}".strip()
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    code: str = _identifier().classify(sample)[0]
    return code


@functools.cache
def _identifier() -> Any:
    # the model takes 0.3 s to load and `tocsin --help` must not wait for it
    import py3langid  # noqa: PLC0415

    return py3langid
