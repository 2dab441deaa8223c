"""How an outlet writes dates in numbers, told by the country of its web address."""

from __future__ import annotations

import re
from typing import Final

MONTH_FIRST_COUNTRIES: Final = frozenset({"US", "PH", "FM", "MH", "PW"})
"""ISO codes of countries whose English papers write the month before the day."""
_ADDRESS: Final = re.compile(r"(?:https?://)?[a-z0-9.-]{1,200}\.(?P<top>[a-z]{2,3})(?:[:/?#]|$)")
_SHARED_DOMAINS: Final = frozenset(
    {"ai", "cc", "co", "fm", "io", "ly", "me", "sh", "to", "tv", "ws"}
)
"""Country domains sold to the whole world."""
_OTHER_NAMES: Final = {"uk": "GB", "gov": "US", "mil": "US"}


def writes_month_first(*addresses: str | None) -> bool | None:
    """Whether "03/04/2020" is the 4th of March to an outlet's readers; None where nothing tells.

    `addresses` are its URL, or a name that is one ("news.example.co.uk"); the first whose top-level
    domain is a country's own decides.
    """
    country = next((found for found in map(address_country, addresses) if found), None)
    return None if country is None else country in MONTH_FIRST_COUNTRIES


def address_country(address: str | None) -> str | None:
    """ISO country of an address that ends in a country's own top-level domain."""
    match = _ADDRESS.match(address.strip().lower()) if address else None
    if match is None or match["top"] in _SHARED_DOMAINS:
        return None
    top = match["top"]
    return _OTHER_NAMES.get(top) or (top.upper() if len(top) == 2 else None)
