"""The login in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, READER, MakeVisit

pytestmark = pytest.mark.browser


def test_in_and_out(visit_at: MakeVisit, guarded_board: str) -> None:
    visit = visit_at(guarded_board)
    visit.may_fail.add(401)
    page = visit.go("/sources")
    assert visit.path().startswith("/login")
    expect(page.get_by_label("Name")).to_be_focused()
    visit.check_accessible()

    page.keyboard.type(READER)
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    visit.check_accessible()

    page.get_by_label("Name").fill(READER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sources")
    visit.check_accessible()
    assert page.evaluate("document.cookie") == "", "no script sees the session"

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login")
    visit.go("/")
    assert visit.path() == "/login"
    visit.check()


def test_the_page_follows_the_record_where_one_is_signed_in(
    visit_at: MakeVisit, guarded_board: str
) -> None:
    visit = visit_at(guarded_board)
    page = visit.go("/login")
    page.get_by_label("Name").fill(READER)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_response("**/api/v1/changes") as changes:
        page.keyboard.press("Enter")
    assert changes.value.status == 200
