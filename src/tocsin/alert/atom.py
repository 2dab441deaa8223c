"""Atom (RFC 4287): one feed per rule, a function of the alerts that the store holds."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from lxml import etree

from tocsin import __version__
from tocsin.alert.collect import alert_of
from tocsin.alert.deliver import Outgoing
from tocsin.alert.files import to_xml, write_whole
from tocsin.alert.records import Alert
from tocsin.alert.rules import Alerting, Atom
from tocsin.alert.telling import body, subject
from tocsin.publish.xml import xml_words
from tocsin.store import Outbox

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When a feed without entries was changed last."""


class AtomChannel:
    """See `Channel`. A feed is written whole each time, so that a repeat is harmless."""

    def __init__(self, settings: Atom, outbox: Outbox, alerting: Alerting) -> None:
        self._settings = settings
        self._outbox = outbox
        self._alerting = alerting

    def send(self, message: Outgoing) -> None:
        """Write the feeds of the rules whose alerts these are. Trials are no entries."""
        for rule in sorted({alert.rule for alert in message.alerts if not alert.is_test}):
            stored = self._outbox.alerts(rule, limit=self._settings.entries)
            feed = atom_feed(rule, [alert_of(one) for one in stored], self._alerting)
            write_whole(self._settings.folder / f"{rule}.xml", feed)


def atom_feed(rule: str, alerts: Sequence[Alert], alerting: Alerting | None = None) -> bytes:
    """The feed of a rule, newest entry first; links only where the board's address is known."""
    feed = etree.Element(_name("feed"), nsmap={None: NAMESPACE})
    _add(feed, "id", _urn("rule", rule))
    _add(feed, "title", f"Tocsin: {rule}")
    newest = max((alert.made_at for alert in alerts), default=NEVER)
    _add(feed, "updated", newest.isoformat())
    _add(etree.SubElement(feed, _name("author")), "name", "Tocsin")
    _add(feed, "generator", "Tocsin").set("version", __version__)
    for alert in alerts:
        feed.append(_entry(alert, alerting))
    return to_xml(feed)


def _entry(alert: Alert, alerting: Alerting | None) -> etree._Element:
    entry = etree.Element(_name("entry"))
    _add(entry, "id", _urn("alert", alert.id))
    _add(entry, "title", subject([alert]))
    _add(entry, "updated", alert.made_at.isoformat())
    link = alerting.link(alert.headline.incident_id) if alerting else None
    if link:
        etree.SubElement(entry, _name("link"), rel="alternate", href=xml_words(link))
    for kind in dict.fromkeys(one.kind.value for one in alert.developments):
        etree.SubElement(entry, _name("category"), term=kind)
    etree.SubElement(entry, _name("category"), term=alert.action.value)
    _add(entry, "content", body([alert], alerting)).set("type", "text")
    return entry


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent: etree._Element, tag: str, words: str) -> etree._Element:
    element = etree.SubElement(parent, _name(tag))
    element.text = xml_words(words)
    return element


def _urn(kind: str, name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tocsin:{kind}:{name}").urn
