"""The bill of materials names every library of the lock and everything the package carries."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from cyclonedx.model.bom import Bom
from packageurl import PackageURL

from tools.sbom import CARRIED, LOCK, SOURCE, Library, bill, locked

ROOT = Path(__file__).parents[2]
PIN = """\
# a comment
alpha==1.2.3 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
beta-two==4.5 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


def test_the_standards_own_library_reads_it() -> None:
    read = Bom.from_json(bill())  # type: ignore[attr-defined]
    assert read.validate()
    names = {component.name for component in read.components}
    assert {"pyarrow", "Tocsin reader"} <= names
    for component in read.components:
        if component.purl is not None:
            purl = PackageURL.from_string(str(component.purl))
            assert (purl.name, purl.version) == (component.name.lower(), component.version)


def test_a_lock_is_read() -> None:
    assert list(locked(PIN)) == [
        Library("alpha", "1.2.3", "", ("a" * 64, "b" * 64)),
        Library("beta-two", "4.5", "sys_platform == 'win32'", ("a" * 64,)),
    ]


def test_every_locked_library_and_direct_dependency_is_named() -> None:
    names = {one["name"].lower() for one in bill()["components"]}
    pins = LOCK.read_text(encoding="utf-8").count("==")
    markers = sum(one.marker.count("==") for one in locked(LOCK.read_text(encoding="utf-8")))
    assert len(list(locked(LOCK.read_text(encoding="utf-8")))) == pins - markers
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = dependency.partition(">")[0].partition("=")[0].partition("[")[0].strip()
        assert name.lower() in names
    for carried in CARRIED:
        assert carried.name.lower() in names
        assert (SOURCE / carried.path).exists()


def test_the_same_tree_gives_the_same_bytes() -> None:
    assert json.dumps(bill()) == json.dumps(bill())
