"""The steps joined: what one bad article, a rerun, a clash of ids or another language does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tocsin.config import Settings
from tocsin.errors import RefusedInput
from tocsin.extract.learned.reader import LearnedExtractor
from tocsin.pipeline import Extracted, RunSummary, extract_all, is_copy, run, running
from tocsin.records import Article
from tocsin.records.vocab import IncidentStatus
from tocsin.store import Store, open_store

SETTINGS = Settings()
SHOOTING = "Gunmen shot dead three people at a market in Kirkuk on Monday, police said."
GERMAN = (
    "Bei einem Angriff auf einen Markt in Kirkuk sind am Montag drei Menschen getötet worden, wie"
    " die Polizei mitteilte. Die Täter flohen nach Angaben der Behörden in einem Auto."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "record.db"), SETTINGS.store) as opened:
        yield opened


def source(path: Path, *rows: dict[str, Any]) -> list[str]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return [str(path)]


def row(name: str, text: str, **more: str) -> dict[str, str]:
    return {"id": name, "published": "2021-03-02", "text": text, **more}


def test_an_article_becomes_an_incident(store: Store, tmp_path: Path) -> None:
    summary = run(source(tmp_path / "a.jsonl", row("a", SHOOTING)), store, SETTINGS)
    assert (summary.new, summary.kept, len(summary.refused)) == (1, 1, 0)
    (changed,) = summary.changed_incidents
    stored = store.incident(changed)
    assert stored is not None
    assert stored.incident.killed is not None
    assert stored.incident.killed.value.best == 3
    assert stored.incident.place is not None
    assert stored.incident.place.value.name == "Kirkuk"
    assert store.runs()[0].facts["new"] == 1


def test_a_revision_replaces_what_the_first_text_said(store: Store, tmp_path: Path) -> None:
    first = row("a", SHOOTING, outlet="North Wire")
    run(source(tmp_path / "a.jsonl", first), store, SETTINGS)
    later = row("a", SHOOTING.replace("three", "four"), outlet="North Wire")
    summary = run(source(tmp_path / "b.jsonl", later), store, SETTINGS)
    assert summary.revised == 1
    (stored,) = store.incidents()
    assert stored.incident.killed is not None
    assert stored.incident.killed.value.best == 4
    assert [version.number for version in store.article_versions("a")] == [1, 2]


LONG = (
    f"{SHOOTING} Two of the dead were brothers who sold fruit, a neighbour said, and the third was "
    "a porter on his way home. The attackers fled in a white car towards the southern road, and "
    "officers closed the market until the evening while they searched for witnesses."
)


def test_a_retraction_reaches_the_copies_of_the_text(store: Store, tmp_path: Path) -> None:
    texts = (row("a", LONG, outlet="North Wire"), row("b", LONG, outlet="Valley Post"))
    run(source(tmp_path / "a.jsonl", *texts), store, SETTINGS)
    (before,) = store.incidents()
    assert before.incident.status is not IncidentStatus.RETRACTED
    notice = "This story has been withdrawn. The editors could not confirm that it took place."
    withdrawn = row("a", notice, outlet="North Wire", published="2021-03-04")
    summary = run(source(tmp_path / "b.jsonl", withdrawn), store, SETTINGS)
    assert summary.revised == 1
    (after,) = store.incidents()
    assert after.incident.status is IncidentStatus.RETRACTED
    assert [m.article_id for m in after.incident.reports] == ["b"]


def test_a_retraction_leaves_what_another_origin_tells(store: Store, tmp_path: Path) -> None:
    own = (
        "Three men were shot dead on Monday at a market in Kirkuk. A baker who hid behind his "
        "counter said the gunmen asked for names before they fired."
    )
    texts = (row("a", LONG, outlet="North Wire"), row("c", own, outlet="Daily Lamp"))
    run(source(tmp_path / "a.jsonl", *texts), store, SETTINGS)
    notice = row("a", "This report has been withdrawn.", outlet="North Wire")
    run(source(tmp_path / "b.jsonl", notice), store, SETTINGS)
    assert {
        (stored.incident.status, stored.incident.corroboration.lineages)
        for stored in store.incidents()
    } == {(IncidentStatus.UNCONFIRMED, 1)}


def test_an_id_taken_by_another_article_is_refused(store: Store, tmp_path: Path) -> None:
    run(source(tmp_path / "a.jsonl", row("a", SHOOTING)), store, SETTINGS)
    other = row("a", "A bus fell into a ravine near Lima, and rescuers searched through the night.")
    summary = run(source(tmp_path / "b.jsonl", other), store, SETTINGS)
    assert (summary.read, summary.kept) == (0, 0)
    assert "taken by another article" in str(summary.refused[0])
    kept = store.article("a")
    assert kept is not None
    assert kept.text == SHOOTING


def test_ids_clash_inside_one_batch_too(store: Store, tmp_path: Path) -> None:
    rows = row("a", SHOOTING), row("a", "Rain is forecast for the whole of the coast until Friday.")
    summary = run(source(tmp_path / "a.jsonl", *rows), store, SETTINGS)
    assert (summary.new, len(summary.refused)) == (1, 1)


def test_another_language_is_kept_and_not_read(store: Store, tmp_path: Path) -> None:
    summary = run(source(tmp_path / "a.jsonl", row("a", GERMAN)), store, SETTINGS)
    assert (summary.new, summary.other_language, summary.reports) == (1, 1, 0)
    kept = store.article("a")
    assert kept is not None
    assert not kept.is_supported_language


def test_a_fault_in_extraction_costs_one_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = LearnedExtractor.read

    def faulty(self: LearnedExtractor, article: Article) -> object:
        if article.id == "bad":
            raise ZeroDivisionError("made by the test")
        return honest(self, article)

    monkeypatch.setattr(LearnedExtractor, "read", faulty)
    inputs = source(tmp_path / "a.jsonl", row("bad", SHOOTING), row("good", SHOOTING))
    bad, good = extract_all(inputs, SETTINGS)
    assert isinstance(bad, RefusedInput)
    assert "article bad" in str(bad)
    assert isinstance(good, Extracted)
    assert good.extraction is not None
    assert good.extraction.reports


def test_an_interrupted_run_keeps_what_it_counted_and_the_next_goes_on(
    store: Store, tmp_path: Path
) -> None:
    inputs = source(tmp_path / "a.jsonl", *(row(f"a{n}", f"{SHOOTING} ({n})") for n in range(40)))

    def interrupt(summary: RunSummary) -> None:
        if summary.new >= 32:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(inputs, store, SETTINGS, on_progress=interrupt)
    assert store.counts().articles >= 32
    assert store.counts().incidents == 0
    summary = run(inputs, store, SETTINGS)
    assert summary.unchanged >= 32
    assert store.counts().articles == 40
    assert not store.unresolved()
    assert store.counts().incidents > 0


def test_resolving_now_and_then_ends_as_resolving_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns = ("Kirkuk", "Basra", "Mosul")
    rows = [
        row(f"a{n}", SHOOTING.replace("Kirkuk", towns[n % 3]), outlet=f"Outlet {n}")
        for n in range(12)
    ]
    inputs = source(tmp_path / "a.jsonl", *rows)
    found = []
    for every in (1_000, 2):
        monkeypatch.setattr(running, "RESOLVE_ARTICLES", every)
        monkeypatch.setattr(running, "BATCH_ARTICLES", 2)
        with open_store(str(tmp_path / f"{every}.db"), SETTINGS.store) as opened:
            summary = run(inputs, opened, SETTINGS)
            found.append([stored.incident for stored in opened.incidents()])
            assert summary.changed_incidents == sorted(i.id for i in found[-1])
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_copies_are_told_from_other_news() -> None:
    words = " ".join(f"word{n}" for n in range(200))
    one = Article(id="1", sha256="0" * 64, text=words)
    cut = Article(id="2", sha256="1" * 64, text=words[: len(words) * 3 // 4])
    other = Article(id="3", sha256="2" * 64, text=" ".join(f"term{n}" for n in range(200)))
    assert is_copy(one, cut)
    assert is_copy(cut, one)
    assert not is_copy(one, other)
