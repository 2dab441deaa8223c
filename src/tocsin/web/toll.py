"""The toll as a drawing: every figure in order of publication, by who gave it.

A stroke spans the bounds of a figure, a dot is its best; what has no upper bound fades out at the
top. The band behind is the record's own value. Lengths are units of the drawing, about a pixel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.publish.phrasing import plain, quantity_words
from tocsin.records import Casualties, Evidence, FusedField, Quantity, ReportInContext
from tocsin.records.vocab import Outcome, SourceKind, VictimGroup

WIDTH = 640
HEIGHT = 150
LEFT = 34
"""Room for the numbers of the axis."""
TOP = 10
BOTTOM = 22
COLOURS = 6
"""Speakers told apart by colour: those with most figures. The others share one."""
DAY_WIDTH = 84.0
"""Room of a day's label."""
MAX_FIGURES = 60
"""Figures of one chart, the earliest; more would be a grey wall."""
MIN_FIGURES = 2
DRAWN: Final = (Outcome.KILLED, Outcome.INJURED)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as drawn."""

    x: float
    low: float | None
    """Height of the lower bound; None where only an upper one is known."""
    best: float | None
    high: float | None
    """Height of the upper bound; the top where none is known."""
    is_open: bool
    """Without an upper bound."""
    colour: int
    """1 to COLOURS; 0 for the speakers that share one."""
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class TollChart:
    """The figures of one outcome."""

    outcome: str
    figures: tuple[Figure, ...]
    speakers: tuple[tuple[int, str], ...]
    """Colour and name, those with most figures first."""
    days: tuple[tuple[float, str], ...]
    """Where on the axis a day of publication begins, and which."""
    ticks: tuple[tuple[float, int], ...]
    band: tuple[float, float] | None
    """Upper edge and height of the record's own value."""
    left_out: int


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure before it is drawn."""

    day: str
    speaker: str
    count: Quantity
    title: str
    href: str


def toll_charts(
    contexts: Sequence[ReportInContext],
    chosen: dict[Outcome, FusedField[Quantity] | None],
    href_of: Callable[[Evidence], str],
) -> Iterator[TollChart]:
    """A chart for each outcome with two figures or more. `contexts` are in order of publication."""
    for outcome in DRAWN:
        given = list(_given(contexts, outcome, href_of))
        if len(given) >= MIN_FIGURES:
            field = chosen.get(outcome)
            yield _chart(outcome, given, field.value if field else None)


def _given(
    contexts: Sequence[ReportInContext], outcome: Outcome, href_of: Callable[[Evidence], str]
) -> Iterator[_Given]:
    for context in contexts:
        day = context.published.date.isoformat() if context.published else "undated"
        outlet = plain(context.outlet or "outlet not named")
        for claim in context.report.casualties:
            if not _is_total(claim.value, outcome) or not claim.evidence:
                continue
            said = [one for one in claim.attributions if one.kind is not SourceKind.OUTLET]
            speaker = plain(said[0].source) if said else outlet
            words = quantity_words(claim.value.count)
            title = f"{words} {outcome.value}, says {speaker} ({outlet}, {day})"
            href = href_of(Evidence(context.report.article_id, claim.evidence[0]))
            yield _Given(day, speaker, claim.value.count, title, href)


def _is_total(value: Casualties, outcome: Outcome) -> bool:
    """Parts and the attackers' own dead are other numbers than the toll."""
    return (
        value.outcome is outcome
        and not value.is_part
        and value.group is not VictimGroup.ATTACKER
        and (value.count.min, value.count.best, value.count.max) != (None, None, None)
    )


def _chart(outcome: Outcome, given: Sequence[_Given], chosen: Quantity | None) -> TollChart:
    drawn = given[:MAX_FIGURES]
    counts = [one.count for one in drawn] + ([chosen] if chosen else [])
    top = max((bound for count in counts for bound in _bounds(count)), default=0) or 1
    often = Counter(one.speaker for one in drawn)
    speakers = sorted(often, key=lambda name: (-often[name], name))
    colours = {name: at for at, name in enumerate(speakers[:COLOURS], start=1)}
    room = (WIDTH - LEFT) / len(drawn)
    days: dict[str, float] = {}
    figures = []
    for at, one in enumerate(drawn):
        x = round(LEFT + room * (at + 0.5), 1)
        days.setdefault(one.day, x)
        figures.append(_figure(one, x, top, colours.get(one.speaker, 0)))
    return TollChart(
        outcome=outcome.value,
        figures=tuple(figures),
        speakers=tuple((colours.get(name, 0), name) for name in speakers),
        days=tuple((x, day) for day, x in _apart(days)),
        ticks=tuple((_height(value, top), value) for value in sorted({0, top})),
        band=_band(chosen, top) if chosen else None,
        left_out=len(given) - len(drawn),
    )


def _apart(days: dict[str, float]) -> Iterator[tuple[str, float]]:
    """The days whose labels do not run into the one before."""
    last = -DAY_WIDTH
    for day, x in days.items():
        if x - last >= DAY_WIDTH:
            yield day, x
            last = x


def _figure(one: _Given, x: float, top: int, colour: int) -> Figure:
    low, best, high = one.count.min, one.count.best, one.count.max
    return Figure(
        x=x,
        low=None if low is None else _height(low, top),
        best=None if best is None else _height(best, top),
        high=TOP if high is None else _height(high, top),
        is_open=high is None,
        colour=colour,
        title=one.title,
        href=one.href,
    )


def _bounds(count: Quantity) -> list[int]:
    return [bound for bound in (count.min, count.best, count.max) if bound is not None]


def _band(count: Quantity, top: int) -> tuple[float, float] | None:
    if count.min is None and count.max is None:
        return None
    upper = TOP if count.max is None else _height(count.max, top)
    lower = _height(count.min or 0, top)
    return upper - 2, lower - upper + 4


def _height(value: int, top: int) -> float:
    """Where a count stands, from the top of the drawing."""
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)
