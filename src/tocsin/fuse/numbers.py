"""Counts: many figures to one range, with what others say (rules 4, 5, 7 and 8 of section 6).

A figure is what one report says of one outcome in one voice: its total, or the sum of its parts
where it gives no total. Figures of different reports are never added. A voice's latest figure
replaces its earlier ones. Ranges that overlap are intersected; where they do not, the best value is
the one with most independent voices (the lower of two equals) and the range spans all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tocsin.fuse.conflicts import classed, disputes
from tocsin.fuse.figures import (
    Scope,
    is_narrow,
    names_persons,
    report_figures,
    scope_of,
    scopes,
    upheld,
)
from tocsin.fuse.stated import (
    Stated,
    alternatives,
    collect,
    named_rule,
    reports_of,
    support,
    words_of,
)
from tocsin.records import Claim, Conflict, Evidence, FusedField, Quantity, ReportInContext
from tocsin.records.vocab import Agreement, ConflictVerdict, Outcome, QuantityStatus

APPROX_SLACK = 0.2
""""About 50" agrees with anything from 40 to 60."""
CLOSE = 1.5
"""Of two figures, one of them approximate, up to which ratio the rough one is merely rough."""

_YIELDS = frozenset({QuantityStatus.NONE_REPORTED, QuantityStatus.NONE_IMPLIED})


@dataclass(frozen=True, slots=True)
class FusedCount:
    """A fused count and how its statements differ."""

    field: FusedField[Quantity]
    conflicts: tuple[Conflict, ...] = ()
    is_tied: bool = False
    """No side of a dispute has more independent voices than another: no rule resolves it."""

    @property
    def is_disputed(self) -> bool:
        """True where two accounts exclude each other and nothing explains it."""
        return bool(disputes(self.conflicts))


def fuse_casualties(
    contexts: Sequence[ReportInContext], outcome: Outcome, *, attackers: bool = False
) -> FusedCount | None:
    """The count of one outcome over non-attackers, or over attackers alone; None where untold."""

    def told(context: ReportInContext) -> list[Claim[Quantity]]:
        return report_figures(context.report.counts(outcome), attackers=attackers)

    def figures(context: ReportInContext) -> list[Claim[Quantity]]:
        return upheld(context, contexts, told) if context.is_correction else told(context)

    name = f"attackers_{outcome.value}" if attackers else outcome.value
    return fuse_counts(collect(contexts, figures), name, Persons(scopes(contexts, outcome)))


@dataclass(frozen=True, slots=True)
class Persons:
    """What is known of whom the figures of one outcome count. Other counts have none of it."""

    known: Mapping[Evidence, Scope] = field(default_factory=dict)
    counts_persons: bool = True

    def scope(self, one: Stated[Quantity]) -> Scope:
        """Whom a figure counts; empty where nothing tells."""
        return scope_of(one, self.known)

    def floors(self, stated: Sequence[Stated[Quantity]]) -> frozenset[int]:
        """Which figures (by place in `stated`) only bound the total from below.

        Those of one group or nation, where another counts everybody; those that name the dead.
        """
        if not self.counts_persons:
            return frozenset()
        narrow = [is_narrow(self.scope(one)) for one in stated]
        return frozenset(
            at
            for at, one in enumerate(stated)
            if (narrow[at] and not all(narrow)) or names_persons(one)
        )


THINGS = Persons(counts_persons=False)
"""For counts of projectiles and devices: they have no groups and no names."""


def fuse_counts(
    stated: Sequence[Stated[Quantity]], name: str, persons: Persons = THINGS
) -> FusedCount | None:
    """One range of many figures. `name` is the field's, for the conflicts. None for no figures."""
    if not stated:
        return None
    current, replaced = _latest(stated)
    told = [one for one in current if one.value.status not in _YIELDS]
    yielded = [one for one in current if one.value.status in _YIELDS] if told else []
    current = told or current
    at_the_time = [one for one in current if one.is_main]
    recaps = [one for one in current if not one.is_main] if at_the_time else []
    combined = _combine(at_the_time or current, persons)
    agreeing, opposed = combined.agreeing, combined.opposed
    differing = [
        (one, verdict)
        for one in (*agreeing, *opposed, *yielded)
        if (verdict := _verdict(combined, one, persons)) is not None
    ]
    verdicts = {id(one): verdict for one, verdict in differing}

    def note(one: Stated[Quantity]) -> str:
        if one in replaced:
            return "replaced by a later figure"
        if one in yielded:
            return "8"
        return "recap" if one in recaps else verdicts[id(one)].value if opposed else "open"

    # recaps may sharpen or widen nothing; they are shown
    others = [
        one for one in (*opposed, *yielded, *recaps, *replaced) if one.value != combined.value
    ]
    conflicts = classed(
        name,
        bounds_words(combined.anchor.value),
        [one for one in agreeing if id(one) not in verdicts],
        [(_words(one, verdict, persons), one, verdict) for one, verdict in differing],
    )
    disputed = [one for one in opposed if verdicts[id(one)] is ConflictVerdict.OPEN]
    shown = agreeing or yielded
    return FusedCount(
        FusedField(
            value=combined.value,
            rule=named_rule("7" if opposed else "8" if yielded else "5", shown),
            agreement=_agreement(agreeing, opposed),
            report_ids=reports_of(shown),
            evidence=words_of(shown),
            alternatives=alternatives(others, note),
        ),
        conflicts,
        # two figures of one speaker, or of one text, are no rival accounts of the event
        is_tied=bool(disputed) and support(disputed) >= support(agreeing),
    )


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


