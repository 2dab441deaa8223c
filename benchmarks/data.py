"""Where the data sets and their scorers lie, and what machine a figure was measured on."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin.config import load_settings
from tocsin.extract import SHIPPED_MODEL

DATA_VARIABLE = "TOCSIN_DATA"


def data_folder() -> Path:
    """The folder that `TOCSIN_DATA` names. Ends the program with a sentence where it is not set."""
    name = os.environ.get(DATA_VARIABLE)
    if not name or not Path(name).is_dir():
        sys.exit(f"{DATA_VARIABLE} must name the folder of data sets (incident_gold, seeds, ...)")
    return Path(name)


def scorer(name: str) -> Path:
    """A scorer of the data sets, e.g. `score_reports.py`."""
    return data_folder().parent / "tools" / name


def score(name: str, *arguments: object) -> dict[str, Any]:
    """Run a scorer with `--json` and return what it prints."""
    command = [sys.executable, str(scorer(name)), *map(str, arguments), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def model_folder() -> Path:
    """The learned reader's model: the setting `extract.model`, else the shipped one."""
    folder = load_settings().extract.model
    return Path(folder) if folder else SHIPPED_MODEL


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def peak_memory_mb() -> float:
    """Peak resident memory of this process and its children, in MiB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, children) / 1024


def machine() -> str:
    """The processor and Python, in a few words."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def tocsin(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the `tocsin` command of this environment; refusals (exit code 1) are no error here."""
    command = [sys.executable, "-m", "tocsin", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done
