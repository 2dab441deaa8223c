"""The learned reader: what the network sees, made into mentions. The way of an article:

1. gate        an article that is plainly of something else is left at that
2. incidents   triggers that found a report, and the words of each of its values
3. mentions    those words typed: weapons, targets, speakers by lexicons, counts by their nouns
4. the rest    tallies, statements and relations, by the rules of the first reader
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.extract.asides import relations_of, statements_of, tallies_of
from tocsin.extract.casualties import find_casualties
from tocsin.extract.effects import find_damage, find_effects, find_hedges
from tocsin.extract.learned.confidence import REPORT, Calibration
from tocsin.extract.learned.decode import Scored
from tocsin.extract.learned.figures import counts_nobody, figures
from tocsin.extract.learned.incidents import Incident, Rejected, find_incidents
from tocsin.extract.learned.kinds import (
    attribution_of,
    casualty_mention,
    may_count,
    source_mention,
    target_mention,
    tokens_of,
    weapon_mention,
)
from tocsin.extract.learned.model import ReaderModel
from tocsin.extract.learned.windows import Pieces, Window
from tocsin.extract.learned.wording import tidy
from tocsin.extract.relations import Told
from tocsin.extract.reports import Finding
from tocsin.extract.rules import RuleExtractor
from tocsin.extract.timing import RECENT_DAYS, time_context
from tocsin.records import (
    ActorMention,
    Article,
    CandidateIncident,
    CasualtyMention,
    Explanation,
    PlaceMention,
    Reading,
    ReportMention,
    ScoredSpan,
    Span,
    TimeMention,
    WeaponMention,
)
from tocsin.records.vocab import ActorRole, IncidentType, Outcome, Stage, WeaponType
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

MAIN = 0.5
"""Probability from which an incident is the article's own news."""
NOBODY_HURT = 0.6
"""Confidence of "no injuries" that no network tied to the incident; too rare to fit a curve."""
MAIN_IF_OLD = 0.8
"""The same for what happened more than RECENT_DAYS before publication: seldom told for itself."""


