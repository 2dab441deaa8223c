"""Batches: labelled examples as arrays of pieces and states, packed window by window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

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
from tocsin.extract.learned.windows import (
    Pieces,
    Window,
    cut_windows,
    read_pieces,
    room_around,
    roomiest,
)
from tocsin.train.labels import Example, Range, occurrences

UNKNOWN = -100
"""A state that is not learnt from (the ignored index of the loss)."""
MAX_WINDOWS = 4
"""Windows of one article in a batch: a longer article takes part with its first ones."""
PieceRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A labelled report on pieces. `slots` is (pieces, slots) of states."""

    trigger: PieceRange
    type: int
    stage: int
    is_main: bool
    slots: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example on pieces. `tags` is (pieces, tags) of states, UNKNOWN where not labelled."""

    name: str
    ids: NDArray[np.int32]
    windows: tuple[Window, ...]
    tags: NDArray[np.int8]
    reports: tuple[PreparedReport, ...] | None
    is_relevant: bool | None
    is_muc_relevant: bool | None
    violations: NDArray[np.float32] | None = None
    perpetrator: int = UNKNOWN


def piece_range(pieces: Pieces, span: Range) -> PieceRange | None:
    """The pieces that a range of characters touches; None where it lies outside the readable."""
    first = bisect_right(pieces.ends, span[0])
    last = bisect_left(pieces.starts, span[1])
    return (first, last) if first < last else None


def _paint(states: NDArray[np.int8], column: int, at: PieceRange) -> None:
    states[at[0], column] = BEGIN
    states[at[0] + 1 : at[1], column] = INSIDE


def prepare(example: Example, tokenizer: Tokenizer) -> Prepared:
    """Pieces, windows and states of one example."""
    pieces = read_pieces(example.article, tokenizer)
    tags = np.full((len(pieces), len(ARTICLE_TAGS)), UNKNOWN, np.int8)
    for tag, ranges in example.tags.items():
        column = ARTICLE_TAGS.index(tag)
        tags[:, column] = 0
        for span in ranges:
            if at := piece_range(pieces, span):
                _paint(tags, column, at)
    reports = None
    if example.reports is not None:
        reports = tuple(_prepare_reports(example, pieces))
    return Prepared(
        example.article.id,
        np.asarray(pieces.ids, np.int32),
        tuple(cut_windows(len(pieces))),
        tags,
        reports,
        example.is_relevant,
        example.is_muc_relevant,
        violations=None
        if example.violations is None
        else np.array([float(name in example.violations) for name in VIOLATIONS], np.float32),
        perpetrator=PERPETRATORS.index(example.perpetrator) if example.perpetrator else UNKNOWN,
    )


def _prepare_reports(example: Example, pieces: Pieces) -> Iterator[PreparedReport]:
    """Reports told by one trigger become one: a reader finds one incident there."""
    text = example.article.text
    told: dict[PieceRange, PreparedReport] = {}
    for report in example.reports or ():
        trigger = piece_range(pieces, report.trigger)
        if trigger is None:
            continue
        known = told.get(trigger)
        slots = np.zeros((len(pieces), len(SLOTS)), np.int8) if known is None else known.slots
        for slot, spans in report.slots.items():
            column = SLOTS.index(slot)
            for span in spans:
                # The labels quote a value once. The same words elsewhere may tell it too.
                for again in occurrences(text, text[span[0] : span[1]]):
                    at = piece_range(pieces, again)
                    if at and again != span and not slots[at[0] : at[1], column].any():
                        slots[at[0] : at[1], column] = UNKNOWN
            for span in spans:
                if at := piece_range(pieces, span):
                    _paint(slots, column, at)
        if known is None:
            told[trigger] = PreparedReport(
                trigger,
                TYPES.index(report.type),
                STAGES.index(report.stage),
                report.is_main,
                slots,
            )
    yield from told.values()


@dataclass(frozen=True, slots=True)
class Told:
    """A report in a batch: rows `[first, last)` of its article's windows, and the window row and
    places of its trigger there (the opening mark counted)."""

    report: PreparedReport
    first: int
    last: int
    row: int
    places: PieceRange


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side. ids and keep: (windows, pieces); tags: (windows, pieces, tags)."""

    ids: NDArray[np.int64]
    keep: NDArray[np.int64]
    tags: NDArray[np.int64]
    told: tuple[Told, ...]
    slots: tuple[NDArray[np.int64], ...]
    """For each told report, (its windows, pieces, slots)."""
    articles: tuple[tuple[int, int], ...]
    """Window rows `[first, last)` of each article."""
    relevance: NDArray[np.float32]
    """(articles, 2): told relevant for incident news, for MUC-4; NaN where not labelled."""
    violations: tuple[NDArray[np.float32] | None, ...]
    perpetrators: tuple[int, ...]
    has_reports: NDArray[np.bool_]
    """(articles,): whether reports were labelled, so that a trigger not labelled is none."""


