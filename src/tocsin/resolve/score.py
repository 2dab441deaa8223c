"""Pair score: how likely two reports tell one incident, with the reasons.

Each level of each feature has a weight, the natural logarithm of how much likelier it is between
reports of one incident than between reports that merely fell into one block (Fellegi and Sunter's
match weight). The sum, with the prior, goes through the logistic function. The weights were set by
hand and adjusted on the train split of the gold incidents (docs/decisions/0005-resolution.md).
A learned score takes this module's place with a new version string.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf

from tocsin.records import ReportInContext
from tocsin.resolve.compare import Feature, compare
from tocsin.resolve.profile import Profile, profile
from tocsin.resolve.veto import find_veto

SCORE_VERSION = "rules/3"

PRIOR = -2.6
"""Of a pair within one block: about one in twenty is a match."""

WEIGHTS: dict[tuple[str, str], float] = {
    ("time", "same_hours"): 2.0,
    ("time", "same_day"): 1.6,
    ("time", "same_days"): 1.5,
    ("time", "near_hours"): 1.2,
    ("time", "overlap_days"): 0.7,
    ("time", "overlap_wide"): 0.0,
    ("time", "zone_reading"): 0.0,
    ("time", "published_lag"): 0.0,
    ("time", "told_later"): -0.5,
    ("time", "before_publication"): -2.0,
    ("time", "unknown"): -0.5,
    ("date_basis", "one_inferred"): -0.1,
    ("date_basis", "both_inferred"): -0.3,
    ("place", "same_site"): 2.0,
    ("place", "same_town"): 1.6,
    ("place", "same_area"): 1.0,
    ("place", "near"): 0.8,
    ("place", "named"): 0.9,
    ("place", "inside"): 0.6,
    ("place", "same_country"): 0.0,
    ("place", "unknown"): -0.5,
    ("place", "doubtful"): -0.7,
    ("place", "beyond"): -1.0,
    ("place", "different_name"): -0.7,
    ("place", "different_area"): -1.5,
    ("type", "same"): 0.3,
    ("type", "compatible"): -0.2,
    ("type", "conflicting"): -0.8,
    ("killed", "none"): 0.3,
    ("killed", "equal_one"): 0.7,
    ("killed", "equal_few"): 1.2,
    ("killed", "equal_many"): 1.8,
    ("killed", "overlap"): 0.3,
    ("killed", "near"): -0.3,
    ("killed", "apart"): -0.6,
    ("killed", "far"): -1.5,
    ("killed", "zero_differs"): -1.2,
    ("injured", "none"): 0.2,
    ("injured", "equal_one"): 0.5,
    ("injured", "equal_few"): 0.9,
    ("injured", "equal_many"): 1.4,
    ("injured", "overlap"): 0.2,
    ("injured", "near"): -0.3,
    ("injured", "apart"): -0.3,
    ("injured", "far"): -0.8,
    ("injured", "zero_differs"): -0.8,
    ("weapon", "same"): 0.2,
    ("weapon", "same_family"): 0.1,
    ("weapon", "different"): -0.4,
    ("projectiles", "equal_one"): 0.3,
    ("projectiles", "equal_few"): 0.6,
    ("projectiles", "equal_many"): 1.0,
    ("projectiles", "far"): -0.6,
    ("target", "same_name"): 1.0,
    ("target", "same_kind"): 0.3,
    ("target", "different"): -0.2,
    ("actor", "shared"): 0.3,
    ("actor", "different"): 0.0,
    ("person", "shared"): 2.2,
    ("person", "different"): -0.3,
    ("street", "shared"): 2.2,
    ("street", "different"): -0.6,
    ("age", "shared"): 1.2,
    ("age", "several"): 1.8,
    ("age", "different"): -1.2,
    ("distance", "shared"): 1.0,
    ("text", "copy"): 2.5,
    ("text", "close"): 1.5,
    ("text", "alike"): 0.8,
    ("text", "some"): 0.2,
    ("text", "little"): -0.5,
    ("text", "none"): -0.9,
    ("likeness", "twin"): 3.0,
    ("likeness", "close"): 2.4,
    ("likeness", "akin"): 1.6,
    ("likeness", "some"): 0.8,
    ("likeness", "little"): 0.0,
    ("likeness", "hardly"): -0.8,
    ("likeness", "none"): -1.4,
    ("published", "same_day"): 0.3,
    ("published", "next_day"): 0.2,
    ("published", "year"): -0.3,
    ("published", "years"): -0.6,
    ("lineage", "same"): 0.8,
    ("another", "one_side"): -0.6,
    ("specificity", "low"): -1.0,
    ("recap", "one_side"): -0.3,
    ("recap", "both"): 0.0,
}
"""Weight of a feature's level; a level not named weighs nothing."""

