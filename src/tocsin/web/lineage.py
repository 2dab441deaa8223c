"""The lineages of one incident: who printed what first, and what each later text made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.api.access import known_incident
from tocsin.pipeline import lineages_of
from tocsin.publish.lineage import MAX_EDITS, MAX_WORDS
from tocsin.publish.phrasing import plain
from tocsin.publish.show import ArticleLabel, article_label
from tocsin.records import Descendant, DescentKind, Edit, Span
from tocsin.store import StoreView
from tocsin.web.rendering import article_href


@dataclass(frozen=True, slots=True)
class EditRow:
    """A sentence that a later text added, cut or changed."""

    kind: str
    old: str | None
    new: str | None
    notes: str
    href: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of a lineage."""

    number: int
    label: str
    title: str
    href: str
    descent: str
    """`first`, or `copy of [1]`."""
    edits: tuple[EditRow, ...]
    more_edits: int


@dataclass(frozen=True, slots=True)
class LineageView:
    """Everything the page shows."""

    incident_id: str
    title: str
    lineages: tuple[tuple[TextRow, ...], ...]


def lineage_view(store: StoreView, incident_id: str) -> LineageView:
    """Gather the page. Raises NotFound for an unknown incident."""
    incident = known_incident(store, incident_id).incident
    found = lineages_of(store, incident)
    read = (store.article(id_) for id_ in {one.article_id for told in found for one in told})
    labels = {
        article.id: article_label(article.outlet, article.published, article.title, article.url)
        for article in read
        if article
    }
    return LineageView(
        incident.id, plain(incident.title), tuple(_rows(told, labels) for told in found)
    )


def _rows(told: Sequence[Descendant], labels: Mapping[str, ArticleLabel]) -> tuple[TextRow, ...]:
    numbers = {(one.article_id, one.version): at for at, one in enumerate(told, start=1)}
    return tuple(_row(one, numbers, labels.get(one.article_id)) for one in told)


def _row(
    one: Descendant, numbers: Mapping[tuple[str, int], int], label: ArticleLabel | None
) -> TextRow:
    descent = "first"
    if one.kind is not DescentKind.FIRST and one.parent_id is not None:
        parent = numbers.get((one.parent_id, one.parent_version or 1))
        descent = f"{one.kind.value} of [{parent}]" if parent else one.kind.value
    words = f"{plain(label.outlet)}, {label.published}" if label else plain(one.article_id)
    return TextRow(
        number=numbers[one.article_id, one.version],
        label=words + (f", version {one.version}" if one.version > 1 else ""),
        title=plain((label.title if label else None) or one.article_id),
        href=article_href(one.article_id),
        descent=descent,
        edits=tuple(_edit(one.article_id, edit) for edit in one.edits[:MAX_EDITS]),
        more_edits=max(0, len(one.edits) - MAX_EDITS),
    )


def _edit(article_id: str, edit: Edit) -> EditRow:
    at = edit.new
    href = article_href(article_id, at.start, at.end) + "#words" if at else article_href(article_id)
    notes = "; ".join(plain(note) for note in edit.notes)
    return EditRow(edit.kind.value, _words(edit.old), _words(edit.new), notes, href)


def _words(span: Span | None) -> str | None:
    if span is None:
        return None
    words = plain(span.text)
    return words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 1]}…"
