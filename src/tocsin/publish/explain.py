"""How an article was read, for a person to follow: as lines for the terminal, and as one HTML page.

Words of an article are untrusted: control characters are dropped in the terminal, everything is
escaped in the page, and the page loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from tocsin.publish.phrasing import plain
from tocsin.records import READABLE_REGIONS, Article, CandidateIncident, Explanation, ScoredSpan

HUES: Final = {
    "trigger": 0,
    "date": 210,
    "place": 130,
    "weapon": 30,
    "target": 280,
    "killed": 345,
    "injured": 320,
    "source": 190,
    "by": 170,
}
"""Hue of each slot's mark, in degrees; actors share one."""
ACTOR_HUE: Final = 55


def explanation_lines(article: Article, explanation: Explanation) -> Iterator[str]:
    """Lines of plain text."""
    yield f"article {plain(article.id)}, read by {explanation.version}"
    if not explanation.passed_gate:
        yield "  no word of violence stands in it: not read"
        return
    verdict = "read on" if explanation.relevance >= explanation.threshold else "left at that"
    yield (
        f"  relevance {explanation.relevance:.2f}, threshold {explanation.threshold:.2f}: {verdict}"
    )
    for number, window in enumerate(explanation.windows, 1):
        yield f"  window {number}: characters {window.start} to {window.end}"
    for candidate in explanation.candidates:
        yield from _candidate_lines(candidate)


def _candidate_lines(candidate: CandidateIncident) -> Iterator[str]:
    trigger = candidate.trigger
    yield (
        f"  at {trigger.span.start} “{plain(trigger.span.text)}”: {candidate.verdict}"
        f" (told here {trigger.score:.2f}, founds a report {candidate.valid:.2f})"
    )
    if candidate.type is None:
        return
    place = "main" if candidate.main >= 0.5 else "background"
    yield (
        f"      {candidate.type} {candidate.type_score:.2f}, {candidate.stage}, {place}"
        f" {candidate.main:.2f}"
    )
    for slot, spans in candidate.slots:
        words = " · ".join(
            f"“{plain(one.span.text)}” {one.score:.2f} [{one.span.start}]" for one in spans
        )
        yield f"      {slot:12} {words}"


STYLE: Final = """
body { font: 16px/1.55 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem;
  color: #1c1c1c; background: #fff }
main { display: grid; grid-template-columns: 3fr 2fr; gap: 2.5rem }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.dim { color: #8a8a8a }
mark { border-radius: 3px; padding: 0 .15em; background: hsl(var(--hue) 85% 88%); color: inherit;
  border-bottom: 2px solid hsl(var(--hue) 60% 45%) }
mark sup { font-size: .65em; color: hsl(var(--hue) 60% 30%); margin-left: .15em }
section { border-top: 1px solid #ddd; padding: .6rem 0 }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: .15rem .8rem; margin: .4rem 0 }
dt { color: #666 } dd { margin: 0 } .score { color: #777; font-size: .85em }
h1 { font-size: 1.25rem } h2 { font-size: 1rem; margin: .2rem 0 }
@media (max-width: 60rem) { main { grid-template-columns: 1fr } }
"""


def explanation_page(article: Article, explanation: Explanation) -> str:
    """One HTML page: the text with its marks beside the incidents and what was left out."""
    title = escape(article.title or article.id)
    reports = [one for one in explanation.candidates if one.verdict == "report"]
    left_out = [one for one in explanation.candidates if one.verdict != "report"]
    sections = "".join(_section(number, candidate) for number, candidate in enumerate(reports, 1))
    rejected = "".join(
        f"<li>“{escape(one.trigger.span.text)}” <span class=score>{one.trigger.score:.2f}</span>, "
        f"{escape(one.verdict)} <span class=score>{one.valid:.2f}</span></li>"
        for one in left_out
    )
    state = (
        f"relevance {explanation.relevance:.2f}, threshold {explanation.threshold:.2f}"
        if explanation.passed_gate
        else "no word of violence stands in it: not read"
    )
    known = [escape(article.outlet)] if article.outlet else []
    known += [f"read by {escape(explanation.version)}", state]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{STYLE}</style></head><body>"
        f"<h1>{title}</h1><p class=score>{' · '.join(known)}</p>"
        f"<main><div class=text>{_marked(article, reports)}</div>"
        f"<div>{sections or '<p>No report.</p>'}"
        f"{'<section><h2>Left out</h2><ul>' + rejected + '</ul></section>' if rejected else ''}"
        "</div></main></body></html>"
    )


def _section(number: int, candidate: CandidateIncident) -> str:
    place = "main" if candidate.main >= 0.5 else "background"
    rows = [("trigger", (candidate.trigger,)), *candidate.slots]
    fields = "".join(
        f"<dt>{escape(slot)}</dt><dd>"
        + " · ".join(
            f"{escape(one.span.text)} <span class=score>{one.score:.2f}</span>" for one in spans
        )
        + "</dd>"
        for slot, spans in rows
    )
    return (
        f"<section><h2>{number} · {escape(candidate.type or '')} "
        f"<span class=score>{candidate.type_score:.2f}</span>, {escape(candidate.stage or '')}, "
        f"{place} <span class=score>{candidate.main:.2f}</span></h2>"
        f"<dl>{fields}</dl></section>"
    )


def _marked(article: Article, reports: list[CandidateIncident]) -> str:
    """The text, furniture dimmed, each word read for a slot marked with the slot and the number of
    its incident. Where marks overlap, the one that begins first is drawn."""
    marks: list[tuple[int, int, str, int]] = []
    for number, candidate in enumerate(reports, 1):
        spans: list[tuple[str, ScoredSpan]] = [("trigger", candidate.trigger)]
        spans += [(slot, one) for slot, found in candidate.slots for one in found]
        marks += [(one.span.start, one.span.end, slot, number) for slot, one in spans]
    marks.sort(key=lambda mark: (mark[0], -mark[1]))
    made: list[str] = []
    at = 0
    for start, end, slot, number in marks:
        if start < at:
            continue
        made.append(_plain_text(article, at, start))
        hue = HUES.get(slot, ACTOR_HUE)
        words = escape(article.text[start:end])
        made.append(f'<mark style="--hue:{hue}">{words}<sup>{escape(slot)} {number}</sup></mark>')
        at = end
    made.append(_plain_text(article, at, len(article.text)))
    return "".join(made)


def _plain_text(article: Article, start: int, end: int) -> str:
    parts = []
    for region in article.regions:
        first, last = max(start, region.start), min(end, region.end)
        if first >= last:
            continue
        words = escape(article.text[first:last])
        is_read = region.kind in READABLE_REGIONS
        parts.append(words if is_read else f"<span class=dim>{words}</span>")
    return "".join(parts) if article.regions else escape(article.text[start:end])
