"""The lineages of one incident as a page of text: who printed what first, and what became of it.

Under each later text stand the sentences it added (+), cut (-) or changed (~), with what changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tocsin.publish.phrasing import plain
from tocsin.publish.show import ArticleLabel
from tocsin.records import Descendant, DescentKind, Edit, EditKind, Incident

MAX_EDITS = 12
"""Edits shown under one text; the rest are counted."""
MAX_WORDS = 160
"""Characters of a sentence that are shown."""
_SIGNS = {
    EditKind.ADDED: ("+", "green"),
    EditKind.CUT: ("-", "red"),
    EditKind.CHANGED: ("~", "cyan"),
}


def lineage_page(
    incident: Incident,
    lineages: Sequence[Sequence[Descendant]],
    articles: Mapping[str, ArticleLabel],
) -> RenderableType:
    """Every lineage behind an incident, in the order given, with the speakers that they share."""
    c = incident.corroboration
    head = Text.assemble(
        (plain(incident.title), "bold"),
        (f"\n{incident.status.value}, rests on {_count(c.lineages, 'independent origin')}", "dim"),
    )
    parts: list[RenderableType] = [head]
    for number, lineage in enumerate(lineages, start=1):
        parts += [Text(""), Text(f"origin {number}, {_count(len(lineage), 'text')}", style="bold")]
        places = {(one.article_id, one.version): at for at, one in enumerate(lineage, start=1)}
        for at, one in enumerate(lineage, start=1):
            parts.append(Padding(_line(at, one, places, articles), (0, 0, 0, 2), expand=False))
            shown = [_edit(edit) for edit in one.edits[:MAX_EDITS]]
            if len(one.edits) > MAX_EDITS:
                shown.append(Text(f"and {len(one.edits) - MAX_EDITS} more", style="dim"))
            parts += [Padding(line, (0, 0, 0, 6), expand=False) for line in shown]
    if c.primary_sources:
        parts += [Text(""), Text("primary sources behind them", style="bold")]
        for source in c.primary_sources:
            kind = source.kind.value.replace("_", " ")
            line = f"{plain(source.name)} ({kind}), in {_count(source.lineages, 'origin')}"
            parts.append(Padding(Text(line), (0, 0, 0, 2), expand=False))
    return Group(*parts)


def _line(
    at: int,
    one: Descendant,
    places: Mapping[tuple[str, int], int],
    articles: Mapping[str, ArticleLabel],
) -> Text:
    label = articles.get(one.article_id)
    line = Text.assemble((f"[{at}] ", "dim"))
    line.append(f"{plain(label.outlet)}, {label.published}" if label else plain(one.article_id))
    if one.version > 1:
        line.append(f", version {one.version}")
    if one.kind is DescentKind.FIRST or one.parent_id is None:
        line.append("  first", "dim")
        return line
    parent = places.get((one.parent_id, one.parent_version or 1))
    line.append(f"  {one.kind.value} of [{parent}]", "dim")
    counts = {kind: sum(edit.kind is kind for edit in one.edits) for kind in EditKind}
    told = ", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count)
    line.append(f": {told}" if told else "", "dim")
    return line


def _edit(edit: Edit) -> Text:
    sign, style = _SIGNS[edit.kind]
    line = Text.assemble((f"{sign} ", style))
    line.append(" → ".join(f"“{_cut(span.text)}”" for span in (edit.old, edit.new) if span))
    if edit.notes:
        line.append(f"  ({'; '.join(plain(note) for note in edit.notes)})", "yellow")
    return line


def _cut(text: str) -> str:
    words = plain(text)
    return words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 1]}…"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
