"""`tocsin watch`: the default command, its quarantine, its status, OPML."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.watch.world import Clock, Page, Site, article_page, rss
from tocsin.watch.lock import only_watch


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    site = Site(Clock())
    at = f"http://127.0.0.1:{site.port}"
    for path, body in (("/1", article_page(1)), ("/2", ""), ("/feed", "")):
        site.put("", path, body)
    site.pages = {("127.0.0.1", path): page for (_, path), page in site.pages.items()}
    site.pages["127.0.0.1", "/feed"] = Page(rss([(f"{at}/1", "one"), (f"{at}/2", "two")]))
    file = tmp_path / "watch.toml"
    file.write_text(
        f'[store]\nurl = "{tmp_path / "record.db"}"\n[extract]\nreader = "rules"\n'
        f'[read.fetch]\ncontact = "desk@tocsin.example"\nallow = ["127.0.0.1:{site.port}"]\n'
        f'[watch]\nhost_delay_s = 0\n[[feeds]]\nurl = "{at}/feed"\n',
        encoding="utf-8",
    )
    yield file
    site.close()


def test_a_watch_and_what_it_tells(tocsin: Command, config: Path) -> None:
    tocsin("watch", "--once", config, "--quiet")
    with_config = ("--config", config)
    (line,) = tocsin("watch", "status", "--format", "jsonl", *with_config).stdout.splitlines()
    status = json.loads(line)
    assert (status["health"], status["failures"], status["error"]) == ("ok", 0, None)
    assert status["outlet"] == "Valley Wire"
    table = tocsin("watch", "status", *with_config).stdout
    assert "Valley Wire" in table
    assert "0 in the inbox, 1 in quarantine" in table
    assert tocsin("watch", "status", "--gaps", "--format", "jsonl", *with_config).stdout == ""
    (line,) = tocsin(
        "watch", "quarantine", "list", "--format", "jsonl", *with_config
    ).stdout.splitlines()
    broken = json.loads(line)
    assert (broken["stage"], broken["source"][-2:]) == ("read", "/2")
    assert "empty" in tocsin("watch", "quarantine", "list", *with_config).stdout
    again = tocsin("watch", "quarantine", "retry", broken["number"], *with_config, code=1).stdout
    assert "1 taken up again; 1 in quarantine" in again
    tocsin("watch", "quarantine", "retry", "999", *with_config, code=3)


def test_nobody_is_asked_anonymously(tocsin: Command, config: Path) -> None:
    text = config.read_text(encoding="utf-8").replace('contact = "desk@tocsin.example"\n', "")
    config.write_text(text, encoding="utf-8")
    assert "read.fetch.contact" in tocsin("watch", config, "--once", code=2).stderr


def test_opml_there_and_back(tocsin: Command, config: Path, tmp_path: Path) -> None:
    listed = tmp_path / "feeds.opml"
    tocsin("watch", "opml", "export", config, "--out", listed)
    tables = tocsin("watch", "opml", "import", listed).stdout
    assert "/feed" in tables
    listed.write_text('<opml><body><outline xmlUrl="ftp://a.example/"/></body></opml>')
    tocsin("watch", "opml", "import", listed, code=1)


def test_a_watch_tells_what_changes(tocsin: Command, config: Path) -> None:
    rules, got = config.with_name("rules.toml"), config.with_name("got.jsonl")
    rules.write_text(
        '[rules.all]\nsend_to = ["log"]\n'
        f'[receivers.log]\nkind = "command"\ncommand = ["tee", "-a", "{got}"]\n',
        encoding="utf-8",
    )
    done = tocsin("watch", "--once", config, "--alerts", rules)
    assert "1 alerts, 1 messages sent" in done.stderr
    (line,) = got.read_text(encoding="utf-8").splitlines()
    (alert,) = json.loads(line)["alerts"]
    assert alert["developments"][0]["kind"] == "first_report"
    rules.write_text("[rules.all]\nto = 1\n", encoding="utf-8")
    assert "rules.all.to" in tocsin("watch", "--once", config, "--alerts", rules, code=2).stderr


def test_one_store_is_watched_once(tocsin: Command, config: Path, tmp_path: Path) -> None:
    with only_watch(str(tmp_path / "record.db")):
        refused = tocsin("watch", "--once", config, code=3).stderr
    assert f"process {os.getpid()} on" in refused
    assert "watches into it already" in refused
