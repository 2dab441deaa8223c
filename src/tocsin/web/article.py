"""The page of one article: its text, every report marked, and what each value became."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.api.errors import NotFound
from tocsin.api.marks import Mark, report_marks
from tocsin.publish.show import ArticleLabel, article_label
from tocsin.publish.wording import spaced, spoken
from tocsin.records import Evidence, Report, Statement, TallyClaim
from tocsin.records.vocab import IncidentStatus
from tocsin.store import ArticleVersion, StoreView
from tocsin.web.beside import ArticleView, article_view
from tocsin.web.rendering import article_href, outside_href

COLOURS = 6
"""Reports are told apart by so many colours, then again from the first."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report, its values as they were read, and the incident it became part of."""

    key: str
    number: int
    colour: int
    type: str
    is_main: bool
    stage: str
    values: tuple[tuple[str, str, str, str], ...]
    """Slot, value in words, the words it rests on, address of the words."""
    confidence: float
    incident_id: str | None
    incident_title: str | None
    is_rejected: bool
    """A person said that its incident is none."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the page of an article shows."""

    view: ArticleView
    label: ArticleLabel
    outside: str | None
    reports: tuple[ReportRow, ...]
    colours: dict[str, int]
    """Colour of each mark's key."""
    tallies: tuple[TallyClaim, ...]
    statements: tuple[Statement, ...]
    versions: tuple[ArticleVersion, ...]
    lineage_id: str | None


def article_page(
    store: StoreView, article_id: str, start: int | None, end: int | None
) -> ArticlePage:
    """Gather the page. Raises NotFound for an unknown article."""
    article = store.article(article_id)
    if article is None:
        raise NotFound("article", article_id)
    extraction = store.extraction(article_id)
    reports = extraction.reports if extraction else ()
    homes = store.incidents_of_reports(report.id for report in reports)
    marks: list[Mark] = []
    rows = []
    colours: dict[str, int] = {}
    for number, report in enumerate(reports, start=1):
        key = _key(number)
        colours[key] = _colour(number)
        own = list(report_marks(report, key))
        marks += own
        rows.append(_row(store, report, number, own, homes.get(report.id)))
    return ArticlePage(
        view=article_view(article, marks, start, end),
        label=article_label(article.outlet, article.published, article.title, article.url),
        outside=outside_href(article.url),
        reports=tuple(rows),
        colours=colours,
        tallies=extraction.tallies if extraction else (),
        statements=extraction.statements if extraction else (),
        versions=tuple(store.article_versions(article_id)),
        lineage_id=store.lineage_of([article_id]).get(article_id),
    )


def _row(
    store: StoreView, report: Report, number: int, marks: list[Mark], home: str | None
) -> ReportRow:
    incident = store.incident(home) if home else None
    return ReportRow(
        key=_key(number),
        number=number,
        colour=_colour(number),
        type=spoken(report.type.value),
        is_main=report.is_main,
        stage=spaced(report.stage.value),
        values=tuple(
            (mark.slot, mark.words, mark.evidence.span.text, _href(mark.evidence)) for mark in marks
        ),
        confidence=report.confidence,
        incident_id=incident.incident.id if incident else None,
        incident_title=incident.incident.title if incident else None,
        is_rejected=incident is not None and incident.incident.status is IncidentStatus.REJECTED,
    )


def _key(number: int) -> str:
    """The name of a report on its page."""
    return f"report-{number}"


def _colour(number: int) -> int:
    return (number - 1) % COLOURS + 1


def _href(evidence: Evidence) -> str:
    return article_href(evidence.article_id, evidence.span.start, evidence.span.end) + "#words"
