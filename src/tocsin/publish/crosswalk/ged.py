"""UCDP GED-shaped rows: one for each incident with at least one death.

The type of violence comes from who fought whom, never from the weapon; it stays empty where that is
not known. Deaths of the attackers are `deaths_a`; all others are `deaths_civilians` in one-sided
violence, else `deaths_unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.publish.crosswalk.rows import (
    AUTHORS,
    SUFFERERS,
    Cell,
    CodedRow,
    Ruling,
    actor_in,
    class_of,
    country_name,
    hits_armed,
    no_row,
    words_of,
)
from tocsin.publish.phrasing import plain
from tocsin.records import Actor, FusedField, Incident, Place, Quantity, TimeInterval
from tocsin.records.vocab import (
    ActorClass,
    IncidentStatus,
    PlacePrecision,
    TargetKind,
    TimePrecision,
)

COLUMNS: Final = (
    "id",
    "year",
    "type_of_violence",
    "side_a",
    "side_b",
    "number_of_sources",
    "where_prec",
    "where_coordinates",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "country",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
)
STATE = frozenset({ActorClass.STATE_FORCES, ActorClass.EXTERNAL_FORCES})
ORGANISED = frozenset({ActorClass.REBEL, ActorClass.POLITICAL_MILITIA, ActorClass.IDENTITY_MILITIA})
STATE_TARGETS = frozenset(
    {
        TargetKind.MILITARY,
        TargetKind.MILITARY_BASE,
        TargetKind.FOREIGN_MILITARY,
        TargetKind.POLICE,
    }
)
WHERE: Final = {
    PlacePrecision.POINT: "1",
    PlacePrecision.SITE: "1",
    PlacePrecision.SETTLEMENT: "1",
    PlacePrecision.NEAR: "2",
    PlacePrecision.ZONE: "2",
    PlacePrecision.ADM2: "3",
    PlacePrecision.ADM1: "4",
    PlacePrecision.REGION: "5",
    PlacePrecision.COUNTRY: "6",
}
WEEK_DAYS = 7
MONTH_DAYS = 31


@dataclass(frozen=True, slots=True)
class Ged:
    """The shape of a UCDP GED row."""

    name: str = "UCDP GED"
    columns: tuple[str, ...] = COLUMNS
    added: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    fold_words: str = ""

    def code(self, incident: Incident) -> CodedRow | Ruling:
        """An incident's row; a ruling for one below the threshold, without a day or a country."""
        if incident.status is IncidentStatus.RETRACTED:
            return no_row(incident, "retracted", "its only origin took it back")
        killed = incident.killed
        if killed is None or not killed.value.min:
            words = "a GED event has at least one death, and none is sure"
            return no_row(incident, "ucdp_death_threshold", words)
        date, place = incident.date, incident.place
        first = date.value.first_day if date else None
        last = date.value.last_day if date else None
        if date is None or first is None or last is None:
            return no_row(
                incident, "no_date", "a GED event lies between two days; one is not known"
            )
        if place is None or not place.value.country:
            return no_row(incident, "no_country", "a GED event has a country; none is known")
        violence = type_of_violence(incident)
        author, sufferer = actor_in(incident, AUTHORS), actor_in(incident, SUFFERERS)
        side_b = _side(sufferer)
        if violence.text == "3":
            side_b = Cell("Civilians", side_b.evidence, "one-sided violence")
        cells = {
            "id": Cell(incident.id),
            "year": Cell(str(first.year), words_of(date)),
            "type_of_violence": violence,
            "side_a": _side(author),
            "side_b": side_b,
            "number_of_sources": Cell(
                str(incident.corroboration.lineages), None, "independent origins, not articles"
            ),
            **_where(place),
            "event_clarity": Cell("1" if _date_prec(date.value) == "1" else "2", words_of(date)),
            "date_prec": Cell(
                _date_prec(date.value), words_of(date), f"from {date.value.precision}"
            ),
            "date_start": Cell(first.isoformat(), words_of(date)),
            "date_end": Cell(last.isoformat(), words_of(date)),
            **_deaths(killed, incident.attackers_killed, is_one_sided=violence.text == "3"),
        }
        return CodedRow((incident.id,), cells)


