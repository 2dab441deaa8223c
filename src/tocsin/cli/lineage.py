"""`tocsin lineage`: the origins behind an incident, and what each reprint made of its text."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from tocsin.cli.record import find_incident
from tocsin.config import load_settings
from tocsin.pipeline import lineages_of
from tocsin.publish.lineage import lineage_page
from tocsin.publish.show import article_label
from tocsin.store import open_store


def lineage_command(incident_id: str, *, db: str | None, config: Path | None) -> None:
    """Print the lineages of one incident."""
    settings = load_settings(config)
    url = db or settings.store.url
    with open_store(url, settings.store, create=False, read_only=True) as store:
        incident = find_incident(store, incident_id, None).incident
        found = (store.article(member.article_id) for member in incident.reports)
        labels = {
            article.id: article_label(article.outlet, article.published, article.title, article.url)
            for article in found
            if article
        }
        Console().print(lineage_page(incident, lineages_of(store, incident), labels))
