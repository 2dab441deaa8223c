"""Records as the JSON that programs read (docs/contract.md, schema version 1).

Spans are `{"start", "end", "text"}` in code points of the article's stored text. Date bounds are
inclusive here: whole local days, or instants with their offset where a clock time is known.
Absent values are left out or null; zero is only ever a stated or implied zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from tocsin.records import (
    Actor,
    Alternative,
    Article,
    Attribution,
    Casualties,
    Claim,
    Conflict,
    Evidence,
    Extraction,
    FusedField,
    Incident,
    Place,
    Quantity,
    Report,
    Span,
    Statement,
    TallyCheck,
    TallyClaim,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import Outcome, PublishedBasis, TimePrecision

SCHEMA_VERSION = 1
Json = dict[str, Any]

CLOCK_PRECISIONS = frozenset({TimePrecision.MINUTE, TimePrecision.HOUR, TimePrecision.PART_OF_DAY})


def span_json(span: Span) -> Json:
    """`{"start", "end", "text"}`."""
    return {"start": span.start, "end": span.end, "text": span.text}


def evidence_json(evidence: Evidence) -> Json:
    """A span with the article it stands in."""
    return {"article_id": evidence.article_id, **span_json(evidence.span)}


def interval_json(interval: TimeInterval) -> Json:
    """A time as inclusive bounds: local days, or instants where a clock time and zone are known."""
    earliest, latest = _bounds(interval)
    return {
        "earliest": earliest,
        "latest": latest,
        "local_date": interval.local_date.isoformat() if interval.local_date else None,
        "precision": interval.precision.value,
        "zone": interval.zone,
        "zone_basis": interval.zone_basis.value,
        "basis": interval.basis.value,
        "rule": interval.rule,
        **_clock(interval),
    }


def _bounds(interval: TimeInterval) -> tuple[str | None, str | None]:
    if interval.precision in CLOCK_PRECISIONS and interval.zone:
        zone = ZoneInfo(interval.zone)
        return (
            interval.earliest.replace(tzinfo=zone).isoformat() if interval.earliest else None,
            interval.latest.replace(tzinfo=zone).isoformat() if interval.latest else None,
        )
    first, last = interval.first_day, interval.last_day
    return first.isoformat() if first else None, last.isoformat() if last else None


def _clock(interval: TimeInterval) -> Json:
    """The local clock time, which plain dates cannot carry, where no zone makes it an instant."""
    if interval.precision not in CLOCK_PRECISIONS or interval.zone:
        return {}
    if interval.earliest is None or interval.latest is None:
        return {}
    return {
        "clock": {
            "from": interval.earliest.isoformat(timespec="minutes"),
            "to": interval.latest.isoformat(timespec="minutes"),
        }
    }


def quantity_json(quantity: Quantity) -> Json:
    """`min`, `best`, `max`, `approx`, `status`."""
    return {
        "min": quantity.min,
        "best": quantity.best,
        "max": quantity.max,
        "approx": quantity.approx,
        "status": quantity.status.value,
    }


def place_json(place: Place) -> Json:
    """A place as meant, without the words it came from."""
    return {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision.value,
        "uncertainty_km": place.uncertainty_km,
        "role": place.role.value,
        "gazetteer": {"source": place.gazetteer.source, "id": place.gazetteer.id}
        if place.gazetteer
        else None,
        **({"distance_m": place.distance_m} if place.distance_m is not None else {}),
    }


def _weapon_json(weapon: Weapon) -> Json:
    counts = (
        quantity_json(weapon.count) if weapon.count else {"min": None, "best": None, "max": None}
    )
    return {"type": weapon.type.value, "name": weapon.name, **counts}


def _casualties_json(casualties: Casualties) -> Json:
    return {
        **quantity_json(casualties.count),
        "group": casualties.group.value,
        "is_part": casualties.is_part,
        "nationality": casualties.nationality,
    }


def _target_json(target: Target) -> Json:
    return {"name": target.name, "kind": target.kind.value, "aimed_at": target.aimed_at}


def _actor_json(actor: Actor) -> Json:
    return {
        "name": actor.name,
        "canonical_id": actor.canonical_id,
        "class": actor.actor_class.value,
        "role": actor.role.value,
        "level": actor.level.value,
    }


def _attribution_json(attribution: Attribution) -> Json:
    return {
        "source": attribution.source,
        "kind": attribution.kind.value,
        "certainty": attribution.certainty.value,
        "polarity": attribution.polarity.value,
        **(span_json(attribution.span) if attribution.span else {}),
    }


def _by(attributions: Sequence[Attribution]) -> Json | None:
    return _attribution_json(attributions[0]) if attributions else None


def _words(claim: Claim[Any]) -> Json:
    """The leading span of a claim, flattened; the named rule where it was inferred; how sure the
    reader is, where it weighs its values."""
    flat = span_json(claim.evidence[0]) if claim.evidence else {}
    if claim.rule:
        flat["rule"] = claim.rule
    return {**flat, **_confidence(claim)}


def _confidence(claim: Claim[Any]) -> Json:
    """How sure the reader is; nothing where it does not weigh its values."""
    return {"confidence": round(claim.confidence, 4)} if claim.confidence < 1 else {}


def article_json(article: Article) -> Json:
    """The `article` object of one extract line."""
    published = article.published
    dateline = article.dateline
    return {
        "id": article.id,
        "sha256": article.sha256,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "unsupported_language": not article.is_supported_language,
        "published": _published(published.moment, published.date) if published else None,
        "published_basis": published.basis.value if published else PublishedBasis.UNKNOWN.value,
        "published_origin": published.origin if published else None,
        "published_doubts": [
            {
                "published": _published(doubt.moment, doubt.date),
                "basis": doubt.basis.value,
                "origin": doubt.origin,
            }
            for doubt in article.published_doubts
        ],
        "dateline": {
            "city": dateline.city,
            "date": dateline.date.isoformat() if dateline.date else None,
            "agency": dateline.agency,
            **span_json(dateline.span),
        }
        if dateline
        else None,
        "agencies": list(article.agencies),
        "regions": [
            {"start": region.start, "end": region.end, "kind": region.kind.value}
            for region in article.regions
        ],
        "source": article.source,
    }


def _published(moment: dt.datetime | None, day: dt.date) -> str:
    return moment.isoformat() if moment else day.isoformat()


def report_json(report: Report) -> Json:
    """One report of an extract line."""
    return {
        "id": report.id,
        "is_main": report.is_main,
        "specificity": report.specificity.value,
        "type": report.type.value.value,
        "stage": report.stage.value,
        "modifiers": [modifier.value for modifier in report.modifiers],
        "trigger": span_json(report.trigger),
        "date": _date_json(report.date),
        "places": [
            {**span_json(span), "role": claim.value.role.value, "name": claim.value.name}
            for claim in report.places
            for span in claim.evidence[:1]
        ],
        "place": _place_claim_json(report.place),
        "weapons": [{**_weapon_json(c.value), **_words(c)} for c in report.weapons],
        "targets": [{**_target_json(c.value), **_words(c)} for c in report.targets],
        **{
            outcome.value: [
                {**_casualties_json(c.value), **_words(c), "by": _by(c.attributions)}
                for c in report.counts(outcome)
            ]
            for outcome in Outcome
        },
        "damage": [
            {"level": c.value.level.value, "what": c.value.what, **_words(c)} for c in report.damage
        ],
        "effects": [{"kind": c.value.kind.value, **_words(c)} for c in report.effects],
        "actors": [
            {**_actor_json(c.value), "by": _by(c.attributions), **_words(c)} for c in report.actors
        ],
        "sources": [
            {"name": c.value.name, "kind": c.value.kind.value, **_words(c)} for c in report.sources
        ],
        "hedges": [span_json(span) for span in report.hedges],
        "confidence": round(report.confidence, 4),
    }


def _date_json(claim: Claim[TimeInterval] | None) -> Json | None:
    if claim is None:
        return None
    return {
        **interval_json(claim.value),
        "evidence": [span_json(span) for span in claim.evidence],
        **_confidence(claim),
    }


def _place_claim_json(claim: Claim[Place] | None) -> Json | None:
    if claim is None:
        return None
    return {
        **place_json(claim.value),
        "rule": claim.rule,
        "evidence": [span_json(span) for span in claim.evidence],
        **_confidence(claim),
    }


def tally_json(tally: TallyClaim) -> Json:
    """One aggregate claim of an extract line."""
    window = tally.window
    return {
        "id": tally.id,
        "count": quantity_json(tally.count),
        "ordinal": tally.ordinal,
        "kind": tally.kind.value,
        "noun": tally.noun,
        "scope": tally.scope,
        "scope_country": tally.scope_country,
        "window": {
            "start": window.first_day.isoformat() if window.first_day else None,
            "end": window.last_day.isoformat() if window.last_day else None,
            **({"text": tally.window_span.text} if tally.window_span else {}),
        }
        if window
        else None,
        "includes_current": tally.includes_current.value,
        "by": _attribution_json(tally.by) if tally.by else None,
        **span_json(tally.span),
    }


def tally_check_json(tally: TallyClaim, check: TallyCheck) -> Json:
    """One line of `tocsin tallies --format jsonl`: the claim and the record's own count."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article_id": tally.article_id,
        **tally_json(tally),
        "our_count": check.our_count,
        "verdict": check.verdict.value,
        "gap": check.gap,
        "counted": list(check.counted),
        "near_misses": [
            {"incident_id": miss.incident_id, "reason": miss.reason} for miss in check.near_misses
        ],
    }


