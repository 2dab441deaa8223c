"""Extractor: the seat that a reader of articles takes: the learned reader, or rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, runtime_checkable

from tocsin.errors import SettingsError
from tocsin.extract.rules import RuleExtractor
from tocsin.records import Article, Explanation, Reading
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue


class Extractor(Protocol):
    """Finds every report of an incident in one article. Never raises on any text."""

    @property
    def version(self) -> str:
        """Name and version, `rules/1`: it is kept with every report."""

    def read(self, article: Article) -> Reading:
        """The mentions of one article, values as written; equal articles give equal readings."""


@runtime_checkable
class Explainer(Protocol):
    """An extractor that can say how it read."""

    def explain(self, article: Article) -> Explanation:
        """Windows, scores and what was left out of one article."""


SHIPPED_MODEL = Path(__file__).parent / "learned" / "shipped"
"""The folder of the learned reader's model that comes with the package."""

Factory = Callable[[Gazetteer | None, ActorCatalogue | None, Path | None], Extractor]


def _open_rules(
    gazetteer: Gazetteer | None, actors: ActorCatalogue | None, _model: Path | None
) -> Extractor:
    return RuleExtractor(gazetteer, actors)


def _open_learned(
    gazetteer: Gazetteer | None, actors: ActorCatalogue | None, model: Path | None
) -> Extractor:
    try:
        # Only who wants it needs its runtime.
        from tocsin.extract.learned.model import ReaderModel  # noqa: PLC0415
        from tocsin.extract.learned.reader import LearnedExtractor  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            "extract.reader",
            f"{error}; set it to rules where the learned reader's runtime cannot be had",
        ) from error
    return LearnedExtractor(ReaderModel(model or SHIPPED_MODEL), gazetteer, actors)


EXTRACTORS: dict[str, Factory] = {"rules": _open_rules, "learned": _open_learned}
"""Name to factory."""


def open_extractor(
    name: str = "learned",
    *,
    gazetteer: Gazetteer | None = None,
    actors: ActorCatalogue | None = None,
    model: Path | None = None,
) -> Extractor:
    """The extractor of that name, on the parts given or else the shipped ones.

    `model` is the folder of another model for the learned reader. Raises SettingsError naming the
    extractors that there are, or what the chosen one lacks; DataError for a model that is not as it
    should be.
    """
    factory = EXTRACTORS.get(name)
    if factory is None:
        known = ", ".join(sorted(EXTRACTORS))
        raise SettingsError("extract.reader", f"no reader {name!r}; there are: {known}")
    return factory(gazetteer, actors, model)
