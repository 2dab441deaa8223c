"""Alerts and upkeep as a user has them: real articles, the real command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.end_to_end.conftest import lines

FIRST = "Gunmen shot dead three people at a market in Kirkuk on Monday, police said."
LATER = (
    "Gunmen shot dead five people at a market in Kirkuk on Monday, police said, raising an earlier"
    " toll."
)


def articles(path: Path, id_: str, day: str, text: str) -> Path:
    row = {"id": id_, "outlet": "The Ledger", "published": day, "text": text}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    got = tmp_path / "got.jsonl"
    path.write_text(
        '[rules.iraq]\ncountries = ["IQ"]\nsend_to = ["log", "feed"]\n'
        f'[receivers.log]\nkind = "command"\ncommand = ["tee", "-a", "{got}"]\n'
        '[receivers.feed]\nkind = "atom"\nfolder = "feeds"\n',
        encoding="utf-8",
    )
    return path


def got(rules: Path) -> list[dict[str, object]]:
    path = rules.with_name("got.jsonl")
    messages = lines(path.read_text(encoding="utf-8")) if path.exists() else []
    return [alert for message in messages for alert in message["alerts"]]


def test_a_run_tells_what_it_changed(tocsin: Command, tmp_path: Path, rules: Path) -> None:
    db = tmp_path / "s.db"
    first = articles(tmp_path / "1.jsonl", "a1", "2021-03-02", FIRST)
    done = tocsin("run", first, "--db", db, "--alerts", rules)
    assert "1 alerts, 2 messages sent" in done.stderr
    (alert,) = got(rules)
    assert alert["action"] == "alert"
    later = articles(tmp_path / "2.jsonl", "a2", "2021-03-03", LATER)
    tocsin("run", later, "--db", db, "--alerts", rules)
    (_, update) = got(rules)
    assert update["action"] == "update"
    assert update["references"] == [alert["id"]]
    developments = update["developments"]
    assert isinstance(developments, list)
    (rise,) = [one for one in developments if one["kind"] == "toll_up"]
    assert (rise["before"]["value"], rise["after"]["value"]) == ("3", "5")
    assert rise["after"]["quotes"][0]["source"] == "police"
    for text, side in ((FIRST, "before"), (LATER, "after")):
        for quote in rise[side]["quotes"]:
            if quote["article_id"] == ("a1" if text is FIRST else "a2"):
                assert text[quote["start"] : quote["end"]] == quote["exact"]
    assert (tmp_path / "feeds" / "iraq.xml").exists()
    tocsin("alerts", "run", rules, "--db", db)
    assert len(got(rules)) == 2
    listed = lines(tocsin("alerts", "list", "--db", db, "--format", "jsonl").stdout)
    assert [row["state"] for row in listed] == ["sent"] * 4
    assert "Kirkuk" in tocsin("alerts", "list", "--db", db).stdout


def test_a_preview_sends_nothing(
    tocsin: Command, record: Path, rules: Path, tmp_path: Path
) -> None:
    db = tmp_path / "record.db"
    shutil.copy(record, db)
    before = db.read_bytes()
    rows = lines(tocsin("alerts", "preview", rules, "--db", db, "--format", "jsonl").stdout)
    assert rows
    assert {row["incident"]["country"] for row in rows} == {"IQ"}
    assert got(rules) == []
    assert db.read_bytes() == before
    table = tocsin("alerts", "preview", rules, "--db", db, "--rule", "iraq").stdout
    assert f"{len(rows)} alerts" in table
    text = tocsin("alerts", "preview", rules, "--db", db, "--format", "text").stdout
    assert "FIRST REPORT" in text
    assert (
        "0 alerts" in tocsin("alerts", "preview", rules, "--db", db, "--until", "2000-01-01").stdout
    )
    tocsin("alerts", "preview", rules, "--db", db, "--rule", "none", code=2)
    tocsin("alerts", "preview", rules, "--db", db, "--since", "soon", code=2)


def test_a_trial_goes_to_a_receiver(
    tocsin: Command, record: Path, rules: Path, tmp_path: Path
) -> None:
    db = tmp_path / "record.db"
    shutil.copy(record, db)
    done = tocsin("alerts", "test", rules, "--db", db, "--receiver", "log")
    assert done.stdout == "log: has it\n"
    (alert,) = got(rules)
    assert alert["is_test"] is True
    rules.write_text(rules.read_text(encoding="utf-8").replace('"tee"', '"false"'), "utf-8")
    done = tocsin("alerts", "test", rules, "--db", db, code=1)
    assert "log: ended with exit code 1" in done.stdout


def test_a_fault_in_the_rules_is_named_before_anything_is_read(
    tocsin: Command, tmp_path: Path, rules: Path
) -> None:
    rules.write_text('[rules.iraq]\ncountry = "IQ"\n', encoding="utf-8")
    first = articles(tmp_path / "1.jsonl", "a1", "2021-03-02", FIRST)
    done = tocsin("run", first, "--db", tmp_path / "s.db", "--alerts", rules, code=2)
    assert f"{rules}: rules.iraq.country: is no field" in done.stderr


def test_a_store_is_backed_up_checked_and_restored(
    tocsin: Command, record: Path, tmp_path: Path
) -> None:
    db, copy, again = tmp_path / "s.db", tmp_path / "copy.db", tmp_path / "again.db"
    shutil.copy(record, db)
    assert "checked" in tocsin("store", "backup", copy, "--db", db).stdout
    assert "overwritten" in tocsin("store", "backup", copy, "--db", db, code=3).stderr
    assert "sound: " in tocsin("store", "check", "--db", db).stdout
    tocsin("store", "restore", copy, "--db", again)
    assert tocsin("incidents", "--db", again).stdout == tocsin("incidents", "--db", db).stdout
    assert "nothing to do" in tocsin("store", "upgrade", "--db", again).stdout
    with closing(sqlite3.connect(again)) as connection, connection:
        connection.execute("UPDATE article_versions SET text = text || ' ' WHERE key = 1")
    assert "not the one that was kept" in tocsin("store", "check", "--db", again, code=1).stdout
