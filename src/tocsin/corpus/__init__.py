"""The shipped corpus: short articles of our own about real incidents, and the truth they tell.

`corpus_paths` gives the files in the form any other input has; `expected` gives what a reader of
them should find. README.md in this folder says what each article is there for. The room imports no
other: to the rest of Tocsin these are files like any others.
"""

from __future__ import annotations

from tocsin.corpus.expected import (
    Correction,
    Decoy,
    Disagreement,
    Expected,
    ExpectedActor,
    ExpectedIncident,
    ExpectedTally,
    LookAlikes,
    NamedArticle,
    SharedText,
    Update,
    ZoneReading,
    expected,
)
from tocsin.corpus.files import CORPUS_DIR, corpus_paths

__all__ = [
    "CORPUS_DIR",
    "Correction",
    "Decoy",
    "Disagreement",
    "Expected",
    "ExpectedActor",
    "ExpectedIncident",
    "ExpectedTally",
    "LookAlikes",
    "NamedArticle",
    "SharedText",
    "Update",
    "ZoneReading",
    "corpus_paths",
    "expected",
]
