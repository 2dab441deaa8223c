"""Mentions: incidents on pieces, made into the mentions of reports on the article's text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.extract.casualties import find_casualties
from tocsin.extract.effects import find_damage, find_effects, find_hedges
from tocsin.extract.learned.actors import actor_mentions
from tocsin.extract.learned.confidence import REPORT, Calibration
from tocsin.extract.learned.decode import Scored
from tocsin.extract.learned.figures import counts_nobody, figures
from tocsin.extract.learned.incidents import MAIN, Incident
from tocsin.extract.learned.kinds import (
    casualty_mention,
    may_count,
    source_mention,
    target_mention,
    tokens_of,
    weapon_mention,
)
from tocsin.extract.learned.windows import Pieces
from tocsin.extract.learned.wording import tidy
from tocsin.extract.relations import Told
from tocsin.extract.reports import Finding
from tocsin.extract.timing import RECENT_DAYS
from tocsin.records import (
    Article,
    CasualtyMention,
    PlaceMention,
    ReportMention,
    Span,
    TimeMention,
    WeaponMention,
)
from tocsin.records.vocab import IncidentType, Outcome, Stage, WeaponType
from tocsin.where import end_of_place
from tocsin.who import ActorCatalogue

NOBODY_HURT = 0.6
"""Confidence of "no injuries" that no network tied to the incident; too rare to fit a curve."""
MAIN_IF_OLD = 0.8
"""MAIN for what happened more than RECENT_DAYS before publication: seldom told for itself."""


class Mentions:
    """Makes mentions on one article of what was found on its pieces."""

    def __init__(
        self,
        article: Article,
        pieces: Pieces,
        findings: Sequence[Finding],
        calibration: Calibration,
        catalogue: ActorCatalogue,
    ) -> None:
        self._article = article
        self._calibration = calibration
        self._catalogue = catalogue
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
        actors = actor_mentions(article, spans, self.finding, self._catalogue)
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
                PlaceMention(
                    article.span(span.start, end_of_place(article.text, span.end)), confidence=sure
                )
                for span, sure in _distinct(spans["place"])
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
        """ "There were no injuries": said of the article's own incident, of several the one told
        last before, where no figure of it speaks against."""
        mains = [one for one in all_ if one.main >= MAIN]
        if incident not in mains:
            return
        starts = [self._pieces.starts[one.trigger.first] for one in mains]
        known = {one.outcome for one in told}
        for finding in self._findings:
            for phrase in find_casualties(finding.sentence):
                span = finding.sentence.span(self._article, phrase.first, phrase.last)
                said_of = mains[max(0, bisect_right(starts, span.end) - 1)]
                if (
                    said_of is incident
                    and phrase.outcome not in known
                    and counts_nobody(self._article.text, span)
                ):
                    mention = casualty_mention(self._article, finding, span, phrase.outcome)
                    yield replace(mention, confidence=NOBODY_HURT)

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


def _distinct(spans: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """The surest first, each wording once."""
    seen: dict[str, tuple[Span, float]] = {}
    for span, sure in sorted(spans, key=lambda one: (-one[1], one[0].start)):
        seen.setdefault(span.text.lower(), (span, sure))
    return list(seen.values())
