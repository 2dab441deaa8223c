"""The learned reader on a toy model that knows two incidents by heart (make_tiny_model.py)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.train.conftest import TEXT
from tocsin.errors import DataError
from tocsin.extract import Explainer, open_extractor
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.reader import LearnedExtractor
from tocsin.publish.explain import explanation_lines, explanation_page
from tocsin.records import Article, Reading
from tocsin.records.vocab import IncidentType, Outcome

TINY = Path(__file__).parent / "data" / "tiny"


@pytest.fixture(scope="module")
def reader() -> LearnedExtractor:
    return LearnedExtractor(ReaderModel(TINY))


def article(text: str, **more: object) -> Article:
    return Article(id="a", sha256="", text=text, **more)  # type: ignore[arg-type]


def test_each_incident_reads_its_own_values(reader: LearnedExtractor) -> None:
    reading = reader.read(article(TEXT))
    assert reading.extractor_version == "tiny/1"
    first, second = reading.reports
    assert (first.trigger.text, first.type) == ("shot dead", IncidentType.ARMED_ATTACK)
    assert (second.trigger.text, second.type) == ("A bomb had killed", IncidentType.BOMBING)
    assert (first.is_main, second.is_main) == (True, False)
    assert [(one.span.text, one.outcome) for one in first.casualties] == [
        ("two traders", Outcome.KILLED)
    ]
    assert [one.span.text for one in second.casualties] == ["one man"]
    assert [one.span.text for one in first.places] == ["Hollin"]
    assert [one.span.text for one in second.places] == ["Tarvel"]
    assert [one.span.text for one in first.times] == ["on Monday"]


def test_reading_twice_gives_the_same(reader: LearnedExtractor) -> None:
    assert reader.read(article(TEXT)) == reader.read(article(TEXT))


@pytest.mark.parametrize(
    "text", ["", "Police in Hollin said one man fled in May.", "The committee met on Monday."]
)
def test_news_of_other_things_has_no_report(reader: LearnedExtractor, text: str) -> None:
    assert reader.read(article(text)) == Reading("tiny/1")


def test_another_language_is_not_read(reader: LearnedExtractor) -> None:
    assert reader.read(article(TEXT, language="fr")) == Reading("tiny/1")


def spans_of(reading: Reading) -> list[tuple[int, int, str]]:
    found = []
    for report in reading.reports:
        parts: tuple[Any, ...] = (
            *report.times,
            *report.places,
            *report.weapons,
            *report.targets,
            *report.casualties,
            *report.actors,
            *report.sources,
        )
        spans = [report.trigger, *(part.span for part in parts), *report.sentences, *report.hedges]
        found += [(span.start, span.end, span.text) for span in spans]
    return found


WORDS = sorted(set(TEXT.replace(".", " .").split()))


@given(words=st.lists(st.sampled_from([*WORDS, "x", "\n", "“", "…", "é", "\u202e"]), max_size=90))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_reads_and_every_span_is_a_slice(
    reader: LearnedExtractor, words: list[str]
) -> None:
    text = " ".join(words)
    for start, end, words_of_span in spans_of(reader.read(article(text))):
        assert text[start:end] == words_of_span


def test_a_long_article_is_read_to_its_end(reader: LearnedExtractor) -> None:
    text = "The committee met in May. " * 400 + TEXT
    explanation = reader.explain(article(text))
    assert explanation.windows[0].start == 0
    assert explanation.windows[-1].end == len(text)
    assert max(window.end - window.start for window in explanation.windows) < len(text) / 4


def test_the_explanation_tells_what_was_read(reader: LearnedExtractor) -> None:
    assert isinstance(reader, Explainer)
    explanation = reader.explain(article(TEXT))
    told = [one for one in explanation.candidates if one.verdict == "report"]
    assert [one.trigger.span.text for one in told] == ["shot dead", "A bomb had killed"]
    assert dict(told[0].slots)["killed"][0].span.text == "two traders"
    lines = "\n".join(explanation_lines(article(TEXT), explanation))
    assert "“shot dead”: report" in lines
    assert "two traders" in lines


@pytest.mark.parametrize("lure", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_the_page_of_an_explanation_runs_nothing_of_the_text(
    reader: LearnedExtractor, lure: str
) -> None:
    hostile = f"{TEXT} {lure}"
    page = explanation_page(article(hostile, title="<b>T</b>"), reader.explain(article(hostile)))
    assert "<script>" not in page
    assert "<img" not in page
    assert "<b>T" not in page
    assert "default-src 'none'" in page
    assert "<mark" in page


def test_what_is_no_text_of_violence_is_not_looked_at(reader: LearnedExtractor) -> None:
    explanation = reader.explain(article("The committee met on Monday."))
    assert not explanation.passed_gate
    assert "not read" in "\n".join(explanation_lines(article("x"), explanation))


def altered(tmp_path: Path, **changes: object) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(TINY, folder)
    card = json.loads((folder / "reader.json").read_text())
    (folder / "reader.json").write_text(json.dumps(card | changes))
    return folder


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sha256": "0" * 64}, "not the file"),
        ({"slots": ["date"]}, "slots: the model answers"),
        (
            {"thresholds": {"gate": 0.5}},
            "thresholds: again, apart, same, span, trigger, valid missing",
        ),
        ({"gate": {"sha256": "0" * 64}}, "not the file"),
    ],
)
def test_a_model_that_is_not_as_described_is_refused(
    tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(DataError, match=words):
        ReaderModel(altered(tmp_path, **changes))


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"reader\.json"):
        ReaderModel(tmp_path)
    with pytest.raises(DataError, match=r"reader\.json"):
        open_extractor("learned", model=tmp_path)


def test_another_model_than_the_shipped_one_may_be_named() -> None:
    assert open_extractor("learned", model=TINY).version == "tiny/1"
    assert open_extractor().version.startswith("learned/")
