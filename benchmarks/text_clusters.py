"""A baseline that reads nothing: articles clustered by their words, TF-IDF and average link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"[^\W_]{2,}")


def similarities(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """(texts, texts): cosine of log-scaled, length-normalised TF-IDF vectors."""
    counts = [Counter(word.casefold() for word in _WORD.findall(text)) for text in texts]
    frequency = Counter(word for count in counts for word in count)
    at = {word: number for number, word in enumerate(sorted(frequency))}
    rows = np.zeros((len(texts), len(at)))
    for number, count in enumerate(counts):
        for word, times in count.items():
            rows[number, at[word]] = (1 + log(times)) * log(len(texts) / frequency[word])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return np.asarray(rows @ rows.T)


def average_link(alike: npt.NDArray[np.float64]) -> Iterator[tuple[float, list[list[int]]]]:
    """The clusterings from all apart on, each with the mean similarity of its last union."""
    sums = alike.copy()
    np.fill_diagonal(sums, -np.inf)
    groups = {number: [number] for number in range(len(alike))}
    sizes = np.ones(len(alike))
    yield 1.0, list(groups.values())
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        one, other = divmod(int(np.argmax(means)), len(alike))
        union = float(means[one, other])
        if union <= 0:
            return
        groups[one] = groups[one] + groups.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sums[other], sums[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]
        yield union, list(groups.values())
