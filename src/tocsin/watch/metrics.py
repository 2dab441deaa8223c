"""The watch's health as Prometheus reads it (text exposition format 0.0.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tocsin.fetch import shown
from tocsin.records import content_id
from tocsin.store import InboxCounts
from tocsin.watch.health import FeedHealth, Health

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[dict[str, str], float]


def metrics_text(feeds: Sequence[FeedHealth], inbox: InboxCounts, now: dt.datetime) -> str:
    """Gauges of every watched feed, and of the inbox. Times are Unix seconds; what never was is
    left out, as a time of 0 would be an answer."""
    watched = [one for one in feeds if one.state.is_watched]
    names = [_labels(one.state.url) for one in watched]
    named = list(zip(watched, names, strict=True))
    success = [(name, one.state.succeeded_at) for one, name in named]
    lags = [(name, one.state.lag_s) for one, name in named]
    oldest = (now - inbox.oldest).total_seconds() if inbox.oldest else 0.0
    families = [
        _family(
            "feed_up",
            "1 where the last poll succeeded.",
            [
                (name, float(one.state.succeeded_at is not None and not one.state.failures))
                for one, name in named
            ],
        ),
        _family(
            "feed_health",
            "1 for the word that the feed's health is told by.",
            [
                (name | {"health": word.value}, float(one.health is word))
                for one, name in named
                for word in Health
            ],
        ),
        _family(
            "feed_last_success_timestamp_seconds",
            "When the feed was last read.",
            [(name, at.timestamp()) for name, at in success if at is not None],
        ),
        _family(
            "feed_lag_seconds",
            "From the newest item's publication to its being seen.",
            [(name, lag) for name, lag in lags if lag is not None],
        ),
        _family(
            "feed_failures",
            "Polls that failed since the last success.",
            [(name, float(one.state.failures)) for one, name in named],
        ),
        _family("inbox_waiting", "Documents not yet taken in.", [({}, float(inbox.waiting))]),
        _family("inbox_quarantined", "Documents set aside.", [({}, float(inbox.quarantined))]),
        _family("inbox_oldest_seconds", "How long the oldest has waited.", [({}, oldest)]),
    ]
    return "".join(families)


def _labels(url: str) -> dict[str, str]:
    """A feed's labels. The id keeps two apart whose addresses differ in what is not shown."""
    return {"feed": shown(url), "id": content_id("feed", url)[-8:]}


def _family(name: str, told: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP tocsin_{name} {told}", f"# TYPE tocsin_{name} gauge"]
    for labels, value in samples:
        inner = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        braces = f"{{{inner}}}" if inner else ""
        lines.append(f"tocsin_{name}{braces} {value!r}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
