"""The first reader: rules over lexicons. The way of an article, top to bottom:

1. sentences   the readable regions, tokenized and scanned once
2. findings    times, places, speakers, casualties, tallies and events of each sentence
3. incidents   events gathered into distinct happenings, main and background
4. reports     each incident with its spans: weapons, targets, actors, sources, damage
5. the rest    tallies, statements and relations between the reports
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from tocsin.extract.asides import relations_of, statements_of, tallies_of
from tocsin.extract.casualties import find_casualties
from tocsin.extract.dating import times_of_all
from tocsin.extract.doers import find_doers
from tocsin.extract.events import find_events, without_foreign_themes
from tocsin.extract.incidents import Draft, gather
from tocsin.extract.places import find_place_phrases
from tocsin.extract.relations import Told
from tocsin.extract.reports import Finding, make_report, owners
from tocsin.extract.sentences import Sentence, read_sentences
from tocsin.extract.sources import find_sources
from tocsin.extract.tallies import find_tallies
from tocsin.extract.timing import find_time_phrases, time_context
from tocsin.records import Article, Reading
from tocsin.records.vocab import RegionKind, TallyKind
from tocsin.when import TimeContext
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

VERSION = "rules/1"


class RuleExtractor:
    """Reports by trigger words and shallow sentence analysis. Stateless and deterministic."""

    version = VERSION

    def __init__(
        self, gazetteer: Gazetteer | None = None, catalogue: ActorCatalogue | None = None
    ) -> None:
        """None opens the shipped one."""
        self._gazetteer = gazetteer or Gazetteer.open()
        self._catalogue = catalogue or ActorCatalogue.open()

    def read(self, article: Article) -> Reading:
        """All mentions of an article; an empty reading for a language other than English."""
        if not article.is_supported_language:
            return Reading(VERSION)
        context = time_context(article)
        findings = self.find_all(article, context)
        events = [event for finding in findings for event in finding.events]
        events = without_foreign_themes(events, [finding.sentence for finding in findings])
        drafts = gather(events, context.today)
        owner = owners(drafts, findings)
        owned: list[list[Finding]] = [[] for _ in drafts]
        for finding in findings:
            if finding.index in owner:
                owned[owner[finding.index]].append(finding)
        times = times_of_all(drafts, owned)
        main = next((index for index, draft in enumerate(drafts) if draft.is_main), None)
        reports = tuple(map(make_report, repeat(article), drafts, owned, times, repeat(findings)))
        return Reading(
            extractor_version=VERSION,
            reports=reports,
            tallies=tuple(tallies_of(article, findings)),
            statements=tuple(statements_of(article, findings, owner)),
            relations=tuple(relations_of(article, findings, _told(drafts), main)),
        )

    def find_all(
        self, article: Article, context: TimeContext, *, with_events: bool = True
    ) -> list[Finding]:
        """What each sentence holds, in order: a finding stands at its sentence's index.

        Without events, a finding has no doers either: a reader that finds events in another way
        needs neither.
        """
        return [
            self._find(article, sentence, context, with_events=with_events)
            for sentence in read_sentences(article)
        ]

    def _find(
        self, article: Article, sentence: Sentence, context: TimeContext, *, with_events: bool
    ) -> Finding:
        times = find_time_phrases(article, sentence, context)
        places = find_place_phrases(
            article, sentence, self._gazetteer, [time.span for time in times]
        )
        casualties = [] if sentence.get("context.correction") else find_casualties(sentence)
        tallies = find_tallies(article, sentence, times, casualties)
        counted = [(t.first, t.last) for t in tallies if t.kind is not TallyKind.STRENGTH]
        casualties = [one for one in casualties if not any(a <= one.first < b for a, b in counted)]
        events = []
        if sentence.region is RegionKind.CAPTION:
            casualties = []
        elif with_events:
            summed = [
                (tally.first, tally.last)
                for tally in tallies
                if tally.kind is TallyKind.INCIDENTS and not (tally.is_ordinal and places)
            ]
            events = find_events(sentence, times, places, casualties, summed)
        doers = []
        if with_events and (
            events or sentence.get("actors.authorship") or sentence.get("actors.head")
        ):
            doers = find_doers(article, sentence, self._catalogue)
        return Finding(
            sentence, times, places, find_sources(sentence), casualties, tallies, events, doers
        )


def _told(drafts: list[Draft]) -> Iterator[Told]:
    """Where each incident is told: the stretches of its events."""
    for index, draft in enumerate(drafts):
        for event in draft.events:
            yield Told(index, event.sentence.index, event.first, event.last)
