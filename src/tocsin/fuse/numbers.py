"""Counts: many figures to one range, with what others say (rules 4, 5, 7 and 8 of section 6).

A figure is what one report says of one outcome in one voice: its total, or the sum of its parts
where it gives no total. Figures of different reports are never added. A voice's latest figure
replaces its earlier ones. Ranges that overlap are intersected; where they do not, the best value is
the one with most independent voices (the lower of two equals) and the range spans all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tocsin.fuse.stated import (
    Stated,
    alternatives,
    collect,
    named_rule,
    origins_of,
    published_at,
    reports_of,
    side,
    support,
    words_of,
)
from tocsin.records import Casualties, Claim, Conflict, FusedField, Quantity, ReportInContext
from tocsin.records.vocab import (
    Agreement,
    ConflictVerdict,
    Outcome,
    QuantityStatus,
    VictimGroup,
)

APPROX_SLACK = 0.2
""""About 50" agrees with anything from 40 to 60."""

_WHOLE = frozenset({VictimGroup.UNKNOWN, VictimGroup.MIXED})
_YIELDS = frozenset({QuantityStatus.NONE_REPORTED, QuantityStatus.NONE_IMPLIED})
_EMPTY = frozenset({QuantityStatus.NOT_STATED})


@dataclass(frozen=True, slots=True)
class FusedCount:
    """A fused count with its conflict, if its sides do not meet."""

    field: FusedField[Quantity]
    conflict: Conflict | None = None
    is_tied: bool = False
    """No side of the conflict has more independent voices than another: no rule resolves it."""


def fuse_casualties(
    contexts: Sequence[ReportInContext], outcome: Outcome, *, attackers: bool = False
) -> FusedCount | None:
    """The count of one outcome over non-attackers, or over attackers alone; None where untold."""

    def told(context: ReportInContext) -> list[Claim[Quantity]]:
        return report_figures(context.report.counts(outcome), attackers=attackers)

    def figures(context: ReportInContext) -> list[Claim[Quantity]]:
        return _upheld(context, contexts, told) if context.is_correction else told(context)

    name = f"attackers_{outcome.value}" if attackers else outcome.value
    return fuse_counts(collect(contexts, figures), name)


def _upheld(
    correction: ReportInContext,
    contexts: Sequence[ReportInContext],
    told: Callable[[ReportInContext], list[Claim[Quantity]]],
) -> list[Claim[Quantity]]:
    """The figures a correction stands by: a notice that gives two repeats the one it withdraws."""
    given = told(correction)
    if len(given) < 2:
        return given
    origins = set(origins_of(correction))
    older = {
        claim.value
        for context in contexts
        if published_at(context) < published_at(correction) and origins & {*origins_of(context)}
        for claim in told(context)
    }
    return [claim for claim in given if claim.value not in older] or given


def report_figures(
    claims: Iterable[Claim[Casualties]], *, attackers: bool = False
) -> list[Claim[Quantity]]:
    """The total figures of one report. Several only where it gives several for the same people.

    A total stands for itself; parts are added up only where no total is given, the parts are of
    different groups or nations, and one voice gives them all.
    """
    kept = [
        claim
        for claim in claims
        if (claim.value.group is VictimGroup.ATTACKER) == attackers
        and claim.value.count.status not in _EMPTY
    ]
    wholes = [claim for claim in kept if not claim.value.is_part]
    if attackers or not wholes:
        wholes = kept
    if any(claim.value.group in _WHOLE for claim in wholes if not claim.value.nationality):
        # a figure for all makes those for single groups its parts, marked or not
        totals = [claim for claim in wholes if claim.value.group in _WHOLE]
        zeros = [claim for claim in totals if claim.value.count.max == 0]
        if len(zeros) < len(totals) or len(totals) == len(wholes):
            return [_quantity(claim, claim.value.count) for claim in totals]
    by_voice: dict[str | None, list[Claim[Casualties]]] = defaultdict(list)
    for claim in wholes:
        speaker = claim.attributions[0].source if claim.attributions else None
        by_voice[speaker].append(claim)
    figures: list[Claim[Quantity]] = []
    for members in by_voice.values():
        kinds = [(claim.value.group, claim.value.nationality) for claim in members]
        if len(members) > 1 and len(set(kinds)) == len(kinds):
            figures.append(_sum(members))
        else:
            figures += [_quantity(claim, claim.value.count) for claim in members]
    return figures


def _quantity(claim: Claim[Casualties], count: Quantity) -> Claim[Quantity]:
    return Claim(count, claim.evidence, claim.attributions, claim.rule, claim.confidence)


def _sum(claims: Sequence[Claim[Casualties]]) -> Claim[Quantity]:
    """Parts of different groups, added: the total they imply."""
    counts = [claim.value.count for claim in claims]
    counts = [count for count in counts if count.max != 0] or counts[:1]
    lows = [count.min or 0 for count in counts]
    bests = [count.best for count in counts]
    highs = [count.max for count in counts]
    total = Quantity(
        min=sum(lows),
        best=None if None in bests else sum(best for best in bests if best is not None),
        max=None if None in highs else sum(high for high in highs if high is not None),
        approx=any(count.approx for count in counts),
        unit=counts[0].unit,
        status=counts[0].status if len(counts) == 1 else QuantityStatus.IMPLIED,
    )
    return Claim(
        total,
        tuple(dict.fromkeys(span for claim in claims for span in claim.evidence)),
        claims[0].attributions,
        "sum_of_parts" if len(counts) > 1 else claims[0].rule,
        min(claim.confidence for claim in claims),
    )


def fuse_counts(stated: Sequence[Stated[Quantity]], name: str) -> FusedCount | None:
    """One range of many figures. `name` is the field's, for the conflict. None for no figures."""
    if not stated:
        return None
    current, replaced = _latest(stated)
    told = [one for one in current if one.value.status not in _YIELDS]
    yielded = [one for one in current if one.value.status in _YIELDS] if told else []
    current = told or current
    at_the_time = [one for one in current if one.is_main]
    recaps = [one for one in current if not one.is_main] if at_the_time else []
    current = at_the_time or current

    def note(one: Stated[Quantity]) -> str:
        if one in replaced:
            return "replaced by a later figure"
        if one in yielded:
            return "8"
        return "recap" if one in recaps else ""

    value, agreeing, opposed = _combine(current)
    notes: Callable[[Stated[Quantity]], str] = lambda one: note(one) or "open"  # noqa: E731
    # recaps may sharpen or widen nothing; they are shown
    others = [one for one in (*opposed, *yielded, *recaps, *replaced) if one.value != value]
    conflict, tied = None, False
    if opposed:
        conflict, tied = _conflict(name, agreeing, opposed)
        notes = lambda one: note(one) or conflict.verdict.value  # noqa: E731
    shown = [*agreeing, *(one for one in others if not opposed and one in yielded)]
    shown = agreeing or shown
    field = FusedField(
        value=value,
        rule=named_rule("7" if opposed else "8" if yielded else "5", shown),
        agreement=_agreement(agreeing, opposed),
        report_ids=reports_of(shown),
        evidence=words_of(shown),
        alternatives=alternatives(others, notes),
    )
    return FusedCount(field, conflict, tied)


