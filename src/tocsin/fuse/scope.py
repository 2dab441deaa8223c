"""Scope: the words that narrow an aggregate claim, read against an incident.

Three kinds of words narrow a count: words that point back to the article's own news ("on the camp",
"such attack", "of its kind"), names ("in Kabul", "in Iraq"), and kinds of target ("on embassies").
Words that none of these knows narrow nothing: a claim is not called wrong over words nobody read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tocsin.fuse.happening import is_same_form, places_fit
from tocsin.records import Incident, Place, TallyClaim
from tocsin.records.vocab import IncidentType, PlacePrecision
from tocsin.text.nations import nation_named, nation_of

_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’.-]*){0,5}")
"""A run of words that open with a capital (or a letter of a script without case)."""
_THE = re.compile(r"\b(?:the|this|that|these|those)\s+(?:same\s+)?(?P<noun>[a-z]+)\b")
_OF_A_KIND = re.compile(r"\bsuch\b|\b(?:similar|like)\s+\w+|\bof (?:its|this|that|the same) kind\b")
_TOO_WIDE = frozenset(
    {
        PlacePrecision.ADM1,
        PlacePrecision.REGION,
        PlacePrecision.COUNTRY,
        PlacePrecision.UNKNOWN,
    }
)


@lru_cache(maxsize=1)
def lexicon() -> dict[str, dict[str, Any]]:
    """Nouns, kinds of target and place words of aggregate claims."""
    raw = files("tocsin.fuse").joinpath("tallies.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def stems(text: str) -> frozenset[str]:
    """Lower-case words without a plural s."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(
        w[:-1] if w.endswith("s") and len(w) > 3 and not w.endswith("ss") else w for w in words
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """What an incident must be for a claim to speak of it."""

    country: str | None = None
    near: Place | None = None
    """The place of the article's own news, where the words point back to it."""
    form: IncidentType | None = None
    """The form of the article's own news, where the words point back to it."""
    names: tuple[frozenset[str], ...] = ()
    """Named places or targets, as stems; one of them is enough."""
    kinds: frozenset[str] = frozenset()
    """Kinds of target; one of them is enough, and so is a place of such a kind."""
    features: frozenset[str] = frozenset()
    """Gazetteer codes of places that are of such a kind."""

    def place_failure(self, incident: Incident) -> str | None:
        """Why the incident is not where the claim looks; None where it is."""
        place = incident.place.value if incident.place else None
        if place is None and (self.country or self.near):
            return "place not told"
        if place and self.country and place.country != self.country:
            return "in another country" if place.country else "country not told"
        if place and self.near:
            if place.precision in _TOO_WIDE:
                return "placed too vaguely"
            if not places_fit(place, self.near):
                return "at another place"
        if self.names and not any(name <= told for name in self.names for told in _told(incident)):
            return "at another place"
        return None

    def kind_failure(self, incident: Incident) -> str | None:
        """Why the incident is not of the form or on the target that the claim speaks of."""
        if self.form and not is_same_form(incident.type.value, self.form):
            return "of another form"
        if self.kinds and not self._is_on_kind(incident):
            return "not told to be on such a target"
        return None

    def _is_on_kind(self, incident: Incident) -> bool:
        if any(field.value.kind.value in self.kinds for field in incident.targets):
            return True
        return incident.place is not None and incident.place.value.feature_code in self.features


def read_scope(tally: TallyClaim, own: Sequence[Incident]) -> Scope:
    """The scope of a claim. `own`: the incidents that its article tells as news."""
    words = tally.scope or ""
    all_words = f"{tally.span.text} {words}"
    nations, names = _names(words)
    home = _home(own, words)
    place = home.place.value if home and home.place else None
    points_back = not names and not nations and _points_to_place(words)
    near = place if points_back and place and place.precision not in _TOO_WIDE else None
    told = stems(words)
    targets = [] if near else [word for word in sorted(told) if word in lexicon()["targets"]]
    return Scope(
        country=tally.scope_country or (nations[0] if len(nations) == 1 else None),
        near=near,
        form=home.type.value if home and _OF_A_KIND.search(all_words) else None,
        names=names,
        kinds=frozenset(kind for word in targets for kind in lexicon()["targets"][word]),
        features=frozenset(
            code for word in targets for code in lexicon()["features"].get(word, ())
        ),
    )


def _home(own: Sequence[Incident], words: str) -> Incident | None:
    """The incident that "the camp" or "such" points to: one named so, well placed, the latest."""
    wanted = stems(words)

    def rank(incident: Incident) -> tuple[object, ...]:
        named = any(wanted & told for told in _told(incident))
        placed = incident.place is not None and incident.place.value.precision not in _TOO_WIDE
        day = incident.date.value.first_day if incident.date else None
        return not named, not placed, -(day.toordinal() if day else 0), incident.id

    return min(own, key=rank, default=None)


def _names(words: str) -> tuple[list[str], tuple[frozenset[str], ...]]:
    """(codes of the countries named, other names as stems). "American" names no place."""
    nations, names = [], []
    for found in _NAME.findall(words):
        code = nation_named(found)
        if code:
            nations.append(code)
            continue
        kept = [word for word in found.split() if not nation_of(word)]
        name = stems(" ".join(kept)) - set(lexicon()["scope"]["ignored"])
        if name:
            names.append(name)
    return nations, tuple(names)


def _points_to_place(words: str) -> bool:
    places = lexicon()["scope"]["places"]
    return any(found["noun"] in places for found in _THE.finditer(words))


def _told(incident: Incident) -> list[frozenset[str]]:
    """The names of where it was and what it hit, as stems."""
    names = [field.value.name for field in incident.targets]
    if incident.place:
        place = incident.place.value
        names += [name for name in (place.name, place.admin1, place.admin2) if name]
    return [stems(name) for name in names]
