"""Records to rows and back. A report is kept statement by statement: one claim, one row.

Texts go in columns of their own; the rest of a record stands as JSON (`tocsin.records.codec`), and
a report's JSON is put together again from its row and its claims without parsing in between.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tocsin.records import Article, Incident, Region, Report
from tocsin.records.codec import from_json, to_json
from tocsin.records.vocab import RegionKind

Row = dict[str, Any]

SINGLE_CLAIMS = ("type", "date", "place")
"""Fields of a Report that hold one claim or none."""

LISTED_CLAIMS = (
    "times",
    "places",
    "weapons",
    "targets",
    "casualties",
    "damage",
    "effects",
    "actors",
    "sources",
)
"""Fields of a Report that hold a tuple of claims."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""One for all: `json.dumps` with options would build one per call."""


def compact(value: object) -> str:
    """JSON without spaces, letters as they are."""
    return _ENCODER.encode(value)


# articles


def article_row(article: Article) -> Row:
    """Columns of `article_versions`, keys and dates excepted."""
    return {
        "sha256": article.sha256,
        "title": article.title,
        "outlet": article.outlet,
        "published": to_json(article.published) if article.published else None,
        "text": article.text,
        "regions": compact([[r.start, r.end, r.kind.value] for r in article.regions]),
        "record": to_json(replace(article, text="", regions=())),
    }


def article_of(record: str, text: str, regions: str) -> Article:
    """The article as it was kept."""
    return replace(
        from_json(Article, record),
        text=text,
        regions=tuple(Region(s, e, RegionKind(kind)) for s, e, kind in json.loads(regions)),
    )


# reports


def report_rows(report: Report) -> tuple[str, list[Row]]:
    """The report's JSON without its claims, and a row of `claims` for each claim."""
    record = json.loads(to_json(report))
    rows = [_claim_row(field, 0, record.pop(field)) for field in SINGLE_CLAIMS if record.get(field)]
    for field in LISTED_CLAIMS:
        listed = record.pop(field, ())
        rows += [_claim_row(field, ordinal, claim) for ordinal, claim in enumerate(listed)]
    return compact(record), rows


def _claim_row(field: str, ordinal: int, claim: dict[str, Any]) -> Row:
    attributions = claim.get("attributions")
    return {
        "field": field,
        "ordinal": ordinal,
        "value": compact(claim["value"]),
        "evidence": compact(claim["evidence"]),
        "attributions": compact(attributions) if attributions else None,
        "rule": claim.get("rule"),
        "confidence": claim.get("confidence", 1.0),
    }


ClaimColumns = tuple[str, str, str, str | None, str | None, float]
"""field, value, evidence, attributions, rule, confidence"""


def report_of(record: str, claims: Iterable[ClaimColumns]) -> Report:
    """The report as it was kept; `claims` in order of ordinal within each field."""
    fields: dict[str, list[str]] = {}
    for field, value, evidence, attributions, rule, confidence in claims:
        text = f'{{"value":{value},"evidence":{evidence}'
        if attributions is not None:
            text += f',"attributions":{attributions}'
        if rule is not None:
            text += f',"rule":{compact(rule)}'
        text += f',"confidence":{compact(confidence)}}}'
        fields.setdefault(field, []).append(text)
    joined = record[:-1]
    for field, texts in fields.items():
        joined += f',"{field}":'
        joined += texts[0] if field in SINGLE_CLAIMS else f"[{','.join(texts)}]"
    return from_json(Report, joined + "}")


# incidents


def incident_row(incident: Incident, record: str) -> Row:
    """Columns of `incident_history` that follow from the incident and its JSON."""
    date = incident.date.value if incident.date else None
    place = incident.place.value if incident.place else None
    return {
        "record": record,
        "type": incident.type.value.value,
        "status": incident.status.value,
        "first_day": date.first_day if date else None,
        "last_day": date.last_day if date else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "lineages": incident.corroboration.lineages,
        "title": incident.title,
        "words": evidence_words(record),
    }


def listed_row(incident: Incident) -> Row:
    """Columns of `listed` beside those that `incident_row` gives."""
    date = incident.date.value if incident.date else None
    place = incident.place.value if incident.place else None
    names = (place.name, place.admin1 or "", place.admin2 or "") if place else None
    return {
        "day": (date.first_day or date.last_day) if date else None,
        "place_names": "\n".join(names).casefold() if names else None,
        "precision": place.precision.value if place else None,
        "uncertainty_km": place.uncertainty_km if place and place.lat is not None else None,
        "is_recap": incident.background_only,
    }


def listed_actors(incident: Incident) -> list[Row]:
    """Who has which role in it, each once."""
    told = {(field.value.role.value, field.value.name.casefold()) for field in incident.actors}
    return [{"role": role, "name": name} for role, name in sorted(told)]


def listed_weapons(incident: Incident) -> list[Row]:
    """With what, each kind once."""
    return [{"type": type_} for type_ in sorted({one.value.type.value for one in incident.weapons})]


NO_INCIDENT: Row = dict.fromkeys(
    (
        "record",
        "type",
        "status",
        "first_day",
        "last_day",
        "country",
        "lat",
        "lon",
        "lineages",
        "title",
        "words",
    )
)
"""The same columns where an incident ended."""


def evidence_words(record: str) -> str:
    """The distinct quoted words of an incident's evidence, in order: what searches go through."""
    found: dict[str, None] = {}

    def note(value: dict[str, Any]) -> dict[str, Any] | None:
        span = value.get("span")
        if span is not None:
            found[span["text"]] = None
        # what holds a span asks for it by its name; nothing else is asked for
        return value if "start" in value else None

    json.loads(record, object_hook=note)
    return "\n".join(found)


def ids_json(ids: Iterable[str]) -> str:
    """A JSON array of distinct ids, sorted."""
    return compact(sorted(set(ids)))


def ids_of(text: str) -> tuple[str, ...]:
    """The ids of such an array."""
    ids: Sequence[str] = json.loads(text)
    return tuple(ids)
