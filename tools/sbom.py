"""The bill of materials of the package: CycloneDX 1.6 JSON, from the lock and from what ships.

    python -m tools.sbom [--out FILE]

Nothing is asked of a network or of what happens to be installed: the lock names every library with
the hashes its files may have, and this tool hashes the data and scripts that ship. The same tree
gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tocsin import __version__

ROOT: Final = Path(__file__).parents[1]
LOCK: Final = ROOT / "requirements" / "run.txt"
SOURCE: Final = ROOT / "src" / "tocsin"
NAMESPACE: Final = uuid.UUID("0f7a4d1c-54a8-4a5e-9f0e-2d6b8f7c9e13")
_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? ?\\?$")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Library:
    """One line of the lock. `marker` says on which machines it is wanted; empty for all."""

    name: str
    version: str
    marker: str
    sha256: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Work of others, or of a kind of its own, that lies in the package."""

    name: str
    kind: str
    """A CycloneDX component type."""
    licence: str
    """SPDX."""
    path: str
    """Below src/tocsin; a folder stands for all its files."""


CARRIED: Final = (
    Carried("GeoNames selection", "data", "CC-BY-4.0", "where/data/gazetteer.sqlite"),
    Carried("Tocsin reader", "machine-learning-model", "Apache-2.0", "extract/learned/shipped"),
    Carried("MapLibre GL JS", "library", "BSD-3-Clause", "web/static/vendor/maplibre"),
    Carried("Natural Earth land and borders", "data", "ISC", "web/static/basemap"),
)
"""What NOTICE names."""


def locked(text: str) -> Iterator[Library]:
    """The libraries of a lock, in its order."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    for block in blocks:
        head = block.partition("\n")[0].strip()
        found = _PINNED.match(head)
        if found:
            name, version, marker = found[1], found[2], (found[3] or "").strip()
            yield Library(name, version, marker, tuple(_HASH.findall(block)))


def bill() -> Json:
    """The document."""
    libraries = [_library(one) for one in locked(LOCK.read_text(encoding="utf-8"))]
    components = [*libraries, *(_carried(one) for one in CARRIED)]
    body: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"pkg:pypi/tocsin@{__version__}",
                "name": "tocsin",
                "version": __version__,
                "purl": f"pkg:pypi/tocsin@{__version__}",
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
        "dependencies": [
            {
                "ref": f"pkg:pypi/tocsin@{__version__}",
                "dependsOn": [component["bom-ref"] for component in components],
            }
        ],
    }
    serial = uuid.uuid5(NAMESPACE, json.dumps(body, sort_keys=True))
    return {**body, "serialNumber": f"urn:uuid:{serial}"}


def _library(one: Library) -> Json:
    purl = f"pkg:pypi/{one.name.lower()}@{one.version}"
    told = [{"name": "tocsin:lock:sha256", "value": digest} for digest in one.sha256]
    if one.marker:
        told.append({"name": "tocsin:lock:marker", "value": one.marker})
    return {
        "type": "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "scope": "optional" if one.marker else "required",
        "properties": told,
    }


def _carried(one: Carried) -> Json:
    return {
        "type": one.kind,
        "bom-ref": f"tocsin:{one.path}",
        "name": one.name,
        "hashes": [{"alg": "SHA-256", "content": tree_sha256(SOURCE / one.path)}],
        "licenses": [{"license": {"id": one.licence}}],
        "properties": [{"name": "tocsin:path", "value": one.path}],
    }


def tree_sha256(path: Path) -> str:
    """Of a file; of a folder, of the names and hashes of its files, sorted."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            name = file.relative_to(path).as_posix()
            whole.update(f"{name}\0{tree_sha256(file)}\n".encode())
    return whole.hexdigest()


def main() -> None:
    """Write it."""
    parser = argparse.ArgumentParser(description="Bill of materials, CycloneDX 1.6 JSON.")
    parser.add_argument("--out", type=Path, help="a file; else the screen")
    out = parser.parse_args().out
    text = json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
