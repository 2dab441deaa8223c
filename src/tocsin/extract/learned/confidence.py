"""Confidence: the network's scores as probabilities that hold.

A score is the mean probability of a value's pieces. The network was fitted with the rare pieces
weighing more, so its probabilities are no frequencies: a logistic curve for each kind of value,
fitted on development data and kept with the model, makes them ones (Platt scaling).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

EDGE = 1e-3
"""No confidence is nearer to 0 or 1: nothing that was measured could tell it from them."""
REPORT = "report"
"""The kind of a report's own confidence."""


class Calibration:
    """Curves by kind of value: the log odds of a score times `slope`, plus `shift`."""

    def __init__(self, curves: Mapping[str, tuple[float, float]]) -> None:
        """Kinds without a curve keep their scores."""
        self._curves = dict(curves)

    def confidence(self, kind: str, score: float) -> float:
        """0..1, four digits."""
        slope, shift = self._curves.get(kind, (1.0, 0.0))
        score = min(max(score, EDGE), 1 - EDGE)
        odds = slope * math.log(score / (1 - score)) + shift
        likely = 1 / (1 + math.exp(-odds))
        return round(min(max(likely, EDGE), 1 - EDGE), 4)