@dataclass(frozen=True, slots=True)
class _Combined:
    """What many figures come to: the value, those in line with its best, those against it."""

    value: Quantity
    anchor: Stated[Quantity]
    agreeing: list[Stated[Quantity]]
    opposed: list[Stated[Quantity]]
    floors: frozenset[int]
    """`id` of each figure that only bounds the total from below."""


def _combine(stated: Sequence[Stated[Quantity]], persons: Persons) -> _Combined:
    places = persons.floors(stated)
    floors = frozenset(id(stated[at]) for at in places)
    reach = {
        id(one): (one.value.min or 0, None) if id(one) in floors else _range(one.value)
        for one in stated
    }
    anchor = min(stated, key=lambda one: _anchor_rank(one, stated, reach, floors))
    meeting = reach[id(anchor)]
    agreeing, opposed = [anchor], []
    for one in sorted(stated, key=lambda s: s.order):
        if one is anchor:
            continue
        met = _meet(meeting, reach[id(one)])
        if met is None:
            opposed.append(one)
        else:
            meeting = met
            agreeing.append(one)
    agreeing.sort(key=lambda one: one.order)
    if len(agreeing) == 1:
        meeting = _range(anchor.value)  # a floor that nothing exceeds is the figure it gives
    value = _quantity_of(anchor, meeting, agreeing, opposed)
    return _Combined(value, anchor, agreeing, opposed, floors)


def _anchor_rank(
    one: Stated[Quantity],
    stated: Sequence[Stated[Quantity]],
    reach: Mapping[int, Range],
    floors: frozenset[int],
) -> tuple[object, ...]:
    """Smallest first: most voices whose range meets this one, then a figure for all, then the
    lower."""
    meets = [s for s in stated if _meet(reach[id(one)], reach[id(s)]) is not None]
    exact = [s for s in stated if s.value.best == one.value.best and one.value.best is not None]
    count = one.value
    low = count.best if count.best is not None else count.min or 0
    is_floor = id(one) in floors
    return (
        -support(meets),
        is_floor,
        count.best is None,
        -support(exact) if not is_floor else 0,
        count.approx,
        # of the named dead the longest list: each further name raises the floor
        -low if is_floor else low,
        one.order,
    )


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
    if best is None or best < low:
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


def _verdict(
    combined: _Combined, one: Stated[Quantity], persons: Persons
) -> ConflictVerdict | None:
    """Why a figure differs from the chosen one; None where it does not."""
    anchor = combined.anchor
    chosen, count = anchor.value, one.value
    scopes_differ = bool(
        (mine := persons.scope(one)) and (theirs := persons.scope(anchor)) and mine != theirs
    )
    if one is anchor:
        return None
    if (count.status in _YIELDS) != (chosen.status in _YIELDS):
        return ConflictVerdict.CERTAINTY
    if one not in combined.opposed:
        if scopes_differ and (count == chosen or id(one) in combined.floors):
            return ConflictVerdict.SCOPE
        if count == chosen or count.status in _YIELDS:
            return None
        if _is_floor(count, one, combined) and _is_floor(chosen, anchor, combined):
            return ConflictVerdict.COMPLEMENTARY
        return ConflictVerdict.PRECISION
    if count.approx or chosen.approx:
        low, high = sorted((_top(count), _top(chosen)))
        if high <= CLOSE * max(1, low):
            return ConflictVerdict.PRECISION
    if one.voice in {other.voice for other in combined.agreeing}:
        return ConflictVerdict.SAME_SOURCE
    return ConflictVerdict.OPEN


def _is_floor(count: Quantity, one: Stated[Quantity], combined: _Combined) -> bool:
    """True for a list of the dead that may go on: two such lists add to each other."""
    return bool(count.best) and (count.max is None or id(one) in combined.floors)


def _words(one: Stated[Quantity], verdict: ConflictVerdict, persons: Persons) -> str:
    """A figure in words; with whom it counts where that is the difference."""
    words = bounds_words(one.value)
    groups = sorted({group.value.replace("_", " ") for group, _ in persons.scope(one)})
    is_scope = verdict is ConflictVerdict.SCOPE and groups
    return f"{words} ({', '.join(groups)})" if is_scope else words


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
