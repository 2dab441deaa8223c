"""The review queue by keyboard: a pair kept apart, undone, merged, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeVisit, served
from tests.browser.visits import Visit
from tests.desk.factory import arrive, bombing
from tocsin.store import open_store
from tocsin.store.config import StoreSettings

pytestmark = pytest.mark.browser

QUESTION = "Do these two tell one incident?"
BLAST = "A blast shook the river district late in the day."


@pytest.fixture
def queue(tmp_path: Path, visit_at: MakeVisit) -> Iterator[Visit]:
    """A board with two incidents that may be one."""
    path = tmp_path / "queue.db"
    with open_store(str(path), StoreSettings()) as store:
        arrive(store, bombing("ledger"), bombing("courier", text=BLAST, killed=9, weapons=[]))
    with served("--db", path) as origin:
        yield visit_at(origin)


def main_of(page: Page) -> str:
    """The words of the page's main part."""
    return page.locator("main").inner_text()


def test_a_pair_is_decided_on_by_keys_and_each_act_undone(queue: Visit) -> None:
    page = queue.go("/review")
    expect(page.locator("main")).to_contain_text(QUESTION)
    page.keyboard.press("s")
    expect(page.locator("main")).to_contain_text("keep apart")
    assert QUESTION not in main_of(page)
    page.keyboard.press("u")
    expect(page.locator("main")).to_contain_text(QUESTION)
    page.keyboard.press("m")
    expect(page.locator("main")).to_contain_text("merge")
    assert QUESTION not in main_of(page)
    page.keyboard.press("u")
    expect(page.locator("main")).to_contain_text(QUESTION)


def test_keys_typed_into_the_reason_decide_nothing(queue: Visit) -> None:
    page = queue.go("/review")
    page.keyboard.press("w")
    page.keyboard.type("some must")
    expect(page.locator("main")).to_contain_text(QUESTION)
    assert page.locator(".decide input[name=reason]").input_value() == "some must"


def test_items_are_ticked_by_key_and_answered_together(queue: Visit) -> None:
    page = queue.go("/review")
    page.keyboard.press("a")
    expect(page.locator("#with-ticked")).to_contain_text("(1)")
    # a tick outlives the way through the queue
    page.reload()
    expect(page.locator("#tick")).to_be_checked()
    queue.check_accessible()
    page.locator("#with-ticked").get_by_role("button", name="Take").click()
    expect(page.locator(".waiting")).to_contain_text("in local’s hands")
    page.get_by_role("link", name="Mine").click()
    expect(page.locator("main")).to_contain_text(QUESTION)
    page.keyboard.press("a")
    page.locator("#with-ticked").get_by_role("button", name="Keep apart").click()
    expect(page.locator(".done")).to_contain_text("keep apart")
    page.keyboard.press("u")
    expect(page.locator(".waiting")).to_contain_text("in local’s hands")
