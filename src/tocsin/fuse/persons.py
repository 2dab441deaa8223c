"""Persons told one by one: how many the words of single persons name, each of them once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_AGE = re.compile(r"\b(\d{1,3}|[a-z]+)-(?:year|month)s?-old|, ?(\d{1,2})\b|\baged? (\d{1,2})\b")
_ANOTHER = re.compile(r"(?i)\b(?:another|(?:a|the) (?:second|third|fourth|fifth|sixth))\b")
""" "Another", "a third man": one more than those told before."""
_FULL_NAME = re.compile(r"\b[A-Z][\w'’-]+ (?:[A-Z]\.? )?[A-Z][\w'’-]+")


def count_persons(texts: Iterable[str]) -> int:
    """At least how many people the texts tell of, each text of one.

    Ages tell people apart, and so do full names; one whose name is told here and whose age there
    may be the same, so that only the longer of the two lists counts. "Another" is one more. Who is
    told by neither ("the victim") may be any of them.
    """
    ages: set[str] = set()
    names: set[str] = set()
    others = 0
    unknown = False
    for text in dict.fromkeys(texts):
        age, name = _AGE.search(text), _FULL_NAME.search(text)
        if age:
            ages.add(next(found for found in age.groups() if found))
        if name:
            names.add(name.group())
        if not (age or name):
            is_other = _ANOTHER.search(text) is not None
            others += is_other
            unknown = unknown or not is_other
    told = max(len(ages), len(names))
    return (told or int(unknown)) + others
