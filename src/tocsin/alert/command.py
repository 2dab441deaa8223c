"""Command: a program of the operator's, started with its list of arguments and JSON on standard
input. No shell is between, and no word of an article is ever an argument."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping

from tocsin.alert.deliver import NotDelivered, Outgoing
from tocsin.alert.rules import Alerting, Command
from tocsin.alert.telling import message_json

HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")
"""Variables that the program sees. The secrets of other receivers are not among them."""
KEY_VARIABLE = "TOCSIN_MESSAGE_ID"


class CommandChannel:
    """See `Channel`."""

    def __init__(self, settings: Command, alerting: Alerting, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._alerting = alerting
        self._environ = {name: environ[name] for name in HANDED_ON if name in environ}

    def send(self, message: Outgoing) -> None:
        """Run it; exit code 0 means that it has the message."""
        data = message_json(message.id, message.receiver, message.alerts, self._alerting)
        try:
            done = subprocess.run(  # noqa: S603 (the operator's own list of arguments, no shell)
                self._settings.command,
                input=json.dumps(data, ensure_ascii=False).encode() + b"\n",
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self._settings.timeout_s,
                env={**self._environ, KEY_VARIABLE: message.id},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotDelivered(f"did not end within {self._settings.timeout_s:g} seconds") from None
        except OSError as error:
            raise NotDelivered(f"cannot be started: {error.strerror}", is_down=True) from error
        if done.returncode != 0:
            raise NotDelivered(f"ended with exit code {done.returncode}")
