"""ActorCatalogue: names to actors. The one object of this room that other rooms open.

A name is looked up whole, never by a part of it. A name that several actors bear is nobody's until
the country or the text tells whose. What the catalogue does not hold is read by two general rules
(`general.py`): a nationality with a force noun ("Iraqi army") is that state's force, and a word of
kind ("gunmen") has a class and no identity.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from tocsin.errors import StoreError
from tocsin.records import Span
from tocsin.records.vocab import ActorClass
from tocsin.text.nations import nationality_of
from tocsin.who.describe import described, is_set_apart, named_inside, whole_description, widened
from tocsin.who.entry import ActorEntry, ActorMatch
from tocsin.who.general import capitals_only_words, find_forces, read_force, read_state, soft_words
from tocsin.who.names import ARTICLES, actor_key, loose_key

SHIPPED = "data/actors.tsv"
COLUMNS = 7
AMBIGUOUS = "?"
"""Mark of a name in the file that other actors bear too."""
MAX_WORDS = 9
"""Words of the longest name in the catalogue."""

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[\w'’.]*[^\W_])?")
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_OPENERS = frozenset({"An", "As", "At", "AN", "AS", "AT"})
""" "An-Nusra" opens with an Arabic article, "An Islamic State" with an English one."""
_GAP = re.compile(r"['’]?[ \t\u00a0]|-|–|\n|, ?| ?& ?|/| \(")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]|\d")


class ActorCatalogue:
    """Names to actors. Immutable and safe to share between threads. Made by `open`."""

    def __init__(self, entries: list[ActorEntry]) -> None:
        self.entries: tuple[ActorEntry, ...] = tuple(entries)
        self._by_id = {entry.id: entry for entry in entries}
        self._by_key: dict[str, ActorEntry] = {}
        self._by_loose_key: dict[str, ActorEntry | None] = {}
        self._ambiguous: dict[str, list[ActorEntry]] = {}
        self._first_words: dict[str, int] = {}
        abbreviations: dict[str, set[str]] = {}
        small: dict[str, set[str]] = {}
        for entry in entries:
            for name in (entry.name, *entry.aliases, *entry.ambiguous):
                key = actor_key(name)
                if name in entry.ambiguous:
                    bearers = self._ambiguous.setdefault(key, [])
                    bearers += [entry] if entry not in bearers else []
                else:
                    self._by_key.setdefault(key, entry)
                    self._add_loose(loose_key(name), entry)
                small.setdefault(key, set()).update(w for w in _WORDS.findall(name) if w.islower())
                words = len(key.split())
                for first in {key.split()[0], (loose_key(name) or key).split()[0]}:
                    self._first_words[first] = max(words, self._first_words.get(first, 0))
                if words == 1 and name.upper() == name:
                    abbreviations.setdefault(key, set()).add(name.replace(".", ""))
        self._cased = {key: frozenset(names) for key, names in abbreviations.items()}
        self._small = {key: frozenset(words) for key, words in small.items()}

    def _add_loose(self, key: str, entry: ActorEntry) -> None:
        """Keep a loose key only while one actor has it."""
        if key and self._by_loose_key.setdefault(key, entry) is not entry:
            self._by_loose_key[key] = None

    @classmethod
    def open(cls, path: Path | None = None) -> ActorCatalogue:
        """The shipped catalogue, or the one at `path` (same columns).

        Raises StoreError naming the line that is malformed.
        """
        if path is None:
            text = files("tocsin.who").joinpath(SHIPPED).read_text(encoding="utf-8")
        else:
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise StoreError(str(path), "cannot be read as an actor catalogue") from error
        return cls(_read(text, str(path or SHIPPED)))

    def entry(self, entry_id: str) -> ActorEntry | None:
        """The entry of an id."""
        return self._by_id.get(entry_id)

    def look_up(self, name: str, *, country: str | None = None) -> ActorEntry | None:
        """The actor of exactly that name, or of a nationality with a force noun.

        Blind to case, diacritics, apostrophes, hyphens, articles and transliteration. None for
        anything else: a name that merely contains a known one is another actor. `country` (ISO
        3166-1 alpha-2), where it happens, tells whose a name is that several actors bear.
        """
        found = self._look_up(name, country)
        return found[0] if found else None

    def _look_up(self, name: str, country: str | None = None) -> tuple[ActorEntry, str] | None:
        """The entry and the rule that found it."""
        key = actor_key(name)
        found = self._by_key.get(key)
        if found is not None and not (key in self._cased and name.islower()):
            return found, "named"
        bearers = [one for one in self._ambiguous.get(key, ()) if one.country == country]
        if country is not None and len(bearers) == 1 and not name.islower():
            return bearers[0], "named"
        force = read_force(name)
        if force is not None:
            return self._known_force(force), "nation-force" if force.id else "generic"
        loose = self._by_loose_key.get(loose_key(name)) if not name.islower() else None
        return (loose, "named_loosely") if loose is not None else None

    def read(self, phrase: str, *, country: str | None = None) -> ActorMatch | None:
        """The actor of a phrase that is known to name or describe one; None where it tells nothing.

        Beyond `look_up`: the one name inside plain words ("fighters of X"), a state ("Iran"), and
        descriptions, which keep their words and get a class ("suspected Islamist militants"). Spans
        are offsets into `phrase`.
        """
        span = whole_description(phrase)
        if span is None:
            return None
        found = self._look_up(span.text, country)
        if found is not None:
            return self._match(span, *found)
        inside = named_inside(span.text, self.find_actors(span.text))
        if inside is not None:
            return self._match(span, inside, "named_inside")
        state = read_state(span.text)
        if state is not None:
            return self._match(span, state, "state")
        kind = described(span.text)
        return self._match(span, kind, "described") if kind is not None else None

    def read_actors(self, text: str, start: int = 0, end: int | None = None) -> list[ActorMatch]:
        """`find_actors` with descriptions whole: "suspected Turkish-backed fighters", not
        "fighters"; without names that only set others apart: "X-linked", "an X affiliate"."""
        found = []
        for match in self.find_actors(text, start, end):
            if is_set_apart(text, match):
                continue
            span, entry = widened(text, match) if match.rule == "generic" else (match.span, None)
            found.append(match if entry is None else self._match(span, entry, "described"))
        return found

    def find_actors(self, text: str, start: int = 0, end: int | None = None) -> list[ActorMatch]:
        """Actors named in `text[start:end]`, in order, none overlapping another."""
        end = len(text) if end is None else min(end, len(text))
        named = self._find_named(text, start, end)
        general = [
            self._match(match.span, self._known_force(match.entry), match.rule)
            for match in find_forces(text, start, end)
        ]
        # a name inside a longer force phrase gives way to it, otherwise names come first
        merged = list(named)
        for match in general:
            clashes = [n for n in named if n.span.overlaps(match.span)]
            if not clashes:
                merged.append(match)
            elif match.rule == "nation-force" and all(
                match.span.contains(n.span) and n.span != match.span for n in clashes
            ):
                merged = [n for n in merged if n not in clashes] + [match]
        return sorted(merged, key=lambda match: match.span.start)

    @staticmethod
    def _match(span: Span, entry: ActorEntry, rule: str) -> ActorMatch:
        """The match with its nation: the state's of a force, else the one that the words name."""
        is_state = entry.actor_class is ActorClass.STATE_FORCES
        nation = entry.country if is_state else None
        return ActorMatch(span, entry, rule, nation or nationality_of(span.text))

    def _known_force(self, force: ActorEntry) -> ActorEntry:
        """The catalogue's entry of a general force where it has one: `iq-army`."""
        return self._by_id.get(force.id, force) if force.id else force

    def _find_named(self, text: str, start: int, end: int) -> list[ActorMatch]:
        words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
        found: list[ActorMatch] = []
        at = 0
        unsure: list[tuple[Span, list[ActorEntry]]] = []
        while at < len(words):
            hit = self._longest(text, words, at)
            if hit is None:
                at += 1
                continue
            span, entries, at, rule = hit
            if rule == "ambiguous":
                unsure.append((span, entries))
            else:
                found.append(self._match(span, entries[0], rule))
        told = {match.entry.id for match in found}
        for span, entries in unsure:
            # "the Somali National Army (SNA)": the full name tells whose the short one is
            bearers = [entry for entry in entries if entry.id in told]
            if len(bearers) == 1:
                found.append(self._match(span, bearers[0], "named"))
        return sorted(found, key=lambda match: match.span.start)

    def _longest(
        self, text: str, words: list[tuple[int, int]], at: int
    ) -> tuple[Span, list[ActorEntry], int, str] | None:
        """The longest name that begins with a word: its span, who bears it, the next word."""
        begin = words[at][0]
        opener = text[begin : words[at][1]]
        if opener in {"The", "THE"} or (
            opener in _OPENERS and text[words[at][1] : words[at][1] + 1] != "-"
        ):
            return None
        if not _CAPITAL.match(text, begin):
            # "al-Shabaab": the article may be lower case, the name may not
            follows = at + 1 < len(words) and text[begin : words[at][1]] in ARTICLES
            if not follows or not _CAPITAL.match(text, words[at + 1][0]):
                return None
        stop = at + 1
        while (
            stop < len(words)
            and stop - at < MAX_WORDS
            and _GAP.fullmatch(text, words[stop - 1][1], words[stop][0])
        ):
            stop += 1
        longest = max(self._words_after(text, words[one]) for one in (at, min(at + 1, stop - 1)))
        for last in range(min(stop, at + longest + 2), at, -1) if longest else ():
            finish = words[last - 1][1]
            written = text[begin:finish]
            if written.endswith(("'s", "’s")):
                written, finish = written[:-2], finish - 2
            entries, rule = self._bearers(written)
            if entries and self._is_as_written(text, begin, written):
                if "(" in written and text[finish : finish + 1] == ")":
                    finish += 1
                return Span(begin, finish, text[begin:finish]), entries, last, rule
        return None

    def _bearers(self, written: str) -> tuple[list[ActorEntry], str]:
        """Every actor of a name, and the rule that finds them; none for words that are no name."""
        key = actor_key(written)
        if key in self._by_key:
            return [self._by_key[key]], "named"
        if key in self._ambiguous:
            return self._ambiguous[key], "ambiguous"
        loose = self._by_loose_key.get(loose_key(written))
        return ([loose] if loose is not None else []), "named_loosely"

    def _words_after(self, text: str, word: tuple[int, int]) -> int:
        """Words of the longest catalogued name that begins with this word; 0 where none does."""
        written = text[word[0] : word[1]]
        if written.endswith(("'s", "’s")):
            written = written[:-2]
        first = actor_key(written)
        loose = loose_key(written) or first
        words = [*first.split()[:1], *loose.split()[:1]]
        return max((self._first_words.get(word, 0) for word in words), default=0)

    def _is_as_written(self, text: str, begin: int, written: str) -> bool:
        """Whether the capitals are a name's: "IS" is a group, "is" a verb; "Southern Front" may be
        one, "southern front" and "Southern front" are not.

        Where everything is in capitals, abbreviations that are English words do not count at all.
        """
        key = actor_key(written)
        cased = self._cased.get(key)
        if cased is None:
            small = {word for word in _WORDS.findall(written) if word.islower()}
            return small <= self._small.get(key, frozenset()) | soft_words()
        if written.replace(".", "") not in cased:
            return False
        if key not in capitals_only_words():
            return True
        around = text[max(0, begin - 40) : begin + 40]
        return any(char.islower() for char in around) or around.strip() == written


def _read(text: str, source: str) -> list[ActorEntry]:
    entries = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith(("#", "id\t")):
            continue
        cells = line.split("\t")
        try:
            if len(cells) not in {COLUMNS - 1, COLUMNS}:
                raise ValueError(f"{len(cells)} columns, not {COLUMNS}")
            entry_id, name, aliases, actor_class, country, parent, *checked = cells
            names = [part for part in aliases.split("|") if part]
            entries.append(
                ActorEntry(
                    id=entry_id,
                    name=name,
                    actor_class=ActorClass(actor_class),
                    country=country or None,
                    parent=parent or None,
                    aliases=tuple(part for part in names if not part.startswith(AMBIGUOUS)),
                    ambiguous=tuple(
                        part.removeprefix(AMBIGUOUS) for part in names if part.startswith(AMBIGUOUS)
                    ),
                    source="".join(checked),
                )
            )
        except ValueError as error:
            raise StoreError(source, f"line {number}: {error}") from error
    return entries
