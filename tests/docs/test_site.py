"""The docs site: pages made of the code name all of it, and the whole builds without a warning."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tocsin import notebook
from tools.site_pages import (
    OUTSIDE,
    api_page,
    command_page,
    commands,
    outside_page,
    python_page,
    site_pages,
)

ROOT = Path(__file__).parents[2]


def test_the_reference_names_every_command_and_option() -> None:
    page = command_page()
    for name, command in commands():
        assert f"\n## {name}\n" in page
        for param in command.params:
            if param.param_type_name == "option" and param.name != "help":
                assert all(f"`{opt}`" in page for opt in param.opts), (name, param.opts)
    assert "## tocsin review merge" in page


def test_the_reference_names_routes_and_what_can_be_called() -> None:
    assert "## GET `/api/v1/incidents`" in api_page()
    page = python_page()
    for name in ("Record", "Incidents", "OneIncident", "Quote"):
        assert name in notebook.__all__
        assert f"\n## {name}\n" in page
    assert "### Record.incidents()" in page


@pytest.mark.parametrize("name", OUTSIDE)
def test_links_of_outside_pages_lead_into_the_site(name: str) -> None:
    inside = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.*")}
    inside |= site_pages().keys()
    page = outside_page(name, "" if name == "README.md" else "../")
    for target in re.findall(r"\]\(([^)\s#]+)", page):
        if not target.startswith("http"):
            assert target.removeprefix("../") in inside, target


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    for page in pages | site_pages().keys():
        if not page.startswith("decisions/0"):
            assert re.search(rf": {re.escape(page)}$", navigation, re.MULTILINE), page


class Loaded(HTMLParser):
    """Addresses that a page loads by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"script", "img", "iframe", "source"}:
            self.found.append(told.get("src") or "")
        if tag == "link" and told.get("rel") in {"stylesheet", "preload", "preconnect", "icon"}:
            self.found.append(told.get("href") or "")


@pytest.mark.slow
def test_the_site_builds_strictly_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="mkdocs-material is of the dev extra")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1_800,
    )
    assert done.returncode == 0, done.stderr
    built = sorted((tmp_path / "site").rglob("*.html"))
    assert len(built) > 20
    for page in built:
        for address in Loaded(page.read_text(encoding="utf-8")).found:
            assert not address.startswith(("http:", "https:", "//")), (page.name, address)
