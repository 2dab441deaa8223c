"""CAP 1.2 (OASIS Common Alerting Protocol): one file per alert.

Status is `Test` unless an operator sets another: what news reports say is no warning of an
authority. Elements stand in the order of the OASIS schema, which the tests validate against.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from tocsin.alert.deliver import Outgoing
from tocsin.alert.files import to_xml, write_whole
from tocsin.alert.records import Alert, AlertAction, Headline
from tocsin.alert.rules import Alerting, Cap
from tocsin.alert.telling import body, kinds, subject
from tocsin.publish.wording import spaced
from tocsin.publish.xml import xml_words
from tocsin.records.vocab import IncidentStatus

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MAX_HEADLINE_CHARS = 160
"""As the standard advises for short devices."""
EXTREME_DEATHS = 10
"""Deaths from which the severity is `Extreme`: the standard gives no number, and an attack with ten
dead is among the gravest of its week in most countries' records."""
COUNTRY_POINT_KM = 500.0
"""Radius told for coordinates whose extent is not known."""

_ACTIONS = {
    AlertAction.ALERT: "Alert",
    AlertAction.UPDATE: "Update",
    AlertAction.CANCEL: "Cancel",
}
_CERTAINTIES = {
    IncidentStatus.CORROBORATED: "Likely",
    IncidentStatus.UNCONFIRMED: "Possible",
    IncidentStatus.DISPUTED: "Possible",
    IncidentStatus.RETRACTED: "Unlikely",
    IncidentStatus.REJECTED: "Unlikely",
}
"""Never `Observed`: nobody of ours saw it."""


class CapChannel:
    """See `Channel`. A repeat writes the same file again."""

    def __init__(self, settings: Cap, alerting: Alerting) -> None:
        self._settings = settings
        self._alerting = alerting

    def send(self, message: Outgoing) -> None:
        """Write each alert into a file of its id."""
        for alert in message.alerts:
            content = cap_alert(alert, self._settings, self._alerting)
            write_whole(self._settings.folder / f"{alert.id}.xml", content)


def cap_alert(alert: Alert, settings: Cap, alerting: Alerting) -> bytes:
    """The alert as a CAP 1.2 document."""
    root = etree.Element(_name("alert"), nsmap={None: NAMESPACE})
    _add(root, "identifier", alert.id)
    _add(root, "sender", settings.sender)
    _add(root, "sent", cap_time(alert.made_at))
    _add(root, "status", "Test" if alert.is_test else settings.status)
    _add(root, "msgType", _ACTIONS[alert.action])
    _add(root, "source", "news reports, gathered by Tocsin")
    _add(root, "scope", settings.scope)
    if settings.scope == "Private":
        _add(root, "addresses", " ".join(settings.addresses))
    if alert.action is AlertAction.CANCEL:
        _add(root, "note", alert.developments[0].after.words)
    if alert.references:
        told = (f"{settings.sender},{r.alert_id},{cap_time(r.made_at)}" for r in alert.references)
        _add(root, "references", " ".join(told))
    _add(root, "incidents", alert.headline.incident_id)
    root.append(_info(alert, alerting))
    return to_xml(root)


def _info(alert: Alert, alerting: Alerting) -> etree._Element:
    top = alert.headline
    info = etree.Element(_name("info"))
    _add(info, "language", "en")
    _add(info, "category", "Security")
    _add(info, "event", spaced(top.type.value))
    _add(info, "responseType", "None" if alert.action is AlertAction.CANCEL else "Monitor")
    _add(info, "urgency", "Past")
    _add(info, "severity", severity(top))
    _add(info, "certainty", _CERTAINTIES[top.status])
    _add(info, "senderName", "Tocsin")
    _add(info, "headline", _cut(subject([alert])))
    _add(info, "description", body([alert], alerting))
    link = alerting.link(top.incident_id)
    if link:
        _add(info, "web", link)
    for name, value in _parameters(alert):
        parameter = etree.SubElement(info, _name("parameter"))
        _add(parameter, "valueName", name)
        _add(parameter, "value", value)
    area = etree.SubElement(info, _name("area"))
    _add(area, "areaDesc", top.place or "place not known")
    if top.lat is not None and top.lon is not None:
        radius = top.uncertainty_km if top.uncertainty_km is not None else COUNTRY_POINT_KM
        _add(area, "circle", f"{top.lat:.4f},{top.lon:.4f} {radius:.1f}")
    if top.country:
        code = etree.SubElement(area, _name("geocode"))
        _add(code, "valueName", "ISO 3166-1")
        _add(code, "value", top.country)
    return info


def _parameters(alert: Alert) -> Iterator[tuple[str, str]]:
    yield "tocsin:rule", alert.rule
    yield "tocsin:developments", kinds(alert)
    yield "tocsin:status", alert.headline.status.value
    yield "tocsin:origins", str(alert.headline.origins)
    if alert.headline.killed:
        yield "tocsin:killed", alert.headline.killed
    if alert.headline.injured:
        yield "tocsin:injured", alert.headline.injured


def severity(top: Headline) -> str:
    """By the toll: extreme from ten dead, severe from one, minor where none; else unknown."""
    if top.deaths is None:
        return "Unknown"
    if top.deaths >= EXTREME_DEATHS:
        return "Extreme"
    return "Severe" if top.deaths else "Minor"


def cap_time(at: dt.datetime) -> str:
    """`2021-03-01T12:00:00-00:00`: whole seconds, UTC as the standard writes it (never `Z`)."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S-00:00")


def _cut(words: str) -> str:
    return words if len(words) <= MAX_HEADLINE_CHARS else words[: MAX_HEADLINE_CHARS - 1] + "…"


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent: etree._Element, tag: str, words: str) -> None:
    etree.SubElement(parent, _name(tag)).text = xml_words(words)
