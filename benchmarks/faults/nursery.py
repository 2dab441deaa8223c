"""Starting, watching over and ending the processes of the campaign."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
from types import TracebackType
from typing import IO, Any, Self

from benchmarks.faults.children import Order


class Nursery:
    """The process that forks children; `with Nursery() as nursery`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.faults.children"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # an interrupt is for the campaign, which lets its processes end in its own way
            start_new_session=True,
        )
        self._statuses: dict[int, int | None] = {}
        """How each child ended; None for one that lives."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # its children end with it
        self._process.kill()
        told, said = self._pipes()
        told.close()
        self._process.wait()
        said.close()

    def start(self, order: Order) -> int:
        """Start a child; its process id."""
        child = int(self._ask(dataclasses.asdict(order)))
        self._statuses[child] = None
        return child

    def kill(self, child: int, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal to a child that lives, and wait for its end; how it ended."""
        if self.ended(child) is None:
            # not waited for yet, so that the number is still its own
            os.kill(child, number)
            self._statuses[child] = self._ask({"what": "end", "of": child})
        status = self._statuses[child]
        assert status is not None
        return status

    def ended(self, child: int) -> int | None:
        """Exit code of a child, or minus the signal that ended it; None while it lives."""
        if self._statuses[child] is None:
            self._statuses[child] = self._ask({"what": "look", "of": child})
        return self._statuses[child]

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _ask(self, question: dict[str, Any]) -> Any:
        told, said = self._pipes()
        told.write(json.dumps(question) + "\n")
        told.flush()
        line = said.readline()
        if not line:
            raise RuntimeError("the nursery is gone")
        return json.loads(line)
