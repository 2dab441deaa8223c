"""A real server on a real store, and a real Chromium; without a browser these tests skip, visibly.

The browser is Playwright's own where it is installed (`playwright install chromium`), else one of
the system.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.attacks import HOSTILE
from tests.browser.visits import Visit
from tests.store.factory import kept, story
from tests.web.conftest import COURIER, LEDGER
from tests.web.test_security import hostile_incident
from tests.web.test_serving import address_in
from tests.web.test_serving import run as run_command
from tocsin.config import Settings
from tocsin.extract.config import ExtractSettings
from tocsin.people.passwords import hash_password
from tocsin.pipeline import run
from tocsin.records import Account, Role
from tocsin.store import open_accounts, open_store
from tocsin.store.config import StoreSettings

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SOFTWARE_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
"""The map draws with WebGL, which a machine without a graphics card does in software."""
WAIT_MS = 20_000
"""How long anything may take on a busy machine."""
DESK = {"width": 1280, "height": 900}
PASSWORD = "a tall lamp in the hall"
READER = "reader"
BY_RULES = Settings(extract=ExtractSettings(reader="rules"))
"""What is shown is tested here, and not what is read: by the faster reader."""

MOSUL = """Blast near Mosul kills two

MOSUL, March 9, 2021 - A roadside bomb exploded near Mosul on Tuesday, killing two soldiers, the
army said.
"""
HOSTILE_WORDS = " ".join(HOSTILE)
BIG_CHARS = 5_000_000
"""As long as a text may be: more than ten megabytes of the letters below."""
LURE = "<img src=x onerror=alert(1)>\u202e" + "爆炸" * 30 + "\u202c<script>alert(2)</script> "
"""What fills a huge hostile text: tags, handlers, and words that would turn the page around."""


@dataclass(frozen=True, slots=True)
class Record:
    """The store that is shown, and names of things in it."""

    path: Path
    incident: str
    article: str
    hostile_article: str
    hostile_chars: int

    def address(self, template: str) -> str:
        """An address with the ids of this record in it."""
        return template.format(
            incident=quote(self.incident, safe=""), article=quote(self.article, safe="")
        )


def read_into(path: Path, folder: Path, name: str, text: str, day: str) -> None:
    """Read one article of ours into a store, as `tocsin run` does."""
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / f"{name}.json").write_text(
        f'{{"id": "{name}", "published": "{day}", "outlet": "The {name.title()}",'
        f' "url": "https://{name}.example/1"}}',
        encoding="utf-8",
    )
    with open_store(str(path), StoreSettings()) as store:
        run([str(folder / f"{name}.txt")], store, BY_RULES)


@pytest.fixture(scope="package")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("browser")
    path = folder / "record.db"
    for name, text, day in (
        ("ledger", LEDGER, "2021-03-02"),
        ("courier", COURIER, "2021-03-02"),
        ("herald", MOSUL, "2021-03-10"),
    ):
        read_into(path, folder, name, text, day)
    text = story(1, note=HOSTILE_WORDS).replace("Blast", f"Blast {HOSTILE_WORDS}", 1)
    text += LURE * ((BIG_CHARS - len(text)) // len(LURE))
    assert len(text.encode()) > 10_000_000
    hostile = kept(1, id="art_<b>hostile</b>", text=text, title=HOSTILE_WORDS, outlet=HOSTILE_WORDS)
    with open_store(str(path), StoreSettings()) as store:
        ledger = store.extraction("ledger")
        assert ledger is not None
        ids = store.incidents_of_reports(report.id for report in ledger.reports)
        store.keep(hostile)
        reports = hostile.extraction.reports
        store.write_incidents(
            [hostile_incident(HOSTILE_WORDS)(1, *reports)],
            gone={},
            resolved_report_ids=[report.id for report in reports],
        )
    with open_accounts(str(path), StoreSettings()) as accounts:
        now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        accounts.add_account(Account(READER, Role.VIEWER, now), hash_password(PASSWORD))
    return Record(path, sorted(ids.values())[0], "ledger", hostile.article.id, len(text))


@contextmanager
def served(*arguments: object) -> Iterator[str]:
    """`tocsin serve` in a process of its own; its origin."""
    process: subprocess.Popen[str] = run_command("serve", "--port", 0, *arguments)
    with process:
        try:
            yield address_in(process).rstrip("/")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


@pytest.fixture(scope="package")
def board(record: Record) -> Iterator[str]:
    with served("--db", record.path) as origin:
        yield origin


@pytest.fixture(scope="package")
def guarded_board(record: Record) -> Iterator[str]:
    with served("--db", record.path, "--login") as origin:
        yield origin


def browser_path(playwright: Playwright) -> str | None:
    """Where a Chromium is; None where there is none."""
    own = playwright.chromium.executable_path
    if Path(own).is_file():
        return own
    return next((found for found in map(shutil.which, SYSTEM_BROWSERS) if found), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = browser_path(playwright)
        if path is None:
            pytest.skip("no Chromium: `playwright install chromium` brings one")
        # Chromium's sandbox does not start for the superuser, as whom containers run.
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        launched = playwright.chromium.launch(
            executable_path=path, args=[*SOFTWARE_GL, *sandbox], timeout=3 * WAIT_MS
        )
        yield launched
        launched.close()


MakeVisit = Callable[..., Visit]


@pytest.fixture
def visit_at(browser: Browser) -> Iterator[MakeVisit]:
    """`visit_at(origin, **context options)`: a fresh profile. All are checked at the end."""
    visits: list[Visit] = []

    def make(origin: str, **options: object) -> Visit:
        context = browser.new_context(**{"viewport": DESK, **options})  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        visits.append(Visit(context, origin))
        return visits[-1]

    yield make
    for visit in visits:
        visit.check()
        visit.context.close()


@pytest.fixture
def visit(visit_at: MakeVisit, board: str) -> Visit:
    """A tab on the board."""
    return visit_at(board)
