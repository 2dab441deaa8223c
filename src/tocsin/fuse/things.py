"""With what, to whom, with which consequences: weapons, targets, damage, effects, other harm.

These fields are lists. Statements of one thing under several names become one entry; the entries
of all reports are kept, most independent voices first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from tocsin.fuse.conflicts import classed
from tocsin.fuse.naming import is_named
from tocsin.fuse.numbers import fuse_casualties, fuse_counts
from tocsin.fuse.stated import (
    Stated,
    alternatives,
    collect,
    named_rule,
    reports_of,
    support,
    words_of,
)
from tocsin.records import (
    Actor,
    Alternative,
    Casualties,
    Claim,
    Conflict,
    Damage,
    Effect,
    FusedField,
    ReportInContext,
    Target,
    Weapon,
)
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    ConflictVerdict,
    DamageLevel,
    Outcome,
    TargetKind,
    WeaponType,
)

T = TypeVar("T")
TargetKey = tuple[TargetKind, frozenset[str]]
"""A target's kind and the words of its name."""

_W = WeaponType
_REFINED_BY: dict[WeaponType, frozenset[WeaponType]] = {
    # outlets say missile for anything that flies; a named rocket is the finer word
    _W.MISSILE_UNSPECIFIED: frozenset(
        {_W.MISSILE_BALLISTIC, _W.MISSILE_CRUISE, _W.MISSILE_ANTITANK, _W.ROCKET}
    ),
    _W.DRONE_UNSPECIFIED: frozenset({_W.DRONE_ARMED, _W.DRONE_ONE_WAY}),
    _W.AIR_UNSPECIFIED: frozenset({_W.AIR_CREWED, _W.DRONE_ARMED}),
    _W.EXPLOSIVE_UNSPECIFIED: frozenset(
        {_W.IED, _W.VEHICLE_BOMB, _W.SUICIDE_VEST, _W.MINE, _W.GRENADE}
    ),
    _W.IED: frozenset({_W.VEHICLE_BOMB, _W.SUICIDE_VEST}),
}
_LOOSE_WORDS = frozenset({(_W.MISSILE_UNSPECIFIED, _W.ROCKET)})
"""(a, b) where outlets say a and mean b, though no b is an a."""
_NOTHING_SAID = frozenset({_W.UNKNOWN, _W.NONE})
_DAMAGE_RANK = {level: rank for rank, level in enumerate(DamageLevel)}
_WORD = re.compile(r"[^\W_]+")
_ONE = re.compile(r"(?i)\b(?:a|an|one|1|single|lone|another|the|this|that)\b")
"""Words without which "rocket fire" is not fire of one rocket."""
_DETERMINERS = frozenset(["a", "an", "the", "its", "his", "her", "their", "this", "that", "some"])
OTHER_OUTCOMES = (Outcome.MISSING, Outcome.ABDUCTED, Outcome.ARRESTED)


def fuse_weapons(
    contexts: Sequence[ReportInContext],
) -> tuple[tuple[FusedField[Weapon], ...], tuple[Conflict, ...]]:
    """One entry for each distinct type; a coarse type gives way to a finer one of its kind."""
    stated = collect(
        contexts,
        lambda c: [
            _counted(claim) for claim in c.report.weapons if claim.value.type not in _NOTHING_SAID
        ],
    )
    types = {one.value.type for one in stated}
    into = {type_: _finest(type_, types, stated) for type_ in types}
    groups: dict[WeaponType, list[Stated[Weapon]]] = defaultdict(list)
    for one in stated:
        groups[into[one.value.type]].append(one)
    fields: list[tuple[FusedField[Weapon], list[Stated[Weapon]]]] = []
    conflicts: list[Conflict] = []
    for type_, members in groups.items():
        named = [one for one in members if one.value.type is type_]
        counts = [
            _with_value(one, one.value.count) for one in members if one.value.count is not None
        ]
        count = fuse_counts(counts, f"weapon_count:{type_.value}")
        names = [one.value.name for one in named if one.value.name]
        value = Weapon(
            type_,
            max(names, key=lambda n: (names.count(n), n)) if names else None,
            count.field.value if count else None,
        )
        coarser = [one for one in members if one.value.type is not type_]
        others = [one for one in members if one.value != value]
        conflicts += classed(
            "weapons",
            type_.value,
            named,
            [
                (one.value.type.value, one, _weapon_verdict(one.value.type, type_))
                for one in coarser
            ],
        )
        conflicts += count.conflicts if count else ()
        fields.append(
            (
                FusedField(
                    value=value,
                    rule=named_rule("5", named),
                    agreement=_agreement(members, others),
                    report_ids=reports_of(members),
                    evidence=words_of(members),
                    alternatives=alternatives(
                        others,
                        lambda one: _weapon_verdict(one.value.type, type_).value,  # noqa: B023
                    ),
                ),
                members,
            )
        )
    return _ranked(fields), tuple(conflicts)


