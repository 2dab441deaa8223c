"""The audit sees another version, another byte, a missing file, and nothing where all is well."""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from tools.audit import LOCKS, faults, pins

CODE = b"answer = 42\n"
PINNED = {"some-package": {"1.2"}}


@pytest.fixture
def package(tmp_path: Path) -> Distribution:
    """`Some.Package` 1.2 with one module, as an installer leaves it."""
    info = tmp_path / "some_package-1.2.dist-info"
    info.mkdir()
    (tmp_path / "module.py").write_bytes(CODE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: Some.Package\nVersion: 1.2\n")
    digest = base64.urlsafe_b64encode(hashlib.sha256(CODE).digest()).rstrip(b"=").decode()
    (info / "RECORD").write_text(f"module.py,sha256={digest},{len(CODE)}\nmodule.pyc,,\n")
    return PathDistribution(info)


def test_what_is_as_pinned_has_no_fault(package: Distribution) -> None:
    assert list(faults([package], PINNED)) == []
    assert list(faults([package], {})) == [], "in no lock"


def test_another_version_is_a_fault(package: Distribution) -> None:
    ((name, reason),) = faults([package], {"some-package": {"1.3"}})
    assert name == "some-package"
    assert "1.2 is installed, 1.3 pinned" in reason


@pytest.mark.parametrize("change", ["alter", "remove"])
def test_another_file_is_a_fault(package: Distribution, tmp_path: Path, change: str) -> None:
    module = tmp_path / "module.py"
    if change == "alter":
        module.write_bytes(CODE + b"\n")
    else:
        module.unlink()
    ((_, reason),) = faults([package], PINNED)
    assert "module.py is not the file" in reason


def test_the_locks_are_read() -> None:
    pinned = pins(LOCKS)
    assert "sqlalchemy" in pinned
    assert all(versions for versions in pinned.values())
