"""Routes of incidents: the list, points and histogram of a selection, and one incident in full."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field, field_validator

from tocsin.api.access import LentStore, Pool, known_incident, stored_json, tally_checks
from tocsin.api.answers import GeoJsonResponse, answer, tagged, to_bytes
from tocsin.api.cards import merge_card
from tocsin.api.clusters import MAX_ZOOM, Clustered, clustered
from tocsin.api.described import ANY_OBJECT, GEOJSON, INCIDENT, json_answer, list_of, page_of
from tocsin.api.errors import BadParameter, NotFound
from tocsin.api.histogram import histogram
from tocsin.api.listing import Overview, incident_page, newest_points, overview
from tocsin.api.marks import incident_marks
from tocsin.api.pool import StorePool
from tocsin.api.query import IncidentListQuery, IncidentQuery, Selection, read_moment
from tocsin.area import read_box
from tocsin.pipeline import with_current_relations
from tocsin.publish.contract import Json, article_json, evidence_json, tally_check_json
from tocsin.records import Incident
from tocsin.resolve import PairScore
from tocsin.store import IncidentSummary, IncidentVersion, StoreView
from tocsin.where.distance import DEFAULT_UNCERTAINTY_KM

router = APIRouter(prefix="/incidents", tags=["incidents"])

AsOf = Annotated[
    str | None,
    Query(max_length=40, description="As it was known then (ISO 8601; a day means its end, UTC)."),
]


@router.get("", responses=json_answer(page_of(INCIDENT)))
def list_incidents(
    request: Request, store: LentStore, query: Annotated[IncidentListQuery, Query()]
) -> Response:
    """Incidents that pass all filters, a page at a time."""
    selection = query.selection()
    page = incident_page(store, selection, query.order, query.cursor, query.limit)
    items = [stored_json(store, stored, selection.as_of) for stored in page.items]
    return answer(request, {"items": items, "next": page.next_cursor})


@router.get(
    "/points",
    responses=json_answer(ANY_OBJECT, "A FeatureCollection.", GEOJSON),
    response_class=GeoJsonResponse,
)
def list_points(
    request: Request, pool: Pool, store: LentStore, query: Annotated[IncidentQuery, Query()]
) -> Response:
    """Where they were, as GeoJSON, newest first; `left_out` counts those beyond the limit."""
    # Megabytes on a large record: remembered as they are sent.
    body = pool.remembered(
        store,
        ("points", query.question()),
        lambda: to_bytes(points_json(store, seen(pool, store, query), query.selection())),
        of_incidents=True,
    )
    return tagged(request, body, GEOJSON)


class ClusterQuery(IncidentQuery):
    """The filters, and which part of the world is looked at, how closely."""

    view: str = Field(max_length=200, description="west,south,east,north, as `bbox`.")
    zoom: int = Field(ge=0, le=MAX_ZOOM, description="Of a map of 512 pixels around at zoom 0.")

    @field_validator("view")
    @classmethod
    def _is_view(cls, text: str) -> str:
        read_box(text)
        return text


@router.get(
    "/clusters",
    responses=json_answer(ANY_OBJECT, "A FeatureCollection.", GEOJSON),
    response_class=GeoJsonResponse,
)
def list_clusters(
    request: Request, pool: Pool, store: LentStore, query: Annotated[ClusterQuery, Query()]
) -> Response:
    """What a map shows of them: points, and clusters of `count` where points would overlap."""
    found = seen(pool, store, query)
    drawn = clustered(found.points, read_box(query.view), query.zoom)
    body = clusters_json(store, drawn, query.moment)
    return answer(request, body, media_type=GEOJSON)


@router.get("/histogram", responses=json_answer(ANY_OBJECT))
def count_days(
    request: Request, pool: Pool, store: LentStore, query: Annotated[IncidentQuery, Query()]
) -> Response:
    """How many began when, in bars of a day, a week, a month or a year."""
    found = seen(pool, store, query)
    counted = histogram(found.days)
    bars = [
        {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count}
        for bar in counted.bars
    ]
    body = {
        "total": found.total,
        "undated": found.undated,
        "width": counted.width.value,
        "bars": bars,
    }
    return answer(request, body)


@router.get("/{incident_id}", responses=json_answer(INCIDENT))
def show_incident(
    request: Request, store: LentStore, incident_id: str, as_of: AsOf = None
) -> Response:
    """One incident: values, evidence, alternatives, conflicts, corroboration, relations."""
    moment = _moment(as_of)
    return answer(request, stored_json(store, known_incident(store, incident_id, moment), moment))


@router.get("/{incident_id}/evidence", responses=json_answer(list_of(ANY_OBJECT)))
def show_evidence(
    request: Request, store: LentStore, incident_id: str, as_of: AsOf = None
) -> Response:
    """The words it rests on, article by article, each with the value it speaks for."""
    moment = _moment(as_of)
    stored = known_incident(store, incident_id, moment)
    incident = with_current_relations(store, stored.incident, as_of=moment)
    marks: dict[str, list[Json]] = {}
    for mark in sorted(incident_marks(incident), key=lambda mark: (mark.evidence, mark.key)):
        marks.setdefault(mark.evidence.article_id, []).append(
            {
                **evidence_json(mark.evidence),
                "field": mark.key,
                "slot": mark.slot,
                "value": mark.words,
                "is_chosen": mark.is_chosen,
            }
        )
    items = []
    for article_id, found in marks.items():
        article = store.article(article_id)
        items.append({"article": article_json(article) if article else None, "marks": found})
    return answer(request, {"items": items})


@router.get("/{incident_id}/history", responses=json_answer(list_of(ANY_OBJECT)))
def show_history(request: Request, store: LentStore, incident_id: str) -> Response:
    """Every state of it that was kept, oldest first, and which fields each changed."""
    versions = store.history(incident_id)
    if not versions:
        raise NotFound("incident", incident_id)
    return answer(request, {"items": version_rows(versions)})


@router.get("/{incident_id}/merge-card", responses=json_answer(ANY_OBJECT))
def show_merge_card(request: Request, store: LentStore, incident_id: str) -> Response:
    """Why its reports are taken for one incident: the ties that hold, and what pulls apart."""
    incident = known_incident(store, incident_id).incident
    contexts = store.reports_in_context([member.report_id for member in incident.reports])
    card = merge_card(contexts)
    body = {
        "incident_id": incident.id,
        "links": [pair_json(pair) for pair in card.links],
        "doubts": [pair_json(pair) for pair in card.doubts],
        "left_out": card.left_out,
    }
    return answer(request, body)


@router.get("/{incident_id}/tallies", responses=json_answer(list_of(ANY_OBJECT)))
def show_tallies(request: Request, pool: Pool, store: LentStore, incident_id: str) -> Response:
    """The aggregate claims that count it, or nearly do."""
    incident = known_incident(store, incident_id).incident
    items = []
    for stored, check in tally_checks(pool, store):
        misses = {miss.incident_id for miss in check.near_misses}
        if incident.id in check.counted or incident.id in misses:
            row = tally_check_json(stored.tally, check)
            items.append({**row, "counts_it": incident.id in check.counted})
    return answer(request, {"items": items})


@router.get("/{incident_id}/relations", responses=json_answer(list_of(ANY_OBJECT)))
def show_relations(request: Request, store: LentStore, incident_id: str) -> Response:
    """What it is said to have to do with other incidents, with threats and with tallies."""
    stored = known_incident(store, incident_id)
    items = stored_json(store, stored)["relations"]
    for item in items:
        other = store.incident(item["to"])
        item["title"] = other.incident.title if other else None
    return answer(request, {"items": items})


def _moment(as_of: str | None) -> dt.datetime | None:
    try:
        return read_moment(as_of) if as_of else None
    except ValueError as error:
        raise BadParameter("as_of", str(error)) from None


def seen(pool: StorePool, store: StoreView, query: IncidentQuery) -> Overview:
    """The overview of a question, remembered until the record changes."""
    selection = query.selection()
    return pool.remembered(
        store,
        ("overview", selection.question),
        lambda: overview(store, selection),
        of_incidents=True,
    )


def points_json(store: StoreView, found: Overview, selection: Selection) -> Json:
    """A selection's newest points as a GeoJSON FeatureCollection."""
    features = [point_feature(one) for one in newest_points(store, selection)]
    return {
        "type": "FeatureCollection",
        "features": features,
        "left_out": max(0, len(found.points) - len(features)),
        "unplaced": found.unplaced,
    }