def _counted(claim: Claim[Weapon]) -> Claim[Weapon]:
    """The claim without a count of one that no word of it says."""
    count = claim.value.count
    if count is None or count.max != 1 or any(_ONE.search(span.text) for span in claim.evidence):
        return claim
    return replace(claim, value=replace(claim.value, count=None))


def _weapon_verdict(type_: WeaponType, chosen: WeaponType) -> ConflictVerdict:
    """Why two words for one weapon differ: one says less, or is a loose word for the other."""
    is_loose = type_ is not chosen and (type_, chosen) in _LOOSE_WORDS
    return ConflictVerdict.WORDING if is_loose else ConflictVerdict.PRECISION


def _finest(
    type_: WeaponType, types: set[WeaponType], stated: Sequence[Stated[Weapon]]
) -> WeaponType:
    """The finer type that stands for `type_` here; the best backed where several might."""
    while True:
        finer = [t for t in types if t in _REFINED_BY.get(type_, frozenset())]
        if not finer:
            return type_
        type_ = min(
            finer, key=lambda t: (-support(s for s in stated if s.value.type is t), t.value)
        )


def _with_value(one: Stated[Weapon], value: T) -> Stated[T]:
    """The same statement of another value: of the count of a weapon, for one."""
    return Stated(
        value,
        one.report_ids,
        one.lineage,
        one.when,
        one.is_main,
        one.evidence,
        one.source,
        one.source_kind,
        one.confidence,
        one.rule,
    )


def fuse_targets(
    contexts: Sequence[ReportInContext],
) -> tuple[tuple[FusedField[Target], ...], tuple[Conflict, ...]]:
    """One entry for each thing hit; a name whose words all stand in another's is that one's."""
    stated = collect(
        contexts, lambda c: c.report.targets, key=lambda t: (t.kind, name_words(t.name), t.aimed_at)
    )
    keys = {(one.value.kind, name_words(one.value.name)) for one in stated}

    def fullest(one: Stated[Target]) -> TargetKey:
        kind, words = one.value.kind, name_words(one.value.name)
        holders = [k for k in keys if k[0] is kind and words <= k[1]]
        return min(holders, key=lambda k: (-len(k[1]), sorted(k[1])))

    def value(members: Sequence[Stated[Target]]) -> Target:
        shown = max(members, key=lambda one: (len(name_words(one.value.name)), one.order[2]))
        return replace(shown.value, aimed_at=any(one.value.aimed_at for one in members))

    return _fuse_groups(stated, fullest, value), _target_conflicts(stated, fullest)


def _target_conflicts(
    stated: Sequence[Stated[Target]], fullest: Callable[[Stated[Target]], TargetKey]
) -> tuple[Conflict, ...]:
    """One target under the words of several origins: each of them names one of that kind alone."""
    found: list[Conflict] = []
    for kind in sorted({one.value.kind for one in stated}):
        groups: dict[TargetKey, list[Stated[Target]]] = defaultdict(list)
        for one in stated:
            if one.value.kind is kind:
                groups[fullest(one)].append(one)
        lineages = Counter(line for ms in groups.values() for line in {m.lineage for m in ms})
        if len(groups) < 2 or max(lineages.values()) > 1:
            continue
        chosen = min(
            groups.values(),
            key=lambda ms: (not _names(ms), -support(ms), min(one.order for one in ms)),
        )
        others = [one for members in groups.values() if members is not chosen for one in members]
        found += classed(
            "targets",
            chosen[0].value.name,
            chosen,
            [(one.value.name, one, _target_verdict(chosen, one)) for one in others],
        )
    return tuple(found)


