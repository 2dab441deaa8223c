"""Wording: a value's words as a reader would quote them, where the network's ends are off by a
word or a mark."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = " \t\r\n,;:!?…–—-/\\[]{}<>\"'“”‘’«»*•|"
_LINKS: Final = frozenset(
    {
        "and", "or", "but", "of", "in", "on", "at", "by", "to", "from", "with", "for", "as", "that",
        "who", "which", "whom", "whose", "where", "when", "was", "were", "is", "are", "be", "been",
        "has", "have", "had", "s", "including", "into",
    }
)  # fmt: skip
"""Words that join a value to what stands beside it and never begin or end one."""
_OPENERS: Final = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "my"})
"""Words that may begin a value and never end one."""
_NEARNESS: Final = frozenset({"near", "outside", "inside", "around", "between", "across"})
"""Words that may begin the words of a place and never end them."""
_EMPTY: Final = _LINKS | _OPENERS | _NEARNESS | frozenset(
    {"it", "he", "she", "they", "we", "i", "him", "them", "us", "this", "these", "those", "there",
     "himself", "herself", "itself", "themselves"}
)  # fmt: skip
"""Words that alone tell nothing of a value."""

_PARTING: Final = frozenset(
    {"and", "or", "but", "in", "on", "at", "near", "by", "from", "to", "with", "for", "as"}
)
"""Words that join two values rather than the parts of one, as "of" does."""
_OPENING: Final = _OPENERS | frozenset(
    {
        "another", "some", "several", "dozens", "hundreds", "one", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    }
)  # fmt: skip
"""Words with which a value of its own begins."""

_BOUND: Final = re.compile(r"(?:at|as)\s+(?:least|most|many|much|few)\b", re.IGNORECASE)
""" "At least 12", "as many as 30": here the joining word is part of the value."""
_WORD: Final = re.compile(r"\S+")
_INITIALS: Final = re.compile(r"(?:^|[^\w.])(?:\w\.)+$")
"""The point of "U.S." is its own; that of a sentence is not."""
GLUE: Final = frozenset("-'’.&")
"""Marks inside a word: "US-led", "U.S.", "Syria's", "AT&T"."""


def is_inside_word(text: str, at: int) -> bool:
    """Whether a word runs over the place before `text[at]`: "US|-led", not "attack|," or "a| b"."""
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if after in GLUE:
        return before.isalnum() and at + 1 < len(text) and text[at + 1].isalnum()
    return before in GLUE and at > 1 and text[at - 2].isalnum() and after.isalnum()


def tidy(text: str, start: int, end: int) -> tuple[int, int] | None:
    """`[start, end)` of a text without marks and joining words at its edges; None if nothing is
    left that tells a value."""
    while True:
        edges = start, end
        start, end = _without_marks(text, *_inside_brackets(text, start, end))
        if (start, end) != edges:
            continue
        words = list(_WORD.finditer(text, start, end))
        if not words:
            return None
        first, last = words[0], words[-1]
        if first.group().lower() in _LINKS and not _BOUND.match(text, start, end):
            start = first.end()
        elif last.group().lower() in _LINKS | _OPENERS | _NEARNESS:
            end = last.start()
        else:
            break
    if all(word.group().lower().strip(_MARKS) in _EMPTY for word in words):
        return None
    return start, end


def is_one_value(text: str, start: int, middle: int, end: int) -> bool:
    """Whether `[start, middle)` and the words behind it, up to `end`, are one value that was cut in
    two: "Observatory head | Rami Abdel Rahman", not "tanks, | guns" or "a school | a mosque"."""
    last = _WORD.findall(text, start, middle)[-1:]
    first = _WORD.findall(text, middle, end)[:1]
    if not last or not first or not last[0][-1].isalnum() or last[0].lower() in _PARTING:
        return False
    return first[0].lower() not in _OPENING and not first[0][0].isdigit()


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _MARKS or text[start] == "."):
        start += 1
    while start < end:
        if text[end - 1] == ".":
            if _INITIALS.search(text, start, end):
                break
        elif text[end - 1] not in _MARKS:
            break
        end -= 1
    return start, end


def _inside_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Without what an unmatched bracket cuts off, "group" of "IS) group" and of "group (IS", and
    without a pair around everything."""
    while start < end:
        words = text[start:end]
        closing, opening = words.find(")"), words.rfind("(")
        if closing >= 0 and "(" not in words[:closing]:
            start += closing + 1
        elif opening >= 0 and ")" not in words[opening:]:
            end = start + opening
        elif opening == 0 and closing == len(words) - 1:
            start, end = start + 1, end - 1
        else:
            break
    return start, end
