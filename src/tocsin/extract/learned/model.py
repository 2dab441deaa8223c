"""The model file: opened once, run by onnxruntime, never more than one thread unless asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tocsin.errors import DataError
from tocsin.extract.learned.confidence import Calibration
from tocsin.extract.learned.decode import Scored, find_spans, find_values, whole
from tocsin.extract.learned.gate import Gate
from tocsin.extract.learned.layout import ARTICLE_TAGS, BEGIN, INSIDE, SLOTS, STAGES, TYPES
from tocsin.extract.learned.windows import Pieces, Window, cut_windows, read_pieces
from tocsin.records import Article

Floats = NDArray[np.float32]

MODEL_FILE = "reader.onnx"
CARD_FILE = "reader.json"
TOKENIZER_FILE = "tokenizer.json"
GATE_FILE = "gate.bin"
STATES = 3
THRESHOLDS = frozenset({"again", "apart", "gate", "same", "span", "trigger", "valid"})
"""What a card must name; of a slot without a threshold, values from 0.5 are kept."""
EXTENT = 0.1
"""Probability from which a piece belongs to the trigger that stands beside it: the network knows a
report by the whole of what it is told by, and "killed" alone is told in many sentences."""
WINDOWS_AT_ONCE = 16
"""Windows of one run: more cost memory and gain no speed."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the network sees of an article by itself, window by window."""

    states: Floats
    """(windows, pieces, width), marks included: what an incident's run starts from."""
    tops: Floats
    tags: Floats
    """(windows, pieces, tags, 3) probabilities."""
    relevance: Floats
    """(windows, 2) probabilities: incident news, and a relevant text of MUC-4."""
    defenders: Floats
    """(windows, violations + perpetrators) logits."""


@dataclass(frozen=True, slots=True)
class Look:
    """An article cut into windows, and what is seen of it; no view of a text without pieces."""

    text: str
    pieces: Pieces
    windows: Sequence[Window]
    view: ArticleView | None

    def triggers(self, threshold: float) -> list[Scored]:
        """Where an incident is first told, each with the probability of its likeliest piece, and as
        long as its words are not plainly something else. Two that touch may be two."""
        states = self._states("trigger")
        likely = states[:, BEGIN] + states[:, INSIDE]
        spans = find_spans(states, self.pieces, min(EXTENT, threshold))
        scored = [
            Scored(one.first, one.last, float(likely[one.first : one.last].max())) for one in spans
        ]
        return [one for one in scored if one.score >= threshold]

    def values(self, tag: str, threshold: float) -> list[Scored]:
        """What is tagged so anywhere in the article."""
        return find_values(self.text, self._states(tag), self.pieces, threshold)

    def _states(self, tag: str) -> Floats:
        """(pieces, 3) probabilities of the article's pieces."""
        if self.view is None:
            return np.zeros((0, STATES), np.float32)
        tags = self.view.tags[:, :, ARTICLE_TAGS.index(tag)]
        return whole(list(tags), self.windows, len(self.pieces))


@dataclass(frozen=True, slots=True)
class Trigger:
    """Pieces `[first, last)` of one window, the opening mark counted."""

    window: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RowView:
    """What the network sees in a window, given one incident's trigger. The facts are told by the
    window in which the trigger stands."""

    slots: Floats
    """(pieces, slots, 3) probabilities, marks and padding included."""
    types: Floats
    stages: Floats
    main: float
    valid: float
    """Whether a report is founded there at all."""


def _sigmoid(values: Floats) -> Floats:
    likely: Floats = (1 / (1 + np.exp(-values))).astype(np.float32)
    return likely


def _softmax(values: Floats) -> Floats:
    shifted = np.exp(values - values.max(-1, keepdims=True))
    likely: Floats = (shifted / shifted.sum(-1, keepdims=True)).astype(np.float32)
    return likely


