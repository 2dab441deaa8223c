"""Actor names to look-up keys: what spellings of one name have in common.

The key forgets case, diacritics, apostrophes, full stops, hyphens and a leading "the", and writes
transliterations one way where outlets differ by rule (Hizballah / Hezbollah, Kata'ib / Kataeb,
ash- / al-). It never drops a word: "Islamic State" is not "Islamic State West Africa Province".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_NAME_CHARS = 120
"""Longer strings are no names; cut so that hostile input costs nothing."""

_DROPPED = re.compile(r"['’‘ʼʻʾʿ`´.\u2032]")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
ARTICLES = frozenset(
    {"al", "el", "ar", "ad", "an", "as", "ash", "at", "az", "ul", "ud", "ur", "us", "ush", "ed"}
)
"""Arabic articles in the forms that assimilation gives them; keys leave them out."""
LEADING_ARTICLES = ARTICLES - {"us", "ul", "ud", "ur", "ush", "ed"}
"""Those that may open a name. "US" never is one there: "US Army" is not "the army"."""
_SPELLINGS = {
    **dict.fromkeys(
        ("hizballah", "hizbollah", "hizbullah", "hezbullah", "hezballah", "hisbollah"), "hezbollah"
    ),
    **dict.fromkeys(("kataeb", "kataib", "katayib", "kateeb", "kitaib", "kataibe"), "kataib"),
    **dict.fromkeys(("qaida", "qaeda", "qaidah", "qaeeda", "kaida", "kaeda"), "qaeda"),
    **dict.fromkeys(("shabaab", "shabab", "shebab", "shabbab"), "shabaab"),
    **dict.fromkeys(("taleban", "taliban"), "taliban"),
    **dict.fromkeys(("houthi", "huthi", "houthis", "huthis", "hothi"), "houthi"),
    **dict.fromkeys(
        ("muhajideen", "mujahideen", "mujahedeen", "mujahidin", "mujahedin"), "mujahideen"
    ),
    **dict.fromkeys(("nusra", "nosra", "nusrah", "nosrah"), "nusra"),
    **dict.fromkeys(("tahrir", "tahreer"), "tahrir"),
    **dict.fromkeys(("hashd", "hashid"), "hashd"),
    **dict.fromkeys(("shaabi", "shabi", "shaaby", "sha'bi"), "shaabi"),
    **dict.fromkeys(("ansarullah", "ansarallah"), "ansarallah"),
    **dict.fromkeys(("harakat", "haraket"), "harakat"),
    **dict.fromkeys(("qassam", "kassam", "qasam"), "qassam"),
    **dict.fromkeys(("aqsa", "aksa"), "aqsa"),
    **dict.fromkeys(("defence", "defense"), "defense"),
    **dict.fromkeys(("lashkar", "lashkare"), "lashkar"),
    **dict.fromkeys(("jaysh", "jaish", "jeish", "jaych", "jaishe"), "jaish"),
    **dict.fromkeys(("muhammad", "mohammed", "mohammad", "muhammed", "mohamed"), "mohammed"),
    **dict.fromkeys(("organisation", "organization"), "organization"),
    **dict.fromkeys(("and",), "and"),
}


@lru_cache(maxsize=16_384)
def actor_key(name: str) -> str:
    """The look-up key of a name; empty for a name without Latin letters or digits.

    "the Kata'ib Hizballah" and "Kataib Hezbollah" are one; so are "Ahrar ash-Sham" and
    "Ahrar al-Sham".
    """
    folded = name[:MAX_NAME_CHARS].casefold().replace("&", " and ").replace("ı", "i")
    folded = unicodedata.normalize("NFKD", folded)
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = _DROPPED.sub("", folded)
    words = _NOT_ALPHANUMERIC.sub(" ", folded).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    kept = [
        _SPELLINGS.get(word, word)
        for at, word in enumerate(words)
        if word not in (ARTICLES if at else LEADING_ARTICLES)
    ]
    return " ".join(kept or words)


_LOOSE: Final = (
    (re.compile(r"(?:iy+|i)(?:ah?|eh)$"), "ia"),  # -iyya, -iyah, -iyeh
    (re.compile(r"(?<=[aeou])h$"), ""),  # Nusrah, Hezbollah
    (re.compile(r"dh|th|sh|kh|gh|zh"), lambda found: found.group()[0]),
    (re.compile(r"ou|oo|o|w"), "u"),
    (re.compile(r"ee|ei|ie|ai|ay|ey|e|y"), "i"),
    (re.compile(r"q|c(?![aeiou]?h)"), "k"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""What transliterations of one Arabic, Persian or Urdu word differ by, folded one after another."""
MIN_LOOSE_CHARS: Final = 7
"""Letters of a name that may be matched loosely: short ones are each other's neighbours."""


def loose_key(name: str) -> str:
    """A coarser key: "Kataib Seyyed ash-Shohada" is "Kata'ib Sayyid al-Shuhada".

    Empty for names too short to be told apart by it. Only for names that `actor_key` does not know:
    see `ActorCatalogue.look_up` for what keeps false friends out.
    """
    key = " ".join(map(_loose_word, actor_key(name).split()))
    return key if len(key.replace(" ", "")) >= MIN_LOOSE_CHARS else ""


@lru_cache(maxsize=65_536)
def _loose_word(word: str) -> str:
    for pattern, put in _LOOSE:
        word = pattern.sub(put, word)
    return word
