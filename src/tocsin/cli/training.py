"""`tocsin train`: fits the learned parts. Only here does the command line meet torch."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import typer

from tocsin.errors import DataError


def _room(name: str) -> ModuleType:
    try:
        return import_module(f"tocsin.train.{name}")
    except ImportError as error:
        raise DataError(
            "tocsin train", f"{error}; it needs the training extra: pip install tocsin[train]"
        ) from error


def train_reader_command(
    *, data: Path, labels: Path, recipe: Path, out: Path, version: str, first_stage: int
) -> None:
    """Fit, export and describe; progress on standard error."""
    _present(data, labels, recipe)
    _room("reader").train_reader(
        data=data,
        labels=labels,
        config=recipe,
        out=out,
        version=version,
        report=lambda line: typer.echo(line, err=True),
        first_stage=first_stage,
    )


def pack_command(weights: Path, *, recipe: Path, out: Path, version: str) -> None:
    """A model folder of weights."""
    _present(weights, recipe)
    _room("reader").pack_weights(weights, config=recipe, out=out, version=version)


def gate_command(model: Path, *, data: Path) -> None:
    """Add a gate to a model's folder; progress on standard error."""
    _present(model, data)
    _room("gate").train_gate(data=data, model=model, report=lambda line: typer.echo(line, err=True))


def _present(*paths: Path) -> None:
    for path in paths:
        if not path.exists():
            raise DataError(str(path), "is not there")
