"""A tagger of BERT-base's shape, of random weights: what such a network costs, not what it knows.

Needs the training extra. Written as ONNX in fp32, and in int8 as the reader's own file is made:
dynamic, weights per channel.
"""

from __future__ import annotations

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

LAYERS, WIDTH, HEADS, INNER, POSITIONS = 12, 768, 12, 3072, 512
"""BERT-base (Devlin et al. 2019)."""
OPSET = 17
NOTHING = -1e4


class Block(nn.Module):
    """Attention and feed-forward, each normalised after it is added, as BERT has them."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """(windows, pieces, width) to the same; bias (windows, 1, 1, pieces) closes the padding."""
        shape = (states.shape[0], states.shape[1], HEADS, WIDTH // HEADS)
        query, key, value = (
            part(states).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + bias
        seen = (scores.softmax(-1) @ value).transpose(1, 2).reshape(states.shape)
        states = self.first(states + self.out(seen))
        return self.second(states + self.narrow(nn.functional.gelu(self.wide(states))))


class Tagger(nn.Module):
    """Pieces to the logits of their tags."""

    def __init__(self, pieces: int, tags: int) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, tags)

    def forward(self, ids: Tensor, keep: Tensor) -> Tensor:
        """ids (windows, pieces) of int64, keep the same of float: 0 on padding."""
        places = self.places(torch.arange(ids.shape[1]))
        states = self.norm(self.pieces(ids) + places)
        bias = (1 - keep)[:, None, None, :] * NOTHING
        for block in self.blocks:
            states = block(states, bias)
        logits: Tensor = self.tags(states)
        return logits


def write_taggers(folder: Path, pieces: int, tags: int) -> dict[str, Path]:
    """`fp32` and `int8` files of one tagger with so many pieces in its vocabulary, and so many
    columns of tags in its answer."""
    torch.manual_seed(1)
    plain, small = folder / "tagger.onnx", folder / "tagger.int8.onnx"
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "keep", "tags")}
    with torch.no_grad():
        torch.onnx.export(
            Tagger(pieces, tags).eval(),
            (torch.ones(2, 9, dtype=torch.int64), torch.ones(2, 9)),
            str(plain),
            input_names=["ids", "keep"],
            output_names=["tags"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    quantize_dynamic(plain, small, per_channel=True, weight_type=QuantType.QInt8)
    return {"fp32": plain, "int8": small}
