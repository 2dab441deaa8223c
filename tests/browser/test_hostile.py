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
    page = visit.go(f"/articles/{quote(record.hostile_article, safe='')}")
    expect(page.locator(".turning")).to_contain_text(f"of {record.hostile_chars:,}.")
    nodes = page.evaluate("document.getElementsByTagName('*').length")
    assert nodes < 5_000
    page.get_by_role("link", name="After").click()
    expect(page.get_by_role("link", name="Before")).to_be_visible()
