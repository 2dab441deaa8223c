"""What people do on the board, by mouse and by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakeVisit, Record, read_into
from tests.browser.visits import Visit

pytestmark = pytest.mark.browser

BASRA = """Rocket lands near Basra

BASRA, March 20, 2021 - A rocket landed near Basra on Saturday, wounding one person, police said.
"""

STEPS_TO_VALUES = 6
"""Of the Tab key: the links and buttons above the values."""


def test_filters_are_in_the_address(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_label("Words").fill("Kirkuk")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chips")).to_contain_text("Kirkuk")
    assert "text=Kirkuk" in visit.path()
    expect(page.locator(".list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Take out the filter").first.click()
    expect(page.locator(".chips")).to_have_count(0)
    assert page.locator(".list tbody tr").count() > 1


def test_days_are_chosen_on_the_timeline(visit: Visit) -> None:
    page = visit.go("/")
    bars = page.locator("#timeline a")
    first, last = bars.first.bounding_box(), bars.last.bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] - 40, last["y"], steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("since="))
    assert "until=" in visit.path()


def test_the_map_narrows_to_what_is_in_view(visit: Visit) -> None:
    page = visit.go("/")
    canvas = page.locator("#map canvas")
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    page.locator(".maplibregl-ctrl-zoom-in").click()
    page.get_by_role("button", name="Only what is in view").click()
    page.wait_for_url(re.compile("bbox="))
    expect(page.locator(".count")).to_be_visible()


def test_what_is_read_appears_by_itself(visit: Visit, record: Record, tmp_path: Path) -> None:
    page = visit.go("/")
    expect(page.locator(".list")).not_to_contain_text("Basra")
    read_into(record.path, tmp_path, "tribune", BASRA, "2021-03-21")
    expect(page.locator(".list")).to_contain_text("Basra")


def test_from_a_value_to_its_words_and_back(visit: Visit, record: Record) -> None:
    page = visit.go(record.address("/incidents/{incident}"))
    value = page.locator(".value .chosen a[data-beside]").first
    words = value.inner_text()
    value.click()
    focus = page.locator("#beside #words")
    expect(focus).to_be_focused()
    assert "article=" in visit.path()
    page.locator("#beside a[href^='#']").first.click()
    assert page.evaluate("document.activeElement.classList.contains('value')")
    page.go_back()
    expect(page.locator("#words")).to_have_count(0)
    assert page.locator(".value .chosen a[data-beside]").first.inner_text() == words


def test_the_same_by_keyboard(visit: Visit, record: Record) -> None:
    page = visit.go(record.address("/incidents/{incident}"))
    page.locator("#main").focus()
    for _ in range(STEPS_TO_VALUES):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.value a[data-beside]')"):
            break
    assert page.evaluate("document.activeElement.matches('.value a[data-beside]')")
    page.keyboard.press("Enter")
    expect(page.locator("#beside #words")).to_be_focused()


def test_the_same_without_scripts(visit_at: MakeVisit, board: str, record: Record) -> None:
    visit = visit_at(board, java_script_enabled=False)
    page = visit.go(record.address("/incidents/{incident}"))
    page.locator(".value .chosen a[data-beside]").first.click()
    expect(page.locator("#words")).to_have_count(1)


def test_an_article_leads_to_its_incident(visit: Visit, record: Record) -> None:
    page = visit.go(record.address("/articles/{article}"))
    page.locator(".report a[href^='/incidents/']").first.click()
    assert visit.path() == record.address("/incidents/{incident}")


def test_search_finds_and_leads_on(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_label("Search articles and incidents").fill("hospital official")
    page.keyboard.press("Enter")
    page.locator(".hits a").first.click()
    assert visit.path().startswith("/articles/courier")


def test_pages_lead_to_each_other(visit: Visit) -> None:
    page = visit.go("/")
    for name in ("Tallies", "Sources", "Board"):
        page.get_by_role("navigation", name="Pages", exact=True).get_by_role(
            "link", name=name
        ).click()
        expect(page.locator("nav [aria-current=page]")).to_have_text(name)


def test_dark_or_light_is_remembered(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="light")
    page = visit.go("/")
    page.get_by_role("button", name="Dark or light").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    visit.go("/sources")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_what_is_downloaded_is_a_table(visit: Visit) -> None:
    page = visit.go("/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("id,title,")
