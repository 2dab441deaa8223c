"""The page of one incident: who says what, where it stands, and what others say."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.fuse.factory import DAY, QUARTER, SPAN, killed, tell, who
from tocsin.fuse import fuse
from tocsin.publish.show import ArticleLabel, incident_page
from tocsin.records import Claim, Place, ReportInContext, Span, Target, Weapon
from tocsin.records.vocab import (
    ActorRole,
    PlacePrecision,
    TargetKind,
    TimePrecision,
    VictimGroup,
    WeaponType,
)

KOSOVO = Place("Kosovo", PlacePrecision.COUNTRY, country="XK")
LABELS = {
    "a": ArticleLabel("Herald", "10 Mar 2021", "Shells on the mills"),
    "b": ArticleLabel("Post", "11 Mar 2021"),
}


def page(*reports: ReportInContext, width: int = 100) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=False)
    console.print(incident_page(fuse(reports), reports, LABELS))
    return file.getvalue().splitlines()


def under(lines: list[str], label: str) -> list[str]:
    """The lines of one labelled value, stripped."""
    first = next(at for at, line in enumerate(lines) if line.split()[:1] == [label])
    found = [lines[first].strip().removeprefix(label).strip()]
    for line in lines[first + 1 :]:
        if not line.startswith(" "):
            break
        found.append(line.strip())
    return found


def test_a_value_its_words_and_their_speaker() -> None:
    told = tell("a", casualties=[killed(3, by="a captain")])
    assert under(page(told), "killed") == [
        "3  single, rule 5",
        f"“{SPAN.text}” [1:{SPAN.start}], says a captain",
    ]


def test_what_repeats_the_value_more_coarsely_is_one_line() -> None:
    week = replace(DAY, latest=DAY.latest.replace(day=14) if DAY.latest else None)
    week = replace(week, precision=TimePrecision.DAYS)
    lines = page(tell("a"), tell("b", place=KOSOVO, time=week), tell("c", place=KOSOVO, time=week))
    (coarser,) = [line for line in under(lines, "where") if line.startswith("also")]
    assert coarser == "also, less exactly: Kosovo [2:0] [3:0]"
    assert sum(line.startswith("also") for line in under(lines, "when")) == 1


def test_countries_and_terms_are_in_words() -> None:
    weapon = Weapon(WeaponType.MISSILE_BALLISTIC)
    target = Target("the depot", TargetKind.MILITARY_BASE)
    lines = page(tell("a", weapons=[weapon], targets=[target]))
    assert under(lines, "where")[0].startswith("Mill Quarter, Lower Valley, Kosovo ")
    assert under(lines, "weapon")[0].startswith("ballistic missile ")
    assert under(lines, "target")[0].startswith("the depot (military base) ")


def test_rivals_are_told_apart_in_a_sentence() -> None:
    lines = page(
        tell("a", casualties=[killed(3, by="a captain")]),
        tell("b", casualties=[killed((9, None, None))]),
    )
    assert any(line.startswith("rival account: at least 9") for line in under(lines, "killed"))
    start = lines.index("in dispute")
    (told,) = under(lines[start:], "killed")
    assert told == "3, says a captain [1]; at least 9, says Post [2]  (unresolved)"


def test_an_accusation_and_its_denial_stand_together() -> None:
    blamed = who("River Brigade", ActorRole.BLAMED, by="the army")
    denied = Claim(
        replace(blamed.value, role=ActorRole.DENIED), (Span.of("River Brigade denied", 0, 20),)
    )
    lines = page(tell("a", actors=[denied, blamed]), width=140)
    told = [line for line in under(lines, "who") if "River Brigade:" in line]
    assert [line.split("  ")[0] for line in told] == [
        "River Brigade: blamed",
        "River Brigade: denies it",
    ]
    start = lines.index("in dispute")
    (told_apart,) = under(lines[start:], "actors")
    assert told_apart.endswith("(unresolved)")


def test_only_what_excludes_each_other_is_shown_as_a_dispute() -> None:
    soldiers = killed(2, group=VictimGroup.SECURITY_FORCE)
    lines = page(tell("a", casualties=[killed(3)]), tell("b", casualties=[soldiers]))
    assert "in dispute" not in lines
    (told,) = under(lines[lines.index("where accounts differ") :], "killed")
    assert told.endswith("(they count different things)")


def test_articles_are_numbered_by_day_and_named_once() -> None:
    lines = page(tell("b", day=11), tell("a", day=10, is_main=False))
    start = lines.index("told by")
    assert [line.strip() for line in lines[start + 1 :]] == [
        "[1] Herald, 10 Mar 2021 “Shells on the mills” a in the background",
        "[2] Post, 11 Mar 2021 b",
    ]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_page_keeps_to_its_width(width: int) -> None:
    long = Place("a very long name of a place " * 8, PlacePrecision.SITE, country="XK")
    reports = [tell(f"a{n}", place=long, casualties=[killed(n)], day=10 + n) for n in range(1, 9)]
    assert all(len(line) <= width for line in page(*reports, width=width))


def test_hostile_words_are_shown_as_codes() -> None:
    told = tell("a", place=replace(QUARTER, name="Mill\x1b[31mQuarter"))
    assert "\x1b" not in "\n".join(page(told))


def test_what_people_decided_is_said() -> None:
    file = io.StringIO()
    told = tell("a")
    words = ["edit inc_1 killed = 5, by ana: the clinic's list"]
    shown = incident_page(fuse([told]), [told], LABELS, decisions=words)
    Console(file=file, width=100).print(shown)
    assert (
        "decided by review\n  edit inc_1 killed = 5, by ana: the clinic's list" in file.getvalue()
    )
    assert "decided by review" not in "\n".join(page(told))
