"""Names whose known homonyms do not fit the article, and the near spellings that may.

No gazetteer knows every village. Where all that bears a name is a hamlet of a country or a state
that the article never speaks of, the name means a place that is not listed, or one spelt otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.records.vocab import PlacePrecision
from tocsin.where.choose import Choice, choose
from tocsin.where.entry import GazetteerEntry
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.holding import holds
from tocsin.where.names import name_key
from tocsin.where.naming import NameInPhrase, is_big
from tocsin.where.scene import Scene

LEADING_SHARE = 0.4
"""Share from which a country or a state leads the article."""
REPEATED_NAMES = frozenset({"US"})
"""Countries whose states share their towns' and counties' names."""
SHARE_OF_STRANGER = 0.08
"""Below it the article does not speak of a country."""
_SHARE_FOR_FUZZY = 0.3
_FUZZY_FLOOR = 88.0
_MISSPELT_CONFIDENCE = 0.5
_UNMISTAKABLE_CHARS = 9
"""Names as long as "bint jbeil" have no chance homonyms."""
_KNOWN_ABROAD = 150_000
"""People from which a city is named in stories of other countries without introduction."""


def is_foreign(
    entry: GazetteerEntry,
    own_key: str,
    parents: Sequence[GazetteerEntry],
    shares: dict[str, float],
) -> bool:
    """True where only a small homonym in a country the article never speaks of was found."""
    if parents and any(holds(parent, entry) for parent in parents):
        return False
    if entry.is_country or not entry.countries:
        return False
    if entry.source == "curated" or is_big((entry,)):
        parents = ()
    if any(p.is_division and not set(p.countries) & set(entry.countries) for p in parents):
        return True
    share = max(shares.get(code, 0.0) for code in entry.countries)
    if share >= SHARE_OF_STRANGER or not shares:
        return False
    is_known = entry.population >= _KNOWN_ABROAD and own_key == name_key(entry.name)
    is_unmistakable = entry.source == "curated" or len(own_key) >= _UNMISTAKABLE_CHARS
    return max(shares.values()) >= LEADING_SHARE and not is_known and not is_unmistakable


def is_in_wrong_division(
    ranked: Sequence[GazetteerEntry],
    own_key: str,
    parents: Sequence[GazetteerEntry],
    scene: Scene,
) -> bool:
    """True for a small town, or a county, of a state of which the article says nothing.

    Of a federation whose towns repeat each other's names: an Ohio paper's "Linden" is a quarter
    that no gazetteer knows rather than the town in New Jersey.
    """
    entry = ranked[0]
    states = {one.admin1 for one in ranked if one.country == entry.country}
    if len(own_key) >= _UNMISTAKABLE_CHARS and len(states) == 1:
        return False
    if entry.country not in REPEATED_NAMES or entry.source == "curated":
        return False
    if entry.admin1 is None or entry.precision in {PlacePrecision.ADM1, PlacePrecision.COUNTRY}:
        return False
    if entry.population >= _KNOWN_ABROAD and not entry.is_division:
        return False
    if any(holds(parent, entry) for parent in parents if not parent.is_country):
        return False
    shares = scene.divisions(entry.country, own_key)
    if not shares or max(shares.values()) < LEADING_SHARE:
        return False
    return shares.get(entry.admin1, 0.0) < SHARE_OF_STRANGER


def variant(
    head: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    scene: Scene,
    gazetteer: Gazetteer,
) -> tuple[Choice, str] | None:
    """A transliteration or a misspelling of a name of the country the words point at."""
    variants = [
        entry
        for entry in gazetteer.variants_of(name_key(head.span.text))
        if scene.share(entry) >= _SHARE_FOR_FUZZY
        and entry.country not in REPEATED_NAMES
        and not any(p.is_division and not holds(p, entry) for p in parents)
    ]
    if variants:
        named = replace(head, entries=tuple(variants))
        return choose(named, parents, scene), "named"
    fuzzy = _fuzzy(head, parents, scene.shares, gazetteer)
    if fuzzy is None:
        return None
    reasons = f"spelt {fuzzy.name} in the gazetteer"
    return Choice((fuzzy,), (1.0,), _MISSPELT_CONFIDENCE, reasons), "misspelt"


def _fuzzy(
    head: NameInPhrase,
    parents: Sequence[GazetteerEntry],
    shares: dict[str, float],
    gazetteer: Gazetteer,
) -> GazetteerEntry | None:
    """A misspelt settlement of the one country the words or the article point at."""
    countries = {code for parent in parents for code in parent.countries[:1]}
    if not countries:
        countries = {code for code, share in shares.items() if share >= _SHARE_FOR_FUZZY}
    countries -= REPEATED_NAMES  # every misspelling there is another town
    if len(countries) != 1 or len(head.span.text) < 5:
        return None
    (country,) = countries
    for entry, _ in gazetteer.look_up_fuzzy(head.span.text, country, floor=_FUZZY_FLOOR):
        if not parents or all(holds(p, entry) for p in parents if p.is_division):
            return entry
    return None
