"""ACLED-shaped rows: one for each local day, site, kind of event and pair of actors.

Fatalities are the lower bound where accounts conflict, else the figure told; 0 where none is, as
ACLED has it. Who is only blamed is no actor: such an event is by an unidentified armed group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.publish.crosswalk.rows import (
    AUTHORS,
    EMPTY,
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
    Agreement,
    IncidentStatus,
    IncidentType,
    PlacePrecision,
    TimePrecision,
)

COLUMNS: Final = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "inter1",
    "actor2",
    "inter2",
    "country",
    "admin1",
    "admin2",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "notes",
    "fatalities",
)
REMOTE = "Explosions/Remote violence"
CIVILIANS = "Violence against civilians"
STRATEGIC = "Strategic developments"
EVENTS: Final = {
    IncidentType.INDIRECT_FIRE: (REMOTE, "Shelling/artillery/missile attack"),
    IncidentType.AIR_STRIKE: (REMOTE, "Air/drone strike"),
    IncidentType.BOMBING: (REMOTE, "Remote explosive/landmine/IED"),
    IncidentType.SUICIDE_BOMBING: (REMOTE, "Suicide bomb"),
    IncidentType.GRENADE_ATTACK: (REMOTE, "Grenade"),
    IncidentType.CBRN_ATTACK: (REMOTE, "Chemical weapon"),
    IncidentType.ARMED_CLASH: ("Battles", "Armed clash"),
    IncidentType.TERRITORY_TAKEN_STATE: ("Battles", "Government regains territory"),
    IncidentType.TERRITORY_TAKEN_NONSTATE: ("Battles", "Non-state actor overtakes territory"),
    IncidentType.ARMED_ATTACK: (CIVILIANS, "Attack"),
    IncidentType.EXECUTION: (CIVILIANS, "Attack"),
    IncidentType.MELEE_ATTACK: (CIVILIANS, "Attack"),
    IncidentType.ABDUCTION: (CIVILIANS, "Abduction/forced disappearance"),
    IncidentType.HOSTAGE_SIEGE: (CIVILIANS, "Abduction/forced disappearance"),
    IncidentType.HIJACKING: (STRATEGIC, "Other"),
    IncidentType.SEXUAL_VIOLENCE: (CIVILIANS, "Sexual violence"),
    IncidentType.ARSON_SABOTAGE: (STRATEGIC, "Looting/property destruction"),
    IncidentType.VIOLENT_DEMONSTRATION: ("Riots", "Violent demonstration"),
    IncidentType.MOB_VIOLENCE: ("Riots", "Mob violence"),
    IncidentType.PROTEST: ("Protests", "Peaceful protest"),
    IncidentType.VIOLENCE_AGAINST_PROTEST: ("Protests", "Excessive force against protesters"),
    IncidentType.ARREST_RAID: (STRATEGIC, "Arrests"),
    IncidentType.INTERCEPTION: (STRATEGIC, "Disrupted weapons use"),
    IncidentType.OTHER_ATTACK: (CIVILIANS, "Attack"),
}
INTERS: Final = {
    ActorClass.STATE_FORCES: "1",
    ActorClass.REBEL: "2",
    ActorClass.POLITICAL_MILITIA: "3",
    ActorClass.IDENTITY_MILITIA: "4",
    ActorClass.RIOTERS: "5",
    ActorClass.PROTESTERS: "6",
    ActorClass.CIVILIANS: "7",
    ActorClass.EXTERNAL_FORCES: "8",
    ActorClass.PRIVATE_SECURITY: "8",
}
UNIDENTIFIED_INTER: Final = "3"
_EXACT_PLACES = frozenset(
    {PlacePrecision.POINT, PlacePrecision.SITE, PlacePrecision.ZONE, PlacePrecision.SETTLEMENT}
)
_NEAR_PLACES = frozenset({PlacePrecision.NEAR, PlacePrecision.ADM2})
WEEK_DAYS = 7
SITE_DECIMALS = 3
"""Two places this near (100 m) are one site."""


@dataclass(frozen=True, slots=True)
class Acled:
    """The shape of an ACLED row."""

    name: str = "ACLED"
    columns: tuple[str, ...] = COLUMNS
    added: tuple[str, ...] = ("fatalities",)
    joined: tuple[str, ...] = ("notes",)
    fold_words: str = (
        "one ACLED event is a day, a site, a kind of event and its actors; fatalities are added"
    )

    def code(self, incident: Incident) -> CodedRow | Ruling:
        """An incident's row; a ruling for one without a day or a country, or one taken back."""
        if incident.status is IncidentStatus.RETRACTED:
            return no_row(incident, "retracted", "its only origin took it back")
        date, place = incident.date, incident.place
        day = (date.value.first_day or date.value.last_day) if date else None
        if date is None or day is None:
            return no_row(incident, "no_date", "an ACLED event has a day, and none is known")
        if place is None or not place.value.country:
            return no_row(incident, "no_country", "an ACLED event has a country; none is known")
        event = _event(incident)
        actors = _actors(incident, event[0], country_name(place.value.country))
        cells = {
            "event_id_cnty": Cell(incident.id),
            "event_date": Cell(
                day.isoformat(), words_of(date), f"{date.value.precision}: first day"
            ),
            "year": Cell(str(day.year), words_of(date)),
            "time_precision": Cell(_time_precision(date.value), words_of(date)),
            "event_type": Cell(event[0], words_of(incident.type), f"from {incident.type.value}"),
            "sub_event_type": Cell(
                event[1], words_of(incident.type), f"from {incident.type.value}"
            ),
            **actors,
            **_where(place),
            "source": Cell(f"{incident.corroboration.lineages} independent origins"),
            "notes": Cell(plain(incident.title)),
            "fatalities": fatalities(incident.killed),
        }
        return CodedRow((incident.id,), cells, _fold_key(cells, place.value))


