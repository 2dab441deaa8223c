"""What is remembered changes nothing but time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolve.factory import neighbours_in, tell
from tocsin.records import ReportInContext
from tocsin.resolve import PairMemory, ResolveSettings, resolve

SETTINGS = ResolveSettings()
REPORTS = [
    tell(f"a{n}", town=town, day=day, killed=killed)
    for n, (town, day, killed) in enumerate(
        (("Mosul", 9, 14), ("Mosul", 9, 14), ("Mosul", 9, 3), ("Kirkuk", 9, 14), ("Mosul", 10, 14))
    )
]


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(REPORTS),
    limits=st.tuples(st.integers(1, 4), st.integers(1, 6)),
)
def test_a_memory_of_any_size_gives_what_none_gives(
    order: list[ReportInContext], limits: tuple[int, int]
) -> None:
    memory = PairMemory(max_profiles=limits[0], max_pairs=limits[1])
    arrived: list[ReportInContext] = []
    for context in order:
        arrived.append(context)
        neighbours = neighbours_in(arrived)
        remembered = resolve([context], neighbours, SETTINGS, memory=memory)
        assert remembered == resolve([context], neighbours, SETTINGS)


def test_a_report_read_anew_under_its_id_is_another() -> None:
    memory = PairMemory()
    before = replace(REPORTS[0], kept_at=dt.datetime(2021, 3, 10, tzinfo=dt.UTC))
    toll = tell("a0", town="Mosul", day=9, killed=2)
    assert toll.report.id == before.report.id
    after = replace(toll, kept_at=dt.datetime(2021, 3, 11, tzinfo=dt.UTC))
    assert memory.profile(before)[1].counts != memory.profile(after)[1].counts
    assert memory.profile(before) is memory.profile(before)
