"""Tables show words of articles and never obey them."""

from __future__ import annotations

import io

from rich.console import Console

from tocsin.publish.table import incident_table
from tocsin.records import Corroboration, Evidence, FusedField, Incident, MemberReport, Span
from tocsin.records.vocab import Agreement, IncidentStatus, IncidentType, Stage


def incident(title: str) -> Incident:
    evidence = (Evidence("a", Span(0, 4, "shot")),)
    return Incident(
        id="inc_0123456789abcdef01234567",
        title=title,
        type=FusedField(IncidentType.ARMED_ATTACK, "5", Agreement.SINGLE, ("rep_1",), evidence),
        status=IncidentStatus.UNCONFIRMED,
        stage=Stage.ACCOMPLISHED,
        corroboration=Corroboration(articles=1, reports=1, lineages=1),
        reports=(MemberReport("a", "rep_1", True),),
    )


def shown(title: str, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    console.print(incident_table([incident(title)], width=width))
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_markup_in_a_title_is_shown_as_it_stands() -> None:
    title = "[link=https://example.com]shot[/link] [red]x"
    assert title in shown(title, 160)


def test_control_characters_are_shown_as_codes() -> None:
    assert "\\u001b" in shown("shot\x1b]0;owned\x07", 160)


def test_a_narrow_terminal_keeps_the_columns_that_matter() -> None:
    page = shown("Shooting in Basra", 80)
    assert all(len(line) <= 80 for line in page.splitlines())
    assert "Shooting in Basra" in page
    assert "inc_01234567" in page
    assert "status" not in page
    assert "status" in shown("Shooting in Basra", 160)
