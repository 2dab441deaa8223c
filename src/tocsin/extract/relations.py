"""Relations: words that tie two reports of one article, "in retaliation for".

A link stands between what it ties, or opens the sentence ("After X, Y"). Where one end is told
elsewhere, "these strikes" and "the December embassy attack" are looked up among the reports told
before, by the words they share; failing that, the subject is the article's main report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.extract.nouns import is_word
from tocsin.extract.phrases import Match
from tocsin.extract.sentences import Sentence
from tocsin.extract.sources import SourcePhrase
from tocsin.extract.words import word_set
from tocsin.records import Article, RelationMention
from tocsin.records.vocab import RelationKind
from tocsin.text import Token

_BACKWARD = frozenset({"retaliation_for", "in_response_to", "follows"})
"""Kinds whose cue stands before the earlier event."""
_EVENTS = word_set("statements.events")
_POINTING = frozenset({"this", "that", "these", "those"})
_DEFINITE = _POINTING | {"the"}
_ANOTHER = frozenset({"another", "second", "further"})
_RELATIVES = frozenset({"who", "whose", "which", "that"})
_CAUGHT = ("raid", "arrest", "detain", "captur")
_CHAIN = frozenset({"events", "chain", "series", "escalation", "crisis", "violence"})
_BELIEF = frozenset({"believing", "suspecting", "accusing", "convinced", "alleging"})
_ANAPHOR_TOKENS = 6
"""How far a noun may stand from its "the": "the deadly late December embassy attack"."""
_NEAR_TOKENS = 3
_LEAD_SENTENCES = 4
"""Headline and lead: they name the place of the article's main report."""
_STEM = 5
"""Letters by which two words are one: "storming" and "stormed", "protests" and "protesters"."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where a report is told: tokens `[first, last)` of one sentence."""

    report: int
    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence among those that tell the reports of an article."""

    sentence: Sentence
    here: Sequence[Told]
    """What the sentence tells, in order."""
    earlier: Sequence[Told]
    """What sentences before it tell, in order."""
    later: Sequence[Told]
    """What the next sentence tells, in order."""
    sentences: Mapping[int, Sentence]
    sources: Sequence[SourcePhrase]
    main: int | None
    """The report that "the attack" means where the sentence tells only the other one."""

    def before(self, token: int) -> list[Told]:
        """What is told before a token."""
        return [one for one in self.here if one.first < token]

    def after(self, first: int, last: int) -> list[Told]:
        """What is told behind a link at `[first, last)`; it may be part of the telling."""
        return [one for one in self.here if one.last > last and one.first >= first - 1]

    def resolve(self, first: int, last: int) -> int | None:
        """The report told before that tokens `[first, last)` point back to.

        The one whose sentences share most of their words, a modifier counting for two, the noun,
        where the report itself has it, for one; of equals the latest. None where none shares any.
        """
        words = [_stem(token) for token in self.sentence.tokens[first:last] if _is_telling(token)]
        if not words:
            return None
        *modifiers, noun = words
        scores: dict[int, tuple[int, int]] = {}
        for at, one in enumerate(self.earlier):
            tokens = self.sentences[one.sentence].tokens
            around = {_stem(token) for token in tokens}
            own = {_stem(token) for token in tokens[max(0, one.first - 1) : one.last + 1]}
            score = 2 * sum(word in around for word in modifiers) + (noun in own)
            scores[one.report] = max((score, at), scores.get(one.report, (0, 0)))
        report = max(scores, key=lambda key: scores[key], default=None)
        return report if report is not None and scores[report][0] else None


def find_relations(article: Article, scene: Scene) -> list[RelationMention]:
    """Relations that the sentence's words state."""
    found: list[RelationMention] = []
    hedged = bool(scene.sentence.get("effects.hedge"))

    def add(
        kind: str, source: int | None, target: int | None, span: tuple[int, int], doubt: bool
    ) -> None:
        if source is None or target is None or source == target:
            return
        found.append(
            RelationMention(
                span=scene.sentence.span(article, *span),
                kind=RelationKind(kind).value,
                source=source,
                target=target,
                by=scene.sources[0].attribution(article, scene.sentence) if scene.sources else None,
                hedged=hedged or doubt,
            )
        )

    turned = scene.sentence.get("context.turned")
    for link in turned:
        add(link.value, *_turned(scene, link), (link.first, link.last), doubt=False)
    for link in scene.sentence.get("context.link"):
        if any(one.first <= link.first < one.last for one in turned):
            continue
        ends = _backward if link.value in _BACKWARD else _forward
        add(link.value, *ends(scene, link), (link.first, link.last), doubt=False)
    for link in scene.sentence.get("context.held_behind"):
        add("in_response_to", *_believed(scene, link), (link.first, link.last), doubt=True)
    for source, target, at in _another(scene):
        add("same_series", source, target, (at, at + 1), doubt=False)
    for source, target, at in _caught(scene):
        add("in_response_to", source, target, (at, at + 1), doubt=True)
    return found


def _backward(scene: Scene, link: Match) -> tuple[int | None, int | None]:
    """ "A in retaliation for B", "After B, A": (A, B)."""
    before, after = scene.before(link.first), scene.after(link.first, link.last)
    named = _anaphor(scene, link.last)
    if named is not None:
        target = scene.resolve(*named)
        after = [one for one in after if one.first >= named[1]]
        if target is not None:
            source = before[-1].report if before else after[0].report if after else _subject(scene)
            return source, target
    if not after:
        return None, None
    target = after[0].report
    if before:
        return before[-1].report, target
    if link.first == 0:
        # the sentence opens with the link: its own event is told behind, or it tells none
        rest = [one for one in after if one.report != target]
        return (rest[0].report if rest else None), target
    return _subject(scene), target


