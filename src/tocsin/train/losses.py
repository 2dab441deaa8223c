"""What a batch costs: tags of the article, relevance, and per incident its slots and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tocsin.extract.learned.layout import (
    BEGIN,
    INSIDE,
    PERPETRATORS,
    RETELLING,
    SLOTS,
    STAGES,
    TYPES,
    VIOLATIONS,
)
from tocsin.train.batches import UNKNOWN, Batch, Mentioned
from tocsin.train.labels import Tells
from tocsin.train.network import STATES, ReaderNetwork, attention_bias

NEAR_GOLD = 40
"""Pieces after a gold trigger in which another place likely tells the same incident: a rival there
counts for less, since taking it instead would hardly be wrong."""
NEAR_WEIGHT = 0.4
SAME_PLACE = 3
"""Pieces within which two rivals are one."""
LONGEST_RIVAL = 12
"""Pieces of the longest; labelled triggers are hardly longer."""
GOES_ON = 0.3
"""Probability of going on from which a rival is grown by a piece: below a half, since a rival is a
place where the network has doubts."""
_RETELLING = SLOTS.index(RETELLING)


@dataclass(frozen=True, slots=True)
class LossSettings:
    """How much each task counts, and what is read beside the labelled."""

    tag_weight: float = 10.0
    slot_weight: float = 10.0
    fact_weight: float = 0.5
    relevance_weight: float = 0.3
    positive_weight: float = 3.0
    """Weight of the tagged pieces: one in a hundred is, and recall is learnt late without it."""
    empty_windows: float = 0.34
    """Share of the windows without a value of a report that are read for it all the same."""
    retelling_weight: float = 0.5
    mentions: int = 3
    """Labelled words of an article, gold triggers apart, that are read as if they were triggers:
    drawn by lot where there are more."""
    rivals: int = 2
    """Likeliest places of an article, gold triggers apart, that are read as if they were triggers,
    so that the network learns to say that no report is founded there. Only where such words are not
    labelled."""


@dataclass(slots=True)
class LossSums:
    """Sums for the log."""

    steps: int = 0
    tags: float = 0.0
    slots: float = 0.0
    retelling: float = 0.0
    facts: float = 0.0
    relevance: float = 0.0

    def line(self) -> str:
        """One line of means."""
        many = max(1, self.steps)
        return (
            f"tags {self.tags / many:.4f} slots {self.slots / many:.4f} "
            f"retelling {self.retelling / many:.3f} facts {self.facts / many:.3f} "
            f"relevance {self.relevance / many:.3f}"
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A window to be read for an incident."""

    window: int
    vector: Tensor
    slots: Tensor
    """(pieces, slots) of states."""
    places: tuple[int, int] | None = None
    """Where the trigger stands, if it stands in this window."""
    facts: tuple[int, int, int] | None = None
    """Type, stage and main of a labelled report."""
    is_report: bool = False
    """Whether an incident is told there."""
    weight: float = 1.0


def batch_loss(
    network: ReaderNetwork,
    batch: Batch,
    settings: LossSettings,
    random: Random,
    sums: LossSums,
    *,
    with_rivals: bool,
) -> Tensor:
    """The weighted sum of all terms."""
    ids, keep = torch.from_numpy(batch.ids), torch.from_numpy(batch.keep)
    bias = attention_bias(keep, torch.bfloat16)
    lower = network.lower(ids, bias)
    nothing = torch.zeros(len(ids), network.shape.width, dtype=lower.dtype)
    no_mark = torch.zeros(*ids.shape, 1, dtype=lower.dtype)
    tops = network.upper(lower, bias, no_mark, nothing)
    tags = network.article_tags(tops)
    pooled = network.pooled(tops, keep)
    terms = {
        "tags": settings.tag_weight
        * token_loss(tags, torch.from_numpy(batch.tags), settings.positive_weight),
        "relevance": settings.relevance_weight * _relevance_loss(network.relevance(pooled), batch)
        + settings.fact_weight * _defender_loss(network.defenders(pooled), batch),
    }
    rows = [
        *_told_rows(network, batch, tops, settings, random),
        *_mention_rows(network, batch, tops, settings, random),
    ]
    if with_rivals:
        rows += _rival_rows(network, batch, tops, tags, settings.rivals)
    if rows:
        chosen = torch.tensor([row.window for row in rows])
        mark = torch.zeros(len(rows), ids.shape[1], 1, dtype=lower.dtype)
        for at, row in enumerate(rows):
            if row.places is not None:
                mark[at, row.places[0] : row.places[1]] = 1
        vectors = torch.stack([row.vector for row in rows]).to(lower.dtype)
        told = network.upper(lower[chosen], bias[chosen], mark, vectors)
        slots = torch.stack([row.slots for row in rows])
        logits = network.slot_tags(told)
        values, retelling = logits.split([STATES * _RETELLING, STATES], dim=-1)
        terms["slots"] = settings.slot_weight * token_loss(
            values, slots[..., :_RETELLING], settings.positive_weight
        )
        terms["retelling"] = settings.retelling_weight * token_loss(
            retelling, slots[..., _RETELLING:], 1.0
        )
        terms["facts"] = settings.fact_weight * _fact_loss(network, told, rows)
    for name, term in terms.items():
        setattr(sums, name, getattr(sums, name) + float(term.detach()))
    sums.steps += 1
    return torch.stack(list(terms.values())).sum()


