"""Whereabouts: a place as a title says it, once and in words."""

from __future__ import annotations

import unicodedata

from tocsin.records import Place
from tocsin.records.vocab import PlacePrecision
from tocsin.text.nations import nation

_COMPASS = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "centre",
    }
)
_DIVISIONS = frozenset(
    {"province", "state", "region", "district", "governorate", "county", "department", "oblast"}
)
_TAKES_ARTICLE = frozenset({"Zone", "Embassy", "Bridge", "Market", "Mosque", "Cathedral"})
_ON = frozenset({PlacePrecision.POINT, PlacePrecision.SITE})


def country_words(code: str | None) -> str | None:
    """`Iraq` for IQ; an unknown code as it is."""
    found = nation(code) if code else None
    return found.name if found else code


def place_title(place: Place) -> str:
    """`the Green Zone, Baghdad`; `Kirkuk, Iraq`: the division where it says more, else the country.

    A division that only repeats the place ("Bogota D.C."), lies nowhere in particular ("Western
    Province") or is written in letters few readers know is passed over.
    """
    country = country_words(place.country)
    if place.precision is PlacePrecision.COUNTRY:
        return country or place.name
    article = "the " if _takes_article(place.name) else ""
    wider = place.admin1 if place.admin1 and _tells_more(place.name, place.admin1) else country
    if not wider or any(_is_same(part, wider) for part in place.name.split(", ")):
        return f"{article}{place.name}"
    return f"{article}{place.name}, {wider}"


def preposition(place: Place, *, is_attack: bool) -> str:
    """`on` for an attack on a site, `at` for what happens at one, else `near` or `in`."""
    if place.precision is PlacePrecision.NEAR:
        return "near"
    if is_attack and (place.precision in _ON or place.name.endswith("Zone")):
        return "on"
    return "at" if place.precision in _ON else "in"


def _takes_article(name: str) -> bool:
    words = name.partition(",")[0].split()
    return len(words) > 1 and words[-1] in _TAKES_ARTICLE and words[0].casefold() != "the"


def _tells_more(name: str, admin1: str) -> bool:
    if not _is_readable(admin1) or ("," not in name and _is_same(name, admin1)):
        return False
    words = {word.casefold() for word in admin1.split()}
    return not words <= _COMPASS | _DIVISIONS


def _is_readable(name: str) -> bool:
    plain = unicodedata.normalize("NFKD", name)
    return all(c.isascii() or unicodedata.combining(c) or not c.isalpha() for c in plain)


def _is_same(one: str, other: str) -> bool:
    first, second = _skeleton(one), _skeleton(other)
    return first == second or first in second.split() or second in first.split()


def _skeleton(name: str) -> str:
    """Consonants of the telling words, doubles once: spellings of one name mostly share them."""
    plain = unicodedata.normalize("NFKD", name.casefold()).replace(".", "")
    words = ["".join(c for c in word if c.isalpha()) for word in plain.split()]
    kept = "".join(word for word in words if word not in _DIVISIONS | {"dc", "city", "the"})
    bones = kept[:1] + "".join(c for c in kept[1:] if c not in "aeiouy")
    return "".join(c for at, c in enumerate(bones) if at == 0 or bones[at - 1] != c)
