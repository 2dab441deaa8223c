"""Comparison: what speaks for and against two reports telling one incident, feature by feature.

A feature has a name, a level and the two values compared; weights live in `score.py`, the hard
vetoes in `veto.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from tocsin.records.vocab import Outcome, PlacePrecision
from tocsin.resolve.details import MIN_NAME_LETTERS
from tocsin.resolve.profile import Bounds, Profile
from tocsin.resolve.sketch import likeness
from tocsin.resolve.veto import places_disjoint, time_level, types_compatible
from tocsin.resolve.words import similarity
from tocsin.where.distance import place_distance_km

SAME_NAME = 80
"""Likeness, 0..100, from which two names of places are spellings of one."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One comparison: `time same_day (9 Jan 2020)`. `score.py` gives each level its weight."""

    name: str
    level: str
    detail: str = ""

    def __str__(self) -> str:
        words = f"{self.name}: {self.level.replace('_', ' ')}"
        return f"{words} ({self.detail})" if self.detail else words


def compare(a: Profile, b: Profile) -> tuple[Feature, ...]:
    """The graded features of a pair, in a fixed order. Symmetric in levels."""
    return tuple(_features(a, b))


def _features(a: Profile, b: Profile) -> Iterator[Feature]:
    yield Feature("time", time_level(a, b), _day_words(a, b))
    if a.time is not None and b.time is not None:
        inferred = (not a.has_stated_date) + (not b.has_stated_date)
        yield Feature("date_basis", ("stated", "one_inferred", "both_inferred")[inferred])
    yield Feature("place", place_level(a, b), _place_words(a, b))
    yield Feature("type", _type_level(a, b))
    for outcome in (Outcome.KILLED, Outcome.INJURED):
        level = count_level(a.counts.get(outcome), b.counts.get(outcome))
        yield Feature(outcome.value, level, _count_words(a, b, outcome))
    yield Feature("weapon", _weapon_level(a, b))
    yield Feature("projectiles", count_level(a.projectiles, b.projectiles))
    yield Feature("target", _target_level(a, b))
    yield Feature("actor", _set_level(a.actors, b.actors))
    shared = sorted(a.details.persons & b.details.persons)
    yield Feature("person", _set_level(a.details.persons, b.details.persons), ", ".join(shared))
    shared = sorted(a.details.streets & b.details.streets)
    yield Feature("street", _set_level(a.details.streets, b.details.streets), ", ".join(shared))
    ages = sorted(a.details.ages & b.details.ages)
    level = _set_level(a.details.ages, b.details.ages)
    yield Feature("age", "several" if len(ages) > 1 else level, ", ".join(map(str, ages)))
    yield Feature("distance", _set_level(a.details.distances_m, b.details.distances_m))
    yield Feature("text", _text_level(similarity(a.words, b.words)))
    yield Feature("likeness", _likeness_level(a, b))
    yield Feature("published", _published_level(a, b))
    yield Feature("lineage", "same" if a.lineage == b.lineage else "different")
    if a.says_another != b.says_another:
        yield Feature("another", "one_side")
    if a.is_low or b.is_low:
        yield Feature("specificity", "low")
    if a.is_main != b.is_main:
        yield Feature("recap", "one_side")
    elif not a.is_main:
        yield Feature("recap", "both")


def place_level(a: Profile, b: Profile) -> str:
    """`same_site`, `same_town`, `near`, `inside` (one names the wider area), `same_country`, ..."""
    if _names_place_of(a, b) or _names_place_of(b, a):
        return "named"
    if (not a.place_name and not a.country) or (not b.place_name and not b.country):
        return "unknown"
    if places_disjoint(a, b):
        return "doubtful"  # else a veto: one of the places must be misread
    apart = place_distance_km(a, b)
    both_fine = a.is_fine and b.is_fine
    same_name = bool(a.place_name) and a.place_name == b.place_name
    if both_fine and apart is not None:
        reach = (a.uncertainty_km or 0.0) + (b.uncertainty_km or 0.0)
        if same_name or apart <= 2:
            inside = PlacePrecision.SETTLEMENT not in (a.place_precision, b.place_precision)
            return "same_site" if inside else "same_town"
        return "near" if apart <= reach else "beyond"
    if both_fine:
        if same_name or fuzz.ratio(a.place_name, b.place_name) >= SAME_NAME:
            return "same_town"
        related = a.place_name in b.place_names or b.place_name in a.place_names
        return "inside" if related or _one_names_other(a, b) else "different_name"
    if same_name:
        return "same_area" if a.place_precision is not PlacePrecision.COUNTRY else "same_country"
    if a.admin1 and a.admin1 == b.admin1:
        return "inside"
    if (a.place_name and a.place_name in b.place_names) or (
        b.place_name and b.place_name in a.place_names
    ):
        return "inside"
    if _one_names_other(a, b):
        return "inside"
    if a.country and a.country == b.country:
        is_country = PlacePrecision.COUNTRY in (a.place_precision, b.place_precision)
        return "same_country" if is_country or not (a.admin1 and b.admin1) else "different_area"
    return "unknown"


