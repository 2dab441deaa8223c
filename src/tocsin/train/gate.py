"""Teaching the first gate what the encoder finds relevant, on texts that nobody has labelled.

texts ─ encoder ─▶ relevant or not ─ logistic regression on words and pairs ─▶ one byte a bucket
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from tocsin.errors import DataError
from tocsin.extract.learned.gate import BUCKETS, Gate, buckets_of, stretches
from tocsin.extract.learned.model import CARD_FILE, GATE_FILE, ReaderModel
from tocsin.records import Article
from tocsin.train.labels import is_held_out, read_texts

SEED = 1
EPOCHS = 12
RATE = 0.05
WEIGHT_DECAY = 1e-6
ARTICLES_PER_BATCH = 32
RECALL = 0.99
"""Share of the articles not fitted on, and relevant to the encoder, that must pass: what it finds
relevant by a hair is among them, so that of what a person finds relevant more do."""
LARGEST = 127


@dataclass(frozen=True, slots=True)
class Bags:
    """An article's stretches as buckets."""

    bags: tuple[Tensor, ...]
    is_relevant: bool


def bags_of(article: Article, *, is_relevant: bool) -> Bags:
    """An article as the gate sees it."""
    bags = [torch.tensor(buckets_of(words)) for words in stretches(article.text) if words]
    return Bags(tuple(bags), is_relevant)


class LinearGate(nn.Module):
    """The gate while it is fitted, with weights in full precision."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.EmbeddingBag(BUCKETS, 1, mode="sum")
        nn.init.zeros_(self.weights.weight)
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, articles: Sequence[Bags]) -> Tensor:
        """The score of each article's likeliest stretch."""
        bags = [bag for article in articles for bag in article.bags]
        sizes = torch.tensor([len(bag) for bag in bags])
        flat = torch.cat(bags)
        offsets = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
        scale = torch.repeat_interleave(sizes.float().rsqrt(), sizes)
        scores = self.weights(flat, offsets, per_sample_weights=scale).squeeze(1) + self.bias
        parts = scores.split([len(article.bags) for article in articles])
        return torch.stack([part.max() for part in parts])


def fit_gate(articles: Sequence[Bags], report: Callable[[str], None]) -> LinearGate:
    """Logistic regression on each article's likeliest stretch; articles without a word are left
    out."""
    articles = [one for one in articles if one.bags]
    torch.manual_seed(SEED)
    network = LinearGate()
    optimizer = torch.optim.Adagrad(network.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    for epoch in range(EPOCHS):
        total = 0.0
        order = torch.randperm(len(articles)).tolist()
        for at in range(0, len(order), ARTICLES_PER_BATCH):
            some = [articles[index] for index in order[at : at + ARTICLES_PER_BATCH]]
            wanted = torch.tensor([float(one.is_relevant) for one in some])
            loss = functional.binary_cross_entropy_with_logits(network(some), wanted)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += float(loss.detach()) * len(some)
        report(f"gate, epoch {epoch + 1}: loss {total / len(order):.4f}")
    return network


def _quantized(network: LinearGate) -> tuple[NDArray[np.int8], float, float]:
    weights = network.weights.weight.detach().numpy()[:, 0]
    scale = float(np.abs(weights).max()) / LARGEST
    return np.round(weights / scale).astype(np.int8), scale, float(network.bias.detach())


def train_gate(*, data: Path, model: Path, report: Callable[[str], None]) -> None:
    """Add a gate to a model's folder.

    Raises DataError where a set of texts is missing, or where the encoder finds none relevant.
    """
    reader = ReaderModel(model, threads=2)
    judged: list[tuple[Article, bool]] = []
    for article in read_texts(data):
        view = reader.look(article).view
        if view is not None:
            relevance = float(view.relevance[:, 0].max())
            judged.append((article, relevance >= reader.thresholds["gate"]))
    relevant = sum(is_relevant for _, is_relevant in judged)
    report(f"gate: {len(judged)} texts, {relevant} relevant to the encoder")
    if not relevant:
        raise DataError(str(model), "finds no text relevant: there is nothing to teach")
    fitted = [one for one in judged if not is_held_out(one[0].id)]
    kept = [one for one in judged if is_held_out(one[0].id)]
    network = fit_gate([bags_of(text, is_relevant=known) for text, known in fitted], report)
    weights, scale, bias = _quantized(network)
    gate = Gate(weights, scale=scale, bias=bias, limit=0.0)
    scores = sorted(gate.score(text.text) for text, known in kept if known)
    limit = scores[int((1 - RECALL) * len(scores))]
    others = [gate.score(text.text) for text, known in kept if not known]
    stopped = sum(score < limit for score in others) / max(1, len(others))
    report(f"gate: of {len(others)} other texts not fitted on, {stopped:.1%} are stopped")
    write_gate(model, network, limit=limit)


def write_gate(model: Path, network: LinearGate, *, limit: float) -> None:
    """Put a fitted gate into a model's folder and describe it in the card."""
    weights, scale, bias = _quantized(network)
    path = model / GATE_FILE
    path.write_bytes(weights.tobytes())
    card = json.loads((model / CARD_FILE).read_text(encoding="utf-8"))
    card["gate"] = {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "scale": scale,
        "bias": bias,
        "limit": limit,
    }
    (model / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
