"""The published schemas: sound, one with the vocabulary, and strict where they should be."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tocsin.how_many import CountMark, QuantityKind
from tocsin.publish.schemas import SCHEMA_NAMES, SchemaName, load_schema
from tocsin.records import vocab

Json = dict[str, Any]
VOCABULARIES: dict[str, type[StrEnum]] = {
    name: kind
    for name, kind in vars(vocab).items()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
} | {"QuantityKind": QuantityKind, "CountMark": CountMark}

TEXT = "Two mortar bombs hit the market in Kirkuk on Sunday; 3 porters died, the mayor said."


def span(words: str) -> Json:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def evidence(words: str) -> Json:
    return {"article_id": "art_1", **span(words)}


DAY: Json = {
    "earliest": "2021-05-02",
    "latest": "2021-05-02",
    "local_date": "2021-05-02",
    "precision": "day",
    "zone": "Asia/Baghdad",
    "zone_basis": "place_of_event",
    "basis": "text",
}
KIRKUK: Json = {
    "name": "Kirkuk",
    "country": "IQ",
    "admin1": "Kirkuk",
    "lat": 35.47,
    "lon": 44.39,
    "precision": "settlement",
    "uncertainty_km": 6.0,
    "gazetteer": {"source": "geonames", "id": 94787},
}


EXTRACT_LINE: Json = {
    "schema_version": 1,
    "article": {
        "id": "art_1",
        "sha256": "0" * 64,
        "url": None,
        "outlet": "The Hill Courier",
        "title": None,
        "language": "en",
        "published": "2021-05-03",
        "published_basis": "metadata",
        "dateline": None,
        "regions": [{"start": 0, "end": len(TEXT), "kind": "body"}],
    },
    "reports": [
        {
            "id": "rep_1",
            "is_main": True,
            "specificity": "high",
            "type": "indirect_fire",
            "stage": "accomplished",
            "modifiers": [],
            "trigger": span("hit"),
            "date": {**DAY, "evidence": [span("on Sunday")]},
            "places": [{**span("Kirkuk"), "role": "impact"}],
            "place": KIRKUK,
            "weapons": [
                {
                    "type": "mortar",
                    "name": None,
                    "min": 2,
                    "best": 2,
                    "max": 2,
                    **span("Two mortar bombs"),
                }
            ],
            "targets": [{"kind": "commercial", "aimed_at": False, **span("the market")}],
            "killed": [
                {
                    "min": 3,
                    "best": 3,
                    "max": 3,
                    "status": "stated",
                    "group": "civilian",
                    **span("3 porters"),
                }
            ],
            "injured": [],
            "missing": [],
            "abducted": [],
            "arrested": [],
            "damage": [],
            "effects": [],
            "actors": [
                {
                    "name": "unknown",
                    "role": "unknown",
                    "level": "incident",
                    "by": span("the mayor"),
                    "rule": "no_author_named",
                }
            ],
            "sources": [{"kind": "official_civil", **span("the mayor")}],
            "hedges": [],
            "confidence": 0.8,
        }
    ],
    "tallies": [
        {
            "count": {"min": 2, "best": 2, "max": 2},
            "ordinal": None,
            "kind": "incidents",
            "noun": "bombs",
            "window": {"start": "2021-05-02", "end": None},
            "includes_current": "unknown",
            **span("Two mortar bombs"),
        }
    ],
    "statements": [{"kind": "assessment", "speaker": span("the mayor"), **span("said")}],
}


def fused(value: object, words: str) -> Json:
    return {
        "value": value,
        "agreement": "single",
        "rule": "5",
        "alternatives": [],
        "evidence": [evidence(words)],
    }


STANDING: Json = {"agreement": "single", "rule": "5", "alternatives": []}
INCIDENT_LINE: Json = {
    "schema_version": 1,
    "id": "inc_1",
    "title": "Mortar fire in Kirkuk",
    "type": fused("indirect_fire", "hit"),
    "status": "unconfirmed",
    "provisional": False,
    "date": fused(DAY, "on Sunday"),
    "place": fused(KIRKUK, "Kirkuk"),
    "weapons": [{"type": "mortar", **STANDING, "evidence": [evidence("mortar")]}],
    "targets": [],
    "actors": [
        {
            "name": "unknown",
            "role": "unknown",
            "by": None,
            **STANDING,
            "rule": "inferred:no_author_named",
            "evidence": [],
        }
    ],
    "killed": fused({"min": 3, "best": 3, "max": 3, "status": "stated"}, "3 porters"),
    "injured": None,
    "corroboration": {
        "articles": 1,
        "reports": 1,
        "lineages": 1,
        "primary_sources": [{"name": "the mayor", "kind": "official_civil", "lineages": 1}],
    },
    "conflicts": [],
    "relations": [{"kind": "retaliation_for", "to": "inc_0"}],
    "reports": [{"article_id": "art_1", "report_id": "rep_1", "is_main": True}],
    "confidence": 0.5,
    "first_seen": "2021-05-03T08:00:00+00:00",
    "last_changed": "2021-05-03T08:00:00Z",
}
GROUND_ANSWER: Json = {
    "time": [{**DAY, **span("on Sunday"), "rule": "weekday"}],
    "places": [{**KIRKUK, **span("Kirkuk"), "candidates": [{"name": "Kirkuk", "country": "IQ"}]}],
    "quantities": [
        {
            "min": 3,
            "best": 3,
            "max": 3,
            "approx": False,
            "unit": "person",
            "status": "stated",
            **span("3 porters"),
            "rule": "number",
        }
    ],
    "actors": [
        {"name": "the mayor", "canonical_id": None, "class": "unknown", **span("the mayor")}
    ],
}


@pytest.fixture
def extract_line() -> Json:
    return copy.deepcopy(EXTRACT_LINE)


@pytest.fixture
def incident_line() -> Json:
    return copy.deepcopy(INCIDENT_LINE)


@pytest.fixture
def ground_answer() -> Json:
    return copy.deepcopy(GROUND_ANSWER)


@pytest.fixture
def instances(extract_line: Json, incident_line: Json, ground_answer: Json) -> dict[str, Json]:
    return {"extract": extract_line, "incident": incident_line, "ground": ground_answer}


VALIDATORS = {name: Draft202012Validator(load_schema(name)) for name in SCHEMA_NAMES}


def is_valid(name: SchemaName, instance: Json) -> bool:
    return bool(VALIDATORS[name].is_valid(instance))


def definitions(name: SchemaName) -> Json:
    found: Json = load_schema(name)["$defs"]
    return found


def parts(node: object) -> Iterator[Json]:
    """Every object inside a JSON value, itself included."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from parts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from parts(inner)


