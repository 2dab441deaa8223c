"""Extractor: the seat that a reader of articles takes. Rules first, a learned reader later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tocsin.errors import SettingsError
from tocsin.extract.rules import RuleExtractor
from tocsin.records import Article, Reading
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue


class Extractor(Protocol):
    """Finds every report of an incident in one article. Never raises on any text."""

    @property
    def version(self) -> str:
        """Name and version, `rules/1`: it is kept with every report."""

    def read(self, article: Article) -> Reading:
        """The mentions of one article, values as written; equal articles give equal readings."""


Factory = Callable[[Gazetteer | None, ActorCatalogue | None], Extractor]

EXTRACTORS: dict[str, Factory] = {"rules": RuleExtractor}
"""Name to factory."""


def open_extractor(
    name: str = "rules",
    *,
    gazetteer: Gazetteer | None = None,
    actors: ActorCatalogue | None = None,
) -> Extractor:
    """The extractor of that name, on the parts given or else the shipped ones.

    Raises SettingsError naming the extractors that there are.
    """
    factory = EXTRACTORS.get(name)
    if factory is None:
        known = ", ".join(sorted(EXTRACTORS))
        raise SettingsError("extract.name", f"no extractor {name!r}; there are: {known}")
    return factory(gazetteer, actors)
