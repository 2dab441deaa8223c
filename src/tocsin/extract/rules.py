"""The first reader: rules over lexicons. Read top to bottom: sentences, triggers, incidents."""

from __future__ import annotations

from tocsin.extract.sentences import read_sentences
from tocsin.records import Article, Reading, ReportMention
from tocsin.records.vocab import IncidentType

VERSION = "rules/1"


class RuleExtractor:
    """Reports by trigger words and shallow sentence analysis. Stateless and deterministic."""

    version = VERSION

    def read(self, article: Article) -> Reading:
        """All mentions of an article; an empty reading for a language other than English."""
        if not article.is_supported_language:
            return Reading(VERSION)
        for sentence in read_sentences(article):
            triggers = sentence.of("triggers.verb") + sentence.of("triggers.noun")
            if triggers and not sentence.of("context"):
                trigger = min(triggers)
                report = ReportMention(
                    is_main=True,
                    type=IncidentType(trigger.value),
                    trigger=sentence.span(article, trigger.first, trigger.last),
                    sentences=(article.span(sentence.start, sentence.end),),
                )
                return Reading(VERSION, (report,))
        return Reading(VERSION)
