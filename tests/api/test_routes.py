"""What each route answers, in the objects of the contract."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import COUNT, made
from tests.store.factory import article, kept
from tocsin.publish.schemas import load_schema


def first_id(client: TestClient) -> str:
    found: str = client.get("/api/v1/incidents?limit=1").json()["items"][0]["id"]
    return found


def test_incidents_are_contract_objects(client: TestClient) -> None:
    schema = load_schema("incident")
    items = client.get("/api/v1/incidents?limit=200").json()["items"]
    assert len(items) == COUNT
    for item in items:
        jsonschema.validate(item, schema)
        assert client.get(f"/api/v1/incidents/{item['id']}").json() == item


def test_an_extraction_is_a_contract_object(client: TestClient) -> None:
    body = client.get("/api/v1/extractions/art_0003").json()
    jsonschema.validate(body, load_schema("extract"))
    assert body["article"]["id"] == "art_0003"


def test_an_article_comes_with_its_text(client: TestClient) -> None:
    body = client.get("/api/v1/articles/art_0003").json()
    assert body["text"] == article(3).text
    assert [version["number"] for version in body["versions"]] == [1]
    assert body["lineage_id"]


def test_evidence_equals_the_slice_of_the_text(client: TestClient) -> None:
    items = client.get(f"/api/v1/incidents/{first_id(client)}/evidence").json()["items"]
    assert items
    for item in items:
        text = client.get(f"/api/v1/articles/{item['article']['id']}").json()["text"]
        for mark in item["marks"]:
            assert text[mark["start"] : mark["end"]] == mark["text"]


def test_a_report_names_its_incident(client: TestClient) -> None:
    report = kept(2).extraction.reports[0]
    body = client.get(f"/api/v1/reports/{report.id}").json()
    assert (body["article_id"], body["incident_id"]) == ("art_0002", "inc_0002")


def test_points_are_the_located_incidents(client: TestClient) -> None:
    answer = client.get("/api/v1/incidents/points")
    assert answer.headers["content-type"] == "application/geo+json"
    body = answer.json()
    located = {one.id for one in map(made, range(1, COUNT + 1)) if one.place}
    assert {feature["properties"]["id"] for feature in body["features"]} == located
    assert body["unplaced"] == COUNT - len(located)
    days = [feature["properties"]["day"] for feature in body["features"]]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)


def test_points_that_must_be_asked_one_by_one_look_the_same(client: TestClient) -> None:
    plain = client.get("/api/v1/incidents/points").json()["features"]
    asked = client.get("/api/v1/incidents/points?role=blamed").json()["features"]
    assert asked == plain


def test_the_histogram_counts_all_that_have_a_day(client: TestClient) -> None:
    body = client.get("/api/v1/incidents/histogram").json()
    assert (body["total"], body["undated"]) == (COUNT, 1)
    assert sum(bar["count"] for bar in body["bars"]) == COUNT - 1


def test_history_says_what_changed(client: TestClient) -> None:
    (row,) = client.get("/api/v1/incidents/inc_0001/history").json()["items"]
    assert (row["number"], row["changed"]) == (1, [])
    assert row["causes"] == ["art_0001"]


def test_a_merge_card_ties_the_reports_together(client: TestClient) -> None:
    body = client.get("/api/v1/incidents/inc_0001/merge-card").json()
    ids = {report.id for report in kept(1).extraction.reports}
    assert len(body["links"]) == len(ids) - 1
    assert {end for link in body["links"] for end in (link["a"], link["b"])} == ids


def test_search_finds_articles_and_incidents(client: TestClient) -> None:
    body = client.get("/api/v1/search?q=number7").json()
    assert [hit["article_id"] for hit in body["articles"]] == ["art_0007"]
    pieces = body["articles"][0]["snippet"]
    assert {piece["text"].casefold() for piece in pieces if piece["is_match"]} == {"number7"}
    assert client.get('/api/v1/search?q=" AND OR').status_code == 200


def test_exports_hold_the_selection(client: TestClient) -> None:
    answer = client.get("/api/v1/exports/incidents.csv?country=tr")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["country"] for row in rows} == {"TR"}
    lines = client.get("/api/v1/exports/incidents.jsonl").text.splitlines()
    assert len(lines) == COUNT
    assert all(json.loads(line)["schema_version"] == 1 for line in lines)
    for name in ("table", "acled-csv"):
        assert client.get(f"/api/v1/exports/incidents.{name}").status_code == 404
    answer = client.get("/api/v1/exports/incidents.parquet")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert pq.read_table(io.BytesIO(answer.content)).num_rows == COUNT
    assert (
        'filename="incidents.stix.json"'
        in (client.get("/api/v1/exports/incidents.stix").headers["content-disposition"])
    )


@pytest.mark.parametrize("part", ["tallies", "sources", "decisions", "refusals"])
def test_lists_of_the_record(client: TestClient, part: str) -> None:
    items = client.get(f"/api/v1/{part}").json()["items"]
    assert len(items) == {"tallies": COUNT, "sources": 3, "decisions": 0, "refusals": 0}[part]


def test_health_counts_the_record(client: TestClient) -> None:
    body = client.get("/api/v1/health").json()
    assert (body["status"], body["articles"], body["incidents"]) == ("ok", COUNT, COUNT)


@pytest.mark.parametrize(
    "address",
    ["incidents/inc_none", "incidents/inc_none/history", "articles/none", "reports/rep_none",
     "extractions/none", "nowhere"],
)  # fmt: skip
def test_what_is_not_there_has_one_shape(client: TestClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message", "field"}


def test_a_tag_saves_the_answer(client: TestClient) -> None:
    first = client.get("/api/v1/incidents/inc_0001")
    again = client.get(
        "/api/v1/incidents/inc_0001", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    other = client.get(
        "/api/v1/incidents/inc_0002", headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


def test_the_openapi_document_is_whole(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    listed = document["paths"]["/api/v1/incidents"]["get"]
    assert {parameter["name"] for parameter in listed["parameters"]} >= {"since", "cursor", "near"}
    assert document["components"]["schemas"]["Incident"] == load_schema("incident")
    points = document["paths"]["/api/v1/incidents/points"]["get"]["responses"]["200"]
    assert list(points["content"]) == ["application/geo+json"]
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["responses"].keys() & {"200", "201"}
