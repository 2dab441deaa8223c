"""Each command as a user calls it: outputs, exit codes, bad input."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.end_to_end.conftest import Tocsin, lines
from tests.train.conftest import TEXT as TINY_TEXT
from tocsin.corpus import corpus_paths

SCHEMAS = files("tocsin.publish").joinpath("schemas")


def schema(name: str) -> Any:
    return json.loads(SCHEMAS.joinpath(name).read_text(encoding="utf-8"))


def test_help_is_quick(tocsin: Tocsin) -> None:
    """What makes it quick is that nothing heavy is imported before a command runs."""
    page = tocsin("--help").stdout
    code = "import sys; import tocsin.cli.app; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"lxml", "numpy", "pyarrow", "pydantic", "rich.table", "sqlalchemy", "trafilatura"}
    assert not heavy & set(loaded.stdout.split())
    for command in ("run", "extract", "incidents", "show", "tallies", "ground", "demo"):
        assert command in page


def test_extract_lines_keep_the_contract(tocsin: Tocsin) -> None:
    rows = lines(tocsin("extract", *corpus_paths(), "--quiet").stdout)
    checker = jsonschema.Draft202012Validator(schema("extract.schema.json"))
    assert len(rows) >= 30
    assert sum(bool(row["reports"]) for row in rows) >= 25
    for row in rows:
        checker.validate(row)


def test_every_span_is_a_slice_of_the_given_text(tocsin: Tocsin, tmp_path: Path) -> None:
    source = next(path for path in corpus_paths() if path.name == "articles.jsonl")
    texts = {row["id"]: row["text"] for row in lines(source.read_text(encoding="utf-8"))}
    count = 0

    def check(value: Any, text: str) -> None:
        nonlocal count
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys() and isinstance(value["start"], int):
                assert text[value["start"] : value["end"]] == value["text"]
                count += 1
            for inner in value.values():
                check(inner, text)
        elif isinstance(value, list):
            for inner in value:
                check(inner, text)

    for row in lines(tocsin("extract", source, "--quiet").stdout):
        check(row, texts[row["article"]["id"]])
    assert count > 200


def test_incidents_keep_the_contract(tocsin: Tocsin, record: Path) -> None:
    rows = lines(tocsin("incidents", "--db", record, "--format", "jsonl").stdout)
    checker = jsonschema.Draft202012Validator(schema("incident.schema.json"))
    assert rows
    for row in rows:
        checker.validate(row)


def test_formats_tell_the_same_incidents(tocsin: Tocsin, record: Path, tmp_path: Path) -> None:
    rows = lines(tocsin("incidents", "--db", record, "-f", "jsonl").stdout)
    ids = [row["id"] for row in rows]
    table = csv.DictReader(io.StringIO(tocsin("incidents", "--db", record, "-f", "csv").stdout))
    assert [row["id"] for row in table] == ids
    out = tmp_path / "incidents.geojson"
    tocsin("incidents", "--db", record, "-f", "geojson", "--out", out)
    collection = json.loads(out.read_text(encoding="utf-8"))
    assert [feature["id"] for feature in collection["features"]] == ids
    assert f"{len(ids)} incidents" in tocsin("incidents", "--db", record).stdout


def test_show_opens_each_value_onto_its_words(tocsin: Tocsin, record: Path) -> None:
    rows = lines(tocsin("incidents", "--db", record, "-f", "jsonl").stdout)
    row = max(rows, key=lambda r: r["corroboration"]["articles"])
    page = tocsin("show", row["id"][:14], "--db", record).stdout
    assert row["id"] in page
    for evidence in row["date"]["evidence"][:2]:
        assert evidence["text"].split()[0] in page
    assert lines(tocsin("show", row["id"], "--db", record, "--json").stdout)[0]["id"] == row["id"]


def test_lineage_shows_what_reprints_made_of_a_text(tocsin: Tocsin, record: Path) -> None:
    rows = lines(tocsin("incidents", "--db", record, "-f", "jsonl").stdout)
    copied = next(
        row for row in rows if row["corroboration"]["articles"] > row["corroboration"]["lineages"]
    )
    page = tocsin("lineage", copied["id"], "--db", record).stdout
    assert "first" in page
    assert " of [1]" in page
    assert page.count("origin ") >= copied["corroboration"]["lineages"]


def test_an_unknown_incident_is_an_error(tocsin: Tocsin, record: Path) -> None:
    done = tocsin("show", "inc_nothing", "--db", record, code=3)
    assert "no incident" in done.stderr


def test_tallies_stand_beside_the_records_count(tocsin: Tocsin, record: Path) -> None:
    checked = lines(tocsin("tallies", "--db", record, "--format", "jsonl").stdout)
    assert checked
    assert all(isinstance(row["our_count"], int) for row in checked)


def test_a_rerun_changes_nothing(tocsin: Tocsin, tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    tocsin("run", *corpus_paths(), "--db", db, "--quiet")
    first = tocsin("incidents", "--db", db, "-f", "jsonl").stdout
    done = tocsin("run", *corpus_paths(), "--db", db, "--json-log")
    counts = json.loads(done.stderr.splitlines()[-1])
    assert (counts["new"], counts["revised"], counts["incidents_changed"]) == (0, 0, 0)
    assert tocsin("incidents", "--db", db, "-f", "jsonl").stdout == first


def undated(text: str) -> list[dict[str, Any]]:
    rows = lines(text)
    for row in rows:
        del row["first_seen"], row["last_changed"]
    return rows


def test_order_and_number_of_processes_change_nothing(
    tocsin: Tocsin, record: Path, tmp_path: Path
) -> None:
    """One by one, shuffled, or all at once in two processes: the same incidents."""
    expected = undated(tocsin("incidents", "--db", record, "-f", "jsonl").stdout)
    paths = [str(path) for path in corpus_paths()]
    random.Random(3).shuffle(paths)
    db = tmp_path / "shuffled.db"
    for chunk in (paths[:4], paths[4:6], paths[6:]):
        tocsin("run", *chunk, "--db", db, "--quiet", "--jobs", 2)
    assert undated(tocsin("incidents", "--db", db, "-f", "jsonl").stdout) == expected


def test_as_of_shows_what_was_known(tocsin: Tocsin, record: Path) -> None:
    before = tocsin("incidents", "--db", record, "-f", "jsonl", "--as-of", "2020-01-01").stdout
    assert before == ""
    after = tocsin("incidents", "--db", record, "-f", "jsonl", "--as-of", "2999-01-01").stdout
    assert after == tocsin("incidents", "--db", record, "-f", "jsonl").stdout


def test_one_bad_input_stops_nothing(tocsin: Tocsin, tmp_path: Path) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("Gunmen killed two people in Kirkuk on Monday, police said.", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    binary = tmp_path / "image.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    missing = tmp_path / "missing.txt"
    done = tocsin("extract", empty, good, binary, missing, "--published", "2021-03-02", code=1)
    assert len(lines(done.stdout)) == 1
    assert "3 refused" in done.stderr
    for name in ("empty.txt", "image.txt", "missing.txt"):
        assert name in done.stderr


def test_nothing_readable_is_exit_code_three(tocsin: Tocsin, tmp_path: Path) -> None:
    tocsin("extract", tmp_path / "missing.txt", code=3)
    tocsin("run", tmp_path / "missing.txt", "--db", tmp_path / "x.db", code=3)
    tocsin("incidents", "--db", tmp_path / "none.db", code=3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "x.txt", "--no-such-option"),
        ("incidents", "--format", "doc"),
        ("incidents", "--since", "yesterday"),
        ("incidents", "--country", "Iraq"),
        ("ground", ""),
        ("ground", "on Monday", "--published", "soon"),
    ],
)
def test_wrong_usage_is_exit_code_two(tocsin: Tocsin, arguments: tuple[str, ...]) -> None:
    tocsin(*arguments, code=2)


def test_standard_input_is_an_input(tocsin: Tocsin) -> None:
    row = {"id": "x", "published": "2021-03-02", "text": "A car bomb killed six people in Basra."}
    found = lines(tocsin("extract", "-", "--quiet", stdin=json.dumps(row) + "\n").stdout)
    assert found[0]["article"]["id"] == "x"
    assert found[0]["reports"]


def test_ground_explains_a_phrase(tocsin: Tocsin) -> None:
    done = tocsin(
        "ground",
        "Two rockets hit Kirkuk early on Tuesday, killing at least three people.",
        "--published",
        "2020-01-08",
        "--place",
        "Kirkuk",
        "--format",
        "json",
    )
    readings = lines(done.stdout)[0]
    jsonschema.Draft202012Validator(schema("ground.schema.json")).validate(readings)
    assert readings["time"][0]["local_date"] == "2020-01-07"
    assert readings["places"][0]["country"] == "IQ"
    assert any(q["min"] == 3 and q["max"] is None for q in readings["quantities"])


def test_ground_says_who_the_counted_and_the_actors_are(tocsin: Tocsin) -> None:
    phrase = "13 Iraqis, including four guards, were killed with AK-47s by Turkish-backed fighters."
    readings = lines(tocsin("ground", phrase, "--format", "json").stdout)[0]
    jsonschema.Draft202012Validator(schema("ground.schema.json")).validate(readings)
    total, part, model = readings["quantities"]
    assert (total["outcome"], total["nationality"], total["marks"]) == ("killed", "IQ", [])
    assert (part["outcome"], part["group"], part["marks"]) == ("killed", "security_force", ["part"])
    assert (model["kind"], model["status"], model["min"]) == ("other", "not_stated", None)
    (actor,) = [one for one in readings["actors"] if "fighters" in one["text"]]
    assert (actor["name"], actor["canonical_id"]) == ("Turkish-backed fighters", None)
    assert actor["rule"] == "described"
    assert all(one["explanation"] for one in readings["actors"] + readings["quantities"])
    table = tocsin("ground", phrase).stdout
    assert "no count" in table


def test_ground_reads_dates_as_the_outlets_country_writes_them(tocsin: Tocsin) -> None:
    days = {}
    for country in ("US", "GB"):
        text = "Shells killed 14 people on 12 Muharram 1441 and on 03/04/2020."
        done = tocsin(
            "ground", text, "--published", "2020-06-08", "--outlet-country", country, "-f", "json"
        )
        readings = lines(done.stdout)[0]
        days[country] = readings["time"][1]["local_date"]
        # a number inside a date counts nothing
        assert [quantity["text"] for quantity in readings["quantities"]] == ["14 people"]
    assert days == {"US": "2020-03-04", "GB": "2020-04-03"}


def test_ground_says_that_a_day_is_none(tocsin: Tocsin) -> None:
    assert "no such day" in " ".join(tocsin("ground", "on 31 June").stdout.split())


TINY_MODEL = Path(__file__).parents[1] / "extract" / "learned" / "data" / "tiny"


def test_extract_with_the_learned_reader_and_its_explanation(
    tocsin: Tocsin, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TINY_TEXT)
    config = tmp_path / "tocsin.toml"
    config.write_text(f'[extract]\nreader = "learned"\nmodel = "{TINY_MODEL.as_posix()}"\n')
    done = tocsin("extract", str(path), "--config", str(config), "--published", "2021-05-04")
    (line,) = lines(done.stdout)
    assert [report["type"] for report in line["reports"]] == ["armed_attack", "bombing"]
    page = tmp_path / "a.html"
    told = tocsin(
        "extract", str(path), "--config", str(config), "--explain", "--explain-html", str(page)
    )
    assert "“shot dead”: report" in told.stdout
    assert "<mark" in page.read_text()


def test_the_rules_keep_no_scores_to_explain(tocsin: Tocsin, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TINY_TEXT)
    done = tocsin("extract", str(path), "--explain", "--reader", "rules", code=2)
    assert "keeps no scores" in done.stderr


def test_training_without_its_data_says_what_is_missing(tocsin: Tocsin, tmp_path: Path) -> None:
    done = tocsin("train", "reader", "--data", str(tmp_path / "no"), "--out", "x", code=3)
    assert "is not there" in done.stderr
