"""What is installed against what was pinned, without the network: `python -m tools.audit`.

Every pinned package that is installed has the pinned version, and every file of it still has the
digest that was noted when it was installed. Packages that no lock names (of an extra, say) are
listed and are no fault. Known weaknesses of a version cannot be looked up offline; a lock that is
kept to is what a look-up elsewhere can rely on.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "requirements"
LOCKS = tuple(FOLDER / name for name in ("run.txt", "build.txt", "dev.txt"))
"""Benchmarks' lock names older releases, which lie in a folder of their own."""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
OURS = "tocsin"


def normal(name: str) -> str:
    """A package's name as the index has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(locks: Iterable[Path]) -> dict[str, set[str]]:
    """The versions that locks allow of each package."""
    found: dict[str, set[str]] = {}
    for lock in locks:
        for name, version in _PIN.findall(lock.read_text(encoding="utf-8")):
            found.setdefault(normal(name), set()).add(version)
    return found


def faults(
    installed: Iterable[Distribution], pinned: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Package and what is wrong with it."""
    for one in installed:
        name = normal(one.metadata["Name"])
        versions = pinned.get(name)
        if versions is None:
            continue
        if one.version not in versions:
            yield name, f"{one.version} is installed, {', '.join(sorted(versions))} pinned"
        for path in altered(one):
            yield name, f"{path} is not the file that was installed"


def altered(one: Distribution) -> Iterator[str]:
    """Files of a package that are missing or have other bytes than its RECORD says."""
    for file in one.files or ():
        if file.hash is None:
            continue
        path = Path(str(one.locate_file(file)))
        if not path.is_file() or _digest(path, file.hash.mode) != file.hash.value:
            yield str(file)


def _digest(path: Path, kind: str) -> str:
    """As a RECORD writes it: URL-safe base64 without padding."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, kind).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def main() -> None:
    """Print the faults; exit code 1 where there are any."""
    pinned = pins(LOCKS)
    here = list(distributions())
    found = list(faults(here, pinned))
    for name, reason in found:
        print(f"{name}: {reason}")
    unknown = sorted({normal(one.metadata["Name"]) for one in here} - pinned.keys() - {OURS})
    print(f"{len(here) - len(unknown)} packages audited, {len(found)} faults")
    if unknown:
        print(f"in no lock: {', '.join(unknown)}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
