"""Figures: what one report says of one outcome, as totals over all the people it counts.

A total stands for itself; parts are added up only where no total is given. Whom a figure counts is
its scope: twelve soldiers are a part of fifteen people, not a rival figure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tocsin.fuse.persons import count_persons
from tocsin.fuse.stated import Stated, origins_of, published_at
from tocsin.records import Casualties, Claim, Evidence, Quantity, ReportInContext, Span
from tocsin.records.vocab import Outcome, QuantityStatus, VictimGroup

Scope = frozenset[tuple[VictimGroup, str | None]]
"""The (group, nationality) of everybody a figure counts."""

ONE_BY_ONE_RULE = "one_by_one"
"""A floor: as many as are named or described singly."""

_WHOLE = frozenset({VictimGroup.UNKNOWN, VictimGroup.MIXED})
_EMPTY = frozenset({QuantityStatus.NOT_STATED})
_COUNTING = re.compile(
    r"(?i)\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|pair|"
    r"couple|both|another|no|none|only|alone)\b"
)
"""Words that count."""
_NAMING = re.compile(r"(?i:^\W*(?:the|his|her|its|their)\b)|\b[A-Z][\w'’.-]+ (?:\w+ )?[A-Z]")
"""How a description or a name opens: "the general", "Brig. Omar Sadiq"."""


def upheld(
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
            by_voice = _by_voice(totals)
            return _without_parts([one for told in by_voice for one in _counted(told)])
    figures: list[Claim[Quantity]] = []
    for members in _by_voice(wholes):
        kinds = [(claim.value.group, claim.value.nationality) for claim in members]
        if len(members) > 1 and len(set(kinds)) == len(kinds):
            figures.append(_sum(members))
        else:
            figures += _counted(members)
    return _without_parts(figures)


def _by_voice(claims: Iterable[Claim[Casualties]]) -> list[list[Claim[Casualties]]]:
    """The claims of each speaker, and those of the outlet."""
    by_voice: dict[str | None, list[Claim[Casualties]]] = defaultdict(list)
    for claim in claims:
        by_voice[claim.attributions[0].source if claim.attributions else None].append(claim)
    return list(by_voice.values())


def _counted(claims: Sequence[Claim[Casualties]]) -> list[Claim[Quantity]]:
    """One voice's figures without those of single persons, whom a figure of several counts in:
    "four were wounded. One woman lost a leg". Where it tells of single persons alone, they are
    counted: "a man of 24 was hit in the leg and a woman of 25 in the arm".
    """
    figures = [_quantity(claim, claim.value.count) for claim in claims]
    singles = [claim for claim in figures if claim.value.best == 1 and claim.value.is_exact]
    several = [claim for claim in figures if (claim.value.min or 0) > 1]
    if several:
        return [claim for claim in figures if claim not in singles]
    number = count_persons(span.text for span in _apart(singles))
    if number < 2 or len(singles) < len(figures):
        return figures
    return [
        Claim(
            replace(
                singles[0].value, min=number, best=number, max=None, status=QuantityStatus.IMPLIED
            ),
            tuple(dict.fromkeys(span for claim in singles for span in claim.evidence)),
            singles[0].attributions,
            ONE_BY_ONE_RULE,
            min(claim.confidence for claim in singles),
        )
    ]


def _apart(claims: Iterable[Claim[Quantity]]) -> list[Span]:
    """The first words of each claim, of overlapping ones the longer."""
    kept: list[Span] = []
    spans = {span for claim in claims for span in claim.evidence[:1]}
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not (kept and kept[-1].overlaps(span)):
            kept.append(span)
    return kept


def _without_parts(figures: list[Claim[Quantity]]) -> list[Claim[Quantity]]:
    """Without the outlet's own figures below every one it attributes: an outlet that quotes a toll
    and then says "two were infants" contradicts nobody."""
    quoted = [claim.value.min or 0 for claim in figures if claim.attributions]
    if not quoted:
        return figures
    return [
        claim
        for claim in figures
        if claim.attributions
        or claim.value.max is None
        or claim.value.max == 0
        or claim.value.max >= min(quoted)
    ]


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


def scopes(contexts: Iterable[ReportInContext], outcome: Outcome) -> Mapping[Evidence, Scope]:
    """Whom the words of each figure count."""
    found: dict[Evidence, set[tuple[VictimGroup, str | None]]] = defaultdict(set)
    for context in contexts:
        for claim in context.report.counts(outcome):
            for span in claim.evidence:
                words = Evidence(context.report.article_id, span)
                found[words].add((claim.value.group, claim.value.nationality))
    return {words: frozenset(counted) for words, counted in found.items()}


def scope_of(one: Stated[Quantity], known: Mapping[Evidence, Scope]) -> Scope:
    """Whom a figure counts; empty where nothing tells."""
    return frozenset().union(*(known.get(words, frozenset()) for words in one.evidence))


def is_narrow(scope: Scope) -> bool:
    """True where a figure counts one group or nation alone: others may have been harmed too."""
    return len(scope) == 1 and not any(
        group in _WHOLE and nation is None for group, nation in scope
    )


def names_persons(one: Stated[Quantity]) -> bool:
    """True for a figure whose words name and do not count: "the general", "Brig. Omar Sadiq".

    Such a figure is a floor (rule 7): others may have died with them.
    """
    texts = [words.span.text for words in one.evidence]
    return bool(one.value.best and texts) and all(
        _NAMING.search(text) and not _COUNTING.search(text) for text in texts
    )
