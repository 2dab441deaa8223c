"""The seeds' gold values as Tocsin's own records, so that fusing is measured apart from reading.

The values are those of `gold.json`: dates, places, counts, actors, sources with their words. What
the gold file does not state as a value (a second time in one report, the coordinates of a landmark)
is grounded from its words, as in a run. Relations between reports are found in the text by
`extract.asides`, with the gold reports given.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tocsin.errors import RefusedInput
from tocsin.extract.asides import relations_of
from tocsin.extract.relations import Told
from tocsin.extract.reports import Finding
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.sentences import Sentence, read_sentences
from tocsin.extract.statements import is_before
from tocsin.extract.timing import time_context
from tocsin.ground import ground
from tocsin.how_many import group_of
from tocsin.read import ReadSettings, editorial_status, read_inputs
from tocsin.records import (
    Actor,
    Article,
    Attribution,
    Casualties,
    Claim,
    Damage,
    Place,
    PlaceMention,
    Quantity,
    Reading,
    RelationMention,
    Report,
    ReportInContext,
    ReportMention,
    ReportRelation,
    Source,
    Span,
    Statement,
    TallyClaim,
    Target,
    TimeInterval,
    TimeMention,
    Weapon,
    content_id,
)
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    DamageLevel,
    IncidentType,
    IncludesCurrent,
    Outcome,
    PlacePrecision,
    PlaceRole,
    QuantityStatus,
    RelationKind,
    SourceKind,
    Specificity,
    Stage,
    StatementKind,
    TallyKind,
    TargetKind,
    TimePrecision,
    WeaponType,
    ZoneBasis,
)
from tocsin.text import split_sentences
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

Gold = dict[str, Any]

_PRONOUN = re.compile(r"(?i)^(?:he|she|they)\b")
_NOBODY = frozenset({"none", "unknown"})
_TELLING = frozenset(
    {"date", "time", "place", "type", "weapon", "weapon_count", "target", "killed"}
)
"""Fields whose words tell the event itself."""
_COUNTRY = "IQ"
"""Every gold incident of the seeds lies there."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One seed: its text, its gold reading, and the reports made of it, in the gold's order."""

    article: Article
    gold: Gold
    contexts: tuple[ReportInContext, ...]
    tallies: tuple[TallyClaim, ...]
    statements: tuple[Statement, ...]

    @property
    def file(self) -> str:
        """The name the gold file gives it."""
        return str(self.gold["file"])

    def sentence_at(self, start: int) -> tuple[int, int]:
        """The sentence that holds an offset."""
        return sentence_at(self.article.text, start)


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """The sentence of `text` that holds an offset; the offset alone where none does."""
    for start, end in split_sentences(text):
        if start <= offset < end:
            return start, end
    return offset, offset + 1


def read_gold(folder: Path) -> tuple[Gold, list[GoldArticle]]:
    """The gold file of the seeds, and each seed with its reports."""
    gold: Gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    triggers = {
        (row["id"], report["incident"]): report["trigger"]["q"]
        for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
        for row in [json.loads(line)]
        for report in row["reports"]
    }
    gazetteer, catalogue = Gazetteer.open(), ActorCatalogue.open()
    builder = _Builder(
        gazetteer,
        catalogue,
        RuleExtractor(gazetteer, catalogue),
        triggers,
        tuple(one for one in gold["contradictions"] if one["field"] in _TELLING),
    )
    by_id = {entry["file"][:3]: entry for entry in gold["articles"]}
    found = []
    for article in read_inputs([str(folder / "articles.jsonl")], ReadSettings()):
        if isinstance(article, RefusedInput):
            raise article
        found.append(builder.build(article, by_id[article.id]))
    return gold, found


