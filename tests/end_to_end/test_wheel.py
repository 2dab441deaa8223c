"""The wheel, installed away from its source, does what the source does."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARRIED = (
    "tocsin/where/data/gazetteer.sqlite",
    "tocsin/extract/learned/shipped/",
    "tocsin/corpus/articles.jsonl",
    "tocsin/publish/schemas/incident.schema.json",
    "tocsin/store/migrations/",
    "tocsin/web/templates/",
    "tocsin/web/static/vendor/maplibre/LICENSE.txt",
    "tocsin/py.typed",
)
"""Files, and folders by their beginning, that the code cannot do without."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.whl")
    return made


@pytest.mark.slow
def test_it_holds_what_the_code_needs_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        told = email.message_from_bytes(archive.read(metadata))
    for carried in CARRIED:
        assert any(name.startswith(carried) for name in names), carried
    info = metadata.partition("/")[0]
    assert all(name.startswith(("tocsin/", f"{info}/")) for name in names)
    assert not [name for name in names if "__pycache__" in name or name.endswith((".db", ".part"))]
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= set(names)
    assert told["License-Expression"] == "Apache-2.0"
    assert told["Description-Content-Type"] == "text/markdown"
    assert told["Requires-Python"] == ">=3.11"
    assert not re.search(r"@ (?:file|git)", str(told.get_all("Requires-Dist")))


@pytest.mark.slow
def test_installed_it_reads_the_shipped_corpus(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([sys.executable, *install, str(wheel)], check=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    # Its own folder comes before the source that an editable install of the tests leads to.
    environment = kept | {"PYTHONPATH": str(site), "TOCSIN_EXTRACT__READER": "rules"}

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = python("-c", "import tocsin; print(tocsin.__file__)").strip()
    assert Path(where).is_relative_to(site)
    python("-m", "tocsin", "demo", "--db", "demo.db", "--quiet", "--no-board")
    assert "incidents" in python("-m", "tocsin", "incidents", "--db", "demo.db")
    assert (site / "bin" / "tocsin").exists()
