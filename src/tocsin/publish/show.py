"""One incident as a page of text: each value, its words, who says so, and what others say.

Articles are numbered; `[2:444]` is code point 444 of the second. Statements that merely repeat the
chosen value, more coarsely or in other words, share one line; rival ones have a line each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tocsin.publish.phrasing import day_words, plain
from tocsin.publish.wording import (
    REPEATS,
    RIVALS,
    conflict_label,
    side_words,
    spoken,
    told_apart,
    verdict_words,
)
from tocsin.records import (
    Alternative,
    Attribution,
    Claim,
    Conflict,
    ConflictSide,
    Evidence,
    FusedField,
    Incident,
    Report,
    ReportInContext,
)
from tocsin.records.vocab import TO_ASIDES, ConflictVerdict, SourceKind

MAX_QUOTES = 6
"""Different quotes shown under one value; the rest are counted."""
LABEL_WIDTH = 10


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
            for claim in claims_of(report):
                for span in claim.evidence:
                    for attribution in claim.attributions:
                        if attribution.kind is not SourceKind.OUTLET:
                            key = (report.article_id, span.start, span.end)
                            self._by_span.setdefault(key, attribution)

    def of(self, evidence: Evidence) -> str | None:
        """The speaker's name; None where the outlet says it itself."""
        found = self._by_span.get((evidence.article_id, evidence.span.start, evidence.span.end))
        return found.source if found else None


def claims_of(report: Report) -> Iterator[Claim[Any]]:
    """Every claim of a report, the most telling first."""
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


class _Page:
    """What the parts of one page share: numbered articles, their labels, the speakers."""

    def __init__(
        self,
        incident: Incident,
        contexts: Sequence[ReportInContext],
        articles: Mapping[str, ArticleLabel],
    ) -> None:
        self.incident = incident
        self.articles = articles
        self.speakers = Speakers(context.report for context in contexts)
        days = {c.report.article_id: c.published.date.isoformat() for c in contexts if c.published}
        told = {member.article_id for member in incident.reports}
        ordered = sorted(told, key=lambda id_: (days.get(id_, "9999"), id_))
        self.numbers = {id_: at for at, id_ in enumerate(ordered, start=1)}

    def number(self, article_id: str) -> str:
        """The article's number; its id where it tells nothing of the incident."""
        at = self.numbers.get(article_id)
        return str(at) if at is not None else plain(article_id)

    def outlet(self, article_id: str) -> str:
        label = self.articles.get(article_id)
        return plain(label.outlet) if label else plain(article_id)

    def quotes(self, evidence: Sequence[Evidence]) -> Text:
        """`"words" [1:24] [2:7], says the army`: equal words of one speaker together."""
        grouped: dict[tuple[str, str | None], list[Evidence]] = {}
        for item in evidence:
            grouped.setdefault((plain(item.span.text), self.speakers.of(item)), []).append(item)
        line = Text()
        for at, ((words, speaker), items) in enumerate(list(grouped.items())[:MAX_QUOTES]):
            line.append(" · " if at else "", "dim")
            line.append(f"“{words}” ", "italic")
            line.append(self.places(items), "dim")
            if speaker:
                line.append(f", says {plain(speaker)}", "dim")
        if len(grouped) > MAX_QUOTES:
            line.append(f" and {len(grouped) - MAX_QUOTES} more", "dim")
        return line

    def places(self, evidence: Sequence[Evidence]) -> str:
        """`[1:24] [2:7]`: article and offset of each word."""
        found = (f"[{self.number(e.article_id)}:{e.span.start}]" for e in evidence)
        return " ".join(dict.fromkeys(found))


def incident_page(
    incident: Incident,
    contexts: Sequence[ReportInContext],
    articles: Mapping[str, ArticleLabel],
    *,
    titles: Mapping[str, str] | None = None,
    decisions: Sequence[str] = (),
) -> RenderableType:
    """Everything known of one incident.

    `titles` names related incidents by id; `decisions` says in words what people decided of it.
    """
    page = _Page(incident, contexts, articles)
    c = incident.corroboration
    standing = [incident.status.value]
    standing += ["provisional"] if incident.provisional else []
    standing += ["reviewed"] if incident.reviewed else []
    standing += ["known from recaps only"] if incident.background_only else []
    counts = (
        _n(c.articles, "article"),
        _n(c.lineages, "independent origin"),
        _n(len(c.primary_sources), "cited source"),
    )
    head = Text.assemble(
        (plain(incident.title), "bold"),
        (f"\n{', '.join(standing)} · {', '.join(counts)}\n{incident.id}", "dim"),
    )
    values = _grid()
    last = ""
    for label, field in told_fields(incident):
        values.add_row(Text("" if label == last else label, style="cyan"), _field(field, page))
        last = label
    parts: list[RenderableType] = [head, Text(""), values]
    parts += _conflicts(page)
    parts += _relations(page, titles or {})
    parts += _decisions(decisions)
    parts += _sources(page)
    return Group(*parts)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=LABEL_WIDTH)
    grid.add_column(overflow="fold")
    return grid


