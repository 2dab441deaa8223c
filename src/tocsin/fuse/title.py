"""Titles, written from fused values with their hedges (rule 10), never in an outlet's words.

`Three rockets hit the Green Zone, Baghdad; no casualties reported`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.fuse.naming import actor_key, in_sentence, is_named, is_plural
from tocsin.fuse.whereabouts import country_words, place_title, preposition
from tocsin.records import Actor, FusedField, Place, Quantity, Target, Weapon
from tocsin.records.vocab import (
    ActorRole,
    IncidentType,
    PlacePrecision,
    QuantityStatus,
    Stage,
    TargetKind,
    WeaponType,
)

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_I = IncidentType
_TYPE_WORDS = {
    _I.INDIRECT_FIRE: "shelling",
    _I.AIR_STRIKE: "air strike",
    _I.BOMBING: "bombing",
    _I.SUICIDE_BOMBING: "suicide bombing",
    _I.GRENADE_ATTACK: "grenade attack",
    _I.CBRN_ATTACK: "chemical, biological or radiological attack",
    _I.ARMED_CLASH: "armed clash",
    _I.TERRITORY_TAKEN_STATE: "state forces take territory",
    _I.TERRITORY_TAKEN_NONSTATE: "armed group takes territory",
    _I.ARMED_ATTACK: "armed attack",
    _I.EXECUTION: "killing of captives",
    _I.MELEE_ATTACK: "attack without firearms",
    _I.ABDUCTION: "abduction",
    _I.HOSTAGE_SIEGE: "hostage siege",
    _I.HIJACKING: "hijacking",
    _I.SEXUAL_VIOLENCE: "sexual violence",
    _I.ARSON_SABOTAGE: "arson or sabotage",
    _I.VIOLENT_DEMONSTRATION: "violent demonstration",
    _I.MOB_VIOLENCE: "mob violence",
    _I.PROTEST: "protest",
    _I.VIOLENCE_AGAINST_PROTEST: "violence against protesters",
    _I.ARREST_RAID: "raid and arrests",
    _I.INTERCEPTION: "interception",
    _I.OTHER_ATTACK: "attack",
}

_W = WeaponType
_PROJECTILES = {
    _W.ROCKET: ("rocket", "rockets"),
    _W.MORTAR: ("mortar round", "mortar rounds"),
    _W.ARTILLERY: ("shell", "shells"),
    _W.MISSILE_BALLISTIC: ("ballistic missile", "ballistic missiles"),
    _W.MISSILE_CRUISE: ("cruise missile", "cruise missiles"),
    _W.MISSILE_ANTITANK: ("anti-tank missile", "anti-tank missiles"),
    _W.MISSILE_UNSPECIFIED: ("missile", "missiles"),
    _W.DRONE_ONE_WAY: ("attack drone", "attack drones"),
}
_DEVICE_WORDS = {
    _W.VEHICLE_BOMB: "vehicle bombing",
    _W.MINE: "mine blast",
    _W.IED: "bombing",
}
_PRECISE_FIRE = {
    _W.ROCKET: "rocket attack",
    _W.MORTAR: "mortar attack",
    _W.ARTILLERY: "artillery fire",
}
_TARGET_WORDS = {
    TargetKind.DIPLOMATIC: "a diplomatic mission",
    TargetKind.GOVERNMENT_ZONE: "a government zone",
    TargetKind.GOVERNMENT: "a government site",
    TargetKind.MILITARY_BASE: "a military base",
    TargetKind.MILITARY: "military forces",
    TargetKind.FOREIGN_MILITARY: "foreign forces",
    TargetKind.POLICE: "police",
    TargetKind.MILITIA: "militia forces",
    TargetKind.AIRPORT: "an airport",
    TargetKind.ENERGY: "an energy site",
    TargetKind.TRANSPORT: "transport",
    TargetKind.RELIGIOUS: "a religious site",
    TargetKind.MEDIA: "media",
    TargetKind.AID: "aid workers",
    TargetKind.MEDICAL: "a medical site",
    TargetKind.SCHOOL: "a school",
    TargetKind.PARTY_OFFICE: "a party office",
}
_TOO_WIDE_TO_HIT = frozenset(
    {
        PlacePrecision.ADM1,
        PlacePrecision.REGION,
        PlacePrecision.COUNTRY,
        PlacePrecision.UNKNOWN,
    }
)
_UNSURE = {ActorRole.BLAMED: "blamed", ActorRole.SUSPECTED: "suspected"}
_MANY = re.compile(r"(?i)\b(?:rockets|missiles|shells|mortars|rounds|drones)\b")
_ONE = re.compile(r"(?i)\b(?:a|an|one|1|single|lone)\b")


def write_title(
    *,
    type_: IncidentType,
    stage: Stage,
    place: Place | None,
    weapons: Sequence[FusedField[Weapon]],
    targets: Sequence[FusedField[Target]],
    killed: Quantity | None,
    injured: Quantity | None,
    actors: Sequence[FusedField[Actor]],
    actor_by: Sequence[str | None] = (),
    country: str | None = None,
    is_withdrawn: bool = False,
) -> str:
    """One line, ASCII punctuation, first letter in upper case.

    `country`: ISO code, said where no place is known. `is_withdrawn`: nobody stands by it any more.
    """
    what = _what(type_, stage, place, weapons, targets, country=country)
    parts = [what, _harm(killed, injured), _who(actors, actor_by)]
    title = "; ".join(part for part in parts if part)
    title = f"withdrawn: {title}" if is_withdrawn else title
    return title[0].upper() + title[1:]


def _what(
    type_: IncidentType,
    stage: Stage,
    place: Place | None,
    weapons: Sequence[FusedField[Weapon]],
    targets: Sequence[FusedField[Target]],
    *,
    country: str | None,
) -> str:
    volley = next((w for w in weapons if w.value.type in _PROJECTILES), None)
    is_fire = type_ in {_I.INDIRECT_FIRE, _I.AIR_STRIKE}
    is_hit = place is not None and place.precision not in _TOO_WIDE_TO_HIT
    if place and is_fire and is_hit and volley and stage is Stage.ACCOMPLISHED:
        count = volley.value.count if _is_counted(volley) else None
        words = _count_words(count) if count else ""
        if count and words:
            one, many = _PROJECTILES[volley.value.type]
            is_one = count.is_exact and count.best == 1
            verb = f"{one} hits" if is_one else f"{many} hit"
            return f"{words} {verb} {place_title(place)}"
    noun = _noun(type_, weapons)
    prefix = {Stage.ATTEMPTED: "attempted ", Stage.FOILED: "foiled "}.get(stage, "")
    takes_target = noun.endswith(("attack", "strike"))
    kinds = [target.value.kind for target in targets if target.value.kind in _TARGET_WORDS]
    is_site = place is not None and preposition(place, is_attack=True) == "on"
    # the name of a site tells what kind of target it is
    aimed = f" on {_TARGET_WORDS[kinds[0]]}" if kinds and takes_target and not is_site else ""
    return f"{prefix}{noun}{aimed}{_where(place, country, takes_target=takes_target)}"


def _where(place: Place | None, country: str | None, *, takes_target: bool) -> str:
    if place is None:
        known = country_words(country)
        return f" in {known}" if known else ", place unknown"
    return f" {preposition(place, is_attack=takes_target)} {place_title(place)}"


def _is_counted(volley: FusedField[Weapon]) -> bool:
    """False for the one of "rocket fire": no word says it, or another account says many."""
    count = volley.value.count
    if count is None or count.max != 1:
        return count is not None
    said = [words.span.text for words in volley.evidence]
    return any(_ONE.search(text) for text in said) and not any(_MANY.search(text) for text in said)


def _noun(type_: IncidentType, weapons: Sequence[FusedField[Weapon]]) -> str:
    types = [weapon.value.type for weapon in weapons]
    if type_ is _I.BOMBING:
        return next((_DEVICE_WORDS[t] for t in types if t in _DEVICE_WORDS), "bombing")
    if type_ is _I.INDIRECT_FIRE:
        return next((_PRECISE_FIRE[t] for t in types if t in _PRECISE_FIRE), "shelling")
    if type_ is _I.AIR_STRIKE and any(t.family == "drone" for t in types):
        return "drone strike"
    if type_ is _I.ARMED_ATTACK and _W.FIREARM in types:
        return "shooting"
    return _TYPE_WORDS[type_]


def _count_words(count: Quantity) -> str:
    low, high = count.min, count.max
    if count.is_exact:
        return ("about " if count.approx else "") + _number(low)
    if count.best is not None and count.approx:
        return f"about {_number(count.best)}"
    if low and high is not None:
        return f"{_number(low)} to {_number(high)}"
    if low:
        return f"at least {_number(low)}"
    return f"up to {_number(high)}" if high is not None else ""


def _number(count: int | None) -> str:
    return "" if count is None else _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _harm(killed: Quantity | None, injured: Quantity | None) -> str:
    parts = [
        words
        for count, verb in ((killed, "killed"), (injured, "injured"))
        if count is not None and (words := _toll(count, verb))
    ]
    if parts:
        return ", ".join(parts)
    told = [count for count in (killed, injured) if count is not None]
    if not told:
        return ""
    soft = {QuantityStatus.NONE_REPORTED, QuantityStatus.NONE_IMPLIED}
    unsure = any(count.status in soft for count in told)
    if len(told) == 1 and told[0] is killed:
        return "no deaths reported" if unsure else "nobody killed"
    return "no casualties reported" if unsure else "no casualties"


def _toll(count: Quantity, verb: str) -> str:
    """`five killed`; where reports differ, `five killed (3 to 9 reported)`; empty for none."""
    if not _top(count):
        return ""
    low, high = count.min or 0, count.max
    if count.best and high is not None and low < high and not count.approx:
        return f"{_number(count.best)} {verb} ({low} to {high} reported)"
    words = _count_words(count)
    return f"{words} {verb}" if words else ""


def _top(count: Quantity) -> int:
    return max(n for n in (count.min, count.best, count.max, 0) if n is not None)


def _who(actors: Sequence[FusedField[Actor]], actor_by: Sequence[str | None]) -> str:
    """Who claims it, or is accused of it, by whom, and whether they deny it. Names alone."""
    denied = {actor_key(field.value) for field in actors if field.value.role is ActorRole.DENIED}
    for at, field in enumerate(actors):
        actor = field.value
        if not is_named(actor):
            continue
        name, is_many = in_sentence(actor.name), is_plural(actor.name)
        denies = f" and {'deny' if is_many else 'denies'} it"
        if actor.role is ActorRole.CLAIMED:
            return f"{name} {'claim' if is_many else 'claims'} it"
        if actor.role in _UNSURE:
            by = actor_by[at] if at < len(actor_by) else None
            accused = f"{name} {'are' if is_many else 'is'} {_UNSURE[actor.role]}"
            accused += f" by {in_sentence(by)}" if by else ""
            return accused + (denies if actor_key(actor) in denied else "")
    for field in actors:
        if field.value.role is ActorRole.DENIED and is_named(field.value):
            name = in_sentence(field.value.name)
            return f"{name} {'deny' if is_plural(name) else 'denies'} it"
    return ""