def _latest(
    stated: Sequence[Stated[Quantity]],
) -> tuple[list[Stated[Quantity]], list[Stated[Quantity]]]:
    """(current, replaced): of each voice the figures of its latest day, and the older ones.

    A recap does not replace what the same voice said at the time, nor does "none reported" replace
    a figure.
    """
    by_voice: dict[str, list[Stated[Quantity]]] = defaultdict(list)
    for one in stated:
        by_voice[one.voice].append(one)
    replaced: list[Stated[Quantity]] = []
    for members in by_voice.values():
        firm = [m for m in members if m.is_main and m.value.status not in _YIELDS]
        if firm:
            latest = max(member.when for member in firm)
            replaced += [m for m in members if m.when < latest and m not in replaced]
    return [one for one in stated if one not in replaced], replaced


Range = tuple[int, int | None]


def _range(count: Quantity) -> Range:
    """The figures a count is compatible with; an approximate one has slack."""
    low, high = count.min or 0, count.max
    if count.approx and count.best is not None:
        slack = max(1, round(count.best * APPROX_SLACK))
        low = max(0, min(low, count.best - slack))
        high = (
            None if high is None and count.min == count.best else max(high or 0, count.best + slack)
        )
    return low, high


def _meet(a: Range, b: Range) -> Range | None:
    low = max(a[0], b[0])
    highs = [high for high in (a[1], b[1]) if high is not None]
    high = min(highs) if highs else None
    return None if high is not None and low > high else (low, high)


