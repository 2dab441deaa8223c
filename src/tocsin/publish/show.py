"""One incident as a page of text: each value, its words, who says so, and what others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tocsin.publish.phrasing import day_words, plain, value_words
from tocsin.records import (
    Attribution,
    Claim,
    Evidence,
    FusedField,
    Incident,
    Report,
    ReportInContext,
)

MAX_QUOTES = 6
"""Quotes shown under one value; the rest are counted."""


@dataclass(frozen=True, slots=True)
class ArticleLabel:
    """How an article is named on a page."""

    outlet: str
    published: str
    title: str | None = None
    url: str | None = None


class Speakers:
    """Who vouches for the words at a span, looked up in the reports that were read from them."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._by_span: dict[tuple[str, int, int], Attribution] = {}
        for report in reports:
            for claim in _claims(report):
                for span in claim.evidence:
                    for attribution in claim.attributions[:1]:
                        key = (report.article_id, span.start, span.end)
                        self._by_span.setdefault(key, attribution)

    def of(self, evidence: Evidence) -> str | None:
        """The speaker's name; None where the outlet says it itself."""
        found = self._by_span.get((evidence.article_id, evidence.span.start, evidence.span.end))
        return found.source if found else None


def _claims(report: Report) -> Iterator[Claim[Any]]:
    yield report.type
    yield from (claim for claim in (report.date, report.place) if claim)
    for group in (
        report.casualties,
        report.actors,
        report.weapons,
        report.targets,
        report.damage,
        report.effects,
        report.sources,
    ):
        yield from group


def incident_page(
    incident: Incident,
    contexts: Sequence[ReportInContext],
    articles: Mapping[str, ArticleLabel],
    *,
    titles: Mapping[str, str] | None = None,
) -> RenderableType:
    """Everything known of one incident. `titles` names related incidents by id."""
    speakers = Speakers(context.report for context in contexts)
    head = Text(plain(incident.title), style="bold")
    c = incident.corroboration
    standing = [incident.status.value]
    standing += ["provisional"] if incident.provisional else []
    standing += ["reviewed"] if incident.reviewed else []
    standing += ["known from recaps only"] if incident.background_only else []
    line = Text(
        f"{incident.id} · {', '.join(standing)} · {_n(c.articles, 'article')}, "
        f"{_n(c.lineages, 'lineage')}, {_n(len(c.primary_sources), 'primary source')}"
    )
    parts: list[RenderableType] = [head, line, Text("")]
    for label, field in _fields(incident):
        parts += _field(label, field, speakers, articles)
    parts += _conflicts(incident, articles)
    parts += _relations(incident, articles, titles or {})
    parts += _sources(incident, articles)
    return Group(*parts)