class ReaderModel:
    """The encoder with its tokenizer. Safe to share within one thread."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises DataError where a file is missing, altered or of another layout."""
        card = _card(folder)
        path = folder / MODEL_FILE
        if _sha256(path) != card["sha256"]:
            raise DataError(str(path), "is not the file that its card describes")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.gate = _gate(folder, card.get("gate"))
        """None for a model without one: it reads every article."""
        self.version: str = card["version"]
        self.thresholds: dict[str, float] = card["thresholds"]
        self.calibration = Calibration(card.get("calibration", {}))
        self._marks = (card["opening"], card["closing"])
        self._width: int = card["width"]

    def view(self, ids: NDArray[np.int32], windows: Sequence[Window]) -> ArticleView:
        """The article's own view. The windows are of one length, as `cut_windows` makes them."""
        opening, closing = self._marks
        pieces = np.array(
            [[opening, *ids[window.first : window.last], closing] for window in windows], np.int64
        )
        parts = [
            self._session.run(
                ["states", "tops", "article_tags", "relevance", "defenders"],
                {"ids": pieces[at : at + WINDOWS_AT_ONCE], **self._no_incident()},
            )
            for at in range(0, len(windows), WINDOWS_AT_ONCE)
        ]
        states, tops, tags, relevance, defenders = (
            np.concatenate(part) for part in zip(*parts, strict=True)
        )
        shape = (*tags.shape[:2], len(ARTICLE_TAGS), STATES)
        return ArticleView(
            states, tops, _softmax(tags.reshape(shape)), _sigmoid(relevance), defenders
        )

    def look(self, article: Article, most: int | None = None) -> Look:
        """Pieces, windows and the view of an article, or of its first `most` windows."""
        pieces = read_pieces(article, self.tokenizer)
        windows = cut_windows(len(pieces))[:most]
        if not windows:
            return Look(article.text, pieces, windows, None)
        pieces = pieces.part(0, windows[-1].last)
        return Look(
            article.text, pieces, windows, self.view(np.asarray(pieces.ids, np.int32), windows)
        )

    def tell(self, view: ArticleView, window: int, trigger: Trigger) -> RowView:
        """What a window tells of the incident of a trigger that stands in it or in another one.

        One window at a time: several side by side are no faster, and since their numbers share a
        scale in int8, what one told would depend on its neighbours.
        """
        mark = np.zeros(view.states.shape[1], np.float32)
        if window == trigger.window:
            mark[trigger.first : trigger.last] = 1
        vector = view.tops[trigger.window, trigger.first : trigger.last].mean(0)
        slots, facts = self._session.run(
            ["slot_tags", "facts"],
            {
                "ids": np.ones((1, 1), np.int64),
                "told_states": view.states[window : window + 1],
                "told_mark": mark[None],
                "told_trigger": vector[None],
            },
        )
        return _row_view(slots[0], facts[0])

    def _no_incident(self) -> dict[str, Any]:
        return {
            "told_states": np.zeros((1, 1, self._width), np.float32),
            "told_mark": np.zeros((1, 1), np.float32),
            "told_trigger": np.zeros((1, self._width), np.float32),
        }


def _row_view(slots: Floats, facts: Floats) -> RowView:
    at = len(TYPES)
    end = at + len(STAGES)
    return RowView(
        slots=_softmax(slots.reshape(len(slots), len(SLOTS), STATES)),
        types=_softmax(facts[:at]),
        stages=_softmax(facts[at:end]),
        main=float(_sigmoid(facts[end : end + 1])[0]),
        valid=float(_sigmoid(facts[end + 1 : end + 2])[0]),
    )


def _gate(folder: Path, described: dict[str, Any] | None) -> Gate | None:
    if described is None:
        return None
    path = folder / GATE_FILE
    if not path.exists() or _sha256(path) != described["sha256"]:
        raise DataError(str(path), "is not the file that the model's card describes")
    scale, bias, limit = (float(described[name]) for name in ("scale", "bias", "limit"))
    return Gate.open(path, scale=scale, bias=bias, limit=limit)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _card(folder: Path) -> dict[str, Any]:
    path = folder / CARD_FILE
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(str(path), f"cannot be read: {error}") from error
    layout = {
        "slots": list(SLOTS),
        "article_tags": list(ARTICLE_TAGS),
        "types": list(TYPES),
        "stages": list(STAGES),
    }
    for name, own in layout.items():
        if card.get(name) != own:
            raise DataError(str(path), f"{name}: the model answers {card.get(name)}, not {own}")
    missing = sorted(THRESHOLDS - set(card.get("thresholds", {})))
    if missing:
        raise DataError(str(path), f"thresholds: {', '.join(missing)} missing")
    return card
