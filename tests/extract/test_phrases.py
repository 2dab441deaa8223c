from __future__ import annotations

from tocsin.extract.phrases import load_phrases
from tocsin.records.vocab import (
    DamageLevel,
    EffectKind,
    IncidentType,
    Outcome,
    RelationKind,
    SourceKind,
    StatementKind,
    TargetKind,
    VictimGroup,
    WeaponType,
)

KINDS: dict[str, type] = {
    "triggers.": IncidentType,
    "weapons.weapon": WeaponType,
    "persons.person": VictimGroup,
    "sources.head": SourceKind,
    "targets.head": TargetKind,
    "effects.damage": DamageLevel,
    "effects.effect": EffectKind,
    "statements.kind": StatementKind,
    "context.link": RelationKind,
    "context.turned": RelationKind,
}


def test_every_lexicon_value_is_of_its_vocabulary() -> None:
    outcomes = {outcome.value for outcome in Outcome} | {"both"}
    seen = set()
    for category, value in load_phrases().values():
        for prefix, kind in KINDS.items():
            if category.startswith(prefix):
                kind(value)
                seen.add(prefix)
        if category == "persons.outcome":
            assert value in outcomes
    assert seen == set(KINDS)
