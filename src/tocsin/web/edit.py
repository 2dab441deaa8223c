"""The page on which a value of an incident is set: the words shown, what they were read as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.api.errors import NotFound
from tocsin.api.marks import Mark
from tocsin.config import Settings
from tocsin.desk.shown import proposed, shown_words
from tocsin.desk.telling import field_words
from tocsin.publish.phrasing import plain
from tocsin.records import Evidence, Incident
from tocsin.review import FieldName, value_text
from tocsin.store import StoreView
from tocsin.web.beside import ArticleView, excerpt_view
from tocsin.web.rendering import incident_href

TAKES: Final = {
    FieldName.TYPE: "a type, as “bombing”",
    FieldName.STAGE: "accomplished, attempted or foiled",
    FieldName.STATUS: "unconfirmed, corroborated, disputed or retracted",
    FieldName.DATE: "a day (2021-03-09), day/day, or a local time; “unknown” takes it away",
    FieldName.PLACE: "a name the gazetteer knows, as “Hit, Iraq”; “unknown” takes it away",
    FieldName.KILLED: "3, 3-5, 3+ or “unknown”",
    FieldName.INJURED: "3, 3-5, 3+ or “unknown”",
    FieldName.ATTACKERS_KILLED: "3, 3-5, 3+ or “unknown”",
    FieldName.WEAPONS: "a JSON list",
    FieldName.TARGETS: "a JSON list",
    FieldName.ACTORS: "a JSON list",
}
SLOTS: Final = {
    FieldName.DATE: "when",
    FieldName.PLACE: "where",
    FieldName.KILLED: "killed",
    FieldName.INJURED: "injured",
    FieldName.ATTACKERS_KILLED: "attackers-killed",
}
"""The marks' colour of the fields whose words can be shown."""


@dataclass(frozen=True, slots=True)
class EditView:
    """Everything the page shows."""

    incident_id: str
    title: str
    field: str
    label: str
    takes: str
    now: str
    """The present value in words."""
    words: Evidence | None
    read: str | None
    """JSON text of what the words were read as."""
    read_words: str | None
    excerpt: ArticleView | None
    back: str
    reviewer: str


def edit_view(
    store: StoreView,
    settings: Settings,
    incident: Incident,
    name: FieldName,
    *,
    article_id: str | None,
    start: int,
    end: int,
    quote: str | None,
    reviewer: str,
) -> EditView:
    """Gather the page. Raises NotFound for an unknown article, ReviewError for words that are not
    in it."""
    words = read = excerpt = None
    if article_id is not None:
        article = store.article(article_id)
        if article is None:
            raise NotFound("article", article_id)
        words = shown_words(article, start, end, quote or None)
        read = proposed(name, words, article, incident, settings)
        told = field_words(name, read) if read else "these words"
        excerpt = excerpt_view(article, [Mark(words, SLOTS.get(name, "what"), "words", told)])
    return EditView(
        incident_id=incident.id,
        title=plain(incident.title),
        field=name.value,
        label=name.value.replace("_", " "),
        takes=TAKES[name],
        now=field_words(name, value_text(incident, name)),
        words=words,
        read=read,
        read_words=field_words(name, read) if read else None,
        excerpt=excerpt,
        back=incident_href(incident.id, words),
        reviewer=reviewer,
    )
