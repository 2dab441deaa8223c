"""Each page in a real browser: it obeys its policy, asks nobody else, and everybody can use it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import MakeVisit, Record
from tests.browser.pages import FAILING, PAGES
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}


def open_page(visit: Visit, record: Record, name: str) -> None:
    visit.go(record.address(PAGES[name]), status=FAILING.get(name, 200))


@pytest.mark.parametrize("name", PAGES)
def test_it_is_sound_and_accessible(visit: Visit, record: Record, name: str) -> None:
    """Light and dark; the fixture looks at errors, policy and requests afterwards."""
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        open_page(visit, record, name)
        assert visit.page.locator("h1").count() == 1
        visit.check_accessible()
        visit.check()


def test_it_fits_a_phone(visit_at: MakeVisit, board: str, record: Record) -> None:
    visit = visit_at(board, viewport=PHONE)
    for name in PAGES:
        open_page(visit, record, name)
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], f"{name} is {width} wide"


def test_the_keyboard_comes_to_the_content_first(visit: Visit, record: Record) -> None:
    for name in PAGES:
        open_page(visit, record, name)
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip", name
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main", name


def test_it_can_be_read_without_scripts(visit_at: MakeVisit, board: str, record: Record) -> None:
    visit = visit_at(board, java_script_enabled=False)
    for name in PAGES:
        open_page(visit, record, name)
        assert visit.page.locator("h1").count() == 1
