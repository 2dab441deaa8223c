"""Weapons, targets, damage and effects: what was used, what was hit, what broke."""

from __future__ import annotations

from tocsin.how_many import read_quantity
from tocsin.records import (
    Claim,
    Damage,
    Effect,
    Quantity,
    ReportMention,
    Span,
    Target,
    Weapon,
)


def weapons_of(mention: ReportMention) -> tuple[Claim[Weapon], ...]:
    """A claim per weapon; the count of projectiles or devices is read from the same words."""
    return tuple(
        Claim(
            Weapon(weapon.type, weapon.name, _device_count(weapon.span)),
            (weapon.span,),
            confidence=weapon.confidence,
        )
        for weapon in mention.weapons
    )


def _device_count(span: Span) -> Quantity | None:
    """How many projectiles or devices the words name; None where they name a kind alone."""
    reading = read_quantity(span.text)
    if reading is None:
        return None
    quantity = reading.quantity
    return Quantity(
        quantity.min, quantity.best, quantity.max, quantity.approx, "device", quantity.status
    )


def targets_of(mention: ReportMention) -> tuple[Claim[Target], ...]:
    """A claim per target, named by its words."""
    return tuple(
        Claim(
            Target(target.span.text, target.kind, target.aimed_at),
            (target.span,),
            confidence=target.confidence,
        )
        for target in mention.targets
    )


def damage_of(mention: ReportMention) -> tuple[Claim[Damage], ...]:
    """A claim per statement of damage."""
    return tuple(
        Claim(Damage(damage.level, damage.what), (damage.span,)) for damage in mention.damage
    )


def effects_of(mention: ReportMention) -> tuple[Claim[Effect], ...]:
    """A claim per effect."""
    return tuple(Claim(Effect(effect.kind), (effect.span,)) for effect in mention.effects)