def _n(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def told_fields(incident: Incident) -> Iterator[tuple[str, FusedField[Any]]]:
    """Every fused field that holds something, with its label, in the order of a page."""
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


def _field(field: FusedField[Any], page: _Page) -> Text:
    words = spoken(field.value)
    basis = f"{field.agreement.value}, rule {field.rule}"
    if field.pinned_by:
        basis = f"set by review {plain(field.pinned_by)}"
    lines = [Text.assemble((words, "bold"), (f"  {basis}", "dim"))]
    if field.evidence:
        lines.append(page.quotes(field.evidence))
    for note, lead in REPEATS.items():
        same = [other for other in field.alternatives if other.note == note]
        line = _repeats(same, words, page)
        if line is not None:
            lines.append(Text.assemble((f"{lead}: ", "dim"), line))
    lines.extend(_rival(other, page) for other in field.alternatives if other.note not in REPEATS)
    return Text("\n").join(lines)


def _repeats(others: Sequence[Alternative[Any]], chosen: str, page: _Page) -> Text | None:
    """Statements that say the same less well: each value once; None where none differs."""
    grouped: dict[str, list[Evidence]] = {}
    for other in others:
        grouped.setdefault(spoken(other.value), []).extend(other.evidence)
    grouped.pop(chosen, None)
    if not grouped:
        return None
    line = Text()
    for at, (words, evidence) in enumerate(grouped.items()):
        where = page.places(evidence)
        line.append(("; " if at else "") + words)
        line.append(f" {where}" if where else "", "dim")
    return line


def _rival(other: Alternative[Any], page: _Page) -> Text:
    lead = RIVALS.get(other.note, plain(other.note) or "also said")
    line = Text.assemble((f"{lead}: ", "yellow"), spoken(other.value))
    if other.evidence:
        line.append("  ")
        line.append_text(page.quotes(other.evidence))
    elif other.source:
        line.append(f", says {plain(other.source)}", "dim")
    return line


def _conflicts(page: _Page) -> list[RenderableType]:
    """Disputes by themselves; then what differs and is none, and why."""
    disputes, explained = told_apart(page.incident.conflicts)
    parts: list[RenderableType] = []
    for heading, conflicts in (("in dispute", disputes), ("where accounts differ", explained)):
        if not conflicts:
            continue
        grid = _grid()
        for conflict in conflicts:
            grid.add_row(Text(conflict_label(conflict), style="cyan"), _sides(conflict, page))
        parts += [Text(""), Text(heading, style="bold"), grid]
    return parts


def _sides(conflict: Conflict, page: _Page) -> Text:
    """`2, says Khyber Observer [1]; at least 14, say police [2]  unresolved`."""
    line = Text()
    for at, side in enumerate(conflict.sides):
        line.append("; " if at else "")
        line.append(side_words(side.value), "bold")
        line.append(_voices(side, page))
    style = "red" if conflict.verdict is ConflictVerdict.OPEN else "dim"
    line.append(f"  ({verdict_words(conflict.verdict)})", style)
    return line


def _voices(side: ConflictSide, page: _Page) -> str:
    """`, says the army [1]`: the speakers of a side, else the outlets that carry it."""
    voices: dict[str, set[str]] = {}
    for item in side.evidence:
        speaker = page.speakers.of(item)
        name = plain(speaker) if speaker else page.outlet(item.article_id)
        voices.setdefault(name, set()).add(page.number(item.article_id))
    told = [f"{name} [{', '.join(sorted(where))}]" for name, where in voices.items()]
    if not told:
        return ""
    return f", {'says' if len(told) == 1 else 'say'} {' and '.join(told)}"


def _relations(page: _Page, titles: Mapping[str, str]) -> list[RenderableType]:
    if not page.incident.relations:
        return []
    parts: list[RenderableType] = [Text(""), Text("relations, as stated", style="bold")]
    for relation in page.incident.relations:
        line = Text.assemble(
            (relation.kind.value.replace("_", " ") + " ", "cyan"),
            "" if relation.kind in TO_ASIDES else plain(titles.get(relation.to, relation.to)),
            "  ",
            page.quotes(relation.evidence[:2]),
        )
        if relation.by:
            line.append(f", says {plain(relation.by.source)}", "dim")
        if relation.decided_by:
            line.append(f"set by review {plain(relation.decided_by)}", "dim")
        parts.append(Padding(line, (0, 0, 0, 2), expand=False))
    return parts


def _decisions(decisions: Sequence[str]) -> list[RenderableType]:
    if not decisions:
        return []
    lines = [Padding(Text(words), (0, 0, 0, 2), expand=False) for words in decisions]
    return [Text(""), Text("decided by review", style="bold"), *lines]


def _sources(page: _Page) -> list[RenderableType]:
    parts: list[RenderableType] = []
    cited = page.incident.corroboration.primary_sources
    if cited:
        names = "; ".join(
            f"{plain(s.name)} ({s.kind.value.replace('_', ' ')}"
            + (f", in {s.lineages} origins)" if s.lineages > 1 else ")")
            for s in cited
        )
        parts += [
            Text(""),
            Text("who is cited", style="bold"),
            Padding(Text(names), (0, 0, 0, 2), expand=False),
        ]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", width=4)
    grid.add_column(overflow="fold")
    as_news = {m.article_id for m in page.incident.reports if m.is_main}
    for article_id, number in page.numbers.items():
        label = page.articles.get(article_id)
        line = Text()
        if label:
            line.append(f"{plain(label.outlet)}, {label.published}")
            line.append(f" “{plain(label.title)}”" if label.title else "", "italic")
        told = "" if article_id in as_news else " in the background"
        line.append(f" {plain(article_id)}{told}", "dim")
        grid.add_row(Text(f"[{number}]", style="dim"), line)
    return [*parts, Text(""), Text("told by", style="bold"), grid]


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
