"""The page of an incident's origins: who printed it first, and what each reprint did to it."""

from __future__ import annotations

import io

from rich.console import Console

from tests.fuse.factory import tell
from tocsin.fuse import fuse
from tocsin.publish.lineage import MAX_EDITS, lineage_page
from tocsin.publish.show import ArticleLabel
from tocsin.records import Descendant, DescentKind, Edit, EditKind, Span
from tocsin.records.vocab import SourceKind

LABELS = {
    "a": ArticleLabel("Wire", "10 Mar 2021"),
    "b": ArticleLabel("Post\x1b[31m", "11 Mar 2021"),
}


def words(text: str) -> Span:
    return Span(0, len(text), text)


def page(*edits: Edit) -> list[str]:
    first = Descendant("a", 1, DescentKind.FIRST)
    reprint = Descendant("b", 1, DescentKind.REPRINT, "a", 1, edits)
    cited = [("an army captain", SourceKind.OFFICIAL_MILITARY)]
    incident = fuse([tell("a", sources=cited), tell("b", sources=cited, lineage="a")])
    file = io.StringIO()
    Console(file=file, width=100, force_terminal=False).print(
        lineage_page(incident, [[first, reprint]], LABELS)
    )
    return [line.rstrip() for line in file.getvalue().splitlines()]


def test_a_changed_toll_and_a_cut_sentence_can_be_read() -> None:
    toll = Edit(EditKind.CHANGED, words("Three died."), words("Five died."), ("figures 3 -> 5",))
    lines = page(toll, Edit(EditKind.CUT, old=words("A nurse said so.")))
    assert "  [1] Wire, 10 Mar 2021  first" in lines
    assert any(line.endswith("reprint of [1]: 1 cut, 1 changed") for line in lines)
    assert "      ~ “Three died.” → “Five died.”  (figures 3 -> 5)" in lines
    assert "      - “A nurse said so.”" in lines
    assert "  an army captain (official military), in 1 origin" in lines


def test_hostile_words_and_endless_edits_are_kept_short() -> None:
    edits = [Edit(EditKind.ADDED, new=words(f"Line {n} \x1b[31m{'x' * 500}")) for n in range(40)]
    lines = page(*edits)
    assert "\x1b" not in "\n".join(lines)
    assert f"      and {40 - MAX_EDITS} more" in lines