GED: Final = Ged()


def type_of_violence(incident: Incident) -> Cell:
    """1 state-based, 2 non-state, 3 one-sided; empty where the sides are not known."""
    author, sufferer = actor_in(incident, AUTHORS), actor_in(incident, SUFFERERS)
    attacker, attacked = class_of(author), class_of(sufferer)
    kinds = {field.value.kind for field in incident.targets}
    words = words_of(author)
    if attacker not in STATE | ORGANISED:
        return Cell("", words, "the attacker is no state and no organised group that is known")
    hits_state = attacked in STATE or (hits_armed(incident) and bool(kinds & STATE_TARGETS))
    hits_group = attacked in ORGANISED or (hits_armed(incident) and TargetKind.MILITIA in kinds)
    if attacked is ActorClass.CIVILIANS or TargetKind.CIVILIANS in kinds:
        return Cell("3", words, "an organised actor against civilians")
    if (attacker in STATE and hits_group) or (attacker in ORGANISED and hits_state):
        return Cell("1", words, "a state against an organised group")
    if attacker in ORGANISED and hits_group:
        return Cell("2", words, "two organised groups, neither a state")
    return Cell("", words, "who was fought is not known")


def _side(field: FusedField[Actor] | None) -> Cell:
    if field is None:
        return Cell("", None, "not known")
    return Cell(plain(field.value.name), words_of(field), field.value.role.value)


def _where(field: FusedField[Place]) -> dict[str, Cell]:
    place, words = field.value, words_of(field)
    has_point = place.lat is not None and place.lon is not None
    return {
        "where_prec": Cell(WHERE.get(place.precision, "6"), words, f"from {place.precision}"),
        "where_coordinates": Cell(plain(place.name), words),
        "adm_1": Cell(plain(place.admin1 or ""), words),
        "adm_2": Cell(plain(place.admin2 or ""), words),
        "latitude": Cell(f"{place.lat:.4f}" if has_point else "", words),
        "longitude": Cell(f"{place.lon:.4f}" if has_point else "", words),
        "country": Cell(country_name(place.country), words),
    }


def _date_prec(date: TimeInterval) -> str:
    if date.local_date is not None:
        return "1"
    if date.precision is TimePrecision.WEEK:
        return "3"
    first, last = date.first_day, date.last_day
    if first is None or last is None:
        return "5"
    days = (last - first).days + 1
    if days < WEEK_DAYS:
        return "1" if days == 1 else "2"
    if days == WEEK_DAYS:
        return "3"
    return "4" if days <= MONTH_DAYS else "5"


def _deaths(
    killed: FusedField[Quantity], attackers: FusedField[Quantity] | None, *, is_one_sided: bool
) -> dict[str, Cell]:
    """Deaths by side, and their sum as low, best and high."""
    low, best, high = _bounds(killed.value)
    own_low, own_best, own_high = _bounds(attackers.value) if attackers else (0, 0, 0)
    words = words_of(killed)
    told = "as told" if killed.value.best is not None else "lower bound: no figure is told"
    return {
        "deaths_a": Cell(str(own_best), words_of(attackers)),
        "deaths_civilians": Cell(str(best if is_one_sided else 0), words),
        "deaths_unknown": Cell(str(0 if is_one_sided else best), words),
        "best": Cell(str(best + own_best), words, told),
        "high": Cell(str(high + own_high), words),
        "low": Cell(str(low + own_low), words),
    }


def _bounds(count: Quantity) -> tuple[int, int, int]:
    """Low, best and high: what is not told is the nearest bound that is."""
    low = count.min or 0
    best = count.best if count.best is not None else low
    return low, best, max(best, count.max if count.max is not None else best)