@dataclass(frozen=True, slots=True)
class _Builder:
    gazetteer: Gazetteer
    catalogue: ActorCatalogue
    extractor: RuleExtractor
    triggers: dict[tuple[str, str], str]
    contradictions: tuple[Gold, ...]

    def build(self, article: Article, gold: Gold) -> GoldArticle:
        """The reports of one seed."""
        mentions = tuple(self._mention(article, report) for report in gold["reports"])
        grounded = ground(article, Reading("gold", mentions), self.gazetteer, self.catalogue)
        by_trigger = {(r.trigger, r.type.value): r for r in grounded.reports}
        reports = [
            _with_gold(article, report, by_trigger[mention.trigger, mention.type])
            for report, mention in zip(gold["reports"], mentions, strict=True)
        ]
        ids = [report.id for report in reports]
        by_incident = {
            report["incident_id"]: id_ for report, id_ in zip(gold["reports"], ids, strict=True)
        }
        main = next(report.id for report in reports if report.is_main)
        sentences = read_sentences(article)
        statements = tuple(
            _statement(article, one, by_incident, main, sentences) for one in gold["statements"]
        )
        tallies = tuple(_tally(article, one) for one in gold["tallies"])
        relations = [
            ReportRelation(
                RelationKind(one.kind),
                ids[one.source],
                ids[one.target],
                one.span,
                one.by,
                one.hedged,
            )
            for one in self._relations(article, gold, reports)
        ]
        status = editorial_status(article)
        contexts = tuple(
            ReportInContext(
                report,
                lineage_id=f"lineage of {article.id}",
                outlet=f"outlet of {article.id}",
                published=article.published,
                is_provisional=status.is_provisional,
                relations=tuple(one for one in relations if one.source == report.id),
                statements=tuple(one for one in statements if one.about == report.id),
                tallies=tallies if report.is_main else (),
                agencies=article.agencies,
            )
            for report in reports
        )
        return GoldArticle(article, gold, contexts, tallies, statements)

    def _mention(self, article: Article, gold: Gold) -> ReportMention:
        """The words of a gold report, in the form a reader hands to grounding."""
        words = self.triggers[article.id, gold["incident_id"]]
        evidence = [gold["place"], gold["weapon"], *gold["targets"], *gold["actors"]]
        near = [one["span"][0] for one in evidence if one and one.get("span")]
        at = _nearest(article.text, words, near)
        places = [(gold["place"], PlaceRole.IMPACT)] if gold["place"] else []
        places += [(one, PlaceRole(one["role"])) for one in gold["other_places"]]
        return ReportMention(
            is_main=gold["is_main"],
            type=IncidentType(gold["type"]),
            trigger=article.span(at, at + len(words)),
            times=tuple(TimeMention(_span(article, one)) for one in gold["date_evidence"]),
            places=tuple(PlaceMention(_span(article, one), role) for one, role in places),
            sentences=_sentences(article, gold),
        )

    def _relations(
        self, article: Article, gold: Gold, reports: list[Report]
    ) -> Iterator[RelationMention]:
        """Relations as the rules find them, told where the gold's words for a report stand."""
        findings = self.extractor.find_all(article, time_context(article), with_events=False)
        told = [
            one
            for index, (label, report) in enumerate(zip(gold["reports"], reports, strict=True))
            for span in (*_told_at(report), *self._told_again(article, gold, label))
            if (one := _place_in(findings, index, span)) is not None
        ]
        told = list(dict.fromkeys(told))
        main = next((index for index, report in enumerate(reports) if report.is_main), None)
        yield from relations_of(article, findings, told, main)

    def _told_again(self, article: Article, gold: Gold, label: Gold) -> Iterator[Span]:
        """Further words of the article that tell a report's incident: sides of contradictions."""
        for one in self.contradictions:
            if one["about"] == label["incident_id"]:
                yield from (_span(article, s) for s in one["sides"] if s["file"] == gold["file"])


def _told_at(report: Report) -> Iterator[Span]:
    """The words that tell the event itself: its trigger, what was fired, who died, who did it."""
    yield report.trigger
    for weapon in report.weapons:
        yield weapon.evidence[0]
    for figure in report.casualties:
        yield figure.evidence[0]
    for actor in report.actors:
        if actor.value.role is ActorRole.PERPETRATOR:
            yield actor.evidence[0]


def _place_in(findings: list[Finding], report: int, span: Span) -> Told | None:
    for finding in findings:
        sentence = finding.sentence
        if sentence.start <= span.start < sentence.end:
            first = sentence.token_at(span.start)
            return Told(report, sentence.index, first, max(first + 1, sentence.token_at(span.end)))
    return None


