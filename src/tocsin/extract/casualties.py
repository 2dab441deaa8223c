"""Casualties: count phrases tied to a word of outcome, "killing 12 soldiers", "no one was hurt"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.extract.counts import CountPhrase, find_counts
from tocsin.extract.nouns import (
    ADVERBS,
    AUXILIARIES,
    grow_left,
    grow_right,
    is_name,
    is_word,
    may_stand_inside,
)
from tocsin.extract.phrases import Match
from tocsin.extract.places import is_title_case
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records.vocab import Outcome, VictimGroup
from tocsin.text import Token

_BEFORE_COUNT = word_set("casualties.before_count")
_TOLL_VERBS = word_set("casualties.toll_verbs")
_BRIDGES = word_set("casualties.bridges")
_DETAIL_OPENERS = word_set("casualties.detail_openers")
_AFTER_COUNT = word_set("casualties.after_count")
_BE = word_set("casualties.be")
_NOMINAL = word_set("casualties.nominal")
_INTRANSITIVE = word_set("casualties.intransitive")
_SKIP_LEFT = word_set("casualties.skip_left")
_SAID_TO = word_set("casualties.said_to")
_MAX_LEFT = 26


@dataclass(frozen=True, slots=True)
class CasualtyPhrase:
    """Tokens `[first, last)` of a sentence that count the persons of one outcome."""

    first: int
    last: int
    outcome: Outcome
    group: VictimGroup
    cue: int
    """Token of the word of outcome."""
    is_part: bool = False


def find_casualties(sentence: Sentence) -> list[CasualtyPhrase]:
    """Every casualty phrase of a sentence in order. Combined counts ("killed and wounded 30",
    bare "casualties") are left out: they belong to neither outcome."""
    outcomes = list(sentence.get("persons.outcome"))
    if not outcomes:
        return []
    counts = find_counts(sentence)
    found: dict[tuple[int, Outcome], CasualtyPhrase] = {}
    combined = [match for match in outcomes if match.value == "both"]
    for match in combined:
        for phrase in _no_casualties(sentence, match):
            found.setdefault((phrase.first, phrase.outcome), phrase)
    for match in outcomes:
        if match.value == "both" or any(both.first <= match.first < both.last for both in combined):
            continue
        for phrase in _phrases_of(sentence, match, counts):
            found.setdefault((phrase.first, phrase.outcome), phrase)
    return sorted(found.values(), key=lambda phrase: (phrase.first, phrase.outcome.value))


def _none_reported(sentence: Sentence, match: Match) -> int | None:
    """Where "no reports of injuries", "no deaths" begins."""
    tokens = sentence.tokens
    for at in range(match.first - 1, max(-1, match.first - 7), -1):
        if tokens[at].lower in {"no", "without"}:
            return at
        if tokens[at].lower in {"not", "never"}:
            return at
        if not is_word(tokens[at]) or tokens[at].lower in AUXILIARIES:
            return None
    return None


def _no_casualties(sentence: Sentence, match: Match) -> list[CasualtyPhrase]:
    """ "No casualties", "no reports of casualties": said of the dead and of the hurt."""
    tokens = sentence.tokens
    if tokens[match.last - 1].lower not in {"casualties", "casualty"}:
        return []
    first = _none_reported(sentence, match)
    if first is None:
        return []
    return [
        CasualtyPhrase(first, match.last, outcome, VictimGroup.UNKNOWN, match.first)
        for outcome in (Outcome.KILLED, Outcome.INJURED)
    ]


def _phrases_of(
    sentence: Sentence, match: Match, counts: list[CountPhrase]
) -> list[CasualtyPhrase]:
    outcome = Outcome(match.value)
    tokens = sentence.tokens
    word = tokens[match.last - 1].lower
    before = _before_verb(sentence, match.first)
    is_passive = any(token.lower in _BE for token in tokens[before : match.first])
    is_nominal = word in _NOMINAL and tokens[match.first].lower in _NOMINAL
    chosen: list[CountPhrase] = []
    if is_nominal:
        chosen = _left(sentence, before, counts)
        if not chosen and word in {"deaths", "death"}:
            chosen = _toll(sentence, match, counts)
        if not chosen and word == "dead":
            chosen = _right(sentence, match.last, counts, is_nominal=True)
    elif word in _INTRANSITIVE or is_passive:
        chosen = _left(sentence, before, counts)
    else:
        chosen = _right(sentence, match.last, counts)
        if not chosen or _has_own_outcome(sentence, chosen[0]):
            chosen = _left(sentence, before, counts) or chosen
    if is_nominal and word not in {"dead", "missing"}:
        chosen = [
            replace(count, last=match.last) if count.last == match.first else count
            for count in chosen
        ]
    if is_nominal and not chosen:
        none = _none_reported(sentence, match)
        if none is not None:
            group = VictimGroup.UNKNOWN
            return [CasualtyPhrase(none, match.last, outcome, group, match.first)]
    made = [
        CasualtyPhrase(
            count.first,
            count.last,
            outcome,
            count.group or VictimGroup.UNKNOWN,
            match.first,
        )
        for count in chosen
    ]
    if not is_nominal:
        made = _nobody(sentence, match, outcome, before) or made
    if not made and outcome is Outcome.KILLED:
        made = _named_victim(sentence, match, before, is_passive=is_passive)
    return made + [part for whole in made[:1] for part in _parts(sentence, whole, counts, match)]


_DEATH_NOUNS = word_set("casualties.death_nouns")
_DEATH_VERBS = word_set("casualties.death_verbs")
_NOT_NAMES = word_set("casualties.not_names")
_MIN_NAME_TOKENS = 2


def _named_victim(
    sentence: Sentence, match: Match, before: int, *, is_passive: bool
) -> list[CasualtyPhrase]:
    """ "General Adel Karim was killed", "killed the cleric Omar Said", "the death of Omar Said":
    one person, whose name is the phrase."""
    tokens = sentence.tokens
    word = tokens[match.last - 1].lower
    found = None
    if word in _DEATH_NOUNS and match.last < len(tokens) and tokens[match.last].lower == "of":
        found = _name_after(sentence, match.last + 1)
    elif (is_passive and word in _DEATH_VERBS) or word in _INTRANSITIVE:
        found = _name_before(sentence, before)
    elif word in _DEATH_VERBS:
        found = _name_after(sentence, match.last)
    if found is None:
        return []
    return [CasualtyPhrase(*found, Outcome.KILLED, VictimGroup.UNKNOWN, match.first)]


def _name_after(sentence: Sentence, at: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    first = at
    while at < len(tokens) and not is_name(tokens[at]) and may_stand_inside(tokens, at):
        at += 1
    last = at
    while last < len(tokens) and (is_name(tokens[last]) or tokens[last].text in "-’'."):
        if tokens[last].text == "." and len(tokens[last - 1].text) > _LONGEST_TITLE:
            break
        last += 1
    while last > at and not is_word(tokens[last - 1]):
        last -= 1
    return (first, last) if _is_personal_name(sentence, at, last) else None


def _name_before(sentence: Sentence, at: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    first = at
    while first > 0 and (is_name(tokens[first - 1]) or tokens[first - 1].text in "-’'."):
        if tokens[first - 1].text == "." and len(tokens[first - 2].text) > _LONGEST_TITLE:
            break
        first -= 1
    while first < at and not is_word(tokens[first]):
        first += 1
    if not _is_personal_name(sentence, first, at):
        return None
    return grow_left(tokens, first), at


_LONGEST_TITLE = 4
"""Letters of the longest shortened title or initial before a stop: "Capt."."""


def _is_personal_name(sentence: Sentence, first: int, last: int) -> bool:
    """Two capitals or more, and neither a side's name nor words of place, in a sentence that is
    not all in capitals."""
    tokens = sentence.tokens
    names = [token for token in tokens[first:last] if is_word(token)]
    if len(names) < _MIN_NAME_TOKENS or is_title_case(sentence):
        return False
    if any(first < m.last and m.first < last for m in sentence.get("actors.named")):
        return False
    if any(token.lower in _NOT_NAMES for token in names):
        return False
    return not names[-1].text[0].isdigit()


def _before_verb(sentence: Sentence, at: int) -> int:
    """The first of the auxiliaries and adverbs that stand before the word of outcome."""
    tokens = sentence.tokens
    while at > 0 and (
        tokens[at - 1].lower in AUXILIARIES
        or tokens[at - 1].lower in _SKIP_LEFT
        or (tokens[at - 1].lower in ADVERBS and tokens[at - 1].lower != "not")
        or (tokens[at - 1].lower == "to" and at > 1 and tokens[at - 2].lower in _SAID_TO)
    ):
        at -= 1
    return at


def _right(
    sentence: Sentence, at: int, counts: list[CountPhrase], *, is_nominal: bool = False
) -> list[CountPhrase]:
    """Counts that begin right after the verb, with those joined to them by "and"."""
    tokens = sentence.tokens
    chosen: list[CountPhrase] = []
    for found in counts:
        count = found
        if count.first < at:
            continue
        between = [token.lower for token in tokens[at : count.first]]
        if not chosen:
            if not all(word in _BEFORE_COUNT for word in between):
                break
        elif between not in (["and"], [","], [",", "and"], ["as", "well", "as"]):
            break
        if count.group is None and not chosen and _counts_things(sentence, count):
            end = grow_right(tokens, count.last)
            if is_nominal or end == count.last:
                break
            count = replace(count, last=end)  # "killing two mariners": harm befalls persons
        if chosen and count.group is None:
            break
        if chosen and _has_own_outcome(sentence, count):
            break
        chosen.append(count)
        at = count.last
    return chosen


def _counts_things(sentence: Sentence, count: CountPhrase) -> bool:
    """True where a noun that names no persons follows the number: "destroyed 12 houses"."""
    tokens = sentence.tokens
    if count.last >= len(tokens):
        return False
    after = tokens[count.last]
    return is_word(after) and after.lower not in _AFTER_COUNT


def _has_own_outcome(sentence: Sentence, count: CountPhrase) -> bool:
    """ "killed two soldiers and four people were wounded": the second has a verb of its own."""
    tokens = sentence.tokens
    for at in range(count.last, min(len(tokens), count.last + 4)):
        if any(match.first == at for match in sentence.get("persons.outcome")):
            return True
        if tokens[at].lower not in AUXILIARIES and tokens[at].lower not in _SKIP_LEFT:
            return False
    return False


def _left(sentence: Sentence, at: int, counts: list[CountPhrase]) -> list[CountPhrase]:
    """The count that ends at `at`, over relative clauses and enumerations of parts."""
    tokens = sentence.tokens
    chosen: list[CountPhrase] = []
    for count in reversed(counts):
        if count.last > at:
            continue
        if at - count.last > _MAX_LEFT:
            break
        if not chosen and count.group is None and grow_right(tokens, count.last) == at:
            chosen.append(replace(count, last=at))  # "three hikers": harm befalls persons
            at = count.first
            continue
        between = [token.lower for token in tokens[count.last : at]]
        if not chosen:
            if _is_bridge(between):
                if _is_part_word(tokens, count):
                    continue
                chosen.append(count)
                at = count.first
                continue
            if _is_part_word(tokens, count) and not any(
                match.first >= count.last and match.first < at
                for match in sentence.get("persons.outcome")
            ):
                continue
            break
        if between != ["and"] or count.group is None:
            break
        chosen.append(count)
        at = count.first
    return chosen[::-1]


def _is_part_word(tokens: Sequence[Token], count: CountPhrase) -> bool:
    before = [token.lower for token in tokens[max(0, count.first - 3) : count.first]]
    return "including" in before or "among" in before


def _is_bridge(between: list[str]) -> bool:
    """Whether the words between a count and its verb keep them together."""
    if not between:
        return True
    if len(between) <= 2 and all(word in _BRIDGES for word in between):
        return True
    if between[0] == "," and between[-1] == ",":
        return not any(word in {"said", "when", "while", "that"} for word in between)
    if between[0] in _DETAIL_OPENERS and len(between) <= 12:
        return (
            not any(
                word in {".", ";", "and", "but", "said", "when", "after", "killed", "wounded", "by"}
                for word in between
            )
            and "," not in between[:-1]
        )
    return False


def _parts(
    sentence: Sentence, whole: CasualtyPhrase, counts: list[CountPhrase], match: Match
) -> list[CasualtyPhrase]:
    """ "including 46 children", "among them three women": parts of the whole before them."""
    tokens = sentence.tokens
    parts: list[CasualtyPhrase] = []
    start = max(whole.last, whole.first + 1)
    for at in range(start, min(len(tokens), max(start, match.last) + 8)):
        if tokens[at].lower not in {"including", "among"}:
            continue
        begin = at + 2 if tokens[at].lower == "among" else at + 1
        for count in counts:
            if count.first < begin:
                continue
            gap = [token.lower for token in tokens[begin : count.first]]
            if any(word not in {"and", ",", "as", "well", "also", "many"} for word in gap):
                break
            if count.group is None or _has_own_outcome(sentence, count):
                break
            parts.append(
                CasualtyPhrase(
                    count.first, count.last, whole.outcome, count.group, match.first, is_part=True
                )
            )
            begin = count.last
        break
    return parts


def _toll(sentence: Sentence, match: Match, counts: list[CountPhrase]) -> list[CountPhrase]:
    """ "the death toll rose to 31", "the deaths of two soldiers"."""
    tokens = sentence.tokens
    after = [token.lower for token in tokens[match.last : match.last + 10]]
    if not after or after[0] not in {"toll", "of", "count"}:
        return []
    for count in counts:
        if count.first < match.last or count.first - match.last > 10:
            continue
        between = [token.lower for token in tokens[match.last : count.first]]
        if between == ["of"] or (between and between[-1] in _TOLL_VERBS):
            return [count]
    return []


def _nobody(
    sentence: Sentence, match: Match, outcome: Outcome, before: int
) -> list[CasualtyPhrase]:
    """ "no one was hurt"."""
    tokens = sentence.tokens
    subject = [token.lower for token in tokens[max(0, before - 2) : before]]
    if subject[-2:] == ["no", "one"] or subject[-1:] == ["nobody"]:
        size = 1 if subject[-1] == "nobody" else 2
        return [
            CasualtyPhrase(before - size, match.last, outcome, VictimGroup.UNKNOWN, match.first)
        ]
    return []
