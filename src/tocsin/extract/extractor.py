"""Extractor: the seat that a reader of articles takes: the learned reader, rules, an endpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from tocsin.errors import SettingsError
from tocsin.extract.endpoint.config import EndpointSettings
from tocsin.extract.rules import RuleExtractor
from tocsin.records import Article, Explanation, Reading
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue


class Extractor(Protocol):
    """Finds every report of an incident in one article. Never raises on any text; a reader behind
    an address raises EndpointFailed where it gets no answer."""

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an extractor is made of; each takes what it needs."""

    gazetteer: Gazetteer | None = None
    actors: ActorCatalogue | None = None
    model: Path | None = None
    endpoint: EndpointSettings = field(default_factory=EndpointSettings)


Factory = Callable[[Wanted], Extractor]


def _open_rules(wanted: Wanted) -> Extractor:
    return RuleExtractor(wanted.gazetteer, wanted.actors)


def _open_endpoint(wanted: Wanted) -> Extractor:
    # Only who wants it needs an HTTP client.
    from tocsin.extract.endpoint.reader import EndpointExtractor  # noqa: PLC0415

    return EndpointExtractor(wanted.endpoint)


def _open_learned(wanted: Wanted) -> Extractor:
    try:
        # Only who wants it needs its runtime.
        from tocsin.extract.learned.model import ReaderModel  # noqa: PLC0415
        from tocsin.extract.learned.reader import LearnedExtractor  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            "extract.reader",
            f"{error}; set it to rules where the learned reader's runtime cannot be had",
        ) from error
    model = ReaderModel(wanted.model or SHIPPED_MODEL)
    return LearnedExtractor(model, wanted.gazetteer, wanted.actors)


EXTRACTORS: dict[str, Factory] = {
    "rules": _open_rules,
    "learned": _open_learned,
    "endpoint": _open_endpoint,
}
"""Name to factory."""


def open_extractor(
    name: str = "learned",
    *,
    gazetteer: Gazetteer | None = None,
    actors: ActorCatalogue | None = None,
    model: Path | None = None,
    endpoint: EndpointSettings | None = None,
) -> Extractor:
    """The extractor of that name, on the parts given or else the shipped ones.

    `model` is the folder of another model for the learned reader, `endpoint` says where the reader
    of that name is. Raises SettingsError naming the extractors that there are, or what the chosen
    one lacks; DataError for a model that is not as it should be.
    """
    factory = EXTRACTORS.get(name)
    if factory is None:
        known = ", ".join(sorted(EXTRACTORS))
        raise SettingsError("extract.reader", f"no reader {name!r}; there are: {known}")
    return factory(Wanted(gazetteer, actors, model, endpoint or EndpointSettings()))