@pytest.mark.parametrize("name", SCHEMA_NAMES)
class TestSchema:
    def test_is_a_sound_schema_of_its_draft(self, name: SchemaName) -> None:
        schema = load_schema(name)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)

    def test_refers_only_to_itself_and_to_all_of_itself(self, name: SchemaName) -> None:
        schema = load_schema(name)
        refs = {part["$ref"] for part in parts(schema) if "$ref" in part}
        assert refs == {f"#/$defs/{key}" for key in schema["$defs"]}

    def test_allows_new_fields(self, name: SchemaName) -> None:
        assert not [part for part in parts(load_schema(name)) if "additionalProperties" in part]
        assert not [part for part in parts(load_schema(name)) if "unevaluatedProperties" in part]

    def test_enumerations_are_the_vocabulary(self, name: SchemaName) -> None:
        enums = {key: part["enum"] for key, part in definitions(name).items() if "enum" in part}
        assert enums
        for key, values in enums.items():
            assert values == [member.value for member in VOCABULARIES[key]], key

    def test_enumerations_stand_nowhere_else(self, name: SchemaName) -> None:
        enums = [part for part in parts(load_schema(name)) if "enum" in part]
        assert len(enums) == sum("enum" in part for part in definitions(name).values())

    def test_patterns_are_anchored_at_the_start(self, name: SchemaName) -> None:
        patterns = [part["pattern"] for part in parts(load_schema(name)) if "pattern" in part]
        assert all(pattern.startswith("^") and re.compile(pattern) for pattern in patterns)

    def test_takes_an_instance_of_the_contract(
        self, name: SchemaName, instances: dict[str, Json]
    ) -> None:
        errors = list(VALIDATORS[name].iter_errors(instances[name]))
        assert errors == []

    def test_takes_fields_it_does_not_know(
        self, name: SchemaName, instances: dict[str, Json]
    ) -> None:
        for part in list(parts(instances[name])):
            part["a_field_of_a_later_release"] = {"x": 1}
        assert is_valid(name, instances[name])

    def test_refuses_a_line_without_any_one_of_its_required_fields(
        self, name: SchemaName, instances: dict[str, Json]
    ) -> None:
        for key in load_schema(name)["required"]:
            broken = copy.deepcopy(instances[name])
            del broken[key]
            assert not is_valid(name, broken), key

    def test_refuses_half_a_span(self, name: SchemaName, instances: dict[str, Json]) -> None:
        spans = sum("start" in part and "text" in part for part in parts(instances[name]))
        assert spans > 3
        for number in range(spans):
            broken = copy.deepcopy(instances[name])
            held = [part for part in parts(broken) if "start" in part and "text" in part]
            del held[number]["end"]
            assert not is_valid(name, broken), held[number]


