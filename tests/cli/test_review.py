"""Reviewing as a user does it: real articles, the real command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import Command
from tests.end_to_end.conftest import lines
from tocsin.publish.schemas import load_schema

SHOOTING = "Gunmen shot dead three people at a market in Kirkuk on Monday, police said."
CLASH = "A roadside bomb killed two soldiers near Basra on Monday, the army said."


@pytest.fixture
def db(tocsin: Command, record: Path, tmp_path: Path) -> Path:
    """A copy of the shipped corpus's record, free to be changed."""
    path = tmp_path / "record.db"
    shutil.copy(record, path)
    return path


def incidents(tocsin: Command, db: Path, *options: object) -> dict[str, dict[str, Any]]:
    rows = lines(tocsin("incidents", "--db", db, "--format", "jsonl", *options).stdout)
    checker = jsonschema.Draft202012Validator(load_schema("incident"))
    for row in rows:
        checker.validate(row)
    return {row["id"]: row for row in rows}


def undated(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without the store's own dates: they tell that something happened in between."""
    return {id_: {k: v for k, v in row.items() if k != "last_changed"} for id_, row in rows.items()}


def review(tocsin: Command, db: Path, *arguments: object, code: int = 0) -> dict[str, Any]:
    done = tocsin("review", *arguments, "--db", db, "--by", "ana", "--json", code=code)
    return json.loads(done.stdout) if code == 0 else {"error": done.stderr}


def articles(path: Path, *rows: tuple[str, str]) -> Path:
    made = [
        {"id": id_, "outlet": f"Outlet {id_}", "published": "2021-03-02", "text": text}
        for id_, text in rows
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")
    return path


def test_merge_split_undo_and_the_log(tocsin: Command, db: Path) -> None:
    before = incidents(tocsin, db)
    one, other = sorted(before)[:2]
    merged = review(tocsin, db, "merge", one[:12], other[:12], "--reason", "told twice")
    (whole,) = merged["outputs"]
    after = incidents(tocsin, db)
    assert len(after) == len(before) - 1
    told = {m["report_id"] for id_ in (one, other) for m in before[id_]["reports"]}
    assert {m["report_id"] for m in after[whole]["reports"]} == told
    gone = ({one, other} - {whole}).pop()
    shown = json.loads(tocsin("show", gone[:12], "--db", db, "--json").stdout)
    assert shown["id"] == whole, "the beginning of an ended id leads on too"
    assert f"went into {whole}" in tocsin("show", gone, "--history", "--db", db).stdout

    leaving = [m["report_id"] for m in before[gone]["reports"]]
    split = review(tocsin, db, "split", whole, *leaving)
    assert undated(incidents(tocsin, db)) == undated(before)
    review(tocsin, db, "undo", split["id"])
    review(tocsin, db, "undo", merged["id"][:14])
    assert undated(incidents(tocsin, db)) == undated(before)
    log = lines(tocsin("review", "log", "--db", db, "--format", "jsonl").stdout)
    assert [row["kind"] for row in log] == ["merge", "split", "undo", "undo"]
    assert not any(row["in_force"] for row in log)
    assert log[0]["reason"] == "told twice"
    assert "told twice" in tocsin("review", "log", "--db", db).stdout


def test_edit_pin_confirm_relate_and_the_page(tocsin: Command, db: Path) -> None:
    before = incidents(tocsin, db)
    one, other = sorted(before)[:2]
    edited = review(
        tocsin,
        db,
        "edit",
        one,
        "killed=7-9",
        "date=2020-05-01",
        "place=Mosul, Iraq",
        "type=bombing",
    )
    pinned = review(tocsin, db, "pin", one, "stage", "weapons")
    assert pinned["values"]["stage"] == before[one]["stage"]
    review(tocsin, db, "confirm", one)
    related = review(tocsin, db, "relate", one, "retaliation-for", other)
    row = incidents(tocsin, db)[one]
    assert (row["killed"]["value"]["min"], row["killed"]["value"]["max"]) == (7, 9)
    assert row["killed"]["pinned_by"] == edited["id"]
    assert row["place"]["value"]["name"] == "Mosul"
    assert row["date"]["value"]["local_date"] == "2020-05-01"
    assert row["type"]["value"] == "bombing"
    assert row["reviewed"]
    assert "Mosul" in row["title"]
    ours = [r for r in row["relations"] if r.get("decided_by") == related["id"]]
    assert [(r["kind"], r["to"]) for r in ours] == [("retaliation_for", other)]
    assert {edited["id"], pinned["id"], related["id"]} <= set(row["decisions"])
    page = tocsin("show", one, "--db", db).stdout
    assert "reviewed" in page
    assert f"set by review {edited['id']}" in page
    history = json.loads(tocsin("show", one, "--history", "--json", "--db", db).stdout)["history"]
    assert history[0]["articles"]
    assert history[1]["decisions"] == [edited["id"]]
    assert {"killed", "place", "title"} <= {change["field"] for change in history[1]["changes"]}


def test_reject_hides_until_undone(tocsin: Command, db: Path) -> None:
    before = incidents(tocsin, db)
    one = min(before)
    decision = review(tocsin, db, "reject", one, "--reason", "a film")
    assert one not in incidents(tocsin, db)
    assert list(incidents(tocsin, db, "--status", "rejected")) == [one]
    assert "rejected" in tocsin("show", one, "--db", db).stdout
    review(tocsin, db, "undo", decision["id"])
    assert undated(incidents(tocsin, db)) == undated(before)


def test_decisions_survive_new_articles_and_are_offered_anew(
    tocsin: Command, tmp_path: Path
) -> None:
    db = tmp_path / "record.db"
    tocsin("run", articles(tmp_path / "1.jsonl", ("a", SHOOTING), ("x", CLASH)), "--db", db, "-q")
    found = incidents(tocsin, db)
    shooting = next(id_ for id_, row in found.items() if row["place"]["value"]["name"] == "Kirkuk")
    decision = review(tocsin, db, "edit", shooting, "killed=6")
    assert "nothing to look at again" in tocsin("review", "offers", "--db", db).stdout
    as_of = incidents(tocsin, db)[shooting]["last_changed"]

    later = [(name, SHOOTING.replace("three", "four")) for name in ("b", "c", "d")]
    done = tocsin("run", articles(tmp_path / "2.jsonl", *later), "--db", db)
    assert "review offers" in done.stderr
    row = incidents(tocsin, db)[shooting]
    assert row["corroboration"]["articles"] == 4
    assert row["killed"]["value"]["best"] == 6
    (offer,) = lines(tocsin("review", "offers", "--db", db, "--format", "jsonl").stdout)
    assert (offer["decision"], offer["incident_id"], offer["field"]) == (
        decision["id"],
        shooting,
        "killed",
    )
    assert offer["decided"]["best"] == 6
    assert len(offer["reports"]) == 3
    assert decision["id"][:12] in tocsin("review", "offers", "--db", db).stdout
    then = incidents(tocsin, db, "--as-of", as_of)[shooting]
    assert then["corroboration"]["articles"] == 1
    assert then["killed"]["value"]["best"] == 6

    review(tocsin, db, "confirm", decision["id"])
    assert "nothing to look at again" in tocsin("review", "offers", "--db", db).stdout


def test_what_cannot_be_meant_is_refused_and_changes_nothing(tocsin: Command, db: Path) -> None:
    listed = tocsin("incidents", "--db", db, "--format", "jsonl").stdout.splitlines()
    one = json.loads(listed[0])["id"]
    refused = [
        (["merge", "inc_"], 3, "incidents begin with"),
        (["confirm", "inc_nothing"], 3, "no incident"),
        (["undo", "dec_nothing"], 3, "no decision"),
        (["edit", one, "killed"], 2, "FIELD=VALUE"),
        (["edit", one, "killed=many"], 2, "killed"),
        (["edit", one, "colour=red"], 2, "colour"),
        (["edit", one, "place=Qwertzuiop"], 2, "place"),
        (["pin", one, "colour"], 2, "colour"),
        (["relate", one, "cousin_of", one], 2, "cousin_of"),
        (["relate", one, "follows", one], 2, "two different"),
        (["split", one, "rep_nothing"], 2, "rep_nothing"),
        (["merge", one, one], 2, "two different"),
    ]
    for arguments, code, words in refused:
        assert words in review(tocsin, db, *arguments, code=code)["error"]
    assert tocsin("review", "log", "--db", db).stdout.strip() == "no decisions yet"