def _n(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _fields(incident: Incident) -> Iterator[tuple[str, FusedField[Any]]]:
    single: tuple[tuple[str, FusedField[Any] | None], ...] = (
        ("what", incident.type),
        ("when", incident.date),
        ("where", incident.place),
        ("killed", incident.killed),
        ("injured", incident.injured),
        ("attackers killed", incident.attackers_killed),
    )
    yield from ((label, field) for label, field in single if field)
    for label, fields in (
        ("harm", incident.other_casualties),
        ("weapon", incident.weapons),
        ("target", incident.targets),
        ("who", incident.actors),
        ("damage", incident.damage),
        ("effect", incident.effects),
    ):
        for field in fields:
            yield label, field


def _field(
    label: str,
    field: FusedField[Any],
    speakers: Speakers,
    articles: Mapping[str, ArticleLabel],
) -> list[RenderableType]:
    row = Table.grid(padding=(0, 1))
    row.add_column(width=16)
    row.add_column()
    note = f"  [{field.agreement.value}, rule {field.rule}]"
    row.add_row(
        Text(label, style="cyan"),
        Text.assemble((value_words(field.value), "bold"), (note, "dim")),
    )
    parts: list[RenderableType] = [row]
    parts += _quotes(field.evidence, speakers, articles)
    for other in field.alternatives:
        why = f"  [{other.note}]" if other.note else ""
        parts.append(
            Padding(
                Text.assemble("also said: ", value_words(other.value), (why, "dim")), (0, 0, 0, 17)
            )
        )
        parts += _quotes(other.evidence, speakers, articles)
    return parts


def _quotes(
    evidence: Sequence[Evidence], speakers: Speakers, articles: Mapping[str, ArticleLabel]
) -> list[RenderableType]:
    quotes: list[RenderableType] = []
    for item in evidence[:MAX_QUOTES]:
        speaker = speakers.of(item)
        says = f"{plain(speaker)}, in " if speaker else ""
        quotes.append(
            Padding(
                Text.assemble(
                    (f"“{plain(item.span.text)}”", "italic"),
                    (f"  {says}{_label(item.article_id, articles)} @{item.span.start}", "dim"),
                ),
                (0, 0, 0, 19),
            )
        )
    if len(evidence) > MAX_QUOTES:
        quotes.append(
            Padding(Text(f"and {len(evidence) - MAX_QUOTES} more", style="dim"), (0, 0, 0, 19))
        )
    return quotes


def _label(article_id: str, articles: Mapping[str, ArticleLabel]) -> str:
    label = articles.get(article_id)
    return f"{plain(label.outlet)} ({plain(article_id)})" if label else plain(article_id)


def _labels(evidence: Sequence[Evidence], articles: Mapping[str, ArticleLabel]) -> str:
    return ", ".join(sorted({_label(item.article_id, articles) for item in evidence}))


def _conflicts(incident: Incident, articles: Mapping[str, ArticleLabel]) -> list[RenderableType]:
    if not incident.conflicts:
        return []
    parts: list[RenderableType] = [Text(""), Text("differences between reports", style="bold")]
    for conflict in incident.conflicts:
        sides = " / ".join(
            f"{plain(side.value)} ({_labels(side.evidence, articles)})" for side in conflict.sides
        )
        style = "red" if conflict.verdict.value == "open" else "dim"
        parts.append(
            Padding(
                Text.assemble(
                    (f"{conflict.field}: ", "cyan"), sides, (f"  {conflict.verdict.value}", style)
                ),
                (0, 0, 0, 2),
            )
        )
    return parts


def _relations(
    incident: Incident, articles: Mapping[str, ArticleLabel], titles: Mapping[str, str]
) -> list[RenderableType]:
    if not incident.relations:
        return []
    parts: list[RenderableType] = [Text(""), Text("relations, as stated", style="bold")]
    for relation in incident.relations:
        words = "; ".join(
            f"“{plain(e.span.text)}” {_label(e.article_id, articles)}"
            for e in relation.evidence[:2]
        )
        parts.append(
            Padding(
                Text.assemble(
                    (relation.kind.value.replace("_", " ") + " ", "cyan"),
                    plain(titles.get(relation.to, relation.to)),
                    (f"  {words}", "dim"),
                ),
                (0, 0, 0, 2),
            )
        )
    return parts


def _sources(incident: Incident, articles: Mapping[str, ArticleLabel]) -> list[RenderableType]:
    parts: list[RenderableType] = [Text("")]
    if incident.corroboration.primary_sources:
        parts.append(Text("who is cited", style="bold"))
        parts += [
            Padding(
                Text(f"{plain(s.name)} ({s.kind.value}), in {_n(s.lineages, 'lineage')}"),
                (0, 0, 0, 2),
            )
            for s in incident.corroboration.primary_sources
        ]
        parts.append(Text(""))
    parts.append(Text("told by", style="bold"))
    for member in incident.reports:
        label = articles.get(member.article_id)
        told = "as news" if member.is_main else "in the background"
        if label is None:
            parts.append(Padding(Text(f"{plain(member.article_id)} {told}"), (0, 0, 0, 2)))
            continue
        title = f" “{plain(label.title)}”" if label.title else ""
        parts.append(
            Padding(
                Text(
                    f"{plain(label.outlet)}, {label.published}{title}"
                    f" ({plain(member.article_id)}), {told}"
                ),
                (0, 0, 0, 2),
            )
        )
    return parts


def article_label(
    outlet: str | None, published: object, title: str | None, url: str | None
) -> ArticleLabel:
    """The label of an article; says so where outlet or date is not known."""
    day = getattr(published, "date", None)
    return ArticleLabel(
        outlet=outlet or "outlet not named",
        published=day_words(day) if day else "undated",
        title=title,
        url=url,
    )
