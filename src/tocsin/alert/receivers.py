"""Receivers as a file names them to channels that send."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tocsin.alert.atom import AtomChannel
from tocsin.alert.cap import CapChannel
from tocsin.alert.command import CommandChannel
from tocsin.alert.deliver import Channel
from tocsin.alert.mail import MailChannel
from tocsin.alert.rules import Alerting, Atom, Cap, Command, Mail, Webhook
from tocsin.alert.secret import read_secret
from tocsin.alert.webhook import WebhookChannel
from tocsin.store import Clock, Outbox, system_clock


def open_receivers(
    alerting: Alerting,
    outbox: Outbox,
    environ: Mapping[str, str],
    *,
    only: Collection[str] | None = None,
    clock: Clock = system_clock,
) -> dict[str, Channel]:
    """A channel for each receiver, or for those of `only`.

    Raises SettingsError naming the receiver whose secret is not there.
    """
    channels: dict[str, Channel] = {}
    for name, receiver in alerting.receivers.items():
        if only is not None and name not in only:
            continue
        key = f"receivers.{name}"
        match receiver:
            case Webhook():
                secret = read_secret(key, receiver.secret_env, receiver.secret_file, environ)
                channels[name] = WebhookChannel(receiver, secret, alerting, clock)
            case Mail():
                password = read_secret(key, receiver.password_env, receiver.password_file, environ)
                channels[name] = MailChannel(receiver, password, alerting)
            case Atom():
                channels[name] = AtomChannel(receiver, outbox, alerting)
            case Cap():
                channels[name] = CapChannel(receiver, alerting)
            case Command():
                channels[name] = CommandChannel(receiver, alerting, environ)
    return channels
