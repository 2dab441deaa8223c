"""Small made-up reports, whose places and tolls agree or not, so that incidents grow and change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

TOWNS = ("Mosul", "Kirkuk", "Basra", "Tikrit", "Fallujah", "Ramadi", "Baqubah", "Samarra")
DEEDS = (
    ("A roadside bomb struck a police patrol", "Bomb hits patrol"),
    ("Gunmen opened fire at a market", "Gunmen attack market"),
    ("A car bomb exploded near a checkpoint", "Car bomb at checkpoint"),
    ("Rockets hit an army base", "Rockets hit base"),
)
WORDS = ("canal", "bakery", "mosque", "school", "bridge", "orchard", "depot", "station", "mill")
BREAKS, ENDS = "basilisk", "cockatrice"
"""Words on which the campaign's reader raises an error, or ends the process."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One edition of one article."""

    number: int
    outlet: int
    edition: int
    title: str
    text: str

    @property
    def mark(self) -> str:
        """Words that this edition alone has."""
        return f"report {self.number} in edition {self.edition}"


def piece(number: int, outlet: int, *, edition: int = 1, word: str = "") -> Piece:
    """The report of that number: the same place and deed in each edition, the toll growing."""
    chance = Random(number)
    town, (deed, title) = chance.choice(TOWNS), chance.choice(DEEDS)
    killed = chance.randint(2, 5) + edition - 1
    near, seen = chance.sample(WORDS, 2)
    text = (
        f"{deed} in {town} on Monday, killing {killed} people, police said. It happened near the"
        f" {near}, and smoke was seen over the {seen} for an hour. {word} This is report {number}"
        f" in edition {edition}."
    )
    return Piece(number, outlet, edition, f"{title} in {town}", text)


def page_body(one: Piece) -> str:
    """A web page with the report."""
    return (
        f"<html><head><title>{one.title}</title></head><body><article><h1>{one.title}</h1>"
        f"<p>{one.text}</p></article></body></html>"
    )


def feed_body(pieces: Sequence[Piece], address: Callable[[Piece], str]) -> str:
    """An RSS feed of the pieces; an edition is told by its description."""
    items = "".join(
        f"<item><title>{one.title}</title><link>{address(one)}</link><guid>{address(one)}</guid>"
        "<pubDate>Tue, 02 Mar 2021 07:30:00 +0000</pubDate>"
        f"<description>edition {one.edition}</description></item>"
        for one in pieces
    )
    channel = f"<channel><title>Valley Wire</title>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'
