"""The tutorial notebook runs from its first cell to its last, in a kernel, without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "tutorial.ipynb"
EXECUTE = """
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
client = NotebookClient(notebook, timeout=900, startup_timeout=300, kernel_name="python3")
client.execute()
nbformat.write(notebook, sys.argv[2])
"""
"""In a process of its own: what a kernel's libraries warn of is not ours to mend. The times are
those of a busy machine."""


def test_it_is_kept_without_results() -> None:
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs"), "clear the outputs before you commit it"


@pytest.mark.slow
def test_it_runs(tmp_path: Path) -> None:
    run = tmp_path / "run.ipynb"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    done = subprocess.run(
        [sys.executable, "-c", EXECUTE, NOTEBOOK, run],
        env=kept | {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_800,
    )
    assert done.returncode == 0, done.stderr
    outputs = [
        output
        for cell in json.loads(run.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", ())
    ]
    assert not [output for output in outputs if output["output_type"] == "error"]
    shown: list[dict[str, Any]] = [output["data"] for output in outputs if "data" in output]
    assert sum("image/png" in data for data in shown) == 2, "the tolls and the map"
    assert sum("text/html" in data for data in shown) >= 4
    assert "Record" in "".join(shown[0]["text/html"])
