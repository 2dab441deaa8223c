"""Which of GeoNames' alternate names English news may use, as look-up keys.

GeoNames lists every spelling anyone has sent in: other scripts, machine romanisations, the names of
the division around a town in its own language, codes. The shipped gazetteer and imported country
dumps keep the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.where.names import name_key, name_skeleton

MAX_ALTERNATE_CHARS = 40
"""Longer alternates are sentences and official titles."""

SKELETON_COUNTRIES = frozenset(
    "AE AF AM AZ BD BF BH BY CD CF CM DJ DZ EG EH ER ET GE GN IL IN IQ IR JO KE KG KW KZ LB LK LY"  # noqa: SIM905
    " MA MD ML MM MR MZ NE NG NP OM PK PS QA RU SA SD SN SO SS SY TD TH TJ TM TN TR TZ UA UG UZ XK"
    " YE".split()
)
"""Where names reach English through transliteration, each outlet's own."""

_TRANSLITERATED = re.compile(r"^[a-zʿ'ʼ]")
"""A lower-case initial marks a machine romanisation of another script: "swldw", "surudeu"."""
_CODE = re.compile(r"^[A-Z]{2,4}$|^UN/LOCODE|\d")
_ADMINISTRATIVE = re.compile(
    r"(?:amphoe|tambon|khet|bezirk|gemeente|gemeinde|commune|comuna|municipio|municipality|munitsip"
    r"|shahrestan|departamento|landkreis|town of|city of|village of|township of|distrito|barrio"
    r"|raion|okres|obshtina|opshtina|opstina|kommun|gorod|selo|posyolok|poselok|stantsiya)\b"
)
"""Alternates that name the division around a place, in its own language."""
_CYRILLIC_MARKS = frozenset("RU UA BY KZ KG UZ TJ TM MD GE AM AZ BG".split())  # noqa: SIM905


def alternate_keys(name: str, alternates: Iterable[str], country: str) -> set[str]:
    """Keys of the alternates of `name` that English news may use."""
    keys = set()
    for alternate in alternates:
        if _TRANSLITERATED.match(alternate) and not name[:1].islower():
            continue
        if _CODE.search(alternate) or len(alternate) > MAX_ALTERNATE_CHARS:
            continue
        if "'" in alternate[-2:] or ("ehl" in alternate and country not in _CYRILLIC_MARKS):
            continue
        if "'" in alternate and "'" not in name and country not in _CYRILLIC_MARKS | {"IL"}:
            plain = alternate.replace("'", "")
            if any(mark in plain for mark in ("sh", "zh", "eh", "ju", "ja", "j")):
                continue
        key = name_key(alternate)
        if is_latin(alternate) and not _ADMINISTRATIVE.match(key):
            keys.add(key)
    keys.discard("")
    return keys


def is_latin(name: str) -> bool:
    """True where every letter is Latin."""
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x2030 for char in name)


def skeletons_of(keys: Iterable[str], country: str) -> set[str]:
    """Skeletons of the keys, in countries whose names reach English by transliteration."""
    if country not in SKELETON_COUNTRIES:
        return set()
    found = {name_skeleton(key) for key in keys}
    found.discard("")
    return found