def _combine(
    stated: Sequence[Stated[Quantity]],
) -> tuple[Quantity, list[Stated[Quantity]], list[Stated[Quantity]]]:
    """(value, statements in line with its best, statements against it)."""
    anchor = min(stated, key=lambda one: _anchor_rank(one, stated))
    meeting = _range(anchor.value)
    agreeing, opposed = [anchor], []
    for one in sorted(stated, key=lambda s: s.order):
        if one is anchor:
            continue
        met = _meet(meeting, _range(one.value))
        if met is None:
            opposed.append(one)
        else:
            meeting = met
            agreeing.append(one)
    agreeing.sort(key=lambda one: one.order)
    return _quantity_of(anchor, meeting, agreeing, opposed), agreeing, opposed


def _anchor_rank(one: Stated[Quantity], stated: Sequence[Stated[Quantity]]) -> tuple[object, ...]:
    """Smallest first: most voices whose range meets this one, then a figure, then the lower."""
    meets = [s for s in stated if _meet(_range(one.value), _range(s.value)) is not None]
    exact = [s for s in stated if s.value.best == one.value.best and one.value.best is not None]
    count = one.value
    low = count.best if count.best is not None else count.min or 0
    return (-support(meets), count.best is None, -support(exact), count.approx, low, one.order)


def _quantity_of(
    anchor: Stated[Quantity],
    meeting: Range,
    agreeing: Sequence[Stated[Quantity]],
    opposed: Sequence[Stated[Quantity]],
) -> Quantity:
    if not opposed and all(one.value == anchor.value for one in agreeing):
        return anchor.value
    count = anchor.value
    low, high = meeting
    best = count.best
    if best is None:
        bests = [one.value.best for one in agreeing if one.value.best is not None]
        best = next((b for b in bests if low <= b and (high is None or b <= high)), None)
    if best is not None and not count.approx:
        # an exact figure that meets every bound is the value; bounds alone would widen it again
        low, high = (best, best) if count.is_exact else (min(low, best), high)
    if best is not None and (low > best or (high is not None and best > high)):
        best = None
    if opposed:
        lows = [one.value.min or 0 for one in opposed]
        highs = [_top(one.value) for one in opposed]
        low = min(low, *lows)
        high = None if high is None else max(high, *highs)
    status = count.status
    if opposed and status in {QuantityStatus.NONE_STATED, *_YIELDS}:
        status = QuantityStatus.STATED
    return replace(count, min=low, best=best, max=high, status=status)


def _top(count: Quantity) -> int:
    """The highest figure named: a bare lower bound names itself."""
    return max(n for n in (count.min, count.best, count.max, 0) if n is not None)


def _conflict(
    name: str, agreeing: Sequence[Stated[Quantity]], opposed: Sequence[Stated[Quantity]]
) -> tuple[Conflict, bool]:
    by_value: dict[Quantity, list[Stated[Quantity]]] = defaultdict(list)
    for one in (*agreeing, *opposed):
        by_value[one.value].append(one)
    chosen_voices = {one.voice for one in agreeing}
    same_voice = all(one.voice in chosen_voices for one in opposed)
    verdict = ConflictVerdict.SAME_SOURCE if same_voice else ConflictVerdict.OPEN
    if any(one.value.approx for one in (*agreeing, *opposed)) and _is_close(agreeing, opposed):
        verdict = ConflictVerdict.PRECISION
    sides = tuple(side(bounds_words(value), members) for value, members in by_value.items())
    # two figures of one speaker, or of one text, are no rival accounts of the event
    tied = verdict is ConflictVerdict.OPEN and support(opposed) >= support(agreeing)
    return Conflict(name, sides, verdict), tied


def _is_close(agreeing: Sequence[Stated[Quantity]], opposed: Sequence[Stated[Quantity]]) -> bool:
    tops = [_top(one.value) for one in (*agreeing, *opposed)]
    return max(tops) <= 1.5 * max(1, min(tops))


def _agreement(
    agreeing: Sequence[Stated[Quantity]], opposed: Sequence[Stated[Quantity]]
) -> Agreement:
    if opposed:
        return Agreement.CONFLICT
    if len(agreeing) == 1:
        return Agreement.SINGLE
    return Agreement.AGREE if len({one.value for one in agreeing}) == 1 else Agreement.COMPATIBLE


def bounds_words(count: Quantity) -> str:
    """A count as its bounds: `5`, `3+`, `2-7`, `up to 4`."""
    if count.status in _YIELDS:
        return count.status.value.replace("_", " ")
    if count.min is not None and count.min == count.max:
        return str(count.min)
    if count.max is None:
        return f"{count.min}+" if count.min is not None else "not known"
    return f"{count.min}-{count.max}" if count.min else f"up to {count.max}"