def statement_json(statement: Statement) -> Json:
    """One threat, claim, denial ... of an extract line."""
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "speaker": span_json(statement.speaker) if statement.speaker else None,
        "about": statement.about,
        **span_json(statement.span),
    }


def extraction_json(article: Article, extraction: Extraction) -> Json:
    """One line of `tocsin extract`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "extractor_version": extraction.extractor_version,
        "article": article_json(article),
        "reports": [report_json(report) for report in extraction.reports],
        "tallies": [tally_json(tally) for tally in extraction.tallies],
        "statements": [statement_json(statement) for statement in extraction.statements],
        "relations": [
            {
                "kind": relation.kind.value,
                "source": relation.source,
                "target": relation.target,
                "by": _attribution_json(relation.by) if relation.by else None,
                "hedged": relation.hedged,
                **span_json(relation.span),
            }
            for relation in extraction.relations
        ],
    }


def value_json(value: object) -> Any:
    """A fused value of any kind as contract JSON."""
    for kind, render in _RENDERERS:
        if isinstance(value, kind):
            return render(value)
    return getattr(value, "value", value)


_RENDERERS: tuple[tuple[type[Any], Any], ...] = (
    (TimeInterval, interval_json),
    (Place, place_json),
    (Quantity, quantity_json),
    (Weapon, _weapon_json),
    (Casualties, _casualties_json),
    (Target, _target_json),
    (Actor, _actor_json),
)


def field_json(field: FusedField[Any] | None) -> Json | None:
    """A fused field: value, agreement, rule, alternatives, evidence."""
    if field is None:
        return None
    return {"value": value_json(field.value), **_standing(field)}


def _standing(field: FusedField[Any]) -> Json:
    return {
        "agreement": field.agreement.value,
        "rule": field.rule,
        "alternatives": [_alternative_json(other) for other in field.alternatives],
        "evidence": [evidence_json(evidence) for evidence in field.evidence],
        **({"pinned_by": field.pinned_by} if field.pinned_by else {}),
    }


def _alternative_json(alternative: Alternative[Any]) -> Json:
    return {
        "value": value_json(alternative.value),
        "by": list(alternative.report_ids),
        "source": alternative.source,
        "note": alternative.note,
        "evidence": [evidence_json(evidence) for evidence in alternative.evidence],
    }


def _listed(fields: Iterable[FusedField[Any]]) -> list[Json]:
    """Repeated fields are flat objects: the value's own keys beside how it stands."""
    return [{**value_json(field.value), **_standing(field)} for field in fields]


