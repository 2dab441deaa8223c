"""Alerts: who asked to be told of what, told once, and told again when it is taken back.

    snapshot steps ──▶ developments ──▶ matched by rules ──▶ alerts, quoted ──▶ outbox ──▶ receivers

    alerting = load_alerting(Path("rules.toml"))
    collect(store, alerting, clock=system_clock)         # what changed since last time, kept
    deliver(store.outbox, open_receivers(alerting, ...), alerting, clock=system_clock)
    with Courier(...) as courier: ...                    # both, beside what changes the record

What changes is read from consecutive snapshots of the record; a volume of news makes no alert.
"""

from __future__ import annotations

from tocsin.alert.collect import Collected, collect, foreseen
from tocsin.alert.courier import Courier
from tocsin.alert.deliver import Delivered, deliver
from tocsin.alert.loading import load_alerting
from tocsin.alert.receivers import open_receivers
from tocsin.alert.rules import Alerting, Rule
from tocsin.alert.rules_file import RulesFile

__all__ = [
    "Alerting",
    "Collected",
    "Courier",
    "Delivered",
    "Rule",
    "RulesFile",
    "collect",
    "deliver",
    "foreseen",
    "load_alerting",
    "open_receivers",
]