def token_loss(logits: Tensor, states: Tensor, positive_weight: float) -> Tensor:
    """Mean over the known pieces, summed over tags. logits (..., tags x 3), states (..., tags)."""
    tags = states.shape[-1]
    known = states.reshape(-1, tags)
    loss = functional.cross_entropy(
        logits.reshape(-1, STATES).float(),
        known.reshape(-1),
        weight=torch.tensor([1.0, positive_weight, positive_weight]),
        ignore_index=UNKNOWN,
        reduction="none",
    ).view(-1, tags)
    count = (known != UNKNOWN).sum(0)
    return (loss.sum(0) / count.clamp(min=1)).sum()


def _mean(terms: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(terms)).mean() if terms else torch.zeros(())


def _relevance_loss(logits: Tensor, batch: Batch) -> Tensor:
    """The likeliest window of an article speaks for it."""
    terms = []
    for (first, last), labels in zip(batch.articles, batch.relevance, strict=True):
        known = torch.from_numpy(labels)
        is_known = ~torch.isnan(known)
        if bool(is_known.any()):
            best = logits[first:last].float().max(0).values
            terms.append(
                functional.binary_cross_entropy_with_logits(best[is_known], known[is_known])
            )
    return _mean(terms)


def _defender_loss(logits: Tensor, batch: Batch) -> Tensor:
    """What was done and by whom: the strongest window of an article speaks for it."""
    terms = []
    for (first, last), violations, perpetrator in zip(
        batch.articles, batch.violations, batch.perpetrators, strict=True
    ):
        if violations is None:
            continue
        best = logits[first:last].float().max(0).values
        done, by = best.split([len(VIOLATIONS), len(PERPETRATORS)])
        terms.append(
            functional.binary_cross_entropy_with_logits(done, torch.from_numpy(violations))
        )
        if perpetrator != UNKNOWN:
            terms.append(functional.cross_entropy(by[None], torch.tensor([perpetrator])))
    return _mean(terms)


def _told_rows(
    network: ReaderNetwork,
    batch: Batch,
    tops: Tensor,
    settings: LossSettings,
    random: Random,
) -> list[_Row]:
    """The windows of each labelled report: its trigger's, those with a value, some others."""
    rows = []
    for told, slots in zip(batch.told, batch.slots, strict=True):
        first, last = told.places
        vector = network.incident_vector(tops[told.row, first:last].mean(0))
        for offset, window in enumerate(range(told.first, told.last)):
            states = torch.from_numpy(slots[offset])
            if window == told.row:
                report = told.report
                facts = (report.type, report.stage, int(report.is_main))
                rows.append(_Row(window, vector, states, told.places, facts, is_report=True))
            elif bool((slots[offset] > 0).any()) or random.random() < settings.empty_windows:
                rows.append(_Row(window, vector, states))
    return rows


def _mention_rows(
    network: ReaderNetwork,
    batch: Batch,
    tops: Tensor,
    settings: LossSettings,
    random: Random,
) -> list[_Row]:
    """What other words tell: of a report's incident all that the report tells of it."""
    rows = []
    for mention in _drawn(batch.mentions, settings.mentions, random):
        first, last = mention.places
        vector = network.incident_vector(tops[mention.row, first:last].mean(0))
        states = torch.full((tops.shape[1], len(SLOTS)), UNKNOWN)
        facts = None
        if mention.again is not None:
            told = batch.told[mention.again]
            report = told.report
            facts = (report.type, report.stage, int(report.is_main))
            states = torch.from_numpy(batch.slots[mention.again][mention.row - told.first].copy())
            states[first:last, _RETELLING] = UNKNOWN
            if mention.row == told.row:
                states[told.places[0] : told.places[1], _RETELLING] = INSIDE
                states[told.places[0], _RETELLING] = BEGIN
        is_report = mention.tells is not Tells.NOTHING
        rows.append(_Row(mention.row, vector, states, mention.places, facts, is_report=is_report))
    return rows


