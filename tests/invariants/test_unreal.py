"""What did not happen, may happen, or happens every year founds no incident.

Most of it the readers leave out; what they take for news all the same is dropped when grounded.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.invariants.conftest import SETTINGS, read_by, record
from tocsin.config import Settings
from tocsin.pipeline import is_copy, resolve_pending
from tocsin.store import open_store

UNREAL = {
    "threatened": "The group threatened to bomb foreign embassies in Baghdad if its men were held.",
    "vowed": "The commander vowed to shell the port of Aden again and again until the siege ends.",
    "hypothetical": "If rebels were to attack the airport, the government would close the border.",
    "historical": "The town has seen many attacks over the years and people are used to them.",
    "generic": "Roadside bombs kill farmers in the province every year, aid workers say.",
    "frequent": "Bomb attacks were frequent in the city during the war, historians say.",
    "drill": "Soldiers staged a mock attack on the barracks for the visitors as part of a drill.",
    "denied": "The army denied on Tuesday that its guns had shelled the village of Karsa.",
    "rejected": "A rebel spokesman rejected reports that they had bombed the bridge near Adra.",
}
READERS = {"learned": Settings(), "rules": SETTINGS}


@pytest.fixture(scope="module", params=READERS)
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The kinds of sentence that founded an incident, each printed as an article of its own."""
    settings: Settings = READERS[request.param]
    folder: Path = tmp_path_factory.mktemp("unreal")
    rows = [{"id": kind, "published": "2021-03-02", "text": UNREAL[kind]} for kind in UNREAL]
    source = folder / "articles.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with open_store(str(folder / "record.db"), settings.store) as store:
        found = list(read_by(settings, [str(source)]))
        assert len(found) == len(UNREAL)
        store.keep_many(found, is_copy=is_copy)
        resolve_pending(store, settings)
        return {m.article_id for i in record(store).values() for m in i.reports}


@pytest.mark.parametrize("kind", UNREAL)
def test_what_is_not_told_as_having_happened_founds_no_incident(
    kind: str, founded: set[str]
) -> None:
    assert kind not in founded
