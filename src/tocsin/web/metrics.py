"""The health of watched feeds for monitoring, at `/metrics`."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from tocsin.api.access import LentStore
from tocsin.store import system_clock
from tocsin.watch import feed_health
from tocsin.watch.metrics import CONTENT_TYPE, metrics_text

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(store: LentStore) -> Response:
    """Feeds and inbox in Prometheus's text format."""
    now = system_clock()
    feeds = [feed_health(state, now) for state in store.feed_states()]
    return Response(metrics_text(feeds, store.inbox_counts(), now), media_type=CONTENT_TYPE)
