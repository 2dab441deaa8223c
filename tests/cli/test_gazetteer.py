"""`tocsin gazetteer` as a user calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tocsin.config import load_settings

ROW = "{id}|{name}|{name}||36.5|43.2|P|PPL|IQ||15||||0||200|Asia/Baghdad|2024-01-01"
"""Columns of a dump, with bars for tabs."""


def tocsin(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "XDG_DATA_HOME": str(home)}
    environ.pop("TOCSIN_CONFIG", None)
    return subprocess.run(
        [sys.executable, "-m", "tocsin", *map(str, arguments)],
        check=False, capture_output=True, text=True, env=environ,
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "IQ.txt"
    rows = [ROW.format(id=990_001, name="Qqarmat").replace("|", "\t"), "broken"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_what_is_imported_is_used_by_every_command(home: Path, dump: Path, tmp_path: Path) -> None:
    text = "Gunmen killed two people in Qqarmat in Iraq on Sunday."
    before = json.loads(tocsin(home, "ground", text, "-f", "json").stdout)
    assert "Qqarmat" not in [place["name"] for place in before["places"]]
    done = tocsin(home, "gazetteer", "import", dump)
    assert done.returncode == 1  # one line was refused
    assert "1 places of IQ" in done.stdout
    assert f"refused: {dump}, line 2: 1 columns, not 19" in done.stderr
    after = json.loads(tocsin(home, "ground", text, "-f", "json").stdout)
    assert "Qqarmat" in [place["name"] for place in after["places"]]
    article = tmp_path / "a.txt"
    article.write_text(text, encoding="utf-8")
    report = tocsin(home, "extract", article, "--published", "2021-03-02", "--quiet").stdout
    (place,) = {
        (one["place"]["name"], one["place"]["gazetteer"]["id"])
        for one in json.loads(report)["reports"]
    }
    assert place == ("Qqarmat", 990_001)


def test_a_file_of_ones_own_may_be_named(home: Path, dump: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    assert tocsin(home, "gazetteer", "import", dump, "--gazetteer", mine).returncode == 1
    assert not (home / "tocsin").exists()
    assert tocsin(home, "gazetteer", "show", "Qqarmat").returncode == 3
    shown = tocsin(home, "gazetteer", "show", "Qqarmat", "--gazetteer", mine, "-f", "json")
    assert json.loads(shown.stdout)["candidates"][0]["name"] == "Qqarmat"
    assert tocsin(home, "ground", "Qqarmat", "--gazetteer", tmp_path / "none").returncode == 3


def test_nothing_imported_is_an_error(home: Path, tmp_path: Path) -> None:
    done = tocsin(home, "gazetteer", "import", tmp_path / "none.txt")
    assert done.returncode == 3
    assert "cannot be read" in done.stderr


def test_show_ranks_and_explains(home: Path) -> None:
    shown = tocsin(home, "gazetteer", "show", "Tripoli", "--near", "Beirut", "-f", "json")
    found = json.loads(shown.stdout)
    first, second = found["candidates"][:2]
    assert (first["country"], second["country"]) == ("LB", "LY")
    assert first["score"] > second["score"]
    assert (first["admin1"], first["precision"], first["feature_code"]) == (
        "North Lebanon", "settlement", "PPLA",
    )  # fmt: skip
    assert "next: Tripoli, LY" in found["explanation"]
    table = tocsin(home, "gazetteer", "show", "Tripoli", "--context", "Libyans left Tripoli.")
    assert table.returncode == 0
    assert "Tripoli is Tripoli, LY" in " ".join(table.stdout.split())


def test_show_says_where_a_name_is_unknown(home: Path) -> None:
    done = tocsin(home, "gazetteer", "show", "Xyzzyplugh")
    assert (done.returncode, done.stdout) == (3, "")
    assert "no place named Xyzzyplugh is known" in done.stderr
    assert tocsin(home, "gazetteer", "show", "Mosul", "-f", "xml").returncode == 2


def test_ground_places_with_relation_score_and_extent(home: Path) -> None:
    done = tocsin(home, "ground", "a village 20 km south of Mosul", "-f", "json")
    (place,) = json.loads(done.stdout)["places"]
    assert place["text"] == "a village 20 km south of Mosul"
    assert (place["precision"], place["distance_m"]) == ("near", 20_000)
    assert place["candidates"][0]["score"] > 0.9
    assert 0 < place["confidence"] <= 1
    table = tocsin(home, "ground", "a village 20 km south of Mosul").stdout
    assert "20 km" in table
    assert "(± 35 km)" in table


def test_ground_prefers_the_neighbourhood_of_the_place_given(home: Path) -> None:
    done = tocsin(home, "ground", "shots in Tripoli", "--place", "Beirut", "-f", "json")
    (place,) = json.loads(done.stdout)["places"]
    assert place["country"] == "LB"


def test_the_data_folders_gazetteer_is_the_default(tmp_path: Path) -> None:
    file = tmp_path / "tocsin" / "gazetteer.sqlite"
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    assert load_settings(environ=environ).where.gazetteer is None
    file.parent.mkdir()
    file.touch()
    assert load_settings(environ=environ).where.gazetteer == str(file)
    named = {**environ, "TOCSIN_WHERE__GAZETTEER": "other.sqlite"}
    assert load_settings(environ=named).where.gazetteer == "other.sqlite"
