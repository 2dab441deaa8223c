"""Telling: alerts as JSON for programs and as plain text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from tocsin.alert.records import Alert, AlertAction, Quote, QuotedDevelopment, QuotedSide
from tocsin.alert.rules import Alerting
from tocsin.publish.contract import SCHEMA_VERSION, Json
from tocsin.publish.phrasing import plain

WIDTH = 76
_LABELS = {AlertAction.ALERT: "", AlertAction.UPDATE: "Update: ", AlertAction.CANCEL: "Cancelled: "}
DISCLAIMER = (
    "What news reports say, as gathered by software. Not an official warning; values may be wrong."
)


def message_json(
    message_id: str, receiver: str, alerts: Sequence[Alert], alerting: Alerting
) -> Json:
    """One message as programs get it: `id` is the idempotency key, equal on every try."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": message_id,
        "receiver": receiver,
        "alerts": [alert_json(alert, alerting) for alert in alerts],
    }


def alert_json(alert: Alert, alerting: Alerting | None = None) -> Json:
    """An alert as programs get it (docs/alerts.md)."""
    top = alert.headline
    return {
        "id": alert.id,
        "rule": alert.rule,
        "action": alert.action.value,
        "is_test": alert.is_test,
        "made_at": alert.made_at.isoformat(),
        "recorded_at": alert.recorded_at.isoformat(),
        "references": [reference.alert_id for reference in alert.references],
        "incident": {
            "id": top.incident_id,
            "title": top.title,
            "type": top.type.value,
            "status": top.status.value,
            "origins": top.origins,
            "date": top.date,
            "first_day": top.first_day.isoformat() if top.first_day else None,
            "place": top.place,
            "country": top.country,
            "lat": top.lat,
            "lon": top.lon,
            "killed": top.killed,
            "injured": top.injured,
            "snapshot": alert.number,
            "url": alerting.link(top.incident_id) if alerting else None,
        },
        "developments": [_development_json(one) for one in alert.developments],
        "causes": {
            "articles": list(alert.cause_article_ids),
            "decisions": list(alert.cause_decision_ids),
        },
    }


def _development_json(one: QuotedDevelopment) -> Json:
    return {
        "kind": one.kind.value,
        "field": one.field,
        "before": _side_json(one.before) if one.before else None,
        "after": _side_json(one.after),
    }


def _side_json(side: QuotedSide) -> Json:
    return {
        "value": side.words,
        "quotes": [_quote_json(quote) for quote in side.quotes],
        "more_quotes": side.more,
    }


def _quote_json(quote: Quote) -> Json:
    return {
        "article_id": quote.article_id,
        "start": quote.start,
        "end": quote.end,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "source": quote.source,
        "outlet": quote.outlet,
        "title": quote.title,
        "url": quote.url,
        "published": quote.published,
    }


def subject(alerts: Sequence[Alert]) -> str:
    """One line: what it is, or how many there are."""
    if len(alerts) == 1:
        alert = alerts[0]
        test = "Test: " if alert.is_test else ""
        return plain(f"{test}{_LABELS[alert.action]}{alert.headline.title} ({kinds(alert)})")
    return f"{len(alerts)} alerts"


def kinds(alert: Alert) -> str:
    """`toll up, denial issued`."""
    names = dict.fromkeys(one.kind.value.replace("_", " ") for one in alert.developments)
    return ", ".join(names)


def body(alerts: Sequence[Alert], alerting: Alerting | None) -> str:
    """The text of a mail: each alert in full, harmless in a terminal."""
    rule = "\n\n" + "-" * WIDTH + "\n\n"
    return rule.join("\n".join(_lines(alert, alerting)) for alert in alerts) + f"\n\n{DISCLAIMER}\n"


def _lines(alert: Alert, alerting: Alerting | None) -> Iterator[str]:
    top = alert.headline
    yield subject([alert])
    facts = [top.date, top.place, top.status.value, f"origins: {top.origins}"]
    facts += [f"killed: {top.killed}"] if top.killed else []
    facts += [f"injured: {top.injured}"] if top.injured else []
    yield plain("; ".join(fact for fact in facts if fact))
    yield plain((alerting.link(top.incident_id) if alerting else None) or top.incident_id)
    if alert.action is not AlertAction.ALERT:
        verb = "Updates" if alert.action is AlertAction.UPDATE else "Cancels"
        earlier = ", ".join(
            f"{one.alert_id} of {one.made_at:%Y-%m-%d %H:%M} UTC" for one in alert.references
        )
        yield f"{verb} {earlier}"
    for one in alert.developments:
        yield ""
        yield plain(f"{one.kind.value.replace('_', ' ').upper()} ({one.field.replace('_', ' ')})")
        if one.before is not None:
            yield from _side_lines("before", one.before)
        yield from _side_lines("now" if one.before is not None else "told", one.after)
    yield ""
    yield plain(f"rule {alert.rule}, alert {alert.id}")


def _side_lines(label: str, side: QuotedSide) -> Iterator[str]:
    yield f"  {label}: {plain(side.words)}"
    for quote in side.quotes:
        before, after = quote.prefix[-30:], quote.suffix[:30]
        words = plain(f"…{before}[{quote.exact}]{after}…”")
        yield from textwrap.wrap(words, WIDTH, initial_indent="    “", subsequent_indent="     ")
        said = f"{quote.source}, in " if quote.source else ""
        when = f", {quote.published}" if quote.published else ""
        where = f" {quote.url}" if quote.url else ""
        yield plain(f"      {said}{quote.outlet or 'outlet not named'}{when}{where}").join(
            ("     ", "")
        )
    if side.more:
        yield f"    and {side.more} more"