def clusters_json(store: StoreView, drawn: Clustered, moment: dt.datetime | None) -> Json:
    """A view as a GeoJSON FeatureCollection: of a single incident what `points` tells of it."""
    alone = [cluster.key for cluster in drawn.clusters if cluster.count == 1]
    features = [point_feature(one) for one in store.summaries_of(alone, as_of=moment)]
    features += [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [cluster.lon, cluster.lat]},
            "properties": {
                "count": cluster.count,
                "bbox": [cluster.box.west, cluster.box.south, cluster.box.east, cluster.box.north],
            },
        }
        for cluster in drawn.clusters
        if cluster.count > 1
    ]
    return {"type": "FeatureCollection", "features": features, "zoom": drawn.zoom}


def point_feature(one: IncidentSummary) -> Json:
    """An incident as a GeoJSON point; `uncertainty_km` is how far it may be from there, the
    usual one of its precision where the place brings none."""
    day = one.position.day
    uncertainty_km = one.uncertainty_km
    if uncertainty_km is None and one.precision is not None:
        uncertainty_km = DEFAULT_UNCERTAINTY_KM.get(one.precision)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
        "properties": {
            "id": one.id,
            "title": one.title,
            "day": day.isoformat() if day else None,
            "type": one.type.value,
            "status": one.status.value,
            "lineages": one.lineages,
            "precision": one.precision.value if one.precision else None,
            "uncertainty_km": uncertainty_km,
        },
    }


def pair_json(pair: PairScore) -> Json:
    """Two reports, how alike they are (0 to 1), and why."""
    return {
        "a": pair.a,
        "b": pair.b,
        "score": pair.score,
        "reasons_for": list(pair.reasons_for),
        "reasons_against": list(pair.reasons_against),
        "vetoes": list(pair.vetoes),
    }


def version_rows(versions: Sequence[IncidentVersion]) -> list[Json]:
    """The states of an incident, each with the fields that differ from the state before."""
    rows: list[Json] = []
    before: Incident | None = None
    for version in versions:
        now = version.incident
        rows.append(
            {
                "number": version.number,
                "recorded_at": version.recorded_at.isoformat(),
                "title": now.title if now else None,
                "status": now.status.value if now else None,
                "forwarded_to": version.forwarded_to,
                "causes": list(version.cause_article_ids),
                "decisions": list(version.cause_decision_ids),
                "changed": changed_fields(before, now),
            }
        )
        before = now
    return rows


def changed_fields(before: Incident | None, now: Incident | None) -> list[str]:
    """Names of the fields that two states differ in, in the order of the record; evidence counts.

    Empty where one of the two is missing: all of it came or went.
    """
    if before is None or now is None:
        return []
    names = (field.name for field in dataclasses.fields(Incident))
    return [name for name in names if getattr(before, name) != getattr(now, name)]
