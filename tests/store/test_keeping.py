"""Articles and reports: kept whole, once, as versions."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.store.factory import (
    VERSION,
    SteppingClock,
    article,
    contents,
    extraction,
    incident,
    kept,
    story,
)
from tocsin.errors import RecordError
from tocsin.records import CandidateReport, Extraction, ReportInContext
from tocsin.store import KeepOutcome, Kept, Store, StoreCounts, open_store
from tocsin.store.config import StoreSettings


def dump(path: Path) -> list[str]:
    """Every row of every table as SQL."""
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            " ORDER BY name"
        ).fetchall()
        return [
            f"{name}: {row!r}"
            for (name,) in names
            for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()
        ]
    finally:
        connection.close()


def test_what_is_kept_comes_back_equal(store: Store) -> None:
    one = kept(1)
    assert store.keep(one) is KeepOutcome.NEW
    assert store.article("art_0001") == one.article
    assert store.extraction("art_0001") == one.extraction
    assert list(store.articles()) == [one.article]


def test_keeping_again_changes_no_row(store: Store, path: Path) -> None:
    store.keep_many([kept(1), kept(2)])
    before = dump(path)
    assert store.keep_many([kept(2), kept(1)]) == [KeepOutcome.UNCHANGED] * 2
    assert dump(path) == before


def test_an_article_twice_in_one_batch_is_kept_once(store: Store) -> None:
    assert store.keep_many([kept(1), kept(1)]) == [KeepOutcome.NEW, KeepOutcome.UNCHANGED]
    assert store.counts() == StoreCounts(1, 2, 0, 1, 0)


def test_is_kept_asks_for_id_text_and_extractor(store: Store) -> None:
    one = kept(1)
    store.keep(one)
    sha = one.article.sha256
    assert store.is_kept("art_0001", sha, VERSION)
    assert not store.is_kept("art_0002", sha, VERSION)
    assert not store.is_kept("art_0001", "0" * 64, VERSION)
    assert not store.is_kept("art_0001", sha, "rules-2")


def test_a_revision_is_a_version_and_the_old_one_stays(store: Store) -> None:
    old, new = kept(1), kept(1, text=story(1, note="Corrected: four people."))
    store.keep(old)
    assert store.keep(new) is KeepOutcome.REVISED
    versions = store.article_versions("art_0001")
    assert [v.number for v in versions] == [1, 2]
    assert [v.article for v in versions] == [old.article, new.article]
    assert versions[0].recorded_at < versions[1].recorded_at
    assert store.article("art_0001") == new.article
    assert store.extraction("art_0001") == new.extraction
    assert store.counts().articles == 1
    assert store.counts().reports == 2


def test_an_older_text_read_again_does_not_replace_the_newer(store: Store, path: Path) -> None:
    old, new = kept(1), kept(1, text=story(1, note="Corrected."))
    store.keep_many([old, new])
    before = dump(path)
    assert store.keep_many([old, new]) == [KeepOutcome.UNCHANGED] * 2
    assert dump(path) == before
    assert store.article("art_0001") == new.article


def test_a_newer_extractor_reads_the_same_text_anew(store: Store) -> None:
    one = kept(1)
    store.keep(one)
    again = Extraction("art_0001", "rules-2", tallies=one.extraction.tallies)
    assert store.keep(Kept(one.article, again)) is KeepOutcome.REVISED
    assert len(store.article_versions("art_0001")) == 1
    assert store.extraction("art_0001") == again
    assert store.all_report_ids() == []
    assert store.is_kept("art_0001", one.article.sha256, VERSION)


def test_a_newer_extractor_on_a_superseded_text_stays_behind(store: Store) -> None:
    old, new = kept(1), kept(1, text=story(1, note="Corrected."))
    store.keep_many([old, new])
    store.keep(Kept(old.article, Extraction("art_0001", "rules-2")))
    assert store.extraction("art_0001") == new.extraction


def test_reports_stand_in_the_context_of_their_article(store: Store) -> None:
    source = article(7)
    found = extraction(source)
    store.keep(Kept(source, found, is_provisional=True, is_correction=True))
    first, second = found.reports
    (context,) = store.reports_in_context([second.id])
    assert context.report == second
    assert context.outlet == source.outlet
    assert context.agencies == source.agencies == ("Harran Wire",)
    assert context.published == source.published
    assert context.is_provisional
    assert context.is_correction
    assert context.relations == found.relations
    assert context.lineage_id == store.lineage_of([source.id])[source.id]
    assert context.kept_at == dt.datetime(2021, 3, 1, 12, 0, 1, tzinfo=dt.UTC)
    (context,) = store.reports_in_context([first.id])
    assert context.relations == ()


def test_reports_come_in_the_order_asked_without_the_unknown(store: Store) -> None:
    store.keep_many([kept(n) for n in range(4)])
    wanted = store.all_report_ids()[::-1]
    answer = store.reports_in_context([*wanted[:3], "rep_unknown", *wanted[3:]])
    assert [context.report.id for context in answer] == wanted


def test_a_superseded_report_can_still_be_read(store: Store) -> None:
    one = kept(1)
    store.keep(one)
    store.keep(kept(1, words=("hit",), text=story(1, note="Corrected.")))
    second = one.extraction.reports[1]
    assert second.id not in store.all_report_ids()
    (context,) = store.reports_in_context([second.id])
    assert context.report == second


def test_reports_sharing_come_by_number_of_keys_then_id(store: Store) -> None:
    store.keep_many([kept(n) for n in (3, 0, 2, 1)])
    both = [c.report.id for c in store.reports_sharing(["pair:1", "all"])]
    in_pair = sorted(r.id for n in (2, 3) for r in kept(n).extraction.reports)
    others = sorted(r.id for n in (0, 1) for r in kept(n).extraction.reports)
    assert both == in_pair + others
    assert [c.report.id for c in store.reports_sharing(["pair:1", "all"], limit=3)] == both[:3]
    assert list(store.reports_sharing(["nothing"])) == []
    assert list(store.reports_sharing([])) == []


def test_superseded_reports_are_no_candidates(store: Store) -> None:
    store.keep(kept(1))
    revision = kept(1, words=("landed",), text=story(1, note="Corrected."))
    store.keep(revision)
    assert [c.report for c in store.reports_sharing(["all"])] == list(revision.extraction.reports)
    assert [c.report for c in store.unresolved()] == list(revision.extraction.reports)


def test_unresolved_survives_reopening(store: Store) -> None:
    store.keep_many([kept(2), kept(1)])
    ids = [context.report.id for context in store.unresolved()]
    assert ids == sorted(store.all_report_ids())
    store.write_incidents([], gone={}, resolved_report_ids=ids[:1])
    assert [context.report.id for context in store.unresolved()] == ids[1:]


def test_tallies_come_with_outlet_and_day(store: Store) -> None:
    store.keep_many([kept(2), kept(1)])
    assert list(store.tallies()) == [
        (kept(n).extraction.tallies[0], article(n).outlet, article(n).published) for n in (1, 2)
    ]


def test_tallies_as_they_were_known(store: Store, clock: SteppingClock) -> None:
    """Those of the text that was current then, whatever was kept or revised since."""
    before = clock.at
    store.keep(kept(1))
    first = clock.at
    store.keep(kept(2))
    revised = kept(1, text=f"Corrected. {story(1)}")
    store.keep(revised)
    assert list(store.tallies(as_of=before)) == []
    assert [s.tally for s in store.tallies(as_of=first)] == list(kept(1).extraction.tallies)
    assert list(store.tallies(as_of=clock.at)) == list(store.tallies())
    assert next(store.tallies()).tally == revised.extraction.tallies[0]


@pytest.mark.parametrize("field", ["text", "title"])
def test_a_batch_is_all_or_nothing(store: Store, field: str) -> None:
    batch = [kept(n) for n in range(4)]
    whole = kept(9)
    # A half of a surrogate pair: no reader lets one in, no table can hold it.
    changes: dict[str, Any] = {field: "\ud800", "regions": ()}
    broken = replace(whole, article=replace(whole.article, **changes))
    with pytest.raises(RecordError, match="cannot be stored"):
        store.keep_many([*batch, broken])
    assert store.counts() == StoreCounts(0, 0, 0, 0, 0)
    store.keep_many(batch)
    assert store.counts().articles == 4


def test_parts_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(RecordError, match="article_id"):
        Kept(article(1), extraction(article(2)))
    found = extraction(article(1))
    with pytest.raises(RecordError, match="share an id"):
        Kept(article(1), replace(found, reports=(found.reports[0], found.reports[0])))
    with pytest.raises(RecordError, match="block_keys"):
        Kept(article(1), found, block_keys={"rep_other": ["a"]})
    with pytest.raises(RecordError, match="sketches"):
        Kept(article(1), found, sketches={"rep_other": b"words"})
    with pytest.raises(RecordError, match="profiles"):
        Kept(article(1), found, profiles={"rep_other": b"\x01{}"})


def test_a_sketch_comes_back_with_the_report_that_leads_and_with_no_other(store: Store) -> None:
    one = kept(1)
    leading = one.extraction.reports[0].id
    store.keep(replace(one, sketches={leading: b"\x00rare\xff"}))
    found = store.reports_in_context(store.all_report_ids())
    assert {c.report.id: c.sketch for c in found if c.sketch} == {leading: b"\x00rare\xff"}


def test_candidates_are_the_reports_that_share_a_key_in_the_same_order(store: Store) -> None:
    one, two = kept(1), kept(2)
    leading = one.extraction.reports[0].id
    packed = {report.id: f"profile of {report.id}".encode() for report in one.extraction.reports}
    store.keep(replace(one, sketches={leading: b"\x00rare"}, profiles=packed))
    store.keep(two)
    for limit in (1, 3, 1_000):
        whole = list(store.reports_sharing(["pair:1", "all"], limit=limit))
        assert len(whole) == min(limit, 4)
        assert store.candidates(["pair:1", "all"], limit=limit) == [
            CandidateReport(c.report.id, c.lineage_id, c.kept_at, c.sketch, c.profile)
            for c in whole
            if c.kept_at
        ]
    assert {c.report_id: c.profile for c in store.candidates(["all"]) if c.profile} == packed
    assert store.candidates([]) == []


def test_nul_and_wide_characters_are_kept(store: Store) -> None:
    text = story(1, note="\0 zero, 🚀 rocket, \u202e turned, é accent")
    store.keep(kept(1, text=text))
    loaded = store.article("art_0001")
    assert loaded is not None
    assert loaded.text == text


def test_the_same_clock_reading_for_a_whole_batch(store: Store, clock: SteppingClock) -> None:
    store.keep_many([kept(1), kept(2)])
    times = {v.recorded_at for n in (1, 2) for v in store.article_versions(f"art_{n:04}")}
    assert times == {clock.readings[-1]}


def test_contents_do_not_depend_on_batches(store: Store) -> None:
    batch = [kept(n) for n in range(6)]
    for one in batch:
        store.keep(one)
    before = contents(store)
    assert [len(v) for v in before["versions"].values()] == [1] * 6
    store.keep_many(batch)
    assert contents(store) == before


def test_claims_stand_one_by_one(store: Store, path: Path) -> None:
    import json
    import sqlite3

    one = kept(1, words=("hit",))
    store.keep(one)
    (told,) = one.extraction.reports
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT field, ordinal, value, evidence, attributions, rule FROM claims"
            " ORDER BY field, ordinal"
        ).fetchall()
    connection.close()
    fields = [(row[0], row[1]) for row in rows]
    assert ("places", 0) in fields
    assert ("places", 1) in fields
    (killed,) = [row for row in rows if row[0] == "casualties"]
    assert json.loads(killed[2])["count"] == {"min": 3, "best": 3, "max": 3}
    span = told.casualties[0].evidence[0]
    assert json.loads(killed[3]) == [{"start": span.start, "end": span.end, "text": span.text}]
    assert json.loads(killed[4])[0]["source"] == "police"
    (siren,) = [row for row in rows if row[0] == "effects"]
    assert siren[3] == "[]"
    assert siren[5] == "inferred:sirens"


def test_reports_of_an_incident_are_resolved(store: Store) -> None:
    one = kept(1)
    store.keep(one)
    reports = one.extraction.reports
    store.write_incidents(
        [incident(1, *reports)], gone={}, resolved_report_ids=[r.id for r in reports]
    )
    assert store.unresolved() == []
    assert store.incidents_of_reports([*(r.id for r in reports), "rep_x"]) == {
        r.id: "inc_0001" for r in reports
    }


def test_readers_that_take_turns_do_not_disturb_each_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.store import contexts

    monkeypatch.setattr(contexts, "CACHED_REPORTS", 3)
    store.keep_many([kept(n) for n in range(8)])
    ids = store.all_report_ids()
    store.reports_in_context(ids[-3:])
    by_all = []
    for context in store.reports_sharing(["all"]):
        by_all.append(context.report.id)
        assert len(list(store.reports_sharing(["pair:0", "pair:1"]))) == 8
    assert by_all == ids


def test_block_keys_of_another_version_are_made_anew_once(store: Store) -> None:
    store.keep_many([kept(1), kept(2)])

    def own(some: ReportInContext) -> list[str]:
        return [some.report.article_id]

    assert store.key_blocks(7, own)
    assert [c.report.article_id for c in store.reports_sharing(["art_0001"])] == ["art_0001"] * 2
    assert list(store.reports_sharing(["all"])) == []
    assert not store.key_blocks(7, own)
    store.keep(kept(1, text=story(1, note="Later it proved false."), words=()))
    assert store.key_blocks(8, own)
    assert list(store.reports_sharing(["art_0001"])) == []


@hypothesis_settings(max_examples=8, deadline=None)
@given(st.permutations(range(6)), st.lists(st.integers(0, 5), min_size=1, max_size=4))
def test_more_keys_in_common_come_first(order: list[int], sought: list[int]) -> None:
    """Whatever the order of keeping: by how many of the keys are theirs, then by id."""
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "s.db")
        with open_store(url, StoreSettings()) as opened:
            for number in order:
                one = kept(number, words=("hit",))
                keys = {r.id: [f"k{n}" for n in range(number + 1)] for r in one.extraction.reports}
                opened.keep(Kept(one.article, one.extraction, block_keys=keys))
            found = [c.report for c in opened.reports_sharing([f"k{n}" for n in sought])]
    shared = {r.id: len({n for n in sought if n <= int(r.article_id[-4:])}) for r in found}
    assert all(shared.values())
    assert [r.id for r in found] == sorted(shared, key=lambda id_: (-shared[id_], id_))