def _names(members: Sequence[Stated[Target]]) -> bool:
    """True where the target has a name; "a faction of the front" describes it."""
    return any(is_named(Actor(one.value.name, ActorRole.TARGET)) for one in members)


def _target_verdict(chosen: Sequence[Stated[Target]], one: Stated[Target]) -> ConflictVerdict:
    if _names(chosen) and not _names([one]):
        return ConflictVerdict.PRECISION
    shared = name_words(one.value.name) & {w for c in chosen for w in name_words(c.value.name)}
    return ConflictVerdict.WORDING if shared else ConflictVerdict.COMPLEMENTARY


def name_words(name: str) -> frozenset[str]:
    """The words of a name for comparison, without determiners."""
    return frozenset(w for w in _WORD.findall(name.casefold()) if w not in _DETERMINERS)


def fuse_damage(contexts: Sequence[ReportInContext]) -> tuple[FusedField[Damage], ...]:
    """One entry for each thing broken, at the worst level told."""
    stated = collect(contexts, lambda c: c.report.damage)
    harmed = [one for one in stated if one.value.level is not DamageLevel.NONE] or stated
    return _fuse_groups(
        harmed,
        lambda one: name_words(one.value.what or ""),
        lambda members: max(
            (one.value for one in members), key=lambda d: (_DAMAGE_RANK[d.level], d.what or "")
        ),
    )


def fuse_effects(contexts: Sequence[ReportInContext]) -> tuple[FusedField[Effect], ...]:
    """One entry for each kind of effect."""
    stated = collect(contexts, lambda c: c.report.effects)
    return _fuse_groups(stated, lambda one: one.value.kind, lambda members: members[0].value)


def fuse_other_casualties(
    contexts: Sequence[ReportInContext],
) -> tuple[tuple[FusedField[Casualties], ...], tuple[Conflict, ...]]:
    """Missing, abducted and arrested, each as one range."""
    fields: list[FusedField[Casualties]] = []
    conflicts: list[Conflict] = []
    for outcome in OTHER_OUTCOMES:
        fused = fuse_casualties(contexts, outcome)
        if fused is None:
            continue
        count = fused.field
        fields.append(
            FusedField(
                value=Casualties(outcome, count.value),
                rule=count.rule,
                agreement=count.agreement,
                report_ids=count.report_ids,
                evidence=count.evidence,
                alternatives=tuple(
                    Alternative(
                        Casualties(outcome, other.value),
                        other.report_ids,
                        other.evidence,
                        other.source,
                        other.note,
                    )
                    for other in count.alternatives
                ),
            )
        )
        conflicts += fused.conflicts
    return tuple(fields), tuple(conflicts)


def _fuse_groups(
    stated: Sequence[Stated[T]],
    group: Callable[[Stated[T]], Hashable],
    value: Callable[[Sequence[Stated[T]]], T],
) -> tuple[FusedField[T], ...]:
    """One field for each group, best backed first."""
    groups: dict[Hashable, list[Stated[T]]] = defaultdict(list)
    for one in stated:
        groups[group(one)].append(one)
    fields = []
    for members in groups.values():
        chosen = value(members)
        others = [one for one in members if one.value != chosen]
        fields.append(
            (
                FusedField(
                    value=chosen,
                    rule=named_rule("5", members),
                    agreement=_agreement(members, others),
                    report_ids=reports_of(members),
                    evidence=words_of(members),
                    alternatives=alternatives(others, lambda _: ConflictVerdict.WORDING.value),
                ),
                members,
            )
        )
    return _ranked(fields)


def _agreement(members: Sequence[Stated[T]], others: Sequence[Stated[T]]) -> Agreement:
    if len(members) == 1:
        return Agreement.SINGLE
    return Agreement.COMPATIBLE if others else Agreement.AGREE


def _ranked(
    fields: Iterable[tuple[FusedField[T], Sequence[Stated[T]]]],
) -> tuple[FusedField[T], ...]:
    ranked = sorted(fields, key=lambda pair: (-support(pair[1]), min(one.order for one in pair[1])))
    return tuple(field for field, _ in ranked)
