"""What changed between two states of an incident, and only that."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from tests.fuse.factory import killed, tell, who
from tocsin.fuse import fuse
from tocsin.publish.history import Change, HistoryEntry, changes, history_json, history_page
from tocsin.records import FusedField, Incident, Quantity
from tocsin.records.vocab import ActorRole, Agreement, IncidentStatus

ONE = tell("a", casualties=[killed(3)])
TWO = tell("b", casualties=[killed(5)], actors=[who("The Front", ActorRole.CLAIMED)])
BEFORE, AFTER = fuse([ONE]), fuse([ONE, TWO])


def of(before: Incident | None, after: Incident | None) -> dict[str, Change]:
    return {change.field: change for change in changes(before, after)}


def test_nothing_changed_between_equals() -> None:
    assert changes(BEFORE, BEFORE) == ()


def test_values_before_and_after() -> None:
    found = of(BEFORE, AFTER)
    assert found["killed"].was == "3"
    assert found["killed"].now.startswith("3 to 5")
    assert found["actors"] == Change("actors", "", "The Front: claims it")
    assert found["reports"] == Change("reports", "", TWO.report.id)
    assert found["origins"] == Change("origins", "1", "2")
    assert "stage" not in found
    assert "date" not in found


def test_what_leaves_is_said_too() -> None:
    found = of(AFTER, BEFORE)
    assert found["actors"] == Change("actors", "The Front: claims it", "")
    assert found["reports"].was == TWO.report.id


def test_a_value_set_by_review_says_so_also_where_it_is_the_same() -> None:
    assert BEFORE.killed is not None
    pinned = replace(BEFORE, killed=replace(BEFORE.killed, pinned_by="dec_1"))
    assert of(BEFORE, pinned) == {"killed": Change("killed", "3", "3 (set by review)")}
    field = FusedField(Quantity(9, 9, 9), "1", Agreement.SINGLE, (), (), pinned_by="dec_1")
    assert of(BEFORE, replace(BEFORE, injured=field))["injured"].now == "9 (set by review)"


def test_verdicts_are_changes_of_the_status() -> None:
    assert of(BEFORE, replace(BEFORE, reviewed=True)) == {
        "status": Change("status", "unconfirmed", "unconfirmed, reviewed")
    }
    rejected = replace(BEFORE, status=IncidentStatus.REJECTED)
    assert of(BEFORE, rejected)["status"].now == "rejected"


def test_a_long_list_is_counted() -> None:
    many = fuse([tell(f"a{n:02}") for n in range(12)])
    assert of(None, many)["reports"].now.endswith("and 4 more")


def test_the_beginning_and_the_end_of_an_incident_on_a_page() -> None:
    entries = [
        HistoryEntry(
            1, "2021-03-10T09:00:00+00:00", False, None, ("a",), (), changes(None, BEFORE)
        ),
        HistoryEntry(2, "2021-03-11T09:00:00+00:00", True, "inc_2", (), ("dec_1",), ()),
    ]
    file = io.StringIO()
    page = history_page(
        entries, {"a": "Herald, 10 Mar 2021", "dec_1": "merge"}, incident_id="inc_1"
    )
    Console(file=file, width=120).print(page)
    text = file.getvalue()
    for words in (
        "history of inc_1",
        "because of Herald, 10 Mar 2021",
        "killed: 3",
        "went into inc_2",
        "because of merge",
    ):
        assert words in text
    first, last = history_json(entries)
    assert {"field": "killed", "was": None, "now": "3"} in first["changes"]
    assert (last["ended"], last["forwarded_to"], last["decisions"]) == (True, "inc_2", ["dec_1"])