DAY_LEVELS = frozenset({"same_hours", "same_day", "same_days", "near_hours"})
RARE = frozenset(
    {
        ("person", "shared"),
        ("street", "shared"),
        ("age", "several"),
        ("distance", "shared"),
        ("text", "copy"),
        ("text", "close"),
        ("likeness", "twin"),
        ("likeness", "close"),
        ("killed", "equal_many"),
    }
)
"""Evidence that does not recur with every attack on a place."""

RECURRENCE_CAP = -0.05
"""Log-odds that a pair cannot exceed when neither a common day nor rare evidence joins it: place
and weapon are weak evidence where attacks recur. Just under one half: review, not join."""


SLOPE, INTERCEPT = 0.43, 0.84
"""What makes the sum of the weights honest log-odds (Platt 1999): evidence that is not independent
adds up to too much. Fitted by `python -m benchmarks.resolution` on 997 pairs of train."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """The score of a pair, 0..1, and why. A vetoed pair scores 0."""

    a: str
    """Report id, the smaller of the two."""
    b: str
    score: float
    reasons_for: tuple[str, ...] = ()
    """Heaviest first, each with its weight."""
    reasons_against: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    log_odds: float = -inf
    """What the score was made of: tells apart scores that are all but one."""
    version: str = SCORE_VERSION


def score_pair(a: ReportInContext, b: ReportInContext) -> PairScore:
    """Score two reports. Symmetric: the order of the arguments does not matter."""
    return score_profiles(profile(a), profile(b))


def score_profiles(a: Profile, b: Profile) -> PairScore:
    """`score_pair` for profiles made before."""
    veto = find_veto(a, b)
    if veto is not None:
        return PairScore(min(a.id, b.id), max(a.id, b.id), 0.0, vetoes=(veto,))
    return weigh(a, b)


def weigh(a: Profile, b: Profile) -> PairScore:
    """The score of a pair already known to have no veto."""
    if b.id < a.id:
        a, b = b, a
    features = compare(a, b)
    weighed = [(WEIGHTS.get((f.name, f.level), 0.0), f) for f in features]
    total = PRIOR + sum(weight for weight, _ in weighed)
    capped = total > RECURRENCE_CAP and not _can_join(features)
    if capped:
        total = RECURRENCE_CAP
    against = _reasons(weighed, -1)
    if capped:
        against = ("no common day and no rare detail: attacks recur in one place", *against)
    log_odds = SLOPE * total + INTERCEPT
    score = 1 / (1 + exp(-log_odds))
    return PairScore(
        a.id, b.id, round(score, 6), _reasons(weighed, 1), against, log_odds=round(log_odds, 6)
    )


def _can_join(features: tuple[Feature, ...]) -> bool:
    return any(
        (feature.name == "time" and feature.level in DAY_LEVELS)
        or (feature.name, feature.level) in RARE
        for feature in features
    )


def _reasons(weighed: list[tuple[float, Feature]], sign: int) -> tuple[str, ...]:
    kept = [(weight, str(feature)) for weight, feature in weighed if weight * sign > 0]
    kept.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return tuple(f"{weight:+.1f} {words}" for weight, words in kept)
