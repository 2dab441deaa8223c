"""The container file copies what is there, installs by hash, and does not run as root."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def test_it_copies_what_is_there() -> None:
    copied = [line.split()[1] for line in LINES if re.match(r"COPY (?!--from)", line)]
    made = {"dist/"}
    assert copied
    assert all((ROOT / name).exists() for name in copied if name not in made)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--outdir dist" in makefile, "make wheel makes what the container installs"


def test_it_installs_by_hash_and_drops_its_rights() -> None:
    installs = [line for line in LINES if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-index" in installs[1]
    users = [line.split()[1] for line in LINES if line.startswith("USER ")]
    assert users == ["tocsin"]