def test_one_name_means_one_thing_in_all_schemas() -> None:
    seen: Json = {}
    for name in SCHEMA_NAMES:
        for key, part in definitions(name).items():
            assert seen.setdefault(key, part) == part, key


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), 2),
        (("article", "sha256"), "abc"),
        (("article", "published_basis"), "guess"),
        (("article", "published"), "yesterday"),
        (("reports", 0, "type"), "rocket attack"),
        (("reports", 0, "date", "precision"), "fortnight"),
        (("reports", 0, "date", "earliest"), "2021-05-02T10:00:00"),
        (("reports", 0, "place", "country"), "Iraq"),
        (("reports", 0, "place", "lat"), 135.0),
        (("reports", 0, "killed", 0, "min"), -1),
        (("reports", 0, "killed", 0, "status"), "sure"),
        (("reports", 0, "weapons", 0, "type"), "Katyusha"),
        (("reports", 0, "confidence"), 1.2),
        (("tallies", 0, "kind"), "attacks"),
    ],
)
def test_extract_refuses_a_wrong_value(
    extract_line: Json, path: tuple[str | int, ...], value: object
) -> None:
    at: Any = extract_line
    for step in path[:-1]:
        at = at[step]
    assert path[-1] in at
    at[path[-1]] = value
    assert not is_valid("extract", extract_line)


def test_a_report_may_leave_date_and_place_open(extract_line: Json) -> None:
    report = extract_line["reports"][0]
    report["date"], report["place"] = None, None
    assert is_valid("extract", extract_line)
    del report["date"], report["place"]
    assert is_valid("extract", extract_line)


def test_clock_times_are_instants_with_offset(extract_line: Json) -> None:
    date = extract_line["reports"][0]["date"]
    date |= {"earliest": "2021-05-02T00:00:00+03:00", "latest": "2021-05-02T01:00:00+03:00"}
    assert is_valid("extract", extract_line)


def test_a_reported_value_needs_words_or_a_named_rule(extract_line: Json) -> None:
    (actor,) = extract_line["reports"][0]["actors"]
    actor["rule"] = None
    assert not is_valid("extract", extract_line)
    actor |= span("the mayor")
    assert is_valid("extract", extract_line)


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({"evidence": []}, False),
        ({"evidence": [], "rule": "inferred:same_day"}, True),
        ({"evidence": [], "pinned_by": "dec_1"}, True),
        ({"agreement": "mostly"}, False),
        ({"rule": ""}, False),
    ],
)
def test_a_fused_value_needs_words_a_rule_or_a_review(
    incident_line: Json, change: Json, valid: bool
) -> None:
    for field in ("type", "date", "place", "killed"):
        broken = copy.deepcopy(incident_line)
        broken[field] |= change
        assert is_valid("incident", broken) is valid, field


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "rep_1"),
        ("status", "reviewed"),
        ("reports", []),
        ("first_seen", "2021-05-03"),
        ("conflicts", [{"field": "killed", "verdict": "open", "sides": []}]),
        ("corroboration", {"articles": 1, "reports": 1, "lineages": -1, "primary_sources": []}),
    ],
)
def test_incident_refuses_a_wrong_value(incident_line: Json, key: str, value: object) -> None:
    incident_line[key] = value
    assert not is_valid("incident", incident_line)


def test_there_is_no_schema_of_another_name() -> None:
    with pytest.raises(FileNotFoundError):
        load_schema("gossip")  # type: ignore[arg-type]
