"""Sheets of marked articles, and answers made labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.extract.learned.test_reader import TINY
from tests.train.conftest import TEXT
from tests.train.test_batches import at, example
from tocsin.extract.learned.model import ReaderModel
from tocsin.records import Article
from tools.label_mentions import Question, answered, collect, question, show

ASKED = Question(
    Article(id="a", sha256="0", text=TEXT),
    (at("shot dead"), at("A bomb had killed")),
    (at("the gunmen fled"), at("in May")),
)


def key() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(ASKED.key()))
    return made


def test_a_sheet_marks_triggers_by_number_and_the_rest_by_letter() -> None:
    text = ASKED.text()
    assert "Gunmen [1| shot dead] two traders" in text
    assert "said [a| the gunmen fled]. [2| A bomb had killed]" in text
    assert "Tarvel [b| in May]." in text


def test_reports_told_by_one_trigger_share_a_mark() -> None:
    twice = Question(ASKED.article, (at("shot dead"), at("shot dead")), ASKED.words)
    assert "[1+2| shot dead]" in twice.text()


def test_answers_become_offsets() -> None:
    made = answered(key(), ["a=1+2", "b=0"])
    assert made == {
        "id": "a",
        "text_sha256": "0",
        "mentions": [
            {
                "span": list(at("the gunmen fled")),
                "tells": "again",
                "of": [list(at("shot dead")), list(at("A bomb had killed"))],
            },
            {"span": list(at("in May")), "tells": "nothing"},
        ],
    }


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (["a=1"], "2 marks"),
        (["b=1", "a=1"], "2 marks"),
        (["a=3", "b=0"], "there are 2 reports"),
        (["a=yes", "b=0"], "yes"),
    ],
)
def test_a_bad_answer_is_named(answers: list[str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        answered(key(), answers)


def test_sheets_are_collected(tmp_path: Path) -> None:
    assert show(iter([ASKED] * 15), tmp_path) == 2
    (tmp_path / "0002.answers").write_text("0 a=x b=?\n")
    (made,) = collect(tmp_path)
    assert [one["tells"] for one in made["mentions"]] == ["another", "unclear"]


def test_a_sure_model_asks_nothing() -> None:
    assert question(example(), ReaderModel(TINY)) is None
