"""One extracted article, made ready to be kept: its keys, its bands, its sketch."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.errors import RecordError, RefusedInput
from tocsin.pipeline.extracting import Extracted
from tocsin.read import editorial_status
from tocsin.records import READABLE_REGIONS, Article, Extraction, Report, ReportInContext
from tocsin.resolve import (
    bands,
    block_keys,
    is_near_copy,
    packed_profile,
    signature,
    sketch_keys,
    sketch_of,
    sought_keys,
)
from tocsin.store import KeepOutcome, Kept, Store


def readable_text(article: Article) -> str:
    """The article without its furniture: what near-copies are recognised by."""
    if not article.regions:
        return article.text
    return "\n".join(
        article.text[region.start : region.end]
        for region in article.regions
        if region.kind in READABLE_REGIONS
    )


def _sketches(article: Article, text: str, extraction: Extraction) -> dict[str, bytes]:
    """The article's sketch, by the report that leads it: its first main one, else its first.

    Others are told in passing; that the articles are alike says nothing of them.
    """
    leads = [report.id for report in extraction.reports if report.is_main]
    leads = leads or [report.id for report in extraction.reports]
    return {id_: sketch_of(article.title, text) for id_ in leads[:1]}


def kept_keys(report: Report, sketch: bytes) -> tuple[str, ...]:
    """All keys under which a report is found."""
    return (*block_keys(report), *sketch_keys(sketch))


def candidate_keys(context: ReportInContext) -> tuple[str, ...]:
    """All keys under which candidates for a report are looked for."""
    return (*sought_keys(context.report), *sketch_keys(context.sketch))


def to_keep(article: Article, extraction: Extraction) -> Kept | RefusedInput:
    """All that is kept of an article, with the keys by which its like are found."""
    status = editorial_status(article)
    text = readable_text(article)
    sketches = _sketches(article, text, extraction)
    keys = {
        report.id: kept_keys(report, sketches.get(report.id, b"")) for report in extraction.reports
    }
    contexts = [
        ReportInContext(
            report,
            lineage_id="",
            outlet=article.outlet,
            published=article.published,
            sketch=sketches.get(report.id, b""),
        )
        for report in extraction.reports
    ]
    try:
        return Kept(
            article=article,
            extraction=extraction,
            lineage_bands=bands(signature(text)),
            block_keys=keys,
            sketches=sketches,
            profiles={context.report.id: packed_profile(context) for context in contexts},
            is_provisional=status.is_provisional,
            is_correction=status.is_correction or status.is_retraction,
        )
    except RecordError as error:
        return RefusedInput(article.source or article.id, f"its reports are unsound: {error}")


def is_copy(one: Article, other: Article) -> bool:
    """True where two articles share origin text, furniture aside."""
    return is_near_copy(readable_text(one), readable_text(other))


def id_clash(store: Store, batch: Sequence[Kept], article: Article) -> RefusedInput | None:
    """The refusal of an article whose id another article has; None where it may be kept."""
    known = next((k.article for k in reversed(batch) if k.article.id == article.id), None)
    known = known or store.article(article.id)
    if known is None or known.sha256 == article.sha256 or not _is_other_article(known, article):
        return None
    return RefusedInput(
        article.source or article.id,
        f"the id {article.id!r} is taken by another article, from {known.source or 'elsewhere'}",
    )


def keep_extracted(store: Store, extracted: Extracted) -> KeepOutcome | RefusedInput:
    """Keep one extracted article in a transaction of its own; its reports are then unresolved."""
    article = extracted.article
    if extracted.extraction is None:
        return KeepOutcome.UNCHANGED
    clash = id_clash(store, (), article)
    if clash is not None:
        return clash
    kept = to_keep(article, extracted.extraction)
    return kept if isinstance(kept, RefusedInput) else store.keep(kept, is_copy=is_copy)


def _is_other_article(known: Article, article: Article) -> bool:
    """True where an id is taken by what is plainly another article, not by an earlier version.

    A revision has the outlet and address of the first version, or most of its words.
    """
    same_place = (known.outlet, known.url) == (article.outlet, article.url)
    return not (same_place and (known.outlet or known.url)) and not is_copy(known, article)
