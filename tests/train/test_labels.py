"""Label files become examples; a file that does not fit its texts is named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import DataError
from tocsin.records import Article
from tocsin.train.labels import (
    Example,
    Mention,
    Tells,
    occurrences,
    outermost,
    read_offsets,
    read_reports,
    read_role_fillers,
    read_unrelated,
    with_mentions,
)

TEXT = "Rockets hit Tarvel on Monday. The rockets killed two people in Tarvel, police said."
LABEL: dict[str, Any] = {
    "id": "a",
    "relevant": True,
    "reports": [
        {
            "main": True,
            "type": "indirect_fire",
            "stage": "accomplished",
            "trigger": {"q": "hit"},
            "date": {"q": "on Monday", "start": "2021-03-01", "end": "2021-03-01"},
            "places": [{"q": "Tarvel", "n": 2}],
            "place": {"name": "Tarvel", "country": "XX", "precision": "settlement"},
            "weapons": [{"q": "Rockets", "type": "rocket", "min": 2, "max": None}],
            "targets": [],
            "killed": [{"q": "two people", "min": 2, "max": 2, "group": "unknown"}],
            "injured": [],
            "actors": [{"q": "police", "name": None, "role": "blamed", "by": "police"}],
            "sources": [{"q": "police"}],
        }
    ],
    "tallies": [],
}
TOOL = Path(__file__).parents[2] / "tools" / "label_offsets.py"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n")
    return path


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(LABEL) + "\n")
    return path


def offsets(texts: Path, labels: Path, out: Path) -> Path:
    command = [sys.executable, str(TOOL), "--texts", str(texts), "--labels", str(labels)]
    out.write_text(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return out


def test_quotes_and_offsets_give_the_same_example(
    texts: Path, labels: Path, tmp_path: Path
) -> None:
    (by_quote,) = read_reports(texts, [labels])
    (by_offset,) = read_offsets([texts], offsets(texts, labels, tmp_path / "offsets.jsonl"))
    assert by_quote.reports == by_offset.reports
    assert by_quote.tags == by_offset.tags
    assert by_quote.reports is not None
    (report,) = by_quote.reports
    start, end = report.slots["place"][0]
    assert (TEXT[start:end], start) == ("Tarvel", TEXT.rindex("Tarvel"))


def test_no_word_of_a_text_is_in_the_offsets(texts: Path, labels: Path, tmp_path: Path) -> None:
    written = offsets(texts, labels, tmp_path / "offsets.jsonl").read_text()
    assert not any(word in written for word in ("Tarvel", "Monday", "two people", "police"))


def test_a_changed_text_is_refused(texts: Path, labels: Path, tmp_path: Path) -> None:
    made = offsets(texts, labels, tmp_path / "offsets.jsonl")
    texts.write_text(json.dumps({"id": "a", "text": TEXT + " More."}) + "\n")
    with pytest.raises(DataError, match="not the text that was labelled"):
        list(read_offsets([texts], made))


def test_a_label_without_text_is_refused(texts: Path, labels: Path, tmp_path: Path) -> None:
    made = offsets(texts, labels, tmp_path / "offsets.jsonl")
    texts.write_text(json.dumps({"id": "b", "text": TEXT}) + "\n")
    with pytest.raises(DataError, match="no text for a"):
        list(read_offsets([texts], made))


def test_occurrences_are_whole_words() -> None:
    assert list(occurrences("war, warn, war", "war")) == [(0, 3), (11, 14)]


def test_of_nested_fillers_the_outermost_is_learnt(tmp_path: Path) -> None:
    text = "A car bomb went off. The bomb and the car were found."
    path = tmp_path / "grit.jsonl"
    entity = [["car bomb", 2], ["bomb", 6], ["car", 2]]
    path.write_text(json.dumps({"docid": "a", "doctext": text, "extracts": {"Weapon": [entity]}}))
    (example,) = read_role_fillers(path, [])
    assert [text[start:end] for start, end in example.tags["Weapon"]] == ["car bomb", "bomb", "car"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda at: (at[0], sum(at)))))
def test_outermost_ranges_hold_all_and_none_holds_another(ranges: list[tuple[int, int]]) -> None:
    kept = outermost(ranges)
    assert set(kept) <= set(ranges)
    for start, end in ranges:
        assert any(first <= start and end <= last for first, last in kept)
    for one in kept:
        assert not any(o != one and o[0] <= one[0] and one[1] <= o[1] for o in kept)


def test_unrelated_news_with_a_word_of_violence_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    rows = [
        {"id": str(number), "category": "Sports", "date": "2025-01-01", "text": text}
        for number in range(40)
        for text in ("Tarvel beat Hollin 3-1.", "A bomb was found in the stadium.")
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = list(read_unrelated(path))
    assert found
    assert all(example.article.text.startswith("Tarvel") for example in found)


def mentions(tmp_path: Path, sha256: str, **label: Any) -> Path:
    path = tmp_path / "mentions.jsonl"
    row = {"id": "a", "text_sha256": sha256, "mentions": [{"span": [34, 48], **label}]}
    path.write_text(json.dumps(row) + "\n")
    return path


def test_what_other_words_tell_is_read(texts: Path, labels: Path, tmp_path: Path) -> None:
    (plain,) = read_reports(texts, [labels])
    assert plain.mentions is None
    path = mentions(tmp_path, plain.article.sha256, tells="again", of=[[8, 11]])
    (example,) = with_mentions([plain], path)
    assert example.mentions == (Mention((34, 48), Tells.AGAIN, ((8, 11),)),)
    assert TEXT[slice(*example.mentions[0].words)] == "rockets killed"


def test_an_article_without_such_labels_has_none(texts: Path, labels: Path, tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    path.touch()
    (example,) = with_mentions(read_reports(texts, [labels]), path)
    assert example.mentions == ()


def test_an_article_without_reports_is_searched_by_the_network(tmp_path: Path) -> None:
    quiet = Example(Article(id="q", sha256="", text="Nothing."), (), {"trigger": []})
    path = tmp_path / "mentions.jsonl"
    path.touch()
    (example,) = with_mentions([quiet], path)
    assert example.mentions is None


def test_mentions_of_another_text_are_refused(texts: Path, labels: Path, tmp_path: Path) -> None:
    path = mentions(tmp_path, "0" * 64, tells="nothing")
    with pytest.raises(DataError, match="a is not the text that was labelled"):
        list(with_mentions(read_reports(texts, [labels]), path))
