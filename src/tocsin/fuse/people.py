"""Who: did, claimed, denied, blamed and suspected are different things (rule 9 of section 6).

An actor is a `perpetrator` of the incident only if every lineage that tells it as news states so as
fact, or if the actor's own claim of responsibility, not denied, stands beside such a statement.
Otherwise the statement is shown as that outlet's accusation. An attacker without a name ("gunmen")
accuses nobody and stays. What is said of a series of attacks never becomes authorship of one, and
nobody is made a perpetrator by words that count the victims or name the target. A denial stands
next to its accusation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.fuse.authorship import ACCUSED, authorship_conflicts
from tocsin.fuse.naming import actor_key, is_attacker, is_fragment, is_named, is_nobody
from tocsin.fuse.sources import source_key
from tocsin.fuse.stated import (
    Stated,
    collect,
    named_rule,
    reports_of,
    support,
    words_of,
)
from tocsin.records import Actor, Alternative, Claim, Conflict, FusedField, ReportInContext
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    Agreement,
    PlacePrecision,
    VictimGroup,
)

_ROLE_ORDER = {
    role: rank
    for rank, role in enumerate(
        (
            ActorRole.PERPETRATOR,
            ActorRole.CLAIMED,
            ActorRole.DENIED,
            ActorRole.BLAMED,
            ActorRole.SUSPECTED,
            ActorRole.ORDERED,
            ActorRole.ASSOCIATED,
            ActorRole.TARGET,
            ActorRole.VICTIM,
            ActorRole.RESPONDER,
            ActorRole.UNKNOWN,
        )
    )
}
_ACTED = ACCUSED | {ActorRole.CLAIMED}
_SPEAKER_MATTERS = frozenset({ActorRole.BLAMED, ActorRole.SUSPECTED, ActorRole.DENIED})


def fuse_actors(
    contexts: Sequence[ReportInContext],
) -> tuple[tuple[FusedField[Actor], ...], tuple[str | None, ...], tuple[Conflict, ...]]:
    """(actors, the accuser or claimer or denier of each, conflicts), strongest role first."""
    stated = collect(
        contexts,
        _of_incident,
        key=lambda actor: (actor_key(actor), actor.role),
    )
    facts = _stands_as_fact(stated, contexts)
    outlets = {c.report.id: c.outlet for c in contexts}
    groups: dict[tuple[str, ActorRole, str], list[tuple[Stated[Actor], str | None]]] = defaultdict(
        list
    )
    for one in stated:
        actor, by = one.value, one.source
        is_named_culprit = actor.role is ActorRole.PERPETRATOR and is_named(actor)
        if is_named_culprit and not facts[actor_key(actor)]:
            actor = replace(actor, role=ActorRole.BLAMED)
            by = by or outlets.get(one.report_ids[0]) or "an outlet"
        key = source_key(by) if by and actor.role in _SPEAKER_MATTERS else ""
        groups[actor_key(actor), actor.role, key].append((replace(one, value=actor), by))
    first_role: dict[str, int] = {}
    for key, role, _ in groups:
        first_role[key] = min(_ROLE_ORDER[role], first_role.get(key, len(_ROLE_ORDER)))
    backing: dict[str, int] = {
        key: support(one for (k, _, _), ms in groups.items() if k == key for one, _ in ms)
        for key in first_role
    }
    ranked = [
        members
        for _, members in sorted(
            groups.items(),
            key=lambda item: (
                first_role[item[0][0]],
                -backing[item[0][0]],
                item[0][0],
                item[0][1] is ActorRole.DENIED,
                _ROLE_ORDER[item[0][1]],
                -support(one for one, _ in item[1]),
                min(one.order for one, _ in item[1]),
            ),
        )
    ]
    fields = tuple(_field([one for one, _ in members]) for members in ranked)
    speakers = tuple(next((by for _, by in members if by), None) for members in ranked)
    return fields, speakers, authorship_conflicts(stated, contexts, facts)


def _of_incident(context: ReportInContext) -> list[Claim[Actor]]:
    """The actors of one report that say something of this incident."""
    harmed, sites = _harmed(context), _sites(context)
    kept = []
    for claim in context.report.actors:
        actor = claim.value
        if actor.level is not ActorLevel.INCIDENT:
            continue
        if actor.role in _ACTED and actor_key(actor) in sites:
            continue
        if actor.role is ActorRole.PERPETRATOR:
            spans = [(span.start, span.end) for span in claim.evidence]
            is_harmed = any(_overlap(own, other) for own in spans for other in harmed)
            if is_nobody(actor) or (is_harmed and not is_attacker(actor.name)):
                continue
        kept.append(claim)
    return kept


def _sites(context: ReportInContext) -> set[str]:
    """The names of where it was and what it hit, as actor keys; countries act and are left out."""
    report = context.report
    names = [
        claim.value.name
        for claim in (*report.places, *([report.place] if report.place else ()))
        if claim.value.precision is not PlacePrecision.COUNTRY
    ]
    names += [claim.value.name for claim in report.targets]
    return {actor_key(Actor(name, ActorRole.TARGET)) for name in names}


def _harmed(context: ReportInContext) -> list[tuple[int, int]]:
    """The words that count the victims, or name the target, of a report."""
    report = context.report
    spans = [
        span
        for claim in report.casualties
        if claim.value.group is not VictimGroup.ATTACKER
        for span in claim.evidence
    ]
    spans += [span for claim in report.targets for span in claim.evidence]
    return [(span.start, span.end) for span in spans]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _stands_as_fact(
    stated: Sequence[Stated[Actor]], contexts: Sequence[ReportInContext]
) -> Mapping[str, bool]:
    """Whether each actor may be called perpetrator in the record's own voice."""
    telling = {c.lineage_id for c in contexts if c.report.is_main} or {
        c.lineage_id for c in contexts
    }
    roles: dict[str, dict[ActorRole, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in stated:
        roles[actor_key(one.value)][one.value.role].add(one.lineage)
    stands = {}
    for key, by_role in roles.items():
        as_fact = by_role[ActorRole.PERPETRATOR]
        denied = bool(by_role[ActorRole.DENIED])
        claimed = bool(by_role[ActorRole.CLAIMED])
        stands[key] = bool(as_fact) and not denied and (claimed or telling <= as_fact)
    return stands


def _field(members: Sequence[Stated[Actor]]) -> FusedField[Actor]:
    chosen = min(
        (one.value for one in members),
        key=lambda a: (
            a.canonical_id is None,
            is_fragment(a.name),
            -sum(o.value.name == a.name for o in members),
            a.name,
        ),
    )
    others = sorted({one.value.name for one in members} - {chosen.name})
    if len(members) == 1:
        agreement = Agreement.SINGLE
    else:
        agreement = Agreement.COMPATIBLE if others else Agreement.AGREE
    renamed = {name: [one for one in members if one.value.name == name] for name in others}
    return FusedField(
        value=chosen,
        rule=named_rule("9", members),
        agreement=agreement,
        report_ids=reports_of(members),
        evidence=words_of(members),
        alternatives=tuple(
            Alternative(same[0].value, reports_of(same), words_of(same), same[0].source, "wording")
            for same in renamed.values()
        ),
    )
