"""The learned reader: what the network sees, made into mentions. The way of an article:

1. gate        an article that is plainly of something else is left at that
2. incidents   triggers that found a report, and the words of each of its values
3. mentions    those words typed: weapons, targets, speakers by lexicons, counts by their nouns
4. the rest    tallies, statements and relations, by the rules of the first reader
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.asides import relations_of, statements_of, tallies_of
from tocsin.extract.learned.decode import Scored
from tocsin.extract.learned.incidents import Incident, Rejected, find_incidents
from tocsin.extract.learned.mentions import Mentions
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.windows import Pieces, Window
from tocsin.extract.reports import Finding
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.timing import time_context
from tocsin.records import (
    Article,
    CandidateIncident,
    Explanation,
    Reading,
    ScoredSpan,
)
from tocsin.records.vocab import TallyKind
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue


class LearnedExtractor:
    """Reports by the encoder, their kinds by the lexicons. Deterministic."""

    def __init__(
        self,
        model: ReaderModel,
        gazetteer: Gazetteer | None = None,
        catalogue: ActorCatalogue | None = None,
    ) -> None:
        """A gazetteer or catalogue of None opens the shipped one."""
        self._catalogue = catalogue or ActorCatalogue.open()
        self._rules = RuleExtractor(gazetteer, self._catalogue)
        self._model = model
        self.version = self._model.version

    def read(self, article: Article) -> Reading:
        """All mentions of an article; an empty reading for a language other than English."""
        if not article.is_supported_language:
            return Reading(self.version)
        read = self._read(article)
        if not read.is_relevant:
            return Reading(self.version)
        incidents, findings = read.incidents, read.findings
        builder = Mentions(article, read.pieces, findings, self._model.calibration, self._catalogue)
        triggers = [builder.home(one.trigger) for one in incidents]
        reports = tuple(builder.report(one, triggers, incidents) for one in incidents)
        main = next((index for index, report in enumerate(reports) if report.is_main), None)
        return Reading(
            extractor_version=self.version,
            reports=reports,
            tallies=tuple(tallies_of(article, findings)),
            statements=tuple(statements_of(article, findings, builder.owners(reports))),
            relations=tuple(relations_of(article, findings, builder.told(reports), main)),
        )

    def explain(self, article: Article) -> Explanation:
        """How the article was read: windows, scores, what was left out and why."""
        read = self._read(article)
        pieces, gate = read.pieces, self._model.thresholds["gate"]

        def words(one: Scored) -> ScoredSpan:
            span = article.span(*pieces.edges(one.first, one.last))
            return ScoredSpan(span, round(one.score, 4))

        told = [
            CandidateIncident(
                trigger=words(one.trigger),
                verdict="report",
                valid=round(one.valid, 4),
                main=round(one.main, 4),
                type=one.type,
                type_score=round(one.type_score, 4),
                stage=one.stage,
                slots=tuple(
                    (slot, tuple(map(words, found))) for slot, found in one.slots.items() if found
                ),
            )
            for one in read.incidents
        ]
        left_out = [
            CandidateIncident(words(one.trigger), one.reason, round(one.valid, 4))
            for one in read.rejected
        ]
        return Explanation(
            version=self.version,
            passed_gate=read.passed_gate,
            relevance=round(read.relevance, 4),
            threshold=gate,
            windows=tuple(article.span(*pieces.edges(one.first, one.last)) for one in read.windows),
            candidates=tuple(sorted((*told, *left_out), key=lambda one: one.trigger.span.start)),
        )

    def _read(self, article: Article) -> _Read:
        gate = self._model.gate
        if not article.is_supported_language or not (gate is None or gate.passes(article.text)):
            return _Read(Pieces((), (), (), (), ()), passed_gate=False)
        look = self._model.look(article)
        pieces, windows = look.pieces, look.windows
        if look.view is None:
            return _Read(pieces, passed_gate=True)
        relevance = float(look.view.relevance[:, 0].max())
        if relevance < self._model.thresholds["gate"]:
            return _Read(pieces, passed_gate=True, windows=windows, relevance=relevance)
        findings = self._rules.find_all(article, time_context(article), with_events=False)
        totals = [
            (tally.span.start, tally.span.end)
            for tally in tallies_of(article, findings)
            if tally.kind is TallyKind.INCIDENTS and not tally.is_ordinal
        ]
        incidents, rejected = find_incidents(self._model, look, look.view, totals)
        return _Read(
            pieces,
            passed_gate=True,
            windows=windows,
            relevance=relevance,
            is_relevant=True,
            findings=findings,
            incidents=incidents,
            rejected=rejected,
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """What the network sees in one article."""

    pieces: Pieces
    passed_gate: bool
    windows: Sequence[Window] = ()
    relevance: float = 0.0
    is_relevant: bool = False
    findings: Sequence[Finding] = ()
    """What the rules spot in each sentence."""
    incidents: Sequence[Incident] = ()
    rejected: Sequence[Rejected] = ()
