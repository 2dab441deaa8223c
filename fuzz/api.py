"""Fuzz the API: any path, query and body, over a small record of our own."""

from __future__ import annotations

import atexit
import json
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient

from tocsin.api import ReviewDesk, StorePool, create_api
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.pipeline import run
from tocsin.store import Store, open_store, system_clock

STORIES = (
    "Two Katyusha rockets hit a market in Kirkuk on Monday, killing three people, police said.",
    "Gunmen killed at least five soldiers near Mosul on Tuesday, an official said on Friday.",
)
ENDLESS = "/api/v1/changes"
SERVER_ERROR = 500
QUERY_SAFE = "=&+,.-:;/()*!'~"
SEEDS = (
    b"\x01since=2021-01-01&until=2021-12-31&country=IQ&bbox=40,30,50,40&limit=5&order=oldest",
    b"\x02near=44.4,35.5,80&type=armed_attack&status=unconfirmed&as_of=2021-03-05T00:00:00Z",
    b"\x05polygon=40,30,50,30,50,40&text=rockets&cursor=abc&min_lineages=1&recaps=false",
    b'\x80{"kind": "confirm", "incidents": ["inc_1"], "reviewer": "ana", "reason": "x"}',
    b'\x80{"kind": "edit", "incidents": ["inc_1"], "field": "killed", "value": {"min": 1}}',
    b"\x09\0inc_1",
)
WORDS = """
since= until= country= type= status= bbox= near= polygon= place= actor= role= weapon= text= as_of=
min_lineages= recaps= order= limit= cursor= q= rule= start= end= "kind" "merge" "split" "reject"
"pin" "relate" "undo" "incidents" "reports" "value"
"""


@cache
def opened() -> tuple[TestClient, tuple[str, ...], tuple[str, ...]]:
    """A client, the addresses to ask, and some ids that lead somewhere."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path, articles = Path(folder.name) / "record.db", Path(folder.name) / "articles.jsonl"
    rows = (
        {"id": f"a{number}", "outlet": "The Ledger", "published": "2021-03-02", "text": text}
        for number, text in enumerate(STORIES)
    )
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    settings = Settings(extract=ExtractSettings(reader="rules"))
    with open_store(str(path), settings.store) as store:
        run([str(articles)], store, settings)
        ids = tuple(stored.incident.id for stored in store.incidents())

    def writable() -> Store:
        return open_store(str(path), settings.store, create=False)

    pool = StorePool(lambda: open_store(str(path), settings.store, create=False, read_only=True))
    app = create_api(pool, ReviewDesk(writable, settings, system_clock))
    paths = sorted(set(app.openapi()["paths"]) - {ENDLESS})
    return TestClient(app), tuple(paths), (*ids, "a0")


def check(data: bytes) -> None:
    """The first byte chooses the address (from 128 on a decision is posted); what follows, up to a
    zero, is the query or the body, and what comes after it stands for each id of the path."""
    if not data:
        return
    client, paths, ids = opened()
    said, _, named = data[1:].partition(b"\0")
    if data[0] >= 128:
        body = said.replace(b"inc_1", ids[0].encode()).replace(b"inc_2", ids[-2].encode())
        headers = {"Content-Type": "application/json"}
        answer = client.post("/api/v1/decisions", content=body, headers=headers)
    else:
        id_ = quote(named, safe="") if named else ids[data[0] % len(ids)]
        path = "/".join(
            id_ + part.partition("}")[2] if part.startswith("{") else part
            for part in paths[data[0] % len(paths)].split("/")
        )
        answer = client.get(f"{path}?{quote(said, safe=QUERY_SAFE)}")
    if answer.status_code >= SERVER_ERROR:
        raise RuntimeError(f"answered {answer.status_code}: {answer.text[:300]}")
