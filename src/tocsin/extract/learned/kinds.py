"""Kinds: of what kind a value is, from its words, where the network found them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from tocsin.extract.casualties import find_casualties
from tocsin.extract.counts import find_counts
from tocsin.extract.learned.figures import is_bare_number, is_supposed
from tocsin.extract.phrases import Match
from tocsin.extract.reports import Finding
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import speaker_of
from tocsin.records import (
    Article,
    Attribution,
    CasualtyMention,
    SourceMention,
    Span,
    TargetMention,
    WeaponMention,
)
from tocsin.records.vocab import (
    AttributionBasis,
    IncidentType,
    Outcome,
    SourceKind,
    TargetKind,
    VictimGroup,
    WeaponType,
)

MEANS_OF_TYPE: Final = {
    IncidentType.AIR_STRIKE: WeaponType.AIR_UNSPECIFIED,
    IncidentType.INDIRECT_FIRE: WeaponType.ARTILLERY,
    IncidentType.BOMBING: WeaponType.IED,
    IncidentType.SUICIDE_BOMBING: WeaponType.EXPLOSIVE_UNSPECIFIED,
    IncidentType.GRENADE_ATTACK: WeaponType.GRENADE,
    IncidentType.CBRN_ATTACK: WeaponType.CHEMICAL,
    IncidentType.ARMED_ATTACK: WeaponType.FIREARM,
    IncidentType.ARMED_CLASH: WeaponType.FIREARM,
    IncidentType.MELEE_ATTACK: WeaponType.MELEE,
}
"""What a means is taken for where no lexicon knows its words."""

_TOLL_WORDS = frozenset({"toll", "figure", "number", "count", "total", "tally"})
_PART_WORDS = frozenset({"including", "among", "includes", "included"})
_PART_REACH = 3
_AIMED = frozenset({"targeting", "targeted", "target", "targets", "aiming", "aimed"})


def tokens_of(sentence: Sentence, span: Span) -> tuple[int, int]:
    """Tokens `[first, last)` of a sentence that a span touches."""
    first = max(0, bisect_right(sentence.starts, span.start) - 1)
    return first, max(first + 1, sentence.token_at(span.end))


def _inside(matches: Sequence[Match], first: int, last: int) -> list[Match]:
    return [match for match in matches if match.first < last and first < match.last]


def weapon_mention(finding: Finding | None, span: Span, kind: IncidentType) -> WeaponMention:
    """The weapon that the words name; by the incident's type where they name none known."""
    if finding is not None:
        first, last = tokens_of(finding.sentence, span)
        known = _inside(finding.sentence.get("weapons.weapon"), first, last)
        if known:
            return WeaponMention(span, WeaponType(known[-1].value))
    return WeaponMention(span, MEANS_OF_TYPE.get(kind, WeaponType.UNKNOWN))


def target_mention(finding: Finding | None, span: Span) -> TargetMention:
    """The target with the kind of its head noun."""
    if finding is None:
        return TargetMention(span, TargetKind.OTHER)
    sentence = finding.sentence
    first, last = tokens_of(sentence, span)
    heads = _inside(sentence.of("targets.head"), first, last)
    before = {token.lower for token in sentence.tokens[max(0, first - 2) : first]}
    if heads:
        kind = TargetKind(heads[-1].value)
    elif _inside(sentence.of("persons.person"), first, last):
        kind = TargetKind.CIVILIANS
    else:
        is_name = all(word[:1].isupper() for word in span.text.split() if word[:1].isalpha())
        kind = TargetKind.INDIVIDUAL if is_name else TargetKind.OTHER
    return TargetMention(span, kind, aimed_at=bool(before & _AIMED))


def may_count(article: Article, finding: Finding | None, span: Span) -> bool:
    """Whether the words may count persons who were harmed: not those of a supposition, and a bare
    number only where its sentence has a word of harm or of a toll, not in "the minister spoke of
    16, of which 11 struck the base"."""
    if is_supposed(article.text, span):
        return False
    if finding is None or not is_bare_number(article.text, span):
        return True
    sentence = finding.sentence
    return bool(sentence.get("persons.outcome")) or any(
        token.lower in _TOLL_WORDS for token in sentence.tokens
    )


def casualty_mention(
    article: Article, finding: Finding | None, span: Span, outcome: Outcome
) -> CasualtyMention:
    """The figure with the group that its noun names, and who vouches for it."""
    if finding is None:
        return CasualtyMention(span, outcome)
    sentence = finding.sentence
    first, last = tokens_of(sentence, span)
    group = VictimGroup.UNKNOWN
    is_part = False
    for phrase in find_casualties(sentence):
        if phrase.first < last and first < phrase.last and phrase.outcome is outcome:
            group, is_part = phrase.group, phrase.is_part
            break
    else:
        counts = [c for c in find_counts(sentence) if c.first < last and first < c.last]
        persons = _inside(sentence.of("persons.person"), first, last)
        if counts and counts[0].group is not None:
            group = counts[0].group
        elif persons:
            group = VictimGroup(persons[-1].value)
        before = [token.lower for token in sentence.tokens[max(0, first - _PART_REACH) : first]]
        is_part = any(word in _PART_WORDS for word in before)
    said = speaker_of(finding.sources, first, last)
    return CasualtyMention(
        span, outcome, group, is_part, said.attribution(article, sentence) if said else None
    )


def source_mention(article: Article, finding: Finding | None, span: Span) -> SourceMention:
    """The speaker with kind and word of saying."""
    if finding is None:
        return SourceMention(span, SourceKind.OFFICIAL)
    sentence = finding.sentence
    first, last = tokens_of(sentence, span)
    heads = _inside(sentence.of("sources.head"), first, last)
    kind = SourceKind(heads[0].value) if heads else SourceKind.OFFICIAL
    cues = sentence.get("sources.cue")
    near = min(
        cues, key=lambda cue: min(abs(cue.first - last), abs(first - cue.last)), default=None
    )
    return SourceMention(
        span, kind, sentence.span(article, near.first, near.last) if near else None
    )


def attribution_of(
    article: Article,
    finding: Finding | None,
    span: Span,
    said: Sequence[tuple[Span, float]],
) -> Attribution | None:
    """Who says that an actor did it: a speaker that the network ties to the incident, in the
    actor's sentence; else the sentence's own by the rules."""
    if finding is None:
        return None
    sentence = finding.sentence
    near = [one for one, _ in said if sentence.start <= one.start < sentence.end]
    near = [one for one in near if not one.overlaps(span)]
    if near:
        speaker = source_mention(article, finding, near[0])
        return Attribution(
            source=near[0].text,
            kind=speaker.kind,
            span=near[0],
            cue=speaker.cue,
            basis=AttributionBasis.PARAPHRASE,
        )
    first, last = tokens_of(sentence, span)
    found = speaker_of(finding.sources, first, last)
    return found.attribution(article, sentence) if found else None
