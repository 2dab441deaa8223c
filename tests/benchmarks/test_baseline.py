from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.baseline import Baseline, bounds
from tocsin.publish.schemas import load_schema

TEXT = (
    "Gunmen opened fire on a market in Kirkuk, killing at least 12 people and wounding three, "
    "police said. The governor spoke on Sunday. A roadside bomb killed two soldiers near Mosul."
)


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return Baseline()


def line_of(baseline: Baseline, text: str, published: str | None = "2020-01-06") -> dict[str, Any]:
    return baseline.read({"id": "a", "text": text, "published": published})


def test_writes_lines_that_the_schema_of_extract_allows(baseline: Baseline) -> None:
    line = line_of(baseline, TEXT)
    jsonschema.validate(line, load_schema("extract"))
    first, second = line["reports"]
    assert (first["type"], second["type"]) == ("armed_attack", "bombing")
    assert first["place"]["country"] == "IQ"
    assert [(one["min"], one["max"]) for one in first["killed"]] == [(12, None)]
    assert [(one["min"], one["max"]) for one in first["injured"]] == [(3, 3)]
    assert [one["text"] for one in second["places"]] == ["Mosul"]
    assert first["date"]["earliest"] == "2020-01-06"


def test_an_article_without_keywords_or_date(baseline: Baseline) -> None:
    line = line_of(baseline, "The council met in Turin to speak of trams.", None)
    jsonschema.validate(line, load_schema("extract"))
    assert line["reports"] == []


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("12", (12, 12)),
        ("a", (1, 1)),
        ("at least three", (3, None)),
        ("more than 1,200", (1201, None)),
        ("Dozens", (24, None)),
    ],
)
def test_bounds(figure: str, expected: tuple[int, int | None]) -> None:
    assert bounds(figure) == expected


WORDS = st.sampled_from([*TEXT.split(), "12", "1,000", "...", "\n", "ö", "was", "dead"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_spans_are_the_words_of_the_text(baseline: Baseline, text: str) -> None:
    reports = line_of(baseline, text)["reports"]
    lists = ("places", "weapons", "targets", "killed", "injured", "actors", "sources")
    for report in reports:
        for one in [report["trigger"], *(value for name in lists for value in report[name])]:
            assert text[one["start"] : one["end"]] == one["text"]