def _nearest(text: str, words: str, near: list[int]) -> int:
    """The occurrence of `words` closest to one of the offsets; the first without offsets."""
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    return min(found, key=lambda at: min((abs(at - one) for one in near), default=at))


def _span(article: Article, gold: Gold) -> Span:
    span = article.span(*gold["span"])
    assert span.text == gold["text"], f"{gold} does not stand in {article.id}"
    return span


def _sentences(article: Article, gold: Gold) -> tuple[Span, ...]:
    """The sentences in which the gold's words for a report stand."""
    starts: set[int] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("span"), list):
                starts.add(value["span"][0])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk({key: value for key, value in gold.items() if key != "not_actors"})
    bounds = sorted({sentence_at(article.text, start) for start in starts})
    return tuple(article.span(start, end) for start, end in bounds)


def _with_gold(article: Article, gold: Gold, report: Report) -> Report:
    """The grounded report with the values that the gold file states in place of grounding's."""
    return replace(
        report,
        is_main=gold["is_main"],
        specificity=Specificity(gold["specificity"]),
        stage=Stage(gold["stage"]),
        date=_date(article, gold, report.date),
        place=_place(article, gold["place"]),
        weapons=tuple(_weapons(article, gold["weapon"])),
        targets=tuple(
            Claim(
                Target(one["name"], TargetKind(one["type"]), bool(one["stated_as_target"])),
                (_span(article, one),),
            )
            for one in gold["targets"]
        ),
        casualties=tuple(_casualties(article, gold)),
        damage=tuple(_damage(article, gold["damage"])),
        actors=tuple(_actors(article, gold["actors"])),
        sources=tuple(
            Claim(
                Source(_source_name(one["text"]), SourceKind(one["kind"])), (_span(article, one),)
            )
            for one in gold["sources"]
        ),
        hedges=tuple(_span(article, one) for one in gold["hedges"]),
    )


def _source_name(words: str) -> str:
    """The speaker without the word of saying: a reader's spans hold the name alone."""
    return re.sub(
        r"(?i)^according to | (?:said|confirmed|announced|accused|told \w+|heard)$", "", words
    )


def _date(
    article: Article, gold: Gold, read: Claim[TimeInterval] | None
) -> Claim[TimeInterval] | None:
    """The gold's time, on those of its words by which grounding dates the report."""
    spans = tuple(_span(article, one) for one in gold["date_evidence"])
    first, last = (
        gold[key] and dt.date.fromisoformat(gold[key]) for key in ("date_start", "date_end")
    )
    if not last or not spans:
        return None
    opens = dt.datetime.combine(first, dt.time()) if first else None
    closes = dt.datetime.combine(last, dt.time()) + dt.timedelta(days=1)
    if gold["time"]:
        clocks = [dt.time.fromisoformat(one) for one in gold["time"].split("/")]
        opens, closes = dt.datetime.combine(first, clocks[0]), dt.datetime.combine(last, clocks[1])
    value = TimeInterval(
        opens, closes, TimePrecision(gold["date_precision"]), gold["tz"], ZoneBasis.PLACE_OF_EVENT
    )
    settled = read.evidence if read else ()
    return Claim(value, tuple(span for span in spans if span in settled) or spans)


def _place(article: Article, gold: Gold | None) -> Claim[Place] | None:
    if gold is None:
        return None
    value = Place(
        (gold.get("gazetteer") or gold["text"]).partition(",")[0],
        PlacePrecision(gold["precision"]),
        country=_COUNTRY,
        lat=gold["lat"],
        lon=gold["lon"],
        uncertainty_km=float(gold["uncertainty_km"]),
    )
    return Claim(value, (_span(article, gold),))


def _quantity(gold: Gold) -> Quantity | None:
    if gold["min"] is None and gold["best"] is None and gold["max"] is None:
        return None
    status = QuantityStatus(gold.get("status") or "stated")
    return Quantity(gold["min"], gold["best"], gold["max"], bool(gold.get("approx")), status=status)


