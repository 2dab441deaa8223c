"""robots.txt as RFC 9309 has it: the most specific rule wins, `*` and `$` are understood.

The standard library's reader takes the first rule that fits and no wildcards, so it is not used.
Matching walks a path once per piece of a rule: no rule, however made, is slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_ROBOTS_BYTES = 500 * 2**10
"""What RFC 9309 asks a reader to take at least; the rest is not looked at."""
MAX_RULES = 5_000
MAX_CRAWL_DELAY_S = 3_600.0
"""A longer delay is a mistake or a way to say no; feeds are then read once an hour."""
SAFE = "/%?&=:@!$'()*+,;~#[]"


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow."""

    pattern: str
    is_allowed: bool

    def fits(self, path: str) -> bool:
        """Whether the rule speaks of the path."""
        is_anchored = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        for piece in rest[:-1]:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if not rest:
            return not is_anchored or at == len(path)
        if is_anchored:
            return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
        return path.find(rest[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host lets us ask for, and how often."""

    rules: tuple[Rule, ...] = ()
    crawl_delay_s: float = 0.0

    def allows(self, path_and_query: str) -> bool:
        """The longest rule that fits decides, Allow where two are as long; none: allowed."""
        path = _normal(path_and_query) or "/"
        fitting = [rule for rule in self.rules if rule.fits(path)]
        if not fitting:
            return True
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.is_allowed)).is_allowed


ALL_ALLOWED = Robots()
NOTHING_ALLOWED = Robots((Rule("/", is_allowed=False),))


def read_robots(text: str, product: str) -> Robots:
    """The rules for `product`: all groups that name it, else those of `*`."""
    groups: list[tuple[set[str], list[tuple[str, str]]]] = []
    is_naming = False
    for line in text[:MAX_ROBOTS_BYTES].splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not is_naming:
                groups.append((set(), []))
            groups[-1][0].add(value.partition("/")[0].strip().lower())
            is_naming = True
        elif name in {"allow", "disallow", "crawl-delay"}:
            is_naming = False
            if groups:
                groups[-1][1].append((name, value))
    for wanted in (product.lower(), "*"):
        ours = [lines for names, lines in groups if wanted in names]
        if ours:
            return _robots([line for lines in ours for line in lines])
    return ALL_ALLOWED


def _robots(lines: Sequence[tuple[str, str]]) -> Robots:
    rules = tuple(
        Rule(_normal(value), is_allowed=name == "allow")
        for name, value in lines
        if name != "crawl-delay" and value.startswith(("/", "*"))
    )
    delays = [_seconds(value) for name, value in lines if name == "crawl-delay"]
    return Robots(rules[:MAX_RULES], min(max(delays, default=0.0), MAX_CRAWL_DELAY_S))


def _seconds(value: str) -> float:
    """A delay as written; 0 for what is no plain number."""
    whole, _, rest = value.partition(".")
    is_number = (whole + rest).isdigit() and value.isascii()
    return float(value) if is_number else 0.0


def _normal(path: str) -> str:
    """Percent-encoding made alike: `%7E` and `~` are one path (RFC 9309, 2.2.2)."""
    return quote(unquote(path, errors="surrogateescape").encode("utf-8", "surrogateescape"), SAFE)