def _conflict_json(conflict: Conflict) -> Json:
    return {
        "field": conflict.field,
        "verdict": conflict.verdict.value,
        "sides": [
            {
                "value": side.value,
                "by": list(side.report_ids),
                "evidence": [evidence_json(evidence) for evidence in side.evidence],
            }
            for side in conflict.sides
        ],
    }


def incident_json(
    incident: Incident, *, first_seen: dt.datetime, last_changed: dt.datetime
) -> Json:
    """One line of `tocsin incidents --format jsonl`."""
    actors = _listed(incident.actors)
    for actor, by in zip(actors, incident.actor_by, strict=True):
        actor["by"] = by
    corroboration = incident.corroboration
    return {
        "schema_version": SCHEMA_VERSION,
        "id": incident.id,
        "title": incident.title,
        "type": field_json(incident.type),
        "status": incident.status.value,
        "stage": incident.stage.value,
        "provisional": incident.provisional,
        "reviewed": incident.reviewed,
        "background_only": incident.background_only,
        "date": field_json(incident.date),
        "place": field_json(incident.place),
        "weapons": _listed(incident.weapons),
        "targets": _listed(incident.targets),
        "actors": actors,
        "killed": field_json(incident.killed),
        "injured": field_json(incident.injured),
        "attackers_killed": field_json(incident.attackers_killed),
        "other_casualties": [
            {"outcome": field.value.outcome.value, **entry}
            for field, entry in zip(
                incident.other_casualties, _listed(incident.other_casualties), strict=True
            )
        ],
        "damage": [
            {"level": f.value.level.value, "what": f.value.what, **_standing(f)}
            for f in incident.damage
        ],
        "effects": [{"kind": f.value.kind.value, **_standing(f)} for f in incident.effects],
        "corroboration": {
            "articles": corroboration.articles,
            "reports": corroboration.reports,
            "lineages": corroboration.lineages,
            "primary_sources": [
                {"name": source.name, "kind": source.kind.value, "lineages": source.lineages}
                for source in corroboration.primary_sources
            ],
        },
        "conflicts": [_conflict_json(conflict) for conflict in incident.conflicts],
        "relations": [
            {
                "kind": relation.kind.value,
                "to": relation.to,
                "by": relation.by.source if relation.by else None,
                "hedged": relation.hedged,
                "evidence": [evidence_json(evidence) for evidence in relation.evidence],
                **({"decided_by": relation.decided_by} if relation.decided_by else {}),
            }
            for relation in incident.relations
        ],
        "reports": [
            {
                "article_id": member.article_id,
                "report_id": member.report_id,
                "is_main": member.is_main,
            }
            for member in incident.reports
        ],
        "confidence": round(incident.confidence, 4),
        **({"decisions": list(incident.decisions)} if incident.decisions else {}),
        "first_seen": first_seen.isoformat(),
        "last_changed": last_changed.isoformat(),
    }
