"""Numbers that are not this incident's toll reach no toll, and bounds stay bounds."""

from __future__ import annotations

import re
from pathlib import Path

from tests.invariants.conftest import add, parts_of, read, record
from tocsin.records import Casualties, Claim, Incident, Quantity
from tocsin.store import Kept, Store

PAGE = """<html><head><title>Gunmen kill three at Kirkuk market</title></head><body>
<nav><a href="/a">81 killed in ferry disaster</a></nav>
<article><h1>Gunmen kill three at Kirkuk market</h1>
<p>KIRKUK, March 2 - Gunmen shot dead three people at a market in Kirkuk on Monday, police said.</p>
<p>It was the 19th attack on traders this year. The United States keeps 5,200 troops in Iraq.</p>
<p>In February a car bomb killed 47 people in Basra.</p></article>
<aside class="related"><h2>Related</h2><ul><li><a href="/b">62 dead as mine collapses</a></li></ul>
</aside></body></html>"""
STRANGERS = {81, 19, 5200, 62}


def tolls(incident: Incident) -> set[int]:
    """Every number in a casualty field of an incident, chosen or not."""
    listed = (incident.killed, incident.injured, incident.attackers_killed)
    return {
        number
        for field in (*listed, *incident.other_casualties)
        for part in parts_of(field)
        if isinstance(part, Quantity)
        for number in (part.min, part.best, part.max)
        if number is not None
    }


def test_no_number_from_elsewhere_reaches_a_toll(store: Store, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    add(store, read([str(page)]))
    found = {i.place.value.name: tolls(i) for i in record(store).values() if i.place}
    assert 3 in found["Kirkuk"]
    assert 47 not in found["Kirkuk"]
    assert not STRANGERS & set().union(*(tolls(i) for i in record(store).values()))


_BOUND = re.compile(
    r"\b(?:at least|more than|over|up to|as many as|fewer than|less than|dozens|scores|several)\b",
    re.IGNORECASE,
)


def test_a_bound_never_sets_the_best_and_bounds_are_in_order(corpus: list[Kept]) -> None:
    bounds = 0
    for kept in corpus:
        for part in parts_of(kept.extraction):
            if isinstance(part, Quantity):
                known = [n for n in (part.min, part.best, part.max) if n is not None]
                assert known == sorted(known)
            if not isinstance(part, Claim) or not isinstance(part.value, Casualties):
                continue
            if part.evidence and _BOUND.match(part.evidence[0].text):
                bounds += 1
                assert part.value.count.best is None, part.evidence[0].text
    assert bounds
