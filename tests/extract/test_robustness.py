"""The reader as a user meets it: articles of every layout and age, and much that only sounds like
violence. What is asked of it stands beside each article in robustness.toml."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tocsin.config import load_settings
from tocsin.extract import EXTRACTORS
from tocsin.pipeline import Extracted, extract_all
from tocsin.publish.contract import report_json
from tocsin.records import Extraction, Report

Case = Mapping[str, Any]
DATA = tomllib.loads(Path(__file__).with_name("robustness.toml").read_text(encoding="utf-8"))
CASES: list[Case] = DATA["article"]
SETTINGS = load_settings()
"""The reader that Tocsin ships with, unless the environment names another to be tried."""
PAGE_CHARS = 2_500
ASKED = {"found", "apart", "most", "quiet", "main", "reports"}
KEYS = {"id", "hard", "published", "text", "pages", "fails"} | ASKED
WANTED = {"in", "types", "main", "killed", "injured", "place"}

pytestmark = pytest.mark.slow


def text_of(case: Case) -> str:
    """The text of an article; its paragraphs stand between pages of filler, where it has any."""
    text: str = case["text"].strip()
    if "pages" not in case:
        return text
    first, *others = case["pages"]
    parts = [*filler(0, first)]
    for number, (paragraph, pages) in enumerate(zip(text.split("\n\n"), others, strict=True), 1):
        parts += [paragraph, *filler(number, pages)]
    return "\n\n".join(parts)


def filler(part: int, pages: int) -> Iterator[str]:
    """Numbered paragraphs: none is the copy of another."""
    chars = number = 0
    while chars < pages * PAGE_CHARS:
        number += 1
        words: str = DATA["filler"][number % len(DATA["filler"])]
        paragraph = f"{part + 1}.{number} {words}"
        chars += len(paragraph)
        yield paragraph


def passage(text: str, words: str) -> tuple[int, int]:
    """Where a passage stands: "first words ... last words" reaches from the one to the other."""
    first, _, last = words.partition(" ... ")
    start = text.index(first)
    end = start + len(first)
    return (start, text.index(last, end) + len(last)) if last else (start, end)


def triggered_in(extraction: Extraction, where: tuple[int, int]) -> list[Report]:
    return [
        report
        for report in extraction.reports
        if where[0] <= report.trigger.start and report.trigger.end <= where[1]
    ]


def misses(report: Report, wanted: Case) -> list[str]:
    """What a report lacks of what is wanted of it."""
    lacking = []
    told = report_json(report)
    if "types" in wanted and told["type"] not in wanted["types"]:
        lacking.append(f"type is {told['type']}")
    if "main" in wanted and told["is_main"] is not wanted["main"]:
        lacking.append(f"main is {told['is_main']}")
    lacking += [
        f"{outcome} are {[one['min'] for one in told[outcome]]}, not {wanted[outcome]}"
        for outcome in ("killed", "injured")
        if outcome in wanted and wanted[outcome] not in [one["min"] for one in told[outcome]]
    ]
    places = [one["text"].lower() for one in told["places"]]
    if "place" in wanted and not any(wanted["place"].lower() in words for words in places):
        lacking.append(f"places are {places}")
    return lacking


def faults(case: Case, text: str, extraction: Extraction) -> list[str]:
    """All that an article's reports lack, or have too much."""
    found, faulty = extraction.reports, []
    told: list[set[str]] = []
    for wanted in case.get("found", []):
        here = triggered_in(extraction, passage(text, wanted["in"]))
        good = [report for report in here if not misses(report, wanted)]
        told.append({report.id for report in good})
        if not good:
            lacking = [misses(report, wanted) for report in here] or "no report is triggered there"
            faulty.append(f"{wanted['in']!r}: {lacking}")
    if case.get("apart") and any(
        one & other for at, one in enumerate(told) for other in told[at + 1 :]
    ):
        faulty.append("one report tells two incidents")
    faulty += [
        f"a report is triggered in {words!r}"
        for words in case.get("quiet", [])
        if triggered_in(extraction, passage(text, words))
    ]
    triggers = [(report.type.value.value, report.trigger.text) for report in found]
    if len(found) > case.get("most", len(found)):
        faulty.append(f"too many reports: {triggers}")
    if case.get("reports") == "none" and found:
        faulty.append(f"reports where there is none: {triggers}")
    if case.get("main") == "none" and any(report.is_main for report in found):
        faulty.append(f"an old incident is told as news: {triggers}")
    return faulty


def spans_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every span of a report's JSON, however deep."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from spans_of(one)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Extracted]:
    """Every article, through reading and the whole of extraction."""
    path = tmp_path_factory.mktemp("robustness") / "articles.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for case in CASES:
            line = {"id": case["id"], "published": case["published"], "text": text_of(case)}
            stream.write(json.dumps(line) + "\n")
    items = list(extract_all([str(path)], SETTINGS))
    refused = [item for item in items if not isinstance(item, Extracted)]
    assert not refused
    return {item.article.id: item for item in items if isinstance(item, Extracted)}


def as_parameter(case: Case) -> Any:
    reason = case.get("fails", {}).get(SETTINGS.extract.reader)
    marks = [pytest.mark.xfail(reason=reason, strict=False)] if reason else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_what_is_told_is_found_and_nothing_else(
    case: Case, extracted: dict[str, Extracted]
) -> None:
    item = extracted[case["id"]]
    assert item.extraction is not None
    assert faults(case, item.article.text, item.extraction) == []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_every_span_is_its_words(case: Case, extracted: dict[str, Extracted]) -> None:
    item = extracted[case["id"]]
    assert item.extraction is not None
    for report in item.extraction.reports:
        for span in spans_of(report_json(report)):
            assert item.article.text[span["start"] : span["end"]] == span["text"]


def test_the_articles_ask_only_what_is_checked() -> None:
    """A misspelt key would ask nothing."""
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert set(case) <= KEYS
        assert {"found", "main", "reports"} & set(case)
        assert set(case.get("fails", {})) <= set(EXTRACTORS)
        for wanted in case.get("found", []):
            assert set(wanted) <= WANTED
            start, end = passage(text_of(case), wanted["in"])
            assert start < end
