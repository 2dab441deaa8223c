"""Which triggers found a report. The network's answers are given by hand."""

from __future__ import annotations

from typing import cast

import numpy as np

from tests.train.conftest import make_tokenizer
from tocsin.extract.learned.incidents import find_incidents
from tocsin.extract.learned.layout import (
    ARTICLE_TAGS,
    BEGIN,
    INSIDE,
    PERPETRATORS,
    SLOTS,
    STAGES,
    TYPES,
    VIOLATIONS,
)
from tocsin.extract.learned.model import ArticleView, Look, ReaderModel, RowView, Trigger
from tocsin.extract.learned.windows import MARKS, cut_windows, read_pieces
from tocsin.records import Article

TEXT = "Gunmen shot dead two traders in Hollin on Monday."


class Answers:
    """A model that answers what it was given: for each trigger, the words of each slot."""

    def __init__(self, text: str, told: dict[str, dict[str, str]], faint: str | None) -> None:
        self.thresholds = {
            "again": 0.5, "apart": 0.0, "trigger": 0.5, "own_news": 0.3, "valid": 0.5,
            "same": 0.7, "span": 0.5,
        }  # fmt: skip
        self.faint = faint
        self.pieces = read_pieces(Article(id="a", sha256="", text=text), make_tokenizer())
        self.told = told
        self.text = text
        self.asked: list[str] = []
        """The triggers whose incidents were read, in order."""

    def states(self, words: str) -> np.ndarray:
        """(pieces with marks, 3)."""
        states = np.zeros((len(self.pieces) + MARKS, 3), np.float32)
        states[:, 0] = 1.0
        start = self.text.index(words)
        inside = [
            at for at, begin in enumerate(self.pieces.starts) if start <= begin < start + len(words)
        ]
        for at in inside:
            states[at + 1] = 0.0
            states[at + 1, BEGIN if at == inside[0] else INSIDE] = 0.95
        return states

    def look(self) -> Look:
        """The article with its triggers tagged."""
        count = len(self.pieces) + MARKS
        tags = np.zeros((1, count, len(ARTICLE_TAGS), 3), np.float32)
        tags[..., 0] = 1.0
        for trigger in self.told:
            states = self.states(trigger)
            is_tagged = states[:, 0] == 0.0
            tags[0, is_tagged, 0] = states[is_tagged] * (0.5 if trigger == self.faint else 1.0)
        view = ArticleView(
            states=np.zeros((1, count, 1), np.float32),
            tops=np.zeros((1, count, 1), np.float32),
            tags=tags,
            relevance=np.ones((1, 2), np.float32),
            defenders=np.zeros((1, len(VIOLATIONS) + len(PERPETRATORS)), np.float32),
        )
        return Look(self.text, self.pieces, cut_windows(len(self.pieces)), view)

    def tell(self, _view: ArticleView, _window: int, trigger: Trigger) -> RowView:
        """The slots of the trigger."""
        start = self.pieces.starts[trigger.first - 1]
        words = next(one for one in self.told if self.text.index(one) == start)
        self.asked.append(words)
        slots = np.zeros((len(self.pieces) + MARKS, len(SLOTS), 3), np.float32)
        slots[..., 0] = 1.0
        for slot, value in self.told[words].items():
            slots[:, SLOTS.index(slot)] = self.states(value)
        return RowView(
            slots,
            np.full(len(TYPES), 1 / len(TYPES), np.float32),
            np.full(len(STAGES), 1 / len(STAGES), np.float32),
            main=0.9,
            valid=0.9,
        )


def triggers(
    told: dict[str, dict[str, str]], faint: str | None = None
) -> tuple[list[str], list[str]]:
    """The words of the triggers that found a report, and why others do not."""
    return read(Answers(TEXT, told, faint))


def read(answers: Answers) -> tuple[list[str], list[str]]:
    """The same, of given answers."""
    look = answers.look()
    assert look.view is not None
    found, rejected = find_incidents(cast("ReaderModel", answers), look, look.view)
    pieces = answers.pieces
    return (
        [TEXT[slice(*pieces.edges(one.trigger.first, one.trigger.last))] for one in found],
        [one.reason for one in rejected],
    )


def test_each_trigger_founds_a_report() -> None:
    told = {"shot dead": {"place": "Hollin"}, "Monday": {"date": "Monday"}}
    assert triggers(told) == (["shot dead", "Monday"], [])


def test_words_of_the_own_place_found_none() -> None:
    assert triggers({"Hollin": {"place": "Hollin"}}) == ([], ["names a place or a target"])


def test_words_of_what_another_incident_hit_found_none() -> None:
    told = {"shot dead": {"target": "two traders"}, "traders": {"date": "Monday"}}
    assert triggers(told) == (["shot dead"], ["names a place or a target"])


def test_a_joining_word_founds_none() -> None:
    assert triggers({"in": {"place": "Hollin"}}) == ([], ["tells nothing by its words"])


def test_words_of_the_own_target_may_tell_the_incident() -> None:
    assert triggers({"two traders": {"target": "two traders"}}) == (["two traders"], [])


def test_triggers_that_tell_the_same_are_one_incident() -> None:
    values = {"place": "Hollin", "killed": "two traders"}
    found, reasons = triggers({"Gunmen": values, "shot dead": values})
    assert (len(found), reasons) == (1, ["tells an incident again"])


def test_a_faint_trigger_does_where_no_other_tells_the_own_news() -> None:
    told = {"shot dead": {"place": "Hollin"}}
    assert triggers(told, faint="shot dead") == (["shot dead"], [])
    told |= {"Gunmen": {"date": "Monday"}}
    assert triggers(told, faint="shot dead") == (["Gunmen"], [])


def test_what_plainly_tells_an_incident_again_is_not_asked() -> None:
    told = {"Gunmen": {"retelling": "shot dead"}, "shot dead": {"place": "Hollin"}}
    answers = Answers(TEXT, told, faint=None)
    assert read(answers) == (["Gunmen"], ["tells an incident again"])
    assert answers.asked == ["Gunmen"]


def test_two_triggers_are_one_incident_where_each_is_asked_of_the_other() -> None:
    told = {"Gunmen": {"place": "Hollin"}, "shot dead": {"retelling": "Gunmen"}}
    answers = Answers(TEXT, told, faint=None)
    answers.thresholds["again"] = 0.4  # "Gunmen" does not say so, "shot dead" does
    assert read(answers) == (["Gunmen"], ["tells an incident again"])
    answers.thresholds["again"] = 0.5
    assert read(answers) == (["Gunmen", "shot dead"], [])


def test_triggers_that_share_values_are_two_incidents_where_the_network_says_no() -> None:
    values = {"place": "Hollin", "killed": "two traders"}
    answers = Answers(TEXT, {"Gunmen": values, "shot dead": values}, faint=None)
    answers.thresholds["apart"] = 0.1
    assert read(answers) == (["Gunmen", "shot dead"], [])
