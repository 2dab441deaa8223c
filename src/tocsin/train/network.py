"""The reader's network: a BERT-shaped encoder whose upper layers read once per incident.

    pieces ─ lower layers ─▶ states ─┬─ upper layers ─▶ article tags: triggers, relevance
                                     └─ upper layers + an incident's trigger ─▶ its slots, type

The lower layers run once for a window. The upper ones run once more for each incident, told which
one by a mark on the trigger's pieces and a vector made of them, added to every piece. So each
incident reads its own arguments at a third of the price of a whole second pass. The weights of both
runs are the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tocsin.extract.learned.layout import (
    ARTICLE_TAGS,
    PERPETRATORS,
    SLOTS,
    STAGES,
    TYPES,
    VIOLATIONS,
)

LOWER_LAYERS = 4
"""Layers that do not know the incident."""
STATES = 3
"""Outside, begin, inside."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's measures. The defaults are MiniLM-L6-H384's."""

    vocabulary: int = 30_522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1_536


def attention(
    query: Tensor, key: Tensor, value: Tensor, heads: int, bias: Tensor | None = None
) -> Tensor:
    """Scaled dot-product attention of several heads; (batch, pieces, width) in and out."""
    batch, length, width = query.shape
    parts = [one.view(batch, length, heads, -1).transpose(1, 2) for one in (query, key, value)]
    # No attention dropout: with it torch leaves its fused path, five times slower on a CPU.
    mixed = functional.scaled_dot_product_attention(*parts, attn_mask=bias)
    return mixed.transpose(1, 2).reshape(batch, length, width)


class FusedAttention(torch.autograd.Function):
    """The same without a bias, exported as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(_ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """See `attention`."""
        return attention(query, key, value, heads)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """The operator in the exported graph."""
        name = "com.microsoft::MultiHeadAttention"
        return graph.op(name, query, key, value, num_heads_i=heads).setType(query.type())


class Layer(nn.Module):
    """One transformer layer, normed after each half as BERT's are."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention_in = nn.Linear(shape.width, 3 * shape.width)
        self.attention_out = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor | None) -> Tensor:
        """`states` (batch, pieces, width); `bias` (batch, 1, 1, pieces) is added to attention, and
        is None where no piece is padding."""
        query, key, value = self.attention_in(states).chunk(3, dim=2)
        if bias is None:
            mixed: Tensor = FusedAttention.apply(query, key, value, self.heads)
        else:
            mixed = attention(query, key, value, self.heads, bias)
        states = self.attention_norm(states + self.dropout(self.attention_out(mixed)))
        inner = functional.gelu(self.inner(states))
        out: Tensor = self.norm(states + self.dropout(self.outer(inner)))
        return out


class ReaderNetwork(nn.Module):
    """Encoder and heads."""

    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        shape = shape or Shape()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width, padding_idx=0)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.mark = nn.Parameter(torch.zeros(shape.width))
        self.incident = nn.Linear(shape.width, shape.width)
        self.article_tags = nn.Linear(shape.width, STATES * len(ARTICLE_TAGS))
        self.slot_tags = nn.Linear(shape.width, STATES * len(SLOTS))
        self.relevance = nn.Linear(2 * shape.width, 2)
        self.defenders = nn.Linear(2 * shape.width, len(VIOLATIONS) + len(PERPETRATORS))
        self.facts = nn.Sequential(
            nn.Linear(2 * shape.width, shape.width),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(shape.width, len(TYPES) + len(STAGES) + 2),
        )
        for module in (self.incident, self.article_tags, self.slot_tags):
            nn.init.normal_(module.weight, std=0.02)
            nn.init.zeros_(module.bias)
        nn.init.normal_(self.mark, std=0.02)

    def lower(self, ids: Tensor, bias: Tensor | None) -> Tensor:
        """States after the lower layers: (batch, pieces, width)."""
        length = ids.shape[1]
        states = self.words(ids) + self.positions.weight[:length] + self.kind
        states = self.dropout(self.norm(states))
        for layer in self.layers[:LOWER_LAYERS]:
            states = layer(states, bias)
        return states

    def upper(self, states: Tensor, bias: Tensor | None, mark: Tensor, incident: Tensor) -> Tensor:
        """States after the upper layers.

        `mark` (batch, pieces, 1) is 1 on the trigger's pieces; `incident` (batch, width) is the
        vector of `incident_vector`, zero for the article itself.
        """
        states = states + mark * self.mark + incident.unsqueeze(1)
        for layer in self.layers[LOWER_LAYERS:]:
            states = layer(states, bias)
        return states

    def incident_vector(self, trigger: Tensor) -> Tensor:
        """What tells the upper layers of an incident, from the state of its trigger (n, width)."""
        vector: Tensor = self.incident(trigger)
        return vector

    def pooled(self, states: Tensor, keep: Tensor | None) -> Tensor:
        """First piece and mean of all: (batch, 2 x width). `keep` (batch, pieces) in {0, 1}; None
        where no piece is padding."""
        if keep is None:
            return torch.cat([states[:, 0], states.mean(1)], dim=1)
        weight = keep.unsqueeze(2).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1).clamp(min=1)
        return torch.cat([states[:, 0], mean], dim=1)


def attention_bias(keep: Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
    """0 where a piece may be attended to, a large negative number where it is padding."""
    return ((1 - keep.to(dtype)) * -1e4)[:, None, None, :]


def load_encoder(network: ReaderNetwork, weights: Path) -> None:
    """Fill the encoder from a BERT-shaped safetensors file; the heads keep their initial values."""
    tensors = load_file(weights)
    taken = {
        "words.weight": tensors["embeddings.word_embeddings.weight"],
        "positions.weight": tensors["embeddings.position_embeddings.weight"],
        "kind": tensors["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": tensors["embeddings.LayerNorm.weight"],
        "norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    renamed = {
        "attention_out": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm": "output.LayerNorm",
    }
    for index in range(network.shape.layers):
        old, new = f"encoder.layer.{index}.", f"layers.{index}."
        for part in ("weight", "bias"):
            taken[f"{new}attention_in.{part}"] = torch.cat(
                [
                    tensors[f"{old}attention.self.{name}.{part}"]
                    for name in ("query", "key", "value")
                ]
            )
            for ours, theirs in renamed.items():
                taken[f"{new}{ours}.{part}"] = tensors[f"{old}{theirs}.{part}"]
    missing, unexpected = network.load_state_dict(taken, strict=False)
    heads = ("mark", "incident", "article_tags", "slot_tags", "relevance", "defenders", "facts")
    lost = [name for name in missing if not name.startswith(heads)]
    if lost or unexpected:
        raise ValueError(f"{weights}: not the expected encoder; missing {lost}, extra {unexpected}")


def decay_of_layer(name: str, layers: int, decay: float) -> float:
    """The share of the learning rate that a parameter gets: lower layers move less."""
    if name.startswith("layers."):
        return math.pow(decay, layers - 1 - int(name.split(".")[1]))
    if name.startswith(("words", "positions", "kind", "norm")):
        return math.pow(decay, layers)
    return 1.0
