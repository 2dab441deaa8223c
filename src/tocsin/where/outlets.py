"""What an outlet's host says of where its stories play: a hint, behind every word of the text."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.text.nations import nation
from tocsin.where.coherence import MAX_HOMONYMS
from tocsin.where.entry import GazetteerEntry
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.query import PlaceContext

GENERIC_COUNTRY_DOMAINS = frozenset({"ai", "cc", "co", "fm", "io", "la", "ly", "me", "tv", "ws"})
"""Country domains that outlets of any country use: they say nothing of where one is."""
MIN_NAME_CHARS = 4
"""Shorter names begin too many hosts by chance."""
_NOT_A_PLACE = frozenset({"www", "news", "com", "org", "net", "co", "weekly", "daily"})


def country_of_host(host: str) -> str | None:
    """ISO 3166-1 alpha-2 of a host's country domain; None for generic domains and other words."""
    name, dot, domain = host.casefold().rpartition(".")
    if not dot or not name or len(domain) != 2 or domain in GENERIC_COUNTRY_DOMAINS:
        return None
    code = "GB" if domain == "uk" else domain.upper()
    return code if nation(code) is not None else None


def labels_of(outlet: str) -> tuple[str, ...]:
    """The words an outlet's host or name is made of, as look-up keys without spaces.

    "www.kansascity.com" -> ("kansascity",); "Kansas City Star" -> ("kansascitystar",).
    """
    labels = outlet.casefold().split(".")
    if len(labels) > 1:
        labels = labels[:-1]
    keys = ("".join(name_key(label).split()) for label in labels)
    return tuple(key for key in keys if key and key not in _NOT_A_PLACE)


def is_named_after(outlet_labels: tuple[str, ...], key: str) -> bool:
    """True where a label begins with the name: "parisbeacon.com" and "Paris"."""
    plain = key.replace(" ", "")
    return len(plain) >= MIN_NAME_CHARS and any(label.startswith(plain) for label in outlet_labels)


@dataclass(frozen=True, slots=True)
class Outlet:
    """The outlet's host or name, as words that a town may bear."""

    labels: tuple[str, ...]
    country: str
    """Where its town is: the domain's country, the United States for domains of none."""
    towns: tuple[GazetteerEntry, ...] = ()
    """U.S. towns or states of the name that its host begins with."""

    @classmethod
    def of(cls, context: PlaceContext, gazetteer: Gazetteer) -> Outlet:
        """The outlet of an article."""
        if not context.outlet:
            return cls((), "")
        city = gazetteer.us_city_of_outlet(context.outlet)
        bearers = gazetteer.entries_of(name_key(city.name)) if city is not None else ()
        return cls(
            labels_of(context.outlet),
            (context.outlet_country or "US").upper(),
            tuple(entry for entry in bearers if entry.country == "US")[:MAX_HOMONYMS],
        )

    def is_home(self, entry: GazetteerEntry, key: str) -> bool:
        """True for a town, found by `key`, that the outlet may be named after."""
        return (
            bool(self.labels)
            and entry.country == self.country
            and not entry.is_country
            and is_named_after(self.labels, key)
        )