def _names_place_of(unplaced: Profile, placed: Profile) -> bool:
    """True where the words of a report without a fine place name the town of the other."""
    if unplaced.is_fine or not placed.is_fine:
        return False
    words = [word for word in placed.place_name.split() if len(word) >= MIN_NAME_LETTERS]
    return bool(words) and all(word in unplaced.words for word in words)


def _one_names_other(a: Profile, b: Profile) -> bool:
    """True where all words of one name, or of its division, stand in the other's name."""
    one, other = set(a.place_name.split()), set(b.place_name.split())
    if one and other and (one <= other or other <= one):
        return True
    return any(
        bool(words) and words <= {*names.split()}
        for words, names in (
            (set(a.admin1.split()), b.place_name if not b.is_fine else ""),
            (set(b.admin1.split()), a.place_name if not a.is_fine else ""),
        )
    )


def _type_level(a: Profile, b: Profile) -> str:
    if a.type is b.type:
        return "same"
    return "compatible" if types_compatible(a, b) else "conflicting"


def count_level(a: Bounds | None, b: Bounds | None) -> str:
    """`unknown`, `none` (both zero), `equal_one`, `equal_few`, `equal_many`, `overlap`, `near`,
    `apart` (up to twice), `far`, or `zero_differs` (some against none)."""
    if a is None or b is None:
        return "unknown"
    low_a, low_b = a[0] or 0, b[0] or 0
    high_a, high_b = a[1], b[1]
    if a == b and high_a is not None:
        if high_a == 0:
            return "none"
        if low_a == high_a:
            return "equal_one" if low_a == 1 else "equal_few" if low_a < 5 else "equal_many"
        return "overlap"
    if a == b and low_a >= 5:
        return "equal_few"
    if (high_a is None or high_a >= low_b) and (high_b is None or high_b >= low_a):
        return "overlap"
    top, bottom = (low_a, high_b) if low_a > low_b else (low_b, high_a)
    if bottom is None:
        return "overlap"
    if bottom == 0:
        return "zero_differs"
    if top - bottom <= max(1, bottom // 3):
        return "near"
    return "apart" if top <= 2 * bottom else "far"


def _set_level(
    a: frozenset[object] | frozenset[str] | frozenset[int],
    b: frozenset[object] | frozenset[str] | frozenset[int],
) -> str:
    if not a or not b:
        return "unknown"
    return "shared" if not a.isdisjoint(b) else "different"


def _weapon_level(a: Profile, b: Profile) -> str:
    if not a.weapons or not b.weapons:
        return "unknown"
    if not a.weapons.isdisjoint(b.weapons):
        return "same"
    families = {w.family for w in a.weapons} & {w.family for w in b.weapons}
    return "same_family" if families else "different"


def _target_level(a: Profile, b: Profile) -> str:
    if not a.targets or not b.targets:
        return "unknown"
    alike = similarity(a.target_words, b.target_words)
    if alike >= 0.35:
        return "same_name"
    return "same_kind" if not a.targets.isdisjoint(b.targets) else "different"


TEXT_LEVELS = ((0.6, "copy"), (0.4, "close"), (0.28, "alike"), (0.18, "some"), (0.08, "little"))


LIKENESS_LEVELS = (
    (0.45, "twin"),
    (0.3, "close"),
    (0.24, "akin"),
    (0.18, "some"),
    (0.12, "little"),
    (0.06, "hardly"),
)
"""Cosine of two articles' sketches, from which on it is so called."""
PUBLISHED_LEVELS = (
    (0, "same_day"),
    (1, "next_day"),
    (3, "days"),
    (8, "week"),
    (35, "month"),
    (366, "year"),
)
"""Days between two publications, up to which they are so called."""


def _likeness_level(a: Profile, b: Profile) -> str:
    if not a.terms or not b.terms:
        return "unknown"
    alike = likeness(a.terms, b.terms)
    return next((level for bound, level in LIKENESS_LEVELS if alike >= bound), "none")


def _published_level(a: Profile, b: Profile) -> str:
    if a.published is None or b.published is None:
        return "unknown"
    days = abs((a.published - b.published).days)
    return next((level for bound, level in PUBLISHED_LEVELS if days <= bound), "years")


def _text_level(alike: float) -> str:
    return next((level for bound, level in TEXT_LEVELS if alike >= bound), "none")


def _day_words(a: Profile, b: Profile) -> str:
    return (
        ""
        if a.start is None or b.start is None
        else (
            f"{a.start.date()}"
            if a.start.date() == b.start.date()
            else " / ".join(sorted((f"{a.start.date()}", f"{b.start.date()}")))
        )
    )


def _place_words(a: Profile, b: Profile) -> str:
    return (
        a.place_name
        if a.place_name == b.place_name
        else " / ".join(sorted((a.place_name or "?", b.place_name or "?")))
    )


def _count_words(a: Profile, b: Profile, outcome: Outcome) -> str:
    one, other = a.counts.get(outcome), b.counts.get(outcome)
    if one is None or other is None:
        return ""
    return " / ".join(sorted(f"{low}-{high}" for low, high in (one, other)))
