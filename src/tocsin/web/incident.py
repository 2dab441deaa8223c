"""The page of one incident: each value with its words and speakers, and what others say instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.api.access import has_quick_tallies, known_incident, tally_checks
from tocsin.api.cards import MergeCard, merge_card
from tocsin.api.errors import NotFound
from tocsin.api.incidents import version_rows
from tocsin.api.marks import (
    KeyedField,
    conflicts_of,
    fields_of,
    incident_marks,
    relations_of,
)
from tocsin.api.pool import StorePool
from tocsin.desk.telling import decision_words
from tocsin.fuse import cited_sources, share_origins
from tocsin.pipeline import with_current_relations
from tocsin.publish.contract import Json
from tocsin.publish.phrasing import plain
from tocsin.publish.show import ArticleLabel, Speakers, article_label
from tocsin.publish.wording import (
    REPEATS,
    RIVALS,
    conflict_label,
    side_words,
    spaced,
    spoken,
    verdict_words,
)
from tocsin.records import (
    Alternative,
    Article,
    Conflict,
    ConflictSide,
    Evidence,
    Incident,
    IncidentRelation,
    ReportInContext,
    TallyCheck,
    TimeInterval,
)
from tocsin.records.vocab import TO_ASIDES, ConflictVerdict, Outcome, SourceKind
from tocsin.store import StoredIncident, StoredTally, StoreView
from tocsin.web.beside import ArticleView, article_view
from tocsin.web.graph import OriginGraph, Told, origin_graph
from tocsin.web.rendering import incident_href, utc_words
from tocsin.web.toll import TollChart, toll_charts

MAX_QUOTES = 8
"""Different quotes shown under one value; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place in an article, by the article's number on the page."""

    number: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Equal words of one speaker, and every place they stand at."""

    words: str
    speaker: str | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """What someone else says, or says less well."""

    lead: str
    words: str
    quotes: tuple[Quote, ...]
    speaker: str | None
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of the incident."""

    key: str
    slot: str
    label: str
    words: str
    utc: str | None
    agreement: str
    rule: str
    pinned_by: str | None
    by: str | None
    href: str | None
    """The first words it rests on."""
    quotes: tuple[Quote, ...]
    more_quotes: int
    rivals: tuple[Rival, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    words: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict and why its sides differ."""

    key: str
    label: str
    verdict: str
    is_open: bool
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class TollRow:
    """Who gave which figures when."""

    day: dt.date | None
    outlet: str
    speaker: str | None
    figures: tuple[tuple[str, str, str], ...]
    """Outcome, words, address of the words."""
    is_main: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """A lineage: articles that go back to one text."""

    lineage_id: str
    articles: tuple[tuple[str, str, ArticleLabel, bool], ...]
    """Number, id, label, whether it tells the incident as news."""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A tie to another incident, to a threat or to a tally."""

    key: str
    kind: str
    href: str | None
    """The page of the other incident; None where it is none."""
    title: str
    by: str | None
    decided_by: str | None
    hedged: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Everything the page shows."""

    incident: Incident
    stored: StoredIncident
    as_of: str | None
    standing: tuple[str, ...]
    values: tuple[ValueRow, ...]
    disputes: tuple[ConflictRow, ...]
    explained: tuple[ConflictRow, ...]
    """What differs and is no dispute."""
    toll: tuple[TollRow, ...]
    toll_charts: tuple[TollChart, ...]
    origins: tuple[Origin, ...]
    graph: OriginGraph | None
    relations: tuple[RelationRow, ...]
    tallies: tuple[tuple[StoredTally, TallyCheck, bool], ...] | None
    """Each with whether it counts the incident; None where checking them would take long."""
    decisions: tuple[str, ...]
    """What people decided of it, in words, oldest first."""
    history: tuple[Json, ...]
    state: int
    """The number of the state that is shown, among those of the history."""
    decision_words: Mapping[str, str]
    """By id: what each decision that the history names says."""
    card: MergeCard
    report_names: Mapping[str, str]
    beside: ArticleView | None
    beside_number: str | None


def incident_view(
    pool: StorePool,
    store: StoreView,
    incident_id: str,
    *,
    as_of: str | None,
    moment: dt.datetime | None,
    article_id: str | None,
    start: int | None,
    end: int | None,
) -> IncidentView:
    """Gather the page. Raises NotFound for an unknown incident."""
    stored = known_incident(store, incident_id, moment)
    incident = with_current_relations(store, stored.incident, as_of=moment)
    contexts = store.reports_in_context([member.report_id for member in incident.reports])
    page = _Page(store, incident, contexts, as_of)
    wanted = article_id if article_id in page.articles else next(iter(page.articles), None)
    shown = page.articles[wanted] if wanted else None
    at = (start, end) if wanted == article_id else (None, None)
    conflicts = [page.conflict(key, conflict) for key, conflict in conflicts_of(incident)]
    history = version_rows(store.history(incident.id))
    named = {*incident.decisions, *(id_ for row in history for id_ in row["decisions"])}
    decided = _decided(pool, store, named)
    return IncidentView(
        incident=incident,
        stored=stored,
        as_of=as_of,
        standing=tuple(_standing(incident)),
        values=tuple(page.value(keyed) for keyed in fields_of(incident)),
        disputes=tuple(row for row in conflicts if row.is_open),
        explained=tuple(row for row in conflicts if not row.is_open),
        toll=tuple(page.toll()),
        toll_charts=tuple(page.toll_charts()),
        origins=tuple(page.origins()),
        graph=page.graph(),
        relations=tuple(page.relation(store, *keyed) for keyed in relations_of(incident)),
        tallies=tuple(_tallies_of(pool, store, incident.id))
        if has_quick_tallies(pool, store)
        else None,
        decisions=tuple(words for id_, words in decided.items() if id_ in incident.decisions),
        history=tuple(history),
        state=_state(history, moment),
        decision_words=decided,
        card=merge_card(contexts),
        report_names={c.report.id: page.report_name(c) for c in contexts},
        beside=article_view(shown, incident_marks(incident), *at) if shown else None,
        beside_number=page.numbers.get(wanted) if wanted else None,
    )


class _Page:
    """What the parts of one page share: numbered articles, their labels, the speakers."""

    def __init__(
        self,
        store: StoreView,
        incident: Incident,
        contexts: Sequence[ReportInContext],
        as_of: str | None,
    ) -> None:
        self.incident = incident
        self.contexts = share_origins(contexts)
        self.as_of = as_of
        self.speakers = Speakers(context.report for context in contexts)
        told = {member.article_id for member in incident.reports}
        cited = {mark.evidence.article_id for mark in incident_marks(incident)}
        read = {id_: store.article(id_) for id_ in sorted(told | cited)}
        known = {id_: article for id_, article in read.items() if article is not None}
        self.articles: dict[str, Article] = dict(sorted(known.items(), key=_by_day))
        self.numbers = {id_: str(at) for at, id_ in enumerate(self.articles, start=1)}
        self.labels = {
            id_: article_label(article.outlet, article.published, article.title, article.url)
            for id_, article in self.articles.items()
        }
        self.lineages = {c.report.article_id: c.lineage_id for c in self.contexts}

    def value(self, keyed: KeyedField) -> ValueRow:
        """A field as a row, its rivals under it."""
        field = keyed.field
        words = spoken(field.value)
        quotes = list(self.quotes(field.evidence))
        return ValueRow(
            key=keyed.key,
            slot=keyed.slot,
            label=keyed.slot.replace("-", " "),
            words=words,
            utc=utc_words(field.value) if isinstance(field.value, TimeInterval) else None,
            agreement=field.agreement.value,
            rule=field.rule,
            pinned_by=field.pinned_by,
            by=keyed.by,
            href=incident_href(self.incident.id, field.evidence[0], self.as_of)
            if field.evidence
            else None,
            quotes=tuple(quotes[:MAX_QUOTES]),
            more_quotes=max(0, len(quotes) - MAX_QUOTES),
            rivals=tuple(self._rivals(field.alternatives, words)),
        )

    def _rivals(self, others: Iterable[Alternative[Any]], chosen: str) -> Iterator[Rival]:
        """Each value once under each note; what repeats the chosen words is no rival."""
        grouped: dict[tuple[str, str, str | None], list[Evidence]] = {}
        for other in others:
            key = (other.note, spoken(other.value), None if other.evidence else other.source)
            grouped.setdefault(key, []).extend(other.evidence)
        for (note, words, speaker), evidence in grouped.items():
            is_repeat = note in REPEATS
            if is_repeat and words == chosen:
                continue
            lead = REPEATS.get(note) or RIVALS.get(note) or plain(note) or "also said"
            quotes = tuple(self.quotes(evidence))[:MAX_QUOTES]
            yield Rival(lead, words, quotes, speaker, is_repeat)

    def quotes(self, evidence: Iterable[Evidence]) -> Iterator[Quote]:
        """Equal words of one speaker together."""
        grouped: dict[tuple[str, str | None], dict[Evidence, None]] = {}
        for item in evidence:
            key = (plain(item.span.text), self.speakers.of(item))
            grouped.setdefault(key, {})[item] = None
        for (words, speaker), places in grouped.items():
            yield Quote(words, speaker, tuple(self.link(item) for item in places))

    def link(self, evidence: Evidence) -> Link:
        """The address that opens the article beside the incident, at these words."""
        label = self.labels.get(evidence.article_id)
        title = f"{label.outlet}, {label.published}" if label else evidence.article_id
        return Link(
            number=self.numbers.get(evidence.article_id, "?"),
            href=incident_href(self.incident.id, evidence, self.as_of),
            title=plain(title),
        )

    def conflict(self, key: str, conflict: Conflict) -> ConflictRow:
        """The sides of a conflict, each with its words."""
        return ConflictRow(
            key=key,
            label=conflict_label(conflict),
            verdict=verdict_words(conflict.verdict),
            is_open=conflict.verdict is ConflictVerdict.OPEN,
            sides=tuple(self._side(side) for side in conflict.sides),
        )

    def _side(self, side: ConflictSide) -> Side:
        return Side(side_words(side.value), tuple(self.quotes(side.evidence))[:MAX_QUOTES])

    def toll(self) -> Iterator[TollRow]:
        """The killed and the injured as each report gave them, in order of publication."""
        for context in sorted(self.contexts, key=_published_first):
            report = context.report
            figures: dict[str | None, list[tuple[str, str, str]]] = {}
            for claim in report.casualties:
                if claim.value.outcome not in {Outcome.KILLED, Outcome.INJURED}:
                    continue
                said = [a for a in claim.attributions if a.kind is not SourceKind.OUTLET]
                speaker = plain(said[0].source) if said else None
                for span in claim.evidence[:1]:
                    evidence = Evidence(report.article_id, span)
                    href = incident_href(self.incident.id, evidence, self.as_of)
                    figure = (claim.value.outcome.value, spoken(claim.value), href)
                    figures.setdefault(speaker, []).append(figure)
            for speaker, given in figures.items():
                yield TollRow(
                    day=context.published.date if context.published else None,
                    outlet=context.outlet or "outlet not named",
                    speaker=speaker,
                    figures=tuple(given),
                    is_main=report.is_main,
                )

    def toll_charts(self) -> Iterator[TollChart]:
        """The same figures, drawn."""
        chosen = {Outcome.KILLED: self.incident.killed, Outcome.INJURED: self.incident.injured}

        def href(evidence: Evidence) -> str:
            return incident_href(self.incident.id, evidence, self.as_of)

        yield from toll_charts(sorted(self.contexts, key=_published_first), chosen, href)

    def graph(self) -> OriginGraph | None:
        """Articles, their origins, and who is cited in each."""
        told = [
            Told(number, id_, self.labels[id_].outlet, self.labels[id_].published, lineage)
            for id_, number in self.numbers.items()
            if (lineage := self.lineages.get(id_))
        ]
        return origin_graph(told, cited_sources(self.contexts))

    def origins(self) -> Iterator[Origin]:
        """Articles by the text they go back to."""
        as_news = {member.article_id for member in self.incident.reports if member.is_main}
        told = {member.article_id for member in self.incident.reports}
        grouped: dict[str, list[tuple[str, str, ArticleLabel, bool]]] = {}
        for id_, number in self.numbers.items():
            if id_ in told:
                entry = (number, id_, self.labels[id_], id_ in as_news)
                grouped.setdefault(self.lineages.get(id_, id_), []).append(entry)
        for lineage_id, articles in grouped.items():
            yield Origin(lineage_id, tuple(articles))

    def relation(self, store: StoreView, key: str, relation: IncidentRelation) -> RelationRow:
        """A tie, named by the title of the incident it leads to; an aside by its words alone."""
        is_aside = relation.kind in TO_ASIDES
        other = None if is_aside else store.incident(relation.to)
        return RelationRow(
            key=key,
            kind=spaced(relation.kind.value),
            href=None if is_aside else incident_href(relation.to),
            title=other.incident.title if other else relation.to,
            by=relation.by.source if relation.by else None,
            decided_by=relation.decided_by,
            hedged=relation.hedged,
            quotes=tuple(self.quotes(relation.evidence))[:MAX_QUOTES],
        )

    def report_name(self, context: ReportInContext) -> str:
        """`[2] Baghdad Courier`: a report by the article it stands in."""
        number = self.numbers.get(context.report.article_id, "?")
        return f"[{number}] {plain(context.outlet or 'outlet not named')}"


def _by_day(item: tuple[str, Article]) -> tuple[dt.date, str]:
    id_, article = item
    return article.published.date if article.published else dt.date.max, id_


def _published_first(context: ReportInContext) -> tuple[dt.date, str]:
    return context.published.date if context.published else dt.date.max, context.report.id


def moment_of_state(store: StoreView, incident_id: str, number: int) -> dt.datetime:
    """When the state of that number was recorded. Raises NotFound."""
    for version in store.history(incident_id):
        if version.number == number and version.incident is not None:
            return version.recorded_at
    raise NotFound(f"state {number} of", incident_id)


def _state(history: Sequence[Json], moment: dt.datetime | None) -> int:
    past = [
        row["number"]
        for row in history
        if moment is None or dt.datetime.fromisoformat(row["recorded_at"]) <= moment
    ]
    return max(past, default=1)


def _standing(incident: Incident) -> Iterator[str]:
    """`corroborated`, `provisional` ...: what the incident's standing is."""
    yield incident.status.value
    if incident.stage.value != "accomplished":
        yield incident.stage.value
    if incident.provisional:
        yield "provisional"
    if incident.reviewed:
        yield "reviewed"
    if incident.background_only:
        yield "known from recaps only"


def _decided(pool: StorePool, store: StoreView, ids: Collection[str]) -> dict[str, str]:
    """What these decisions say, by id, oldest first."""
    if not ids:
        return {}
    log = pool.remembered(store, "decisions", store.decisions)
    return {one.id: plain(decision_words(one)) for one in log if one.id in ids}


def _tallies_of(
    pool: StorePool, store: StoreView, incident_id: str
) -> Iterator[tuple[StoredTally, TallyCheck, bool]]:
    """The aggregate claims that count the incident, or nearly do."""
    for stored, check in tally_checks(pool, store):
        if incident_id in check.counted:
            yield stored, check, True
        elif any(miss.incident_id == incident_id for miss in check.near_misses):
            yield stored, check, False
