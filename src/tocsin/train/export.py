"""Export: the fitted network as one int8 ONNX file that onnxruntime reads without torch.

The file holds the network's two runs side by side, sharing weights. `ids` give the article's view;
`told_states, told_mark, told_trigger` give an incident's. A caller feeds the half it does not want
with one-piece dummies. Nothing is padding: windows of one article are of one length, so attention
needs no mask and is one operator.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tocsin.train.network import ReaderNetwork

INPUTS = ("ids", "told_states", "told_mark", "told_trigger")
OUTPUTS = ("states", "tops", "article_tags", "relevance", "defenders", "slot_tags", "facts")
OPSET = 17


class BothRuns(nn.Module):
    """The two runs as one graph."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, told_states: Tensor, told_mark: Tensor, told_trigger: Tensor
    ) -> tuple[Tensor, ...]:
        """See the module. told_mark (rows, pieces) is 1 on the trigger; told_trigger (rows, width)
        its mean state in the article's view."""
        network = self.network
        states = network.lower(ids, None)
        nothing = torch.zeros_like(states[:, 0])
        tops = network.upper(states, None, torch.zeros_like(states[:, :, :1]), nothing)
        weight = told_mark.unsqueeze(2)
        vector = network.incident_vector(told_trigger)
        told = network.upper(told_states, None, weight, vector)
        pooled = network.pooled(tops, None)
        trigger = (told * weight).sum(1) / weight.sum(1).clamp(min=1)
        return (
            states,
            tops,
            network.article_tags(tops),
            network.relevance(pooled),
            network.defenders(pooled),
            network.slot_tags(told),
            network.facts(torch.cat([trigger, told[:, 0]], dim=1)),
        )


def export(network: ReaderNetwork, target: Path, *, quantize: bool = True) -> None:
    """Write the ONNX file; int8 weights per channel unless `quantize` is False."""
    width = network.shape.width
    network.eval()
    example = (
        torch.ones(2, 9, dtype=torch.int64),
        torch.zeros(3, 7, width),
        torch.zeros(3, 7),
        torch.zeros(3, width),
    )
    windows, rows = {0: "windows", 1: "pieces"}, {0: "rows", 1: "told_pieces"}
    axes = {
        "ids": windows,
        "told_states": rows,
        "told_mark": rows,
        "told_trigger": {0: "rows"},
        "states": windows,
        "tops": windows,
        "article_tags": windows,
        "relevance": {0: "windows"},
        "defenders": {0: "windows"},
        "slot_tags": rows,
        "facts": {0: "rows"},
    }
    with TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        with torch.no_grad():
            torch.onnx.export(
                BothRuns(network),
                example,
                str(plain),
                input_names=list(INPUTS),
                output_names=list(OUTPUTS),
                dynamic_axes=axes,
                opset_version=OPSET,
                custom_opsets={"com.microsoft": 1},
                dynamo=False,
            )
        _share_weights(plain)
        onnx.checker.check_model(str(plain))
        if not quantize:
            target.write_bytes(plain.read_bytes())
            return
        quantize_dynamic(plain, target, per_channel=True, weight_type=QuantType.QInt8)
    _drop_unused(target)


def _share_weights(path: Path) -> None:
    """Let both runs name the same weights: the exporter hands them to the second one through nodes
    that copy, behind which the quantizer would leave them in full precision."""
    model = onnx.load(str(path))
    weights = {one.name for one in model.graph.initializer}
    copies = {
        node.output[0]: node.input[0]
        for node in model.graph.node
        if node.op_type == "Identity" and node.input[0] in weights
    }
    kept = [node for node in model.graph.node if node.output[0] not in copies]
    for node in kept:
        for at, name in enumerate(node.input):
            node.input[at] = copies.get(name, name)
    del model.graph.node[:]
    model.graph.node.extend(kept)
    onnx.save(model, str(path))


def _drop_unused(target: Path) -> None:
    """Without the full-precision weights that the quantizer leaves behind where both runs share."""
    model = onnx.load(str(target))
    used = {name for node in model.graph.node for name in node.input}
    kept = [one for one in model.graph.initializer if one.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    onnx.save(model, str(target))
