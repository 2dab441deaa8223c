"""Names to look-up keys: what two spellings of one place name have in common.

Two keys of one name. The *key* forgets case, diacritics, apostrophes, hyphens, full stops and a
leading "the"; it is what the gazetteer is indexed by. The *skeleton* also forgets what
transliterations disagree about (Hasakeh / Al-Hasakah / Hassaka) and is tried only when the key
finds nothing. `tools/build_gazetteer.py`, imports and the run time all use this module: a change
here needs a rebuilt gazetteer, and `KEY_VERSION` says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

KEY_VERSION = 2
"""Stored in the gazetteer; a file with another version is refused."""

MAX_NAME_CHARS = 100
"""Longer strings are no place names; cut so that hostile input costs nothing."""

SKELETON_MARK = "~"
"""Begins every skeleton, so that keys and skeletons share one table."""

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ə": "e",
        "ŋ": "n",
        "&": " and ",
    }
)
_DROPPED = re.compile(r"['’‘ʼʻʾʿ`´ʹʺ.\u2032]")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(r"(?:al|el|ad|ed|ar|er|as|es|ash|esh|at|et|an|en|az|ez|ath|adh|l) (?=[a-z])")
_INNER_ARTICLE = re.compile(
    r" (?:al|el|ul|il|ad|ed|ud|ar|er|ur|as|es|us|ash|esh|at|et|ut|an|en|un|az|ez|uz|ath|adh|"
    r"eddine|e|i|o) (?=[a-z])"
)
_WORD_FORMS = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "and": "and"}


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """The look-up key of a name; empty for a name without Latin letters or digits.

    "Saint-Étienne", "St. Etienne" -> "st etienne"; "Dar'a" -> "dara"; "the Hague" -> "hague".
    """
    folded = name[:MAX_NAME_CHARS].casefold().translate(_LETTERS)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in folded if not unicodedata.combining(char))
        folded = folded.translate(_LETTERS)
    folded = _DROPPED.sub("", folded)
    words = _NOT_ALPHANUMERIC.sub(" ", folded).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join([_WORD_FORMS.get(word, word) for word in words])


def without_article(key: str) -> str:
    """The key without a leading Arabic article: "al hillah" -> "hillah"."""
    match = _ARTICLE.match(key)
    return key[match.end() :] if match and len(key) - match.end() >= 3 else key


_FOLDS = (
    (re.compile(r"kh|gh|q|ck|c(?![eih])|g(?=h)"), "k"),
    (re.compile(r"dh|th|zh"), lambda match: {"dh": "d", "th": "t", "zh": "j"}[match.group()]),
    (re.compile(r"tch|tsh|sch|ch|sh"), "s"),
    (re.compile(r"dj|dzh"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo|uw|w|o"), "u"),
    (re.compile(r"ee|ei|ey|ay|ai|iy|yi|ie|y"), "i"),
    (re.compile(r"ae|ea|e"), "a"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=a)[ht]$"), ""),
)


_ELEMENTS = {
    spelling: element
    for element, spellings in {
        "tal": "tall tel tell til",
        "kafr": "kafar kfar kufr kefr kfr",
        "dair": "deir dayr der dier",
        "jabal": "jebel gebel djebel jebal gabal",
        "um": "umm om oum",
        "bani": "beni",
        "ain": "ayn ein aine",
        "abu": "abou bu",
        "bint": "bent",
        "wadi": "oued wad uadi",
        "hisn": "husn",
        "bir": "beer bier",
        "ras": "raas",
        "sidi": "sedi",
    }.items()
    for spelling in spellings.split()
}
"""Common first words of Arabic names: vowels differ too much for the folds."""


@lru_cache(maxsize=16_384)
def name_skeleton(key: str) -> str:
    """What transliterations of a key agree on, after `~`; empty where too little is left.

    "al hasakah", "hasakeh", "hassaka" -> "~hasaka"; "deir ez zor", "deir al zour" -> "~dir sur".
    """
    rest = _INNER_ARTICLE.sub(" ", without_article(key))
    words = []
    for word in rest.split():
        folded = _ELEMENTS.get(word, word)
        for pattern, by in _FOLDS:
            folded = pattern.sub(by, folded)
        words.append(folded)
    skeleton = " ".join(words)
    return SKELETON_MARK + skeleton if len(skeleton) >= 4 else ""
