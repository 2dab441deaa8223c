"""An article that tries everything, as long as one may be: a browser shows its words, no more."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Record
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser


def test_a_hostile_article_is_only_words(visit: Visit, record: Record) -> None:
    """The fixture finds any dialog, error, refusal of the policy and request elsewhere."""
    article = quote(record.hostile_article, safe="")
    for path in (
        f"/articles/{article}",
        "/incidents/inc_0001",
        f"/incidents/inc_0001?article={article}&start=0&end=9",
        "/",
        "/search?q=Blast",
        "/sources",
        "/tallies",
    ):
        page = visit.go(path)
        page.wait_for_load_state("load")
        visit.check()
        assert (
            page.locator("script:not([src^='/static/']), iframe, object, base, style").count() == 0
        )
        assert page.locator("main [onmouseover], main [onerror], main [onload]").count() == 0
        shown = page.locator("body").inner_text()
        assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"), path
    page = visit.go(f"/articles/{article}")
    expect(page.locator(".text")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator(".text code.code").first).to_be_visible()


def test_a_huge_article_comes_in_parts(visit: Visit, record: Record) -> None:
    """Ten megabytes of lures: any part of it is a page like another, and nothing of it acts."""
    address = f"/articles/{quote(record.hostile_article, safe='')}"
    page = visit.go(address)
    expect(page.locator(".turning")).to_contain_text(f"of {record.hostile_chars:,}.")
    for start in (None, record.hostile_chars // 2, record.hostile_chars - 1):
        page = visit.go(address if start is None else f"{address}?start={start}")
        assert page.evaluate("document.getElementsByTagName('*').length") < 5_000
        assert page.evaluate("document.documentElement.outerHTML.length") < 400_000
        assert page.locator("main img, main script").count() == 0
        text = page.locator(".text")
        expect(text).to_contain_text("爆炸")
        # what turns text around is shown as a code, and wide words never widen the page
        expect(text.locator("code.code", has_text="U+202E").first).to_be_attached()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        visit.check()
    expect(page.get_by_role("link", name="After")).to_have_count(0)
    page.get_by_role("link", name="Before").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="After")).to_be_visible()
    visit.check_accessible()
