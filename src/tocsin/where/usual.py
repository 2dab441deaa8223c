"""Usual English names for gazetteer names that are spelt as scholars or locals spell them.

GeoNames writes "Jalālābād", "Gǝncǝ", "Ar Raqqah"; English news writes Jalalabad, Ganja, Raqqa.
Marks of transliteration are dropped where the local script is not Latin; names that are another
word in English stand in `data/usual_names.tsv`. Letters that belong to a Latin alphabet ("Bogotá",
"Şanlıurfa") are kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from tocsin.errors import StoreError
from tocsin.where.names import name_key

USUAL_NAMES_FILE = "data/usual_names.tsv"

TRANSLITERATED_COUNTRIES = frozenset(
    "AE AF AM BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KM KP"  # noqa: SIM905
    " KR KW KZ LA LB LK LY MA MK MM MN MR MV NP OM PK PS QA RU SA SD SO SS SY TD TH TJ"
    " TN TW UA UZ YE".split()
)
"""Where a mark on a Latin letter is a romaniser's, not a speller's."""
_FRENCH_SPELLING = frozenset({"DZ", "MA", "TN", "DJ", "TD", "MR", "KM"})
"""Of these, countries whose names come to us spelt in French: "Sétif" is plain spelling."""
_FRENCH_LETTERS = frozenset("éèêëïîôûçàâÉÈÊÇ")

_QUOTES = re.compile(r"[‘’ʼʻʾʿ`´ʹʺ]")
_AZERI = str.maketrans(
    {"ǝ": "a", "ə": "a", "Ə": "A", "Ǝ": "A", "ı": "i", "ö": "o", "ü": "u", "Ö": "O", "Ü": "U"}
    | {"ş": "sh", "Ş": "Sh", "ç": "ch", "Ç": "Ch", "ğ": "gh", "x": "kh", "X": "Kh", "c": "j"}
)


@lru_cache(maxsize=16_384)
def usual_name(name: str, country: str) -> str:
    """The English name of what GeoNames calls `name` in `country` (ISO 3166-1 alpha-2)."""
    known = _usual_names().get((country, name_key(name)))
    if known is not None:
        return known
    if name.isascii():
        return name
    if country == "AZ":
        return _fold(name.translate(_AZERI))
    if country not in TRANSLITERATED_COUNTRIES:
        return name
    if country in _FRENCH_SPELLING and all(c.isascii() or c in _FRENCH_LETTERS for c in name):
        return name
    return _fold(name)


@cache
def native_keys() -> dict[str, tuple[tuple[str, str], ...]]:
    """Look-up key of a usual name to (country, look-up key) of what GeoNames calls it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for (country, key), usual in _usual_names().items():
        if name_key(usual) != key:
            found.setdefault(name_key(usual), []).append((country, key))
    return {key: tuple(sorted(natives)) for key, natives in found.items()}


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _QUOTES.sub("", name))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def _usual_names() -> dict[tuple[str, str], str]:
    """(country, look-up key) to the usual name. Raises StoreError naming a malformed line."""
    text = files("tocsin.where").joinpath(USUAL_NAMES_FILE).read_text(encoding="utf-8")
    found: dict[tuple[str, str], str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise StoreError(USUAL_NAMES_FILE, f"line {number}: {len(cells)} columns, not 3")
        country, name, usual = cells
        found[country, name_key(name)] = usual
    return found