ACLED: Final = Acled()


def fatalities(killed: FusedField[Quantity] | None) -> Cell:
    """The deaths of a row, with the rule that chose among the bounds."""
    if killed is None:
        return Cell("0", None, "none told: ACLED writes 0")
    count = killed.value
    if killed.agreement is Agreement.CONFLICT or count.best is None:
        rule = "lower bound: accounts conflict" if count.best is not None else "lower bound"
        return Cell(str(count.min or 0), words_of(killed), rule)
    return Cell(str(count.best), words_of(killed), "as told")


def _event(incident: Incident) -> tuple[str, str]:
    if incident.type.value is IncidentType.ARMED_ATTACK and hits_armed(incident):
        return EVENTS[IncidentType.ARMED_CLASH]
    return EVENTS[incident.type.value]


def _actors(incident: Incident, event_type: str, country: str) -> dict[str, Cell]:
    author, sufferer = actor_in(incident, AUTHORS), actor_in(incident, SUFFERERS)
    cells = {"actor2": EMPTY, "inter2": EMPTY}
    if author is None:
        cells["actor1"] = Cell(
            f"Unidentified Armed Group ({country})",
            None,
            "nobody is said to have done or claimed it",
        )
        cells["inter1"] = Cell(UNIDENTIFIED_INTER)
    else:
        cells["actor1"] = _named(author)
        cells["inter1"] = Cell(INTERS.get(class_of(author), ""), words_of(author))
    if sufferer is not None:
        cells["actor2"] = _named(sufferer)
        cells["inter2"] = Cell(INTERS.get(class_of(sufferer), ""), words_of(sufferer))
    elif event_type == CIVILIANS:
        cells["actor2"] = Cell(f"Civilians ({country})", None, "the kind of event says so")
        cells["inter2"] = Cell(INTERS[ActorClass.CIVILIANS])
    return cells


def _named(field: FusedField[Actor]) -> Cell:
    return Cell(plain(field.value.name), words_of(field), field.value.role.value)


def _where(field: FusedField[Place]) -> dict[str, Cell]:
    place, words = field.value, words_of(field)
    has_point = place.lat is not None and place.lon is not None
    return {
        "country": Cell(country_name(place.country), words),
        "admin1": Cell(plain(place.admin1 or ""), words),
        "admin2": Cell(plain(place.admin2 or ""), words),
        "location": Cell(plain(place.name), words),
        "latitude": Cell(f"{place.lat:.4f}" if has_point else "", words),
        "longitude": Cell(f"{place.lon:.4f}" if has_point else "", words),
        "geo_precision": Cell(_geo_precision(place.precision), words, f"from {place.precision}"),
    }


def _geo_precision(precision: PlacePrecision) -> str:
    if precision in _EXACT_PLACES:
        return "1"
    return "2" if precision in _NEAR_PLACES else "3"


def _time_precision(date: TimeInterval) -> str:
    if date.local_date is not None:
        return "1"
    first, last = date.first_day, date.last_day
    if date.precision is TimePrecision.WEEK:
        return "2"
    return "2" if first and last and (last - first).days < WEEK_DAYS else "3"


def _fold_key(cells: dict[str, Cell], place: Place) -> tuple[str, ...] | None:
    """Only what is known to the day and the site can be known to be the same."""
    if (cells["time_precision"].text, cells["geo_precision"].text) != ("1", "1"):
        return None
    site = plain(place.name)
    if place.lat is not None and place.lon is not None:
        site = f"{place.lat:.{SITE_DECIMALS}f},{place.lon:.{SITE_DECIMALS}f}"
    names = ("event_date", "event_type", "sub_event_type", "actor1", "actor2")
    return (*(cells[name].text for name in names), site)
