"""Editorial notices: what an article says of its own standing."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.records import Article


@dataclass(frozen=True, slots=True)
class EditorialStatus:
    """Whether an article calls itself unfinished, corrected or withdrawn."""

    is_provisional: bool = False
    is_correction: bool = False
    is_retraction: bool = False


def editorial_status(article: Article) -> EditorialStatus:
    """The standing that the article's own editorial notices declare."""
    return EditorialStatus()
