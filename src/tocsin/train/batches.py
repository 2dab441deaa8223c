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
    RETELLING,
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
from tocsin.train.labels import Example, Range, Tells, occurrences

UNKNOWN = -100
"""A state that is not learnt from (the ignored index of the loss)."""
MAX_WINDOWS = 4
"""Windows of one article in a batch: a longer article takes part with its first ones."""
PieceRange = tuple[int, int]
_TRIGGER = ARTICLE_TAGS.index("trigger")
_RETELLING = SLOTS.index(RETELLING)


@dataclass(frozen=True, slots=True)
class PreparedMention:
    """Labelled words on pieces that are no report's trigger."""

    at: PieceRange
    tells: Tells
    of: frozenset[PieceRange]
    """Triggers of the reports that are told again."""


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
    mentions: tuple[PreparedMention, ...] | None = None


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
    mentions = None
    if example.mentions is not None:
        mentions = tuple(_prepare_mentions(example, pieces))
        _paint_mentions(tags, mentions)
    reports = None
    if example.reports is not None:
        reports = tuple(_prepare_reports(example, pieces))
        _paint_retellings(reports, mentions or ())
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
        mentions=mentions,
    )


def _prepare_mentions(example: Example, pieces: Pieces) -> Iterator[PreparedMention]:
    for mention in example.mentions or ():
        at = piece_range(pieces, mention.words)
        triggers = [piece_range(pieces, trigger) for trigger in mention.of]
        if at is not None:
            yield PreparedMention(at, mention.tells, frozenset(one for one in triggers if one))


def _paint_mentions(tags: NDArray[np.int8], mentions: Sequence[PreparedMention]) -> None:
    """What tells an incident again is no error of a reader that looks for triggers: it is told
    apart later. An incident without a report is a trigger."""
    for mention in mentions:
        if mention.tells is Tells.ANOTHER:
            _paint(tags, _TRIGGER, mention.at)
        elif mention.tells is not Tells.NOTHING:
            known = tags[mention.at[0] : mention.at[1], _TRIGGER]
            known[known == 0] = UNKNOWN


def _paint_retellings(
    reports: Sequence[PreparedReport], mentions: Sequence[PreparedMention]
) -> None:
    """What tells a report's incident again and what does not; the rest is not known."""
    for report in reports:
        for other in reports:
            if other is not report:
                report.slots[other.trigger[0] : other.trigger[1], _RETELLING] = 0
        for mention in mentions:
            if report.trigger in mention.of:
                _paint(report.slots, _RETELLING, mention.at)
            elif mention.tells is not Tells.UNCLEAR:
                report.slots[mention.at[0] : mention.at[1], _RETELLING] = 0


def _prepare_reports(example: Example, pieces: Pieces) -> Iterator[PreparedReport]:
    """Reports told by one trigger become one: a reader finds one incident there."""
    text = example.article.text
    told: dict[PieceRange, PreparedReport] = {}
    for report in example.reports or ():
        trigger = piece_range(pieces, report.trigger)
        if trigger is None:
            continue
        known = told.get(trigger)
        if known is None:
            slots = np.zeros((len(pieces), len(SLOTS)), np.int8)
            slots[:, _RETELLING] = UNKNOWN
        else:
            slots = known.slots
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
class Mentioned:
    """Labelled words of a batch that are no trigger of a report: the window row and places where
    they stand, and what they tell. `again`: which of the told reports, where it is one."""

    article: int
    row: int
    places: PieceRange
    tells: Tells
    again: int | None = None


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
    is_searched: NDArray[np.bool_]
    """(articles,): whether all is labelled that tells an incident and nothing of what does not: the
    network's own mistakes are looked for there."""
    mentions: tuple[Mentioned, ...]


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
    mentions: list[Mentioned] = []
    articles: list[tuple[int, int]] = []
    relevance = np.full((len(prepared), 2), np.nan, np.float32)
    row = 0
    for index, one in enumerate(prepared):
        taken = one.windows[:MAX_WINDOWS]
        articles.append((row, row + len(taken)))
        for column, known in enumerate((one.is_relevant, one.is_muc_relevant)):
            if known is not None:
                relevance[index, column] = float(known)
        number: dict[PieceRange, int] = {}
        for report in one.reports or ():
            standing = _standing(taken, report.trigger)
            if standing is None:
                continue
            home, places = standing
            number[report.trigger] = len(told)
            told.append(Told(report, row, row + len(taken), row + home, places))
            states = np.full((len(taken), length, len(SLOTS)), UNKNOWN, np.int64)
            for at, window in enumerate(taken):
                states[at, 1 : len(window) + 1] = report.slots[window.first : window.last]
            slots.append(states)
        for mention in one.mentions or ():
            standing = _standing(taken, mention.at)
            if standing is None:
                continue
            home, places = standing
            again = [number[trigger] for trigger in mention.of if trigger in number]
            mentions.append(
                Mentioned(
                    index,
                    row + home,
                    places,
                    mention.tells,
                    again[0] if len(again) == len(mention.of) == 1 else None,
                )
            )
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
        np.array([one.reports is not None and one.mentions is None for one in prepared]),
        tuple(mentions),
    )


def _standing(windows: Sequence[Window], at: PieceRange) -> tuple[int, PieceRange] | None:
    """The home window of a range of pieces, and its places there."""
    home = home_window(windows, at)
    if home is None:
        return None
    offset = 1 - windows[home].first
    return home, (at[0] + offset, at[1] + offset)


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
