"""How well a place agrees with the other places an article names: all of them judged together.

Every name of the article is given a likelihood for each of its homonyms, first by size alone. Then
each homonym is supported by the homonyms of the other names that lie near it or share its province,
as likely as they are themselves, and the likelihoods are drawn again; three rounds settle it. So
"Paris", "Mayfield" and "Murray" find each other in Kentucky and Tennessee though none is famous.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xxhash

from tocsin.records.vocab import PlacePrecision
from tocsin.where.distance import EARTH_DIAMETER_KM
from tocsin.where.entry import GazetteerEntry

ROUNDS = 3
REACH_KM = 60.0
"""Distance at which a neighbour's support has fallen to 1/e: the next town, the next county."""
SAME_PROVINCE = 0.5
"""Support by the name of the province a place lies in, or by a place elsewhere in it."""
PROVINCE_MATE = 0.12
SUPPORT_LOGIT = 5.0
"""What full support adds to the logarithm of a homonym's likelihood."""
SIZE_LOGIT = 1.6
"""What ten times the people add to it."""
MAX_HOMONYMS = 24
"""Homonyms of one name that are weighed; the rest are too small to be heard."""
MAX_ENTRIES = 800
"""Entries of one article that are weighed, first named first: their ties are a square table."""
NEAR_CHARS = 700.0
FAR_WEIGHT = 0.35
"""Weight of a name at the other end of the article."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Named:
    """One name of an article: where it stands, and what it may mean."""

    key: str
    at: tuple[int, ...]
    """Offsets of its mentions."""
    entries: tuple[GazetteerEntry, ...]
    logits: tuple[float, ...]
    """What is known of each entry beforehand, as logarithms."""


class Coherence:
    """The names of one article, weighed against each other. Read-only once made."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._names = _bounded(names)
        self._keys = {name.key: at for at, name in enumerate(self._names)}
        entries = [entry for name in self._names for entry in name.entries]
        self._table = _Table(entries)
        self._starts = np.cumsum([0, *(len(name.entries) for name in self._names)])[:-1]
        self._share = np.zeros(len(entries))
        if entries:
            self._settle()

    def support(self, entries: Sequence[GazetteerEntry], key: str, at: int) -> Floats:
        """Support 0..1 of each entry by the names other than `key`, as heard at offset `at`."""
        if not self._names or not entries:
            return np.zeros(len(entries))
        nearness = np.array(
            [
                FAR_WEIGHT
                + (1.0 - FAR_WEIGHT) / (1.0 + min(abs(one - at) for one in name.at) / NEAR_CHARS)
                for name in self._names
            ]
        )
        if key in self._keys:
            nearness[self._keys[key]] = 0.0
        return self._noisy_or(_ties(_Table(entries), self._table), nearness)

    def _settle(self) -> None:
        prior = np.concatenate([np.array(name.logits) for name in self._names])
        owner = np.repeat(np.arange(len(self._names)), [len(n.entries) for n in self._names])
        ties = _ties(self._table, self._table)
        ties[owner[:, None] == owner[None, :]] = 0.0  # a name does not support itself
        ones = np.ones(len(self._names))
        self._share = self._softmax(prior, owner)
        for _ in range(ROUNDS):
            support = self._noisy_or(ties, ones)
            self._share = self._softmax(prior + SUPPORT_LOGIT * support, owner)

    def _softmax(self, logits: Floats, owner: npt.NDArray[np.intp]) -> Floats:
        top = np.maximum.reduceat(logits, self._starts)
        weights = np.exp(logits - top[owner])
        total: Floats = weights / np.add.reduceat(weights, self._starts)[owner]
        return total

    def _noisy_or(self, ties: Floats, nearness: Floats) -> Floats:
        """1 - the chance that no name supports: each counts by its best tie, once."""
        best = np.maximum.reduceat(ties * self._share[None, :], self._starts, axis=1)
        missed: Floats = 1.0 - np.prod(1.0 - 0.95 * best * nearness[None, :], axis=1)
        return missed


def _bounded(names: Sequence[Named]) -> list[Named]:
    """The names that have entries, as far as `MAX_ENTRIES` reach."""
    kept: list[Named] = []
    total = 0
    for name in names:
        total += len(name.entries)
        if total > MAX_ENTRIES:
            break
        if name.entries:
            kept.append(name)
    return kept


class _Table:
    """Coordinates and provinces of entries, column by column."""

    def __init__(self, entries: Sequence[GazetteerEntry]) -> None:
        self.lat = np.radians([np.nan if e.lat is None else e.lat for e in entries])
        self.lon = np.radians([np.nan if e.lon is None else e.lon for e in entries])
        self.province = np.array([_province_code(e) for e in entries], dtype=np.uint64)
        self.has_province = np.array([e.admin1 is not None for e in entries], dtype=bool)
        self.is_province = np.array([e.precision is PlacePrecision.ADM1 for e in entries], bool)
        self.is_wide = np.array(
            [e.is_country or e.precision is PlacePrecision.REGION for e in entries], bool
        )


def _ties(ours: _Table, theirs: _Table) -> Floats:
    """(ours, theirs) ties 0..1: near each other, or of one province."""
    half = np.sin((theirs.lat[None, :] - ours.lat[:, None]) / 2) ** 2
    half += (
        np.cos(ours.lat)[:, None]
        * np.cos(theirs.lat)[None, :]
        * np.sin((theirs.lon[None, :] - ours.lon[:, None]) / 2) ** 2
    )
    km = EARTH_DIAMETER_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    near = np.nan_to_num(np.exp(-km / REACH_KM))
    is_one = (ours.province[:, None] == theirs.province[None, :]) & ours.has_province[:, None]
    province = ours.is_province[:, None] | theirs.is_province[None, :]
    ties = np.where(province, np.where(is_one, SAME_PROVINCE, 0.0), near)
    ties = np.maximum(ties, np.where(is_one, PROVINCE_MATE, 0.0))
    wide = ours.is_wide[:, None] | theirs.is_wide[None, :]
    result: Floats = np.where(wide, 0.0, ties)
    return result


def _province_code(entry: GazetteerEntry) -> int:
    return xxhash.xxh64_intdigest(f"{entry.country}/{entry.admin1}".encode())


def size_logit(entry: GazetteerEntry) -> float:
    """What an entry's people say beforehand."""
    return SIZE_LOGIT * float(np.log10(max(entry.population, 300)))
