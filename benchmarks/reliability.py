"""Reliability: stated confidences against how often they were right, in bins, and as a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape

BINS = 10


class Judged(NamedTuple):
    """A stated confidence, 0 to 1, and whether what it was stated of is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The judged whose confidence lies in `[low, high)`, 1 in the last bin: how many, their mean
    confidence, and the share of them that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(judged: Sequence[Judged], bins: int = BINS) -> list[Bin]:
    """Bins of equal width from 0 to 1; empty ones are left out."""
    held: list[list[Judged]] = [[] for _ in range(bins)]
    for one in judged:
        held[min(int(one.confidence * bins), bins - 1)].append(one)
    return [
        Bin(
            at / bins,
            (at + 1) / bins,
            len(some),
            sum(one.confidence for one in some) / len(some),
            sum(one.right for one in some) / len(some),
        )
        for at, some in enumerate(held)
        if some
    ]


def calibration_error(judged: Sequence[Judged], bins: int = BINS) -> float:
    """Expected calibration error, 0 to 1: the gap between confidence and right answers, bin by bin,
    weighed by how many there are. Few values give a large one by chance. 0 of nothing."""
    if not judged:
        return 0.0
    gaps = (one.count * abs(one.confidence - one.right) for one in reliability(judged, bins))
    return sum(gaps) / len(judged)


SIDE, MARGIN = 320, 48
"""Pixels of the square that is drawn in, and around it."""
COLOURS = ("#1f5fa8", "#b3541e", "#3a7d44", "#6b4c9a")
DOT_PX = (3.0, 11.0)
"""Radius of the smallest and of the largest dot: a larger one stands for more values."""


def reliability_svg(title: str, series: Mapping[str, Sequence[Judged]]) -> str:
    """A reliability plot: a dot for each bin, larger where it holds more values; on the dashed
    line, stated and true are equal. Under the line, a reader is surer than it should be."""
    width, height = SIDE + 2 * MARGIN, SIDE + 2 * MARGIN + 18 * len(series)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}: stated confidence and share that is right</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{width / 2}" y="24" text-anchor="middle" font-size="14">{escape(title)}</text>',
    ]
    for step in range(6):
        share = step / 5
        x, y = _point(share, share)
        parts += [
            f'<path d="M{x:g} {MARGIN} V{MARGIN + SIDE} M{MARGIN} {y:g} H{MARGIN + SIDE}"'
            ' stroke="#dddddd"/>',
            f'<text x="{x:g}" y="{MARGIN + SIDE + 15}" text-anchor="middle">{share:g}</text>',
            f'<text x="{MARGIN - 6}" y="{y + 4:g}" text-anchor="end">{share:g}</text>',
        ]
    parts += [
        f'<path d="M{MARGIN} {MARGIN + SIDE} L{MARGIN + SIDE} {MARGIN}" stroke="#777777"'
        ' stroke-dasharray="5 4"/>',
        f'<text x="{MARGIN + SIDE / 2}" y="{MARGIN + SIDE + 32}" text-anchor="middle">'
        "stated confidence</text>",
        f'<text x="14" y="{MARGIN + SIDE / 2}" text-anchor="middle"'
        f' transform="rotate(-90 14 {MARGIN + SIDE / 2})">share that is right</text>',
    ]
    for row, (name, judged) in enumerate(series.items()):
        colour = COLOURS[row % len(COLOURS)]
        found = reliability(judged)
        most = max((one.count for one in found), default=1)
        points = [_point(one.confidence, one.right) for one in found]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        for one, (x, y) in zip(found, points, strict=True):
            small, large = DOT_PX
            radius = small + (large - small) * (one.count / most) ** 0.5
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"'
                f' fill-opacity="0.6"><title>{escape(name)}: {one.count} stated'
                f" {one.confidence:.2f} on average, {one.right:.2f} right</title></circle>"
            )
        words = f"{name}: {len(judged)}, calibration error {calibration_error(judged):.3f}"
        y = MARGIN + SIDE + 50 + 18 * row
        parts += [
            f'<circle cx="{MARGIN + 6}" cy="{y - 4}" r="5" fill="{colour}"/>',
            f'<text x="{MARGIN + 18}" y="{y}">{escape(words)}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _point(confidence: float, right: float) -> tuple[float, float]:
    return MARGIN + SIDE * confidence, MARGIN + SIDE * (1 - right)
