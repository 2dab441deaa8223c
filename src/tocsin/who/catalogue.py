"""ActorCatalogue: names to actors. The one object of this room that other rooms open.

A name is looked up whole, never by a part of it. What the catalogue does not hold is read by two
general rules (`general.py`): a nationality with a force noun ("Iraqi army") is that state's force,
and a kind word ("gunmen") has a class and no identity.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from tocsin.errors import StoreError
from tocsin.records import Span
from tocsin.records.vocab import ActorClass
from tocsin.who.entry import ActorEntry, ActorMatch
from tocsin.who.general import capitals_only_words, find_forces, read_force
from tocsin.who.names import ARTICLES, actor_key

SHIPPED = "data/actors.tsv"
COLUMNS = 6
MAX_WORDS = 9
"""Words of the longest name in the catalogue."""

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_](?:[\w'’.]*[^\W_])?")
_GAP = re.compile(r"['’]?[ \t\u00a0]|-|–|\n|, ?| ?& ?|/| \(")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]|\d")


class ActorCatalogue:
    """Names to actors. Immutable and safe to share between threads. Made by `open`."""

    def __init__(self, entries: list[ActorEntry]) -> None:
        self.entries: tuple[ActorEntry, ...] = tuple(entries)
        self._by_id = {entry.id: entry for entry in entries}
        self._by_key: dict[str, ActorEntry] = {}
        self._first_words: dict[str, int] = {}
        self._cased: dict[str, frozenset[str]] = {}
        abbreviations: dict[str, set[str]] = {}
        for entry in entries:
            for name in (entry.name, *entry.aliases):
                key = actor_key(name)
                self._by_key.setdefault(key, entry)
                words = len(key.split())
                first = key.split()[0]
                self._first_words[first] = max(words, self._first_words.get(first, 0))
                if words == 1 and name.upper() == name:
                    abbreviations.setdefault(key, set()).add(name.replace(".", ""))
        self._cased = {key: frozenset(names) for key, names in abbreviations.items()}

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

    def look_up(self, name: str) -> ActorEntry | None:
        """The actor of exactly that name, or of a nationality with a force noun.

        Blind to case, diacritics, apostrophes, hyphens, articles and known transliterations. None
        for anything else: a name that merely contains a known one is another actor.
        """
        key = actor_key(name)
        found = self._by_key.get(key)
        if found is not None and not (key in self._cased and name.islower()):
            return found
        force = read_force(name)
        if force is None:
            return None
        return self._known_force(force)

    def find_actors(self, text: str, start: int = 0, end: int | None = None) -> list[ActorMatch]:
        """Actors named in `text[start:end]`, in order, none overlapping another."""
        end = len(text) if end is None else min(end, len(text))
        named = self._find_named(text, start, end)
        general = [
            ActorMatch(match.span, self._known_force(match.entry), match.rule)
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

    def _known_force(self, force: ActorEntry) -> ActorEntry:
        """The catalogue's entry of a general force where it has one: `iq-army`."""
        return self._by_id.get(force.id, force) if force.id else force

    def _find_named(self, text: str, start: int, end: int) -> list[ActorMatch]:
        words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
        found: list[ActorMatch] = []
        at = 0
        while at < len(words):
            hit = self._longest(text, words, at)
            if hit is None:
                at += 1
                continue
            match, at = hit
            found.append(match)
        return found

    def _longest(
        self, text: str, words: list[tuple[int, int]], at: int
    ) -> tuple[ActorMatch, int] | None:
        begin = words[at][0]
        if text[begin : words[at][1]] in {"The", "THE"}:
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
            entry = self._by_key.get(actor_key(written))
            if entry is not None and self._is_as_written(text, begin, written):
                if "(" in written and text[finish : finish + 1] == ")":
                    finish += 1
                return ActorMatch(Span(begin, finish, text[begin:finish]), entry), last
        return None

    def _words_after(self, text: str, word: tuple[int, int]) -> int:
        """Words of the longest catalogued name that begins with this word; 0 where none does."""
        written = text[word[0] : word[1]]
        if written.endswith(("'s", "’s")):
            written = written[:-2]
        first = actor_key(written).split()
        return self._first_words.get(first[0], 0) if first else 0

    def _is_as_written(self, text: str, begin: int, written: str) -> bool:
        """Abbreviations count in capitals only: "IS" is a group, "is" and "Is" are verbs.

        Where everything is in capitals, those that are English words do not count at all.
        """
        key = actor_key(written)
        cased = self._cased.get(key)
        if cased is None:
            return True
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
            if len(cells) != COLUMNS:
                raise ValueError(f"{len(cells)} columns, not {COLUMNS}")
            entry_id, name, aliases, actor_class, country, parent = cells
            entries.append(
                ActorEntry(
                    id=entry_id,
                    name=name,
                    actor_class=ActorClass(actor_class),
                    country=country or None,
                    parent=parent or None,
                    aliases=tuple(part for part in aliases.split("|") if part),
                )
            )
        except ValueError as error:
            raise StoreError(source, f"line {number}: {error}") from error
    return entries
