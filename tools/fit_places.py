"""Fit the weights of a candidate place (`data/place_weights.tsv`) on labelled names.

    TOCSIN_DATA=... python -m tools.fit_places [--write]

A conditional logit: of the entries of one name, those near the label should have all the
likelihood. Fitted on the dev halves of the geoparsing corpora (`benchmarks/places.py`), each corpus
counting the same, and held to the weights set by hand, which speak for conflict news: the fit may
leave them only as far as the corpora pay for it. Nothing is random.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.places import CORPORA, NEAR_ENOUGH_KM, LabelledArticle, articles, context_of
from tocsin.where import Gazetteer, place_distance_km
from tocsin.where.choose import resolve_parents
from tocsin.where.evidence import read_evidence
from tocsin.where.features import WEIGHTS_FILE, features_of, weights
from tocsin.where.names import name_key
from tocsin.where.phrase import parse_phrase
from tocsin.where.scene import Scene

HOLD = 0.002
"""How hard a weight is held to the one set by hand, per name: the larger, the nearer it stays."""
STEPS = 1_500
RATE = 0.05

Floats = npt.NDArray[np.float64]
Example = tuple[Floats, Floats]
"""Features (entries, features) of one name, and 1.0 for each of its entries that is right."""


def examples(article: LabelledArticle, gazetteer: Gazetteer, names: list[str]) -> Iterator[Example]:
    """The names of one article that have a right entry and a wrong one."""
    spans = tuple(toponym.span for toponym in article.toponyms)
    evidence = read_evidence(context_of(article), gazetteer, spans)
    for toponym in article.toponyms:
        phrase = parse_phrase(article.text, toponym.span, gazetteer, is_name=True)
        head = phrase.head
        if head is None or len(head.entries) < 2:
            continue
        at, own_key = toponym.span.start, name_key(head.span.text)
        scene = Scene(at, evidence.shares(at, own_key), evidence)
        parents = resolve_parents(phrase, scene)
        support = evidence.coherence.support(head.entries, own_key, at)
        rows, right = [], []
        for entry, mine in zip(head.entries, support, strict=True):
            found = features_of(entry, head, parents, scene=scene, support=float(mine))
            rows.append([found.get(name, 0.0) for name in names])
            km = place_distance_km(entry, toponym)
            right.append(float(km is not None and km <= NEAR_ENOUGH_KM))
        if 0 < sum(right) < len(right):
            yield np.array(rows), np.array(right)


def fit(corpora: list[list[Example]], start: Floats) -> Floats:
    """Weights that give the right entries the most likelihood, held to `start`."""
    every = [example for corpus in corpora for example in corpus]
    weigh = np.concatenate([np.full(len(c), 1.0 / (len(c) * len(corpora))) for c in corpora])
    sizes = np.array([len(right) for _, right in every])
    features = np.concatenate([rows for rows, _ in every])
    right = np.concatenate([one for _, one in every])
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(every)), sizes)
    weight, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        logits = features @ weight
        odds = np.exp(logits - np.maximum.reduceat(logits, starts)[owner])
        all_of = odds / np.add.reduceat(odds, starts)[owner]
        right_of = odds * right / (np.add.reduceat(odds * right, starts)[owner] + 1e-12)
        slope = HOLD * (weight - start) + features.T @ ((all_of - right_of) * weigh[owner])
        # Adam on the whole batch
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = RATE / (1.0 + step / 300)
        weight -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weight


def main() -> None:
    """Print the weights before and after; write them where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the fitted weights")
    options = parser.parse_args()
    names = list(weights())
    start = np.array([weights()[name].by_hand for name in names])
    gazetteer = Gazetteer.open()
    corpora = [
        [
            one
            for article in articles(corpus)
            if article.is_dev
            for one in examples(article, gazetteer, names)
        ]
        for corpus in CORPORA
    ]
    fitted = fit(corpora, start)
    for name, before, after in zip(names, start, fitted, strict=True):
        print(f"{name:16}{before:8.2f}{after:8.2f}")
    if options.write:
        write(dict(zip(names, fitted.tolist(), strict=True)))


def write(fitted: dict[str, float]) -> None:
    """Put the fitted weights into the file, all else as it is."""
    path = Path(str(files("tocsin.where").joinpath(WEIGHTS_FILE)))
    lines = path.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if line and not line.startswith("#"):
            feature, _, by_hand, words = line.split("\t")
            lines[at] = f"{feature}\t{fitted[feature]:.2f}\t{by_hand}\t{words}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
