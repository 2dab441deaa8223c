"""The board over small stores, asked as a browser on this machine would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.store.factory import SteppingClock, kept
from tocsin.api import ReviewDesk, StorePool
from tocsin.config import Settings
from tocsin.pipeline import run
from tocsin.records import Incident
from tocsin.store import open_store
from tocsin.store.config import StoreSettings
from tocsin.web import create_board

ORIGIN = "http://127.0.0.1:8400"
SETTINGS = StoreSettings()


def board_of(path: Path, stack: ExitStack, desk: ReviewDesk | None = None) -> TestClient:
    pool = StorePool(lambda: open_store(str(path), SETTINGS, create=False, read_only=True), size=2)
    stack.callback(pool.close)
    board = create_board(pool, desk)
    client = TestClient(board, base_url=ORIGIN, raise_server_exceptions=False)
    return stack.enter_context(client)


def desk_of(path: Path) -> ReviewDesk:
    """Decides on the store, with a clock that steps on."""
    return ReviewDesk(
        lambda: open_store(str(path), SETTINGS, create=False), Settings(), SteppingClock()
    )


@pytest.fixture
def empty_board(tmp_path: Path) -> Iterator[TestClient]:
    path = tmp_path / "empty.db"
    open_store(str(path), SETTINGS).close()
    with ExitStack() as stack:
        yield board_of(path, stack)


LEDGER = """Rockets hit Kirkuk market

KIRKUK, March 2, 2021 - Two Katyusha rockets hit a market in Kirkuk on Monday, killing three
people and wounding nine, police said. No group has claimed the attack. Iran denied it had any
part in it. It was the third attack on the city in a month.
"""
COURIER = """Five dead as rockets strike market in Kirkuk

At least five people were killed when two rockets struck a market in Kirkuk on Monday, March 1,
a hospital official said. The government blamed the Grey Column for the attack.
"""


@pytest.fixture(scope="session")
def read_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles of ours on one attack, read by the real pipeline."""
    folder = tmp_path_factory.mktemp("web")
    for name, text in (("ledger", LEDGER), ("courier", COURIER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.json").write_text(
            f'{{"id": "{name}", "published": "2021-03-02", "outlet": "The {name.title()}",'
            f' "url": "https://{name}.example/kirkuk"}}',
            encoding="utf-8",
        )
    path = folder / "record.db"
    with open_store(str(path), SETTINGS) as store:
        run([str(folder / "ledger.txt"), str(folder / "courier.txt")], store, Settings())
    return path


@pytest.fixture(scope="session")
def board(read_record: Path) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield board_of(read_record, stack)


@pytest.fixture
def board_with(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """`board_with(incident, **article fields)`: the board over one hand-made article."""
    with ExitStack() as stack:

        def make(
            make_incident: Callable[..., Incident] | None = None, **changes: Any
        ) -> TestClient:
            text = changes.get("text")
            if isinstance(text, str):
                changes["sha256"] = hashlib.sha256(text.encode()).hexdigest()
            one = kept(1, **changes)
            path = tmp_path / "made.db"
            with open_store(str(path), SETTINGS) as store:
                store.keep(one)
                if make_incident is not None:
                    reports = one.extraction.reports
                    store.write_incidents(
                        [make_incident(1, *reports)],
                        gone={},
                        resolved_report_ids=[report.id for report in reports],
                    )
            return board_of(path, stack, desk_of(path))

        yield make