def home_window(windows: Sequence[Window], at: PieceRange) -> int | None:
    """The window in which a range of pieces stands whole and farthest from the edges."""
    if not windows:
        return None
    home = roomiest(windows, *at)
    return home if room_around(windows[home], *at) >= 0 else None


def collate(prepared: Sequence[Prepared], opening: int, closing: int) -> Batch:
    """One batch of whole articles (their first MAX_WINDOWS windows)."""
    windows = [(one, window) for one in prepared for window in one.windows[:MAX_WINDOWS]]
    length = max(len(window) for _, window in windows) + 2
    ids = np.zeros((len(windows), length), np.int64)
    keep = np.zeros((len(windows), length), np.int64)
    tags = np.full((len(windows), length, len(ARTICLE_TAGS)), UNKNOWN, np.int64)
    for row, (one, window) in enumerate(windows):
        size = len(window)
        ids[row, 0], ids[row, size + 1] = opening, closing
        ids[row, 1 : size + 1] = one.ids[window.first : window.last]
        keep[row, : size + 2] = 1
        tags[row, 1 : size + 1] = one.tags[window.first : window.last]
    told: list[Told] = []
    slots: list[NDArray[np.int64]] = []
    articles: list[tuple[int, int]] = []
    relevance = np.full((len(prepared), 2), np.nan, np.float32)
    row = 0
    for index, one in enumerate(prepared):
        taken = one.windows[:MAX_WINDOWS]
        articles.append((row, row + len(taken)))
        for column, known in enumerate((one.is_relevant, one.is_muc_relevant)):
            if known is not None:
                relevance[index, column] = float(known)
        for report in one.reports or ():
            home = home_window(taken, report.trigger)
            if home is None:
                continue
            offset = 1 - taken[home].first
            places = (report.trigger[0] + offset, report.trigger[1] + offset)
            told.append(Told(report, row, row + len(taken), row + home, places))
            states = np.full((len(taken), length, len(SLOTS)), UNKNOWN, np.int64)
            for at, window in enumerate(taken):
                states[at, 1 : len(window) + 1] = report.slots[window.first : window.last]
            slots.append(states)
        row += len(taken)
    return Batch(
        ids,
        keep,
        tags,
        tuple(told),
        tuple(slots),
        tuple(articles),
        relevance,
        tuple(one.violations for one in prepared),
        tuple(one.perpetrator for one in prepared),
        np.array([one.reports is not None for one in prepared]),
    )


def pack(
    prepared: Sequence[Prepared], windows_per_batch: int, random: Random
) -> Iterator[list[Prepared]]:
    """Articles in random order, but for neighbours of like length (so that little is padding)."""
    order = [one for one in prepared if one.windows]
    random.shuffle(order)
    stretch = 16 * windows_per_batch
    batches: list[list[Prepared]] = []
    for begin in range(0, len(order), stretch):
        some = sorted(order[begin : begin + stretch], key=lambda one: len(one.windows[0]))
        batch: list[Prepared] = []
        count = 0
        for one in some:
            size = min(len(one.windows), MAX_WINDOWS)
            if batch and count + size > windows_per_batch:
                batches.append(batch)
                batch, count = [], 0
            batch.append(one)
            count += size
        if batch:
            batches.append(batch)
    random.shuffle(batches)
    yield from batches
