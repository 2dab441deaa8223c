"""Reality: reports of what is only rehearsed, general or denied, by the words about their trigger.

"Soldiers staged a mock attack", "bombs kill farmers every year", "the army denied that its guns had
shelled a village": an extractor may take such words for news. A report is dropped only where one
sentence is all it was read from, that sentence counts nobody, and it gives no time of its own; an
event that an article tells elsewhere too stays, whoever denies it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.how_many import read_quantity
from tocsin.records import ReportMention, Span, TimeMention

_MOCK = re.compile(r"\b(?:mock|simulated|pretend|make-believe)\b[^,;:]{0,24}$", re.IGNORECASE)
"""Before or inside the trigger: "staged a mock attack"."""
_OFTEN = re.compile(
    r"\b(?:(?:every|each) (?:day|night|week|month|year|spring|summer|autumn|fall|winter)"
    r"|often|regularly|routinely|frequently|usually"
    r"|(?:is|are|was|were|be|been|become|became|remain|remains|remained) (?:[a-z]+ )?"
    r"(?:frequent|common|commonplace|routine|rare))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing))\b"
    r"(?:(?!\b(?:and|but|it)\b)[^.;:]){0,60}?"
    r"\b(?:that|having|reports?|claims?|accusations?|allegations?|rumou?rs?)\b"
    r"(?:(?!\b(?:but|while|said|says|saying|adding|told)\b)[^.;:,])*$",
    re.IGNORECASE,
)
"""Before the trigger: "denied on Tuesday that its guns had"; not "denied it and said that"."""
_CLAUSE_ENDS = re.compile(r"[,;:–—]|\b(?:who|which|but|when|after|before)\b")


def is_unreal(mention: ReportMention, text: str) -> bool:
    """True for a report that rests on words of what did not happen, or of what always does.

    `text` is the article's. A report whose trigger stands in none of its sentences is kept.
    """
    sentence = next((one for one in mention.sentences if one.contains(mention.trigger)), None)
    if sentence is None or _tells_more(mention, sentence):
        return False
    trigger = mention.trigger
    if _MOCK.search(text[sentence.start : trigger.end]):
        return True
    if _DENIED.search(text[sentence.start : trigger.start]):
        return True
    return _is_general(mention, text, sentence)


def _tells_more(mention: ReportMention, sentence: Span) -> bool:
    """True where a report counts somebody or was read from other sentences as well."""
    if any(other != sentence for other in mention.sentences):
        return True
    return any(read_quantity(casualty.span.text) is not None for casualty in mention.casualties)


def _is_general(mention: ReportMention, text: str, sentence: Span) -> bool:
    """True where a word of repetition stands in the trigger's clause, and no other time."""
    trigger = mention.trigger
    for often in _OFTEN.finditer(text, sentence.start, sentence.end):
        start, end = min(often.end(), trigger.end), max(often.start(), trigger.start)
        between = text[start:end] if start < end else ""
        if not _CLAUSE_ENDS.search(between) and not _has_time(mention.times, often):
            return True
    return False


def _has_time(times: Sequence[TimeMention], often: re.Match[str]) -> bool:
    """True where a report has a time besides the words of repetition."""
    return any(one.span.end <= often.start() or often.end() <= one.span.start for one in times)
