"""Fitting the reader's network: one encoder, many tasks, an epoch a pass over shares of data."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn

from tocsin.train.batches import MAX_WINDOWS, Prepared, collate, pack
from tocsin.train.losses import LossSettings, LossSums, batch_loss
from tocsin.train.network import ReaderNetwork, decay_of_layer

INCIDENTS = "incidents"
"""The data set of articles labelled report by report."""
LOG_STEPS = 50
CHECKPOINT_STEPS = 200
LEAST_RATE = 0.01
"""Share of its rate that a weight never falls below."""


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How to fit; `training/reader.toml` holds what the shipped model was fitted with."""

    seed: int = 1
    epochs: float = 4.0
    shares: tuple[tuple[str, float], ...] = ((INCIDENTS, 1.0),)
    """Share of each data set that an epoch sees."""
    windows_per_batch: int = 8
    learning_rate: float = 3e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    """Rates fall by so much from each layer to the one below."""
    weight_decay: float = 0.01
    warm_up: float = 0.08
    """Share of the steps in which the rates rise; they fall evenly after it."""
    clip: float = 1.0
    average: float = 0.995
    """Decay of the running average of the weights, which is what is kept."""
    freeze_words: bool = True
    rivals_from: float = 0.25
    """Share of the steps after which rivals are read beside the labelled triggers."""
    threads: int = 2
    loss: LossSettings = field(default_factory=LossSettings)


class Average:
    """A running average of the weights (Polyak): steadier than the last step's."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.weights = {
            name: value.detach().clone() for name, value in network.state_dict().items()
        }

    def update(self, network: nn.Module) -> None:
        """Move towards the present weights; faster at first."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in network.state_dict().items():
            self.weights[name].lerp_(value.detach(), 1 - decay)


def _groups(network: ReaderNetwork, settings: FitSettings) -> list[dict[str, Any]]:
    groups = []
    for name, weight in network.named_parameters():
        if settings.freeze_words and name in {"words.weight", "positions.weight"}:
            weight.requires_grad_(requires_grad=False)
            continue
        is_encoder = name.startswith(("layers", "norm", "kind", "words", "positions"))
        rate = settings.learning_rate if is_encoder else settings.head_rate
        rate *= decay_of_layer(name, network.shape.layers, settings.layer_decay)
        is_matrix = weight.ndim > 1
        groups.append(
            {
                "params": [weight],
                "lr": rate,
                "weight_decay": settings.weight_decay if is_matrix else 0.0,
            }
        )
    return groups


def _windows(some: Sequence[Prepared]) -> int:
    return sum(min(len(one.windows), MAX_WINDOWS) for one in some)


def _rate(done: float, warm_up: float) -> float:
    """Share of the full rate after a share `done` of the steps."""
    if done < warm_up:
        return done / warm_up
    return max(LEAST_RATE, (1 - done) / (1 - warm_up))


def fit(
    network: ReaderNetwork,
    data: dict[str, list[Prepared]],
    marks: tuple[int, int],
    settings: FitSettings,
    *,
    report: Callable[[str], None] = print,
    checkpoint: Path | None = None,
) -> dict[str, Tensor]:
    """Fit in place; returns the averaged weights, which `checkpoint` also gets now and then.

    marks: ids of the opening and closing piece.
    """
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    random = Random(settings.seed)  # noqa: S311 (shuffling, not secrets)
    optimizer = torch.optim.AdamW(_groups(network, settings), betas=(0.9, 0.98))
    full_rates = [group["lr"] for group in optimizer.param_groups]
    average = Average(network, settings.average)
    windows = sum(int(share * _windows(data[name])) for name, share in settings.shares)
    total = max(1, int(settings.epochs * windows / settings.windows_per_batch))
    report(json.dumps(asdict(settings)))
    network.train()
    step, sums = 0, LossSums()
    while step < total:
        for items in _epoch(data, settings, random):
            if step == total:
                break
            done = step / total
            for group, full in zip(optimizer.param_groups, full_rates, strict=True):
                group["lr"] = full * _rate(done, settings.warm_up)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = batch_loss(
                    network,
                    collate(items, *marks),
                    settings.loss,
                    random,
                    sums,
                    with_rivals=done >= settings.rivals_from,
                )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
            optimizer.step()
            average.update(network)
            step += 1
            if step % LOG_STEPS == 0:
                report(f"step {step} of {total}: {sums.line()}")
                sums = LossSums()
            if checkpoint is not None and step % CHECKPOINT_STEPS == 0:
                torch.save(average.weights, checkpoint)
    return average.weights


def _epoch(
    data: dict[str, list[Prepared]], settings: FitSettings, random: Random
) -> list[list[Prepared]]:
    """Batches of one kind each: incident articles cost more, so mixed ones would be uneven."""
    told: list[Prepared] = []
    rest: list[Prepared] = []
    for name, share in settings.shares:
        pool = data[name]
        some = random.sample(pool, min(len(pool), int(share * len(pool))))
        (told if pool and pool[0].reports is not None else rest).extend(some)
    batches = [
        *pack(told, settings.windows_per_batch, random),
        *pack(rest, settings.windows_per_batch, random),
    ]
    random.shuffle(batches)
    return batches
