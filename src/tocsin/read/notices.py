"""Editorial notices: what an article says of its own standing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.read.layout import sentence_starts
from tocsin.read.lexicon import furniture
from tocsin.records import Article
from tocsin.records.vocab import RegionKind

_KINDS = {
    "provisional": "provisional",
    "flash": "provisional",
    "correction": "correction",
    "retraction": "retraction",
}
"""What a notice of each kind says of its article; kinds not here say nothing of its standing."""

_TITLE_PROVISIONAL = re.compile(r"\W{0,3}(?:BREAKING|Breaking|DEVELOPING|Developing)\b\W")
_TITLE_CORRECTION = re.compile(r"\W{0,3}(?:CORRECTED|CORRECTION|Corrected|Correction|REFILE)\b\W")
_TITLE_RETRACTION = re.compile(r"\W{0,3}(?:RETRACTED|RETRACTION|WITHDRAWN|Retracted|Withdrawn)\b\W")


@dataclass(frozen=True, slots=True)
class EditorialStatus:
    """Whether an article calls itself unfinished, corrected or withdrawn."""

    is_provisional: bool = False
    is_correction: bool = False
    is_retraction: bool = False


def editorial_status(article: Article) -> EditorialStatus:
    """The standing that the article's own title and editorial notices declare."""
    titles = [article.title or ""]
    titles += [
        article.text[region.start : region.end]
        for region in article.regions
        if region.kind is RegionKind.HEADLINE
    ]
    found = {
        "provisional": any(map(_TITLE_PROVISIONAL.match, titles)),
        "correction": any(map(_TITLE_CORRECTION.match, titles)),
        "retraction": any(map(_TITLE_RETRACTION.match, titles)),
    }
    notice, correcting = furniture().notice, furniture().correcting
    for region in article.regions:
        if region.kind is not RegionKind.EDITORIAL_NOTICE:
            continue
        for start in sentence_starts(article.text, region.start, region.end):
            match = notice.match(article.text, start, region.end)
            kind = _KINDS.get(match.lastgroup or "") if match else None
            if kind:
                found[kind] = True
        found["correction"] |= bool(correcting.search(article.text, region.start, region.end))
    return EditorialStatus(
        is_provisional=found["provisional"],
        is_correction=found["correction"],
        is_retraction=found["retraction"],
    )
