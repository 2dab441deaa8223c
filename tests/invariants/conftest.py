"""The shipped corpus as the rules read it: quick, the same every time, and read once for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from tocsin.config import Settings
from tocsin.corpus import corpus_paths
from tocsin.extract.config import ExtractSettings
from tocsin.pipeline import Extracted, Parts, extract_all, is_copy, resolve_pending, to_keep
from tocsin.records import Article, Extraction, Incident
from tocsin.store import Kept, Store, open_store

SETTINGS = Settings(extract=ExtractSettings(reader="rules"))


@pytest.fixture(scope="session")
def parts() -> Parts:
    return Parts.open(SETTINGS)


@pytest.fixture(scope="session")
def corpus() -> list[Kept]:
    """Every article of the corpus, read and ready to be kept."""
    return read(str(path) for path in corpus_paths())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "record.db"), SETTINGS.store) as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus_store(corpus: list[Kept], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds the corpus, kept and resolved at once. Tests only read it."""
    path = tmp_path_factory.mktemp("corpus") / "record.db"
    with open_store(str(path), SETTINGS.store) as opened:
        add(opened, corpus)
        yield opened


def read(inputs: Iterable[str]) -> list[Kept]:
    """Articles read by the rules, ready to be kept; refused ones left out."""
    return list(read_by(SETTINGS, inputs))


def read_by(settings: Settings, inputs: Iterable[str]) -> Iterator[Kept]:
    for item in extract_all(list(inputs), settings):
        if isinstance(item, Extracted) and item.extraction is not None:
            yield ready(item.article, item.extraction)


def ready(article: Article, extraction: Extraction) -> Kept:
    kept = to_keep(article, extraction)
    assert isinstance(kept, Kept)
    return kept


def add(store: Store, batch: Sequence[Kept]) -> list[str]:
    """Keep a batch and bring the record up to date; ids of the incidents that changed."""
    store.keep_many(batch, is_copy=is_copy)
    return resolve_pending(store, SETTINGS)


def record(store: Store) -> dict[str, Incident]:
    """Every incident by id."""
    return {stored.incident.id: stored.incident for stored in store.incidents()}


def parts_of(thing: object) -> Iterator[object]:
    """A record and all that it holds, however deep."""
    yield thing
    if is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from parts_of(getattr(thing, field.name))
    elif isinstance(thing, tuple | list | frozenset):
        for inner in thing:
            yield from parts_of(inner)
