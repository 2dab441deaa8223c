"""A store with some incidents, and a client that asks the API over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.store.factory import incident, kept
from tocsin.api import StorePool, create_api
from tocsin.records import (
    Actor,
    Corroboration,
    Evidence,
    FusedField,
    Incident,
    Place,
    Weapon,
)
from tocsin.records.vocab import (
    ActorRole,
    Agreement,
    IncidentStatus,
    PlacePrecision,
    WeaponType,
)
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

COUNT = 12
HARRAN = Place("Harran", PlacePrecision.SETTLEMENT, country="TR", admin1="Urfa", lat=36.9, lon=39)
FIJI = Place("Taveuni", PlacePrecision.ADM2, country="FJ", lat=-16.8, lon=179.9, uncertainty_km=20)


def made(number: int) -> Incident:
    """Incident `number` of the test record: places, days, actors and standing go round."""
    reports = kept(number).extraction.reports
    ids = tuple(report.id for report in reports)
    words = tuple(Evidence(report.article_id, report.trigger) for report in reports)
    role = ActorRole.DENIED if number % 2 else ActorRole.BLAMED
    changes = {
        "day": None if number == COUNT else dt.date(2020, 3, 1) + dt.timedelta(days=number // 2),
        "place": (HARRAN, FIJI, None)[number % 3],
        "status": IncidentStatus.DISPUTED if number % 4 == 0 else IncidentStatus.UNCONFIRMED,
        "corroboration": Corroboration(number, number, 1 + number % 3),
        "background_only": number % 5 == 0,
        "actors": (
            FusedField(Actor("Grey Column", role), "5", Agreement.SINGLE, ids, words),
            FusedField(Actor("the army", ActorRole.BLAMED), "5", Agreement.SINGLE, ids, words),
        ),
        "actor_by": (None, "a spokesman"),
        "weapons": (FusedField(Weapon(WeaponType.ROCKET), "5", Agreement.SINGLE, ids, words),)
        if number % 2
        else (),
    }
    return incident(number, *reports, **changes)


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("api") / "store.db"
    with open_store(str(path), StoreSettings()) as store:
        batch = [kept(number) for number in range(1, COUNT + 1)]
        store.keep_many(batch)
        ids = [report.id for one in batch for report in one.extraction.reports]
        incidents = [made(number) for number in range(1, COUNT + 1)]
        store.write_incidents(incidents, gone={}, resolved_report_ids=ids)
    return path


@pytest.fixture(scope="session")
def pool(record_path: Path) -> Iterator[StorePool]:
    settings = StoreSettings()
    made_pool = StorePool(
        lambda: open_store(str(record_path), settings, create=False, read_only=True), size=2
    )
    yield made_pool
    made_pool.close()


@pytest.fixture(scope="session")
def client(pool: StorePool) -> Iterator[TestClient]:
    with TestClient(create_api(pool), raise_server_exceptions=False) as opened:
        yield opened