def _drawn(mentions: Sequence[Mentioned], many: int, random: Random) -> list[Mentioned]:
    """Up to so many of each article, without those that nobody is sure of: first what tells no
    incident of the article's reports, which is rare."""
    of_article: dict[int, list[Mentioned]] = {}
    for mention in mentions:
        if mention.tells is not Tells.UNCLEAR:
            of_article.setdefault(mention.article, []).append(mention)
    drawn: list[Mentioned] = []
    for some in of_article.values():
        random.shuffle(some)
        drawn += sorted(some, key=lambda one: one.tells is Tells.AGAIN)[:many]
    return drawn


def _rival_rows(
    network: ReaderNetwork, batch: Batch, tops: Tensor, tags: Tensor, many: int
) -> list[_Row]:
    unknown = torch.full((tops.shape[1], len(SLOTS)), UNKNOWN)
    return [
        _Row(
            window,
            network.incident_vector(tops[window, first:last].mean(0)),
            unknown,
            (first, last),
            weight=weight,
        )
        for window, (first, last), weight in find_rivals(batch, tags, many)
    ]


def find_rivals(batch: Batch, tags: Tensor, many: int) -> list[tuple[int, tuple[int, int], float]]:
    """(window, places, weight) of the likeliest triggers of each article that are none.

    Each is grown over the pieces that go on with it, as a reader would: of one piece alone, the
    network could tell it from a labelled trigger by its length.
    """
    likely = torch.softmax(tags.detach()[..., :STATES].float(), dim=-1).numpy()
    scores, goes_on = likely[..., BEGIN], likely[..., INSIDE]
    chosen: list[tuple[int, tuple[int, int], float]] = []
    for (first, last), is_searched in zip(batch.articles, batch.is_searched, strict=True):
        if not is_searched:
            continue
        gold = [(told.row, told.places) for told in batch.told if first <= told.row < last]
        found: list[tuple[float, int, int]] = []
        for window in range(first, last):
            found.extend(
                (float(scores[window, place]), window, int(place))
                for place in np.argsort(-scores[window])[: many + 6]
                if batch.tags[window, place, 0] == 0  # a known piece outside every trigger
            )
        taken: list[tuple[int, int]] = []
        for _, window, place in sorted(found, reverse=True):
            if len(taken) == many:
                break
            if any(window == w and abs(place - p) < SAME_PLACE for w, p in taken):
                continue
            taken.append((window, place))
            end = place + 1
            while (
                end < len(goes_on[window])
                and end - place < LONGEST_RIVAL
                and goes_on[window, end] > GOES_ON
                and batch.tags[window, end, 0] == 0
            ):
                end += 1
            near = any(window == w and 0 <= place - p[1] < NEAR_GOLD for w, p in gold)
            chosen.append((window, (place, end), NEAR_WEIGHT if near else 1.0))
    return chosen


def _fact_loss(network: ReaderNetwork, told: Tensor, rows: Sequence[_Row]) -> Tensor:
    """Type, stage, main or background, and whether a report is founded there at all."""
    with_trigger = [(at, row) for at, row in enumerate(rows) if row.places is not None]
    states = torch.stack(
        [
            torch.cat([told[at, row.places[0] : row.places[1]].mean(0), told[at, 0]])
            for at, row in with_trigger
            if row.places is not None
        ]
    )
    logits = network.facts(states).float()
    types, stages, main, valid = logits.split([len(TYPES), len(STAGES), 1, 1], dim=1)
    is_valid = torch.tensor([float(row.is_report) for _, row in with_trigger])
    weight = torch.tensor([row.weight for _, row in with_trigger])
    loss = (
        functional.binary_cross_entropy_with_logits(valid[:, 0], is_valid, weight, reduction="sum")
        / weight.sum()
    )
    labelled = [(at, row.facts) for at, (_, row) in enumerate(with_trigger) if row.facts]
    if labelled:
        known = torch.tensor([at for at, _ in labelled])
        gold = torch.tensor([facts for _, facts in labelled])
        loss = loss + functional.cross_entropy(types[known], gold[:, 0], label_smoothing=0.05)
        loss = loss + 0.3 * functional.cross_entropy(stages[known], gold[:, 1])
        loss = loss + functional.binary_cross_entropy_with_logits(
            main[known, 0], gold[:, 2].float()
        )
    return loss
