"""Curves that make scores frequencies: log odds of a score, times `slope`, plus `shift`.

Platt 1999, drawn towards leaving scores as they are, since some kinds have few values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.reliability import Judged

Floats = NDArray[np.float64]

EDGE = 1e-3
"""No score counts as nearer to 0 or 1."""
STEPS = 50
CLOSE = 1e-9
PULL = 1.0
"""Weight of one value more: how strongly a curve is held to slope 1, shift 0."""


class Curve(NamedTuple):
    """What a score is sent through."""

    slope: float
    shift: float

    def __call__(self, confidence: float) -> float:
        """The confidence that holds, 0 to 1."""
        return float(_likely(self.slope * _odds([confidence]) + self.shift)[0])


def _odds(confidences: Sequence[float]) -> Floats:
    scores = np.clip(np.asarray(confidences, np.float64), EDGE, 1 - EDGE)
    odds: Floats = np.log(scores / (1 - scores))
    return odds


def _likely(odds: Floats) -> Floats:
    likely: Floats = np.exp(-np.logaddexp(0, -odds))
    return likely


def fit_curve(judged: Sequence[Judged]) -> Curve:
    """The likeliest curve of judged scores, by Newton's method; slope 1, shift 0 of none."""
    features = np.stack([_odds([one.confidence for one in judged]), np.ones(len(judged))], axis=1)
    right = np.asarray([one.right for one in judged], np.float64)
    neutral = np.asarray([1.0, 0.0])

    def loss(weights: Floats) -> float:
        odds = features @ weights
        pull = PULL / 2 * ((weights - neutral) ** 2).sum()
        return float(np.logaddexp(0, odds).sum() - (right * odds).sum() + pull)

    weights = neutral.copy()
    for _ in range(STEPS):
        likely = _likely(features @ weights)
        slope = features.T @ (likely - right) + PULL * (weights - neutral)
        bend = (features * (likely * (1 - likely))[:, None]).T @ features + PULL * np.eye(2)
        step = np.linalg.solve(bend, slope)
        # a full step may overshoot: the loss is convex, so a short one along it never rises
        while loss(weights - step) > loss(weights) and np.abs(step).max() > CLOSE:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() <= CLOSE:
            break
    return Curve(float(weights[0]), float(weights[1]))


def cross_fitted(halves: tuple[Sequence[Judged], Sequence[Judged]]) -> list[Judged]:
    """Every judged with the confidence that a curve of the other half gives it."""
    first, second = halves
    return [
        Judged(curve(one.confidence), one.right)
        for own, curve in ((first, fit_curve(second)), (second, fit_curve(first)))
        for one in own
    ]
