"""A small disk of its own for the store, which can be filled: a real "no space left"."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SIZE_MB = 512
LEFT_BYTES = 24 * 1024
"""Left on a full disk: some writes go through, the next ones do not."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A folder that stores lie in. `is_small` where it is a disk of its own."""

    folder: Path
    is_small: bool

    def fill(self) -> None:
        """Leave next to nothing free. Only on a disk of its own."""
        with self._ballast.open("wb") as file:
            while True:
                free = os.statvfs(self.folder)
                size = free.f_bavail * free.f_frsize - LEFT_BYTES
                # others take what was free a moment ago
                with contextlib.suppress(OSError):
                    os.posix_fallocate(file.fileno(), 0, max(size, 1))
                    return

    def empty(self) -> None:
        """Give the space back."""
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


@contextlib.contextmanager
def small_volume(folder: Path) -> Iterator[Volume]:
    """A disk in memory, mounted at `folder`; where that is not allowed, the folder as it is."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)]
    is_small = subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield Volume(folder, is_small)
    finally:
        if is_small:
            # lazily: a process that was just killed may hold it a moment longer
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
