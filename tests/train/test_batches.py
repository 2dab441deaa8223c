"""Labels on pieces: what is painted, what is left unknown, and how windows are packed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from tokenizers import Tokenizer

from tests.train.conftest import TEXT
from tocsin.extract.learned.layout import ARTICLE_TAGS, BEGIN, INSIDE, RETELLING, SLOTS
from tocsin.extract.learned.windows import Window
from tocsin.records import Article
from tocsin.train.batches import UNKNOWN, collate, home_window, pack, prepare
from tocsin.train.labels import Example, LabelledReport, Mention, Range, Tells


def at(words: str, nth: int = 1) -> Range:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def example(name: str = "a") -> Example:
    first = LabelledReport(
        is_main=True,
        type="armed_attack",
        stage="accomplished",
        trigger=at("shot dead"),
        slots={"place": [at("Hollin")], "killed": [at("two traders")], "date": [at("on Monday")]},
    )
    second = LabelledReport(
        is_main=False,
        type="bombing",
        stage="accomplished",
        trigger=at("A bomb had killed"),
        slots={"place": [at("Tarvel")], "killed": [at("one man")]},
    )
    reports = (first, second)
    return Example(
        Article(id=name, sha256="", text=TEXT),
        reports,
        {"trigger": [report.trigger for report in reports]},
        is_relevant=True,
    )


def words_of(
    prepared_ids: np.ndarray, tokenizer: Tokenizer, states: np.ndarray
) -> list[str | None]:
    return [
        tokenizer.id_to_token(int(piece))
        for piece, state in zip(prepared_ids, states, strict=True)
        if state > 0
    ]


def test_a_report_paints_its_own_values_only(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    assert prepared.reports is not None
    first, second = prepared.reports
    killed = SLOTS.index("killed")
    assert words_of(prepared.ids, tokenizer, first.slots[:, killed]) == ["two", "traders"]
    assert words_of(prepared.ids, tokenizer, second.slots[:, killed]) == ["one", "man"]
    assert [state for state in first.slots[:, killed] if state > 0] == [BEGIN, INSIDE]


def test_the_same_words_elsewhere_are_unknown_and_not_absent(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    assert prepared.reports is not None
    place = prepared.reports[0].slots[:, SLOTS.index("place")]
    assert list(place).count(BEGIN) == 1
    assert list(place).count(UNKNOWN) == 1  # "Police in Hollin"


def test_tags_that_were_not_labelled_are_unknown(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    known = {name for index, name in enumerate(ARTICLE_TAGS) if prepared.tags[0, index] != UNKNOWN}
    assert known == {"trigger"}


def test_a_batch_marks_each_trigger_where_it_stands(tokenizer: Tokenizer) -> None:
    batch = collate([prepare(example("a"), tokenizer), prepare(example("b"), tokenizer)], 1, 2)
    assert len(batch.told) == 4
    for told in batch.told:
        first, last = told.places
        words = [tokenizer.id_to_token(int(p)) for p in batch.ids[told.row, first:last]]
        assert words in (["shot", "dead"], ["A", "bomb", "had", "killed"])
    assert batch.keep.sum(1).tolist() == [(batch.ids[0] > 0).sum()] * 2


def test_the_home_window_holds_the_trigger_farthest_from_its_edges() -> None:
    windows = [Window(0, 100), Window(60, 160)]
    assert home_window(windows, (70, 72)) == 0
    assert home_window(windows, (90, 92)) == 1
    assert home_window(windows, (10, 170)) is None


def mentioned(tells: Tells) -> Example:
    """The example, with "fled" labelled; "again" is said of its first report."""
    one = example()
    assert one.reports is not None
    of = (one.reports[0].trigger,) if tells is Tells.AGAIN else ()
    return replace(one, mentions=(Mention(at("fled"), tells, of),))


@pytest.mark.parametrize(
    ("tells", "as_trigger", "of_first", "of_second"),
    [
        (Tells.AGAIN, UNKNOWN, BEGIN, 0),
        (Tells.ANOTHER, BEGIN, 0, 0),
        (Tells.NOTHING, 0, 0, 0),
        (Tells.UNCLEAR, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_what_a_mention_tells_is_painted(
    tokenizer: Tokenizer, tells: Tells, as_trigger: int, of_first: int, of_second: int
) -> None:
    prepared = prepare(mentioned(tells), tokenizer)
    assert prepared.reports is not None
    (place,) = (
        index
        for index, piece in enumerate(prepared.ids)
        if tokenizer.id_to_token(int(piece)) == "fled"
    )
    retelling = [one.slots[place, SLOTS.index(RETELLING)] for one in prepared.reports]
    assert (prepared.tags[place, 0], *retelling) == (as_trigger, of_first, of_second)


def test_a_trigger_tells_no_other_report_again_and_nothing_of_its_own(
    tokenizer: Tokenizer,
) -> None:
    prepared = prepare(example(), tokenizer)
    assert prepared.reports is not None
    first, second = prepared.reports
    column = SLOTS.index(RETELLING)
    assert set(first.slots[slice(*second.trigger), column]) == {0}
    assert set(first.slots[slice(*first.trigger), column]) == {UNKNOWN}


def test_a_mention_in_a_batch_names_the_report_it_tells_again(tokenizer: Tokenizer) -> None:
    others = [prepare(example("b"), tokenizer)]
    batch = collate([*others, prepare(mentioned(Tells.AGAIN), tokenizer)], 1, 2)
    (mention,) = batch.mentions
    assert mention.again is not None
    assert batch.told[mention.again].row == mention.row == 1
    assert batch.told[mention.again].report.is_main
    assert batch.is_searched.tolist() == [True, False]


def test_packing_takes_each_article_once(tokenizer: Tokenizer) -> None:
    prepared = [prepare(example(str(number)), tokenizer) for number in range(23)]
    batches = list(pack(prepared, 4, Random(7)))
    assert sorted(one.name for batch in batches for one in batch) == sorted(map(str, range(23)))
    assert all(len(batch) <= 4 for batch in batches)
