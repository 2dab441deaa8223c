"""Where the files of the shipped corpus lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

CORPUS_DIR = Path(str(files("tocsin.corpus")))
"""The folder inside the installed package. Wheels are installed unpacked, so it is a real path."""

INPUT_SUFFIXES = frozenset({".html", ".jsonl", ".txt"})


def corpus_paths() -> list[Path]:
    """The input files, sorted by name. Sidecars lie beside the texts they describe.

    A sidecar `NAME.json` is no input of its own, so it is not listed.
    """
    return sorted(path for path in CORPUS_DIR.iterdir() if path.suffix in INPUT_SUFFIXES)