class LearnedExtractor:
    """Reports by the encoder, their kinds by the lexicons. Deterministic."""

    def __init__(
        self,
        model: ReaderModel,
        gazetteer: Gazetteer | None = None,
        catalogue: ActorCatalogue | None = None,
    ) -> None:
        """A gazetteer or catalogue of None opens the shipped one."""
        self._rules = RuleExtractor(gazetteer, catalogue)
        self._model = model
        self.version = self._model.version

    def read(self, article: Article) -> Reading:
        """All mentions of an article; an empty reading for a language other than English."""
        if not article.is_supported_language:
            return Reading(self.version)
        read = self._read(article)
        if not read.is_relevant:
            return Reading(self.version)
        incidents = read.incidents
        findings = self._rules.find_all(article, time_context(article), with_events=False)
        builder = _Builder(article, read.pieces, findings, self._model.calibration)
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
            return _Read(Pieces((), (), (), ()), passed_gate=False)
        look = self._model.look(article)
        pieces, windows = look.pieces, look.windows
        if look.view is None:
            return _Read(pieces, passed_gate=True)
        relevance = float(look.view.relevance[:, 0].max())
        if relevance < self._model.thresholds["gate"]:
            return _Read(pieces, passed_gate=True, windows=windows, relevance=relevance)
        incidents, rejected = find_incidents(self._model, look, look.view)
        return _Read(
            pieces,
            passed_gate=True,
            windows=windows,
            relevance=relevance,
            is_relevant=True,
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
    incidents: Sequence[Incident] = ()
    rejected: Sequence[Rejected] = ()


class _Builder:
    """Turns incidents on pieces into mentions on one article."""

    def __init__(
        self,
        article: Article,
        pieces: Pieces,
        findings: Sequence[Finding],
        calibration: Calibration,
    ) -> None:
        self._article = article
        self._calibration = calibration
        self._pieces = pieces
        self._findings = findings
        self._starts = [finding.sentence.start for finding in findings]

    def span(self, scored: Scored) -> Span:
        """The words of pieces `[first, last)`."""
        return self._article.span(*self._pieces.edges(scored.first, scored.last))

    def words(self, scored: Scored) -> Span | None:
        """The same, as one would quote them; None where they tell nothing."""
        edges = tidy(self._article.text, *self._pieces.edges(scored.first, scored.last))
        return self._article.span(*edges) if edges else None

    def finding(self, offset: int) -> Finding | None:
        """The sentence at an offset."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self._findings[at].sentence.end:
            return None
        return self._findings[at]

    def home(self, scored: Scored) -> int | None:
        """The index of the sentence where a span begins."""
        finding = self.finding(self._pieces.starts[scored.first])
        return finding.index if finding else None

    def report(
        self, incident: Incident, triggers: Sequence[int | None], all_: Sequence[Incident]
    ) -> ReportMention:
        """The report of one incident."""
        article = self._article
        kind = IncidentType(incident.type)
        spans = {
            slot: [
                (words, self._calibration.confidence(slot, one.score))
                for one in found
                if (words := self.words(one))
            ]
            for slot, found in incident.slots.items()
        }
        told_in = {
            index
            for slot in ("place", "weapon", "target", "killed", "injured", "perpetrator")
            for one in incident.slots[slot]
            if (index := self.home(one)) is not None
        }
        home = self.home(incident.trigger)
        if home is not None:
            told_in.add(home)
        owned = [self._findings[index] for index in sorted(told_in)]
        weapons: dict[WeaponType, WeaponMention] = {}
        for span, sure in spans["weapon"]:
            weapon = weapon_mention(self.finding(span.start), span, kind)
            weapons.setdefault(weapon.type, replace(weapon, confidence=sure))
        actors = self._actors(spans)
        times = self._times(incident, spans["date"], triggers, all_)
        casualties = [
            replace(
                casualty_mention(article, self.finding(span.start), span, outcome),
                confidence=sure,
            )
            for outcome in (Outcome.KILLED, Outcome.INJURED)
            for span, sure in figures(
                article.text,
                [
                    (span, sure)
                    for span, sure in spans[outcome.value]
                    if may_count(article, self.finding(span.start), span)
                ],
            )
        ]
        return ReportMention(
            is_main=incident.main >= (MAIN_IF_OLD if self._are_old(times) else MAIN),
            type=kind,
            trigger=self.words(incident.trigger) or self.span(incident.trigger),
            stage=Stage(incident.stage),
            times=tuple(times),
            places=tuple(
                PlaceMention(span, confidence=sure) for span, sure in _distinct(spans["place"])
            ),
            weapons=tuple(weapons.values()),
            targets=tuple(
                replace(target_mention(self.finding(span.start), span), confidence=sure)
                for span, sure in _distinct(spans["target"])
            ),
            casualties=(*casualties, *self._nobody_hurt(incident, all_, casualties)),
            damage=tuple(m for one in owned for m in find_damage(article, one.sentence)),
            effects=tuple(m for one in owned for m in find_effects(article, one.sentence)),
            actors=tuple(actors),
            sources=tuple(
                replace(source_mention(article, self.finding(span.start), span), confidence=sure)
                for span, sure in _distinct(spans["source"])
            ),
            hedges=tuple(m for one in owned for m in find_hedges(article, one.sentence)),
            sentences=tuple(article.span(one.sentence.start, one.sentence.end) for one in owned),
            confidence=self._calibration.confidence(REPORT, incident.score),
        )

    def _nobody_hurt(
        self, incident: Incident, all_: Sequence[Incident], told: Sequence[CasualtyMention]
    ) -> Iterator[CasualtyMention]:
        """ "There were no injuries", anywhere in an article that has one incident of its own: said
        of that one, where no figure of it speaks against."""
        if [one for one in all_ if one.main >= MAIN] != [incident]:
            return
        known = {one.outcome for one in told}
        for finding in self._findings:
            for phrase in find_casualties(finding.sentence):
                span = finding.sentence.span(self._article, phrase.first, phrase.last)
                if phrase.outcome not in known and counts_nobody(self._article.text, span):
                    mention = casualty_mention(self._article, finding, span, phrase.outcome)
                    yield replace(mention, confidence=NOBODY_HURT)

    def _actors(self, spans: dict[str, list[tuple[Span, float]]]) -> list[ActorMention]:
        chosen: list[tuple[Span, float, ActorRole]] = []
        for role in (
            ActorRole.CLAIMED,
            ActorRole.DENIED,
            ActorRole.BLAMED,
            ActorRole.SUSPECTED,
            ActorRole.PERPETRATOR,
        ):
            chosen += [(span, score, role) for span, score in spans[role.value]]
        chosen.sort(key=lambda one: (-one[1], one[0].start))
        mentions: list[ActorMention] = []
        for span, sure, role in chosen:
            if any(
                span.overlaps(other.span)
                or (role is other.role and _is_same_name(span.text, other.span.text))
                for other in mentions
            ):
                continue
            by = None
            if role is not ActorRole.PERPETRATOR:
                by = attribution_of(self._article, self.finding(span.start), span, spans["by"])
            mentions.append(ActorMention(span, role, by=by, confidence=sure))
        mentions.sort(key=lambda one: one.span.start)
        return mentions

    def _times(
        self,
        incident: Incident,
        spans: Sequence[tuple[Span, float]],
        triggers: Sequence[int | None],
        all_: Sequence[Incident],
    ) -> list[TimeMention]:
        """Words of date, the surest first, grown to the whole expression: "Friday" to "late on
        Friday"."""
        mentions: dict[tuple[int, int], TimeMention] = {}
        for found, sure in sorted(spans, key=lambda one: (-one[1], one[0].start)):
            span, anchor = found, None
            finding = self.finding(span.start)
            for phrase in finding.times if finding else ():
                if phrase.span.overlaps(span):
                    span = phrase.span
                    if phrase.expression.needs_anchor and finding is not None:
                        anchor = next(
                            (
                                index
                                for index, other in enumerate(all_)
                                if other is not incident
                                and triggers[index] == finding.index
                                and self._pieces.starts[other.trigger.first] >= span.end
                            ),
                            None,
                        )
                    break
            mentions.setdefault((span.start, span.end), TimeMention(span, anchor, sure))
        return list(mentions.values())

    def _are_old(self, times: Sequence[TimeMention]) -> bool:
        """Whether the surest words of date mean a day long before the publication."""
        published = self._article.published
        finding = self.finding(times[0].span.start) if times else None
        if published is None or finding is None:
            return False
        return any(
            phrase.span.overlaps(times[0].span)
            and phrase.latest is not None
            and (published.date - phrase.latest).days > RECENT_DAYS
            for phrase in finding.times
        )

    def owners(self, reports: Sequence[ReportMention]) -> dict[int, int]:
        """Which report a sentence tells of; of several, the one it was read for first."""
        owner: dict[int, int] = {}
        for index, report in enumerate(reports):
            for span in report.sentences:
                finding = self.finding(span.start)
                if finding is not None:
                    owner.setdefault(finding.index, index)
        return owner

    def told(self, reports: Sequence[ReportMention]) -> Iterator[Told]:
        """Where each report is told: its trigger."""
        for index, report in enumerate(reports):
            finding = self.finding(report.trigger.start)
            if finding is not None:
                first, last = tokens_of(finding.sentence, report.trigger)
                yield Told(index, finding.index, first, last)


def _is_same_name(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _distinct(spans: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """The surest first, each wording once."""
    seen: dict[str, tuple[Span, float]] = {}
    for span, sure in sorted(spans, key=lambda one: (-one[1], one[0].start)):
        seen.setdefault(span.text.lower(), (span, sure))
    return list(seen.values())