def _forward(scene: Scene, link: Match) -> tuple[int | None, int | None]:
    """ "A triggered B", "A set off a chain of events": (A, B)."""
    before, after = scene.before(link.first), scene.after(link.first, link.last)
    source = before[-1].report if before else None
    if after:
        return source, after[0].report
    rest = scene.sentence.tokens[link.last : link.last + _ANAPHOR_TOKENS]
    is_chain = any(token.lower in _CHAIN for token in rest)
    return source, scene.later[0].report if scene.later and is_chain else None


def _turned(scene: Scene, link: Match) -> tuple[int | None, int | None]:
    """ "B. Days later, A", "they responded with A": (A, B)."""
    after = scene.after(link.first, link.last)
    if not after:
        return None, None
    source = after[0].report
    known = [one for one in (*scene.earlier, *scene.before(link.first)) if one.report != source]
    return source, known[-1].report if known else None


def _believed(scene: Scene, link: Match) -> tuple[int | None, int | None]:
    """ "Believing he had been behind B, they launched A": (A, B)."""
    words = {token.lower for token in scene.sentence.tokens[: link.first]}
    named = _anaphor(scene, link.last)
    if not words & _BELIEF or named is None:
        return None, None
    after = [one for one in scene.here if one.first >= named[1]]
    return after[0].report if after else None, scene.resolve(*named)


def _another(scene: Scene) -> Iterator[tuple[int | None, int | None, int]]:
    """ "Another pair of rockets landed in the old town": one more of what the main report tells."""
    tokens = scene.sentence.tokens
    main = [one for one in scene.earlier if one.report == scene.main]
    weapons = {
        at for match in scene.sentence.of("weapons") for at in range(match.first, match.last)
    }
    for one in scene.here:
        opens = range(max(0, one.first - _NEAR_TOKENS), min(one.first + 1, len(tokens)))
        at = next((at for at in opens if tokens[at].lower in _ANOTHER), None)
        if at is None or one.report == scene.main or not main:
            continue
        # "another three people were killed in strikes" counts people, not strikes
        own = {
            _stem(tokens[near])
            for near in range(at + 1, min(at + 2 + _NEAR_TOKENS, len(tokens)))
            if tokens[near].lower in _EVENTS or near in weapons
        }
        there = {other.sentence for other in main} | set(range(_LEAD_SENTENCES))
        if not _names(tokens) & {
            name
            for index in there
            if index in scene.sentences and index != scene.sentence.index
            for name in _names(scene.sentences[index].tokens)
        }:
            continue
        for other in main:
            told = scene.sentences[other.sentence].tokens[other.first : other.last]
            if own & {_stem(token) for token in told}:
                yield scene.main, one.report, at
                break


def _names(tokens: Sequence[Token]) -> set[str]:
    """The capitalised words of a sentence, but for the one that opens it."""
    return {token.lower for token in tokens[1:] if token.text[0].isupper() and _is_telling(token)}


def _caught(scene: Scene) -> Iterator[tuple[int | None, int | None, int]]:
    """ "They raided a party whose members had fired on a crowd": the raid answers the shooting."""
    tokens = scene.sentence.tokens
    for one, other in zip(scene.here, scene.here[1:], strict=False):
        act = tokens[max(0, one.first - 1) : one.last + 1]
        if one.report == other.report or not any(token.lower.startswith(_CAUGHT) for token in act):
            continue
        between = range(one.last, max(one.last, other.first + 1))
        for at in between:
            follow = tokens[at + 1 : at + 2 + _NEAR_TOKENS]
            if tokens[at].lower in _RELATIVES and any(token.lower == "had" for token in follow):
                yield one.report, other.report, at
                break


def _subject(scene: Scene) -> int | None:
    """What a sentence that tells only the other event speaks of: "These strikes", or the main."""
    tokens = scene.sentence.tokens
    if tokens and tokens[0].lower in _POINTING:
        named = _anaphor(scene, 0)
        if named is not None:
            return scene.resolve(*named)
    return scene.main


def _anaphor(scene: Scene, first: int) -> tuple[int, int] | None:
    """Tokens `[first, last)` of a phrase there that points to an event without telling it."""
    tokens = scene.sentence.tokens
    if first >= len(tokens) or tokens[first].lower not in _DEFINITE:
        return None
    for at in range(first + 1, min(first + 1 + _ANAPHOR_TOKENS, len(tokens))):
        token = tokens[at]
        if not is_word(token):
            if token.text in {".", "-"}:
                continue
            return None
        is_doing = (
            token.lower.endswith("ing") and at + 1 < len(tokens) and tokens[at + 1].lower == "of"
        )
        is_event = token.lower in _EVENTS or token.lower in {"protest", "protests"} or is_doing
        if is_event:
            last = at + 1
            if is_doing:  # "the storming of the embassy"
                while last < len(tokens) and last <= at + _NEAR_TOKENS and is_word(tokens[last]):
                    last += 1
            if any(one.first < last and first < one.last for one in scene.here):
                return None
            return first, last
    return None


def _is_telling(token: Token) -> bool:
    return is_word(token) and token.lower not in _DEFINITE and len(token.text) > 2


def _stem(token: Token) -> str:
    return token.lower[:_STEM].rstrip("s")