def _weapons(article: Article, gold: Gold | None) -> Iterator[Claim[Weapon]]:
    if gold is None:
        return
    count = _quantity(gold["count"])
    name = "Katyusha" if "Katyusha" in gold["text"] else None
    yield Claim(Weapon(WeaponType(gold["type"]), name, count), (_span(article, gold),))
    for other in gold.get("synonyms_in_text", ()):
        type_ = WeaponType.MISSILE_UNSPECIFIED if "missile" in other["text"] else WeaponType.UNKNOWN
        counted = (gold["count"]["evidence"] or {}).get("span") == other["span"]
        yield Claim(Weapon(type_, None, count if counted else None), (_span(article, other),))


def _casualties(article: Article, gold: Gold) -> Iterator[Claim[Casualties]]:
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        figure = gold[outcome.value]
        count = _quantity(figure)
        if count is None or not figure["evidence"]:
            continue
        span = _span(article, figure["evidence"])
        yield Claim(Casualties(outcome, count, group_of(figure["who"] or span.text)), (span,))


def _damage(article: Article, gold: Gold | None) -> Iterator[Claim[Damage]]:
    if gold:
        yield Claim(Damage(DamageLevel(gold["level"]), gold.get("where")), (_span(article, gold),))


def _actors(article: Article, gold: list[Gold]) -> Iterator[Claim[Actor]]:
    """Who is said to have done it. "Nobody claimed it" is no actor."""
    for one in gold:
        name = re.sub(r"\s*\(.*?\)", "", one["name"]).strip()
        if name in _NOBODY or not one["text"]:
            continue
        by = re.sub(r"\s*\(.*?\)", "", one["by"]).strip()
        says_outlet = by.startswith("outlet")
        yield Claim(
            Actor(name, ActorRole(one["role"]), ActorLevel(one.get("level") or "incident")),
            (_span(article, one),),
            () if says_outlet else (Attribution(by, SourceKind.OFFICIAL),),
        )


def _statement(
    article: Article,
    gold: Gold,
    by_incident: dict[str, str],
    main: str,
    sentences: list[Sentence],
) -> Statement:
    inner = _span(article, gold)
    # as a reader gives it: the whole sentence
    span = article.span(*sentence_at(article.text, inner.start))
    sentence = next((s for s in sentences if s.start <= inner.start < s.end), None)
    return Statement(
        id=content_id("sta", article.id, gold["statement_id"]),
        article_id=article.id,
        kind=StatementKind(gold["kind"]),
        span=span,
        speaker=_speaker(article, gold, inner),
        about=by_incident.get(gold.get("about") or "", main),
        is_before=sentence is not None and is_before(sentence, sentence.token_at(inner.start)),
    )


def _speaker(article: Article, gold: Gold, span: Span) -> Span | None:
    """The words that name the speaker: a pronoun where it opens the statement, else the last time
    that one of the speaker's names stands before its end."""
    pronoun = _PRONOUN.match(span.text)
    if pronoun:
        return article.span(span.start, span.start + pronoun.end())
    for name in (gold["speaker"], gold["speaker"].split(" (")[0].split()[-1]):
        at = article.text.rfind(name, 0, span.end)
        if at >= 0:
            return article.span(at, at + len(name))
    return None


def _tally(article: Article, gold: Gold) -> TallyClaim:
    count = _quantity(gold["count"]) or Quantity()
    includes = {True: IncludesCurrent.YES, False: IncludesCurrent.NO}
    is_strength = gold.get("kind") == "force_strength"
    window = None
    if gold.get("window_start"):
        first, last = (dt.datetime.fromisoformat(gold[f"window_{end}"]) for end in ("start", "end"))
        window = TimeInterval(first, last + dt.timedelta(days=1), TimePrecision.DAYS)
    return TallyClaim(
        id=content_id("tal", article.id, gold["tally_id"]),
        article_id=article.id,
        kind=TallyKind.STRENGTH if is_strength else TallyKind.INCIDENTS,
        count=count,
        noun=gold["what"].split()[-1],
        span=_span(article, gold),
        ordinal=gold["ordinal"],
        window=window,
        scope=None if gold["scope"].startswith("unstated") else gold["scope"],
        scope_country=_COUNTRY,
        includes_current=includes.get(gold["includes_current"], IncludesCurrent.UNKNOWN),
    )
