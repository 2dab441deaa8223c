"""Whatever is decided in whatever order: the record follows from the reports and the log alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.desk.factory import SETTINGS, arrive, bombing, by, kept, record
from tocsin import desk
from tocsin.desk import carry_out
from tocsin.errors import ReviewError
from tocsin.pipeline import standing_decisions
from tocsin.records import Incident, ReviewDecision
from tocsin.records.vocab import IncidentStatus, RelationKind
from tocsin.review import FieldName, read_typed, withdrawn
from tocsin.store import Store, open_store

REPORTS = (
    bombing("a"),
    bombing("b"),
    bombing("c", killed=15),
    bombing("far", town="Maiduguri"),
    bombing("far2", town="Maiduguri"),
    bombing("later", day=20),
    bombing("later2", day=20, killed=20),
)

Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ("merge", "split", "confirm", "reject", "edit", "pin", "relate", "undo", "arrive")
        ),
        st.integers(0, 100),
        st.integers(0, 100),
    ),
    max_size=9,
)
one_by_one = hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck)
)


def decided(store: Store, step: Step, minute: int) -> ReviewDecision | None:
    """The decision a step means on the record as it is; None where it cannot be meant."""
    kind, one, other = step
    incidents = list(record(store).values())
    if not incidents:
        return None
    first, second = incidents[one % len(incidents)], incidents[other % len(incidents)]
    who = by(minute)
    try:
        match kind:
            case "merge":
                return desk.merge(store, [first, second], who)
            case "split":
                members = [m.article_id for m in first.reports]
                return desk.split(store, first, members[: 1 + other % len(members)], who)
            case "confirm":
                return desk.confirm(store, first, who)
            case "reject":
                return desk.reject(store, first, who)
            case "edit":
                text = read_typed(FieldName.KILLED, str(other))
                return desk.edit(store, first, {FieldName.KILLED: text}, who)
            case "pin":
                return desk.pin(store, first, [FieldName.KILLED, FieldName.PLACE], who)
            case "relate":
                return desk.relate(store, first, RelationKind.FOLLOWS, second, who)
            case _:
                log = store.decisions()
                return desk.undo(store, log[one % len(log)], who) if log else None
    except ReviewError:
        return None


def replayed(
    folder: str, name: str, numbers: list[int], log: list[ReviewDecision]
) -> dict[str, Incident]:
    """The record of a fresh store that is given everything at once."""
    with open_store(str(Path(folder) / name), SETTINGS.store) as store:
        store.keep_many([kept(REPORTS[number]) for number in numbers])
        for decision in log:
            store.decide(decision)
        desk.settle(store, SETTINGS)
        return record(store)


def assert_rulings_hold(store: Store) -> None:
    """What was joined tells one incident, what was parted does not, in the record as it stands."""
    rulings = standing_decisions(store).rulings
    homes = store.incidents_of_reports(store.all_report_ids())
    for group in rulings.together:
        assert len({homes[id_] for id_ in group}) == 1
    for one, other in rulings.apart:
        assert {homes[id_] for id_ in one}.isdisjoint(homes[id_] for id_ in other)


@given(steps, st.permutations(range(len(REPORTS))), st.permutations(range(len(REPORTS))))
@one_by_one
def test_the_record_follows_from_reports_and_log_alone(
    row: list[Step], arrival: list[int], another: list[int]
) -> None:
    """One report and one decision after the other, or all reports first in another order."""
    with tempfile.TemporaryDirectory() as folder:
        waiting = list(arrival)
        with open_store(str(Path(folder) / "steps.db"), SETTINGS.store) as store:
            arrive(store, *(REPORTS[waiting.pop()] for _ in range(4)))
            for minute, step in enumerate(row):
                if step[0] == "arrive":
                    if waiting:
                        arrive(store, REPORTS[waiting.pop()])
                    continue
                decision = decided(store, step, minute)
                if decision is not None:
                    carry_out(store, SETTINGS, decision)
            for number in waiting:
                arrive(store, REPORTS[number])
            found, log = record(store), store.decisions()
            assert_rulings_hold(store)
            desk.offers(store, SETTINGS)
        assert replayed(folder, "batch.db", another, log) == found
        # What is undone is as if it had never been decided.
        gone = withdrawn(log)
        kept_log = [d for d in log if d.id not in gone and d.kind.value != "undo"]
        assert replayed(folder, "undone.db", arrival, kept_log) == found


@given(steps, st.data())
@one_by_one
def test_merging_then_splitting_and_undoing_restore_the_record(
    row: list[Step], data: st.DataObject
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(str(Path(folder) / "record.db"), SETTINGS.store) as store,
    ):
        arrive(store, *REPORTS)
        for minute, step in enumerate(row[:4]):
            decision = decided(store, step, minute)
            if decision is not None:
                carry_out(store, SETTINGS, decision)
        before, log = record(store), store.decisions()
        open_ones = [i for i in before.values() if i.status is not IncidentStatus.REJECTED]
        if len(open_ones) < 2:
            return
        one, other = data.draw(st.permutations(open_ones))[:2]
        merge = desk.merge(store, [one, other], by(50))
        carry_out(store, SETTINGS, merge)
        whole = record(store)[merge.outputs[0]]
        assert len(whole.reports) == len(one.reports) + len(other.reports)
        leaving = [member.report_id for member in other.reports]
        split = desk.split(store, whole, leaving, by(51))
        carry_out(store, SETTINGS, split)
        assert record(store) == before
        assert store.decisions() == [*log, merge, split]
        carry_out(store, SETTINGS, desk.undo(store, split, by(52)))
        carry_out(store, SETTINGS, desk.undo(store, merge, by(53)))
        assert record(store) == before
