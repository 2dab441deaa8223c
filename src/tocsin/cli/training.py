"""`tocsin train`: fits the learned parts. Only here does the command line meet torch."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import typer

from tocsin.errors import DataError


def _room() -> ModuleType:
    try:
        from tocsin.train import reader
    except ImportError as error:
        raise DataError(
            "tocsin train", f"{error}; it needs the training extra: pip install tocsin[train]"
        ) from error
    return reader


def train_reader_command(
    *, data: Path, labels: Path, recipe: Path, out: Path, version: str
) -> None:
    """Fit, export and describe; progress on standard error."""
    _present(data, labels, recipe)
    _room().train_reader(
        data=data,
        labels=labels,
        config=recipe,
        out=out,
        version=version,
        report=lambda line: typer.echo(line, err=True),
    )


def pack_command(weights: Path, *, recipe: Path, out: Path, version: str) -> None:
    """A model folder of weights."""
    _present(weights, recipe)
    _room().pack_weights(weights, config=recipe, out=out, version=version)


def _present(*paths: Path) -> None:
    for path in paths:
        if not path.exists():
            raise DataError(str(path), "is not there")
