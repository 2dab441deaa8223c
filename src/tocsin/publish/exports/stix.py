"""Incidents as a STIX 2.1 bundle (OASIS, 2021): incident, location and identity objects, with ties.

An incident's own fields stand in a property extension, which the bundle defines: STIX has no toll
and no bounds of a day. Who is said to have done it is `attributed-to`; who is blamed, suspected,
claims or denies is `related-to`, with the role in words, since STIX has one word for all of them.
Ids are made of those of the record (UUID version 5), so that the same record gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Final

from tocsin.publish.contract import SCHEMA_VERSION, Json
from tocsin.publish.exports.flat import held_value
from tocsin.publish.phrasing import ROLE_WORDS, plain
from tocsin.records.vocab import ActorClass, ActorLevel, ActorRole, IncidentStatus

NAMESPACE: Final = uuid.UUID("5b0ef0f4-6c4e-4d0e-9d53-0c6d0e1f7c11")
"""Ours alone: ids of one record never meet those of another producer."""
DEFINED_AT: Final = "2026-11-27T00:00:00.000Z"
"""When the objects that say the same in every bundle came to be: producer, extension, places and
actors. A clock would give the same place another version in each export."""
EXTENSION_FIELDS: Final = (
    "type",
    "status",
    "stage",
    "provisional",
    "reviewed",
    "background_only",
    "date",
    "place",
    "killed",
    "injured",
    "attackers_killed",
    "weapons",
    "targets",
    "corroboration",
)
"""Fields of docs/contract.md that the extension holds, as they are there."""
_CLASSES: Final = {
    ActorClass.STATE_FORCES: "organization",
    ActorClass.EXTERNAL_FORCES: "organization",
    ActorClass.PRIVATE_SECURITY: "organization",
    ActorClass.REBEL: "group",
    ActorClass.POLITICAL_MILITIA: "group",
    ActorClass.IDENTITY_MILITIA: "group",
    ActorClass.CRIMINAL: "group",
    ActorClass.CIVILIANS: "class",
    ActorClass.PROTESTERS: "class",
    ActorClass.RIOTERS: "class",
}


def write_stix(rows: Iterable[Json]) -> Iterator[str]:
    """A bundle. Its id is that of its content and stands at its end; what was defined once is not
    defined again, so memory grows with the places and actors alone."""
    digest, defined = hashlib.sha256(), set[str]()
    yield '{"type":"bundle","objects":['
    for number, one in enumerate(_objects(rows, defined)):
        text = json.dumps(one, ensure_ascii=False, separators=(",", ":"))
        digest.update(text.encode())
        yield f",\n{text}" if number else text
    yield f'],"id":"{_id("bundle", digest.hexdigest())}"}}\n'


def _objects(rows: Iterable[Json], defined: set[str]) -> Iterator[Json]:
    yield PRODUCER
    yield EXTENSION
    for row in rows:
        incident = _incident(row)
        yield incident
        ties: dict[str, Json] = {}
        for described, tie, words in _tied(row):
            if described["id"] not in defined:
                defined.add(described["id"])
                yield described
            relationship = _relationship(incident, tie, described, words)
            ties[relationship["id"]] = relationship
        yield from ties.values()


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid.uuid5(NAMESPACE, json.dumps([kind, *parts]))}"


def _common(kind: str, id_: str, created: str = DEFINED_AT, modified: str = DEFINED_AT) -> Json:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": id_,
        "created": created,
        "modified": modified,
    }


PRODUCER: Final[Json] = {
    **_common("identity", _id("identity", "tocsin")),
    "name": "Tocsin",
    "identity_class": "system",
    "description": "Incidents as news reports tell them. No warning of an authority.",
}
EXTENSION: Final[Json] = {
    **_common("extension-definition", _id("extension-definition", "incident")),
    "created_by_ref": PRODUCER["id"],
    "name": "Tocsin incident",
    "description": "Fields of an incident as its record has them, each with the words it rests on.",
    "schema": "The fields are those of `tocsin.publish.schemas`, incident.schema.json.",
    "version": f"{SCHEMA_VERSION}.0.0",
    "extension_types": ["property-extension"],
}


def _moment(text: str) -> str:
    at = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _incident(row: Json) -> Json:
    first, last = _moment(row["first_seen"]), _moment(row["last_changed"])
    return {
        **_common("incident", _id("incident", row["id"]), first, last),
        "created_by_ref": PRODUCER["id"],
        "name": plain(row["title"]),
        **({"revoked": True} if row["status"] == IncidentStatus.RETRACTED else {}),
        "labels": [row["type"]["value"], row["status"]],
        "confidence": round(100 * row["confidence"]),
        "external_references": [
            {"source_name": "tocsin", "external_id": row["id"]},
            *(
                {"source_name": "article", "external_id": article}
                for article in sorted({member["article_id"] for member in row["reports"]})
            ),
        ],
        "extensions": {
            EXTENSION["id"]: {
                "extension_type": "property-extension",
                # STIX knows no null: what is not known is not there.
                **{name: _stated(row[name]) for name in EXTENSION_FIELDS if _is_stated(row, name)},
            }
        },
    }


def _is_stated(row: Json, name: str) -> bool:
    return row.get(name) is not None and row[name] != []


def _stated(value: object) -> object:
    """The value without its nulls and empty lists, which STIX has no room for."""
    if isinstance(value, dict):
        kept = ((key, _stated(inner)) for key, inner in value.items())
        return {key: inner for key, inner in kept if inner is not None and inner != []}
    if isinstance(value, list):
        return [_stated(inner) for inner in value]
    return value


def _tied(row: Json) -> Iterator[tuple[Json, str, str]]:
    """What an incident is tied to, by which tie, in words."""
    place = _location(held_value(row, "place"))
    if place is not None:
        yield place, "located-at", ""
    for actor in row["actors"]:
        if actor["level"] != ActorLevel.INCIDENT:
            continue
        role = ActorRole(actor["role"])
        words = ROLE_WORDS.get(role, role.value)
        by = f", says {plain(actor['by'])}" if actor["by"] else ""
        tie = "attributed-to" if role is ActorRole.PERPETRATOR else "related-to"
        yield _identity(actor), tie, f"{words}{by}"


def _location(place: Json) -> Json | None:
    """None where neither a country nor a point is known: STIX has no location without either."""
    has_point = place.get("lat") is not None and place.get("lon") is not None
    if not has_point and not place.get("country"):
        return None
    told: Json = {"name": plain(place["name"])}
    if place.get("country"):
        told["country"] = place["country"]
    if place.get("admin1"):
        told["administrative_area"] = plain(place["admin1"])
    if has_point:
        told |= {"latitude": place["lat"], "longitude": place["lon"]}
        if place.get("uncertainty_km") is not None:
            told["precision"] = place["uncertainty_km"] * 1000.0
    told["created_by_ref"] = PRODUCER["id"]
    return _common("location", _id("location", json.dumps(told, sort_keys=True))) | told


def _identity(actor: Json) -> Json:
    named = actor["canonical_id"] or f"{actor['class']}:{actor['name']}"
    return {
        **_common("identity", _id("identity", "actor", named)),
        "created_by_ref": PRODUCER["id"],
        "name": plain(actor["name"]),
        "identity_class": _CLASSES.get(ActorClass(actor["class"]), "unknown"),
    }


def _relationship(incident: Json, tie: str, described: Json, words: str) -> Json:
    id_ = _id("relationship", incident["id"], tie, described["id"], words)
    return {
        **_common("relationship", id_, incident["created"], incident["modified"]),
        "created_by_ref": PRODUCER["id"],
        "relationship_type": tie,
        **({"description": words} if words else {}),
        "source_ref": incident["id"],
        "target_ref": described["id"],
    }
