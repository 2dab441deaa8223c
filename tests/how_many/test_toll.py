"""The toll of a whole text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.how_many import Toll, TollFigure, read_toll

TOLLS = [
    ("Two men were killed and five hurt. A third man died later.", 2, 5, None),
    ("A bomb killed a woman and her two children.", 3, None, None),
    ("Two people died, bringing the death toll to 12.", 12, None, None),
    ("Seven people were shot, two of them fatally. Two died.", 2, 5, None),
    ("Four people were shot on Monday.", None, 4, None),
    ("A man was shot. The victim was pronounced dead.", 1, None, None),
    ("Police found Omar in a car. Omar died at the scene.", 1, None, None),
    ("The raid came on Friday. It rained and Friday was long.", None, None, None),
    ("Omar Saleh, 34, was killed outside his home.", 1, None, None),
    ("The gunman killed three colleagues and then himself.", 3, None, 1),
    ("He killed his wife before taking his own life.", 1, None, 1),
    ("Three guards and two attackers were killed.", 3, None, 2),
    ("13 people, including four children, were killed.", 13, None, None),
    ("Several people were hurt. Police later said nine were injured.", None, 9, None),
    ("No officers were hurt, but three passers-by were injured.", None, 3, None),
    ("No one was hurt.", None, 0, None),
    ("The men fled. None of their injuries were grave.", None, None, None),
    ("No casualties were reported.", 0, 0, None),
    ("The council met and voted 5-4.", None, None, None),
    ("", None, None, None),
]


def best(figure: TollFigure | None) -> int | None:
    return figure.quantity.best if figure else None


@pytest.mark.parametrize(
    ("text", "killed", "injured", "attackers"), TOLLS, ids=[row[0] for row in TOLLS]
)
def test_toll(text: str, killed: int | None, injured: int | None, attackers: int | None) -> None:
    toll = read_toll(text)
    assert (best(toll.killed), best(toll.injured)) == (killed, injured)
    assert best(toll.attackers_killed) == attackers


def test_each_figure_stands_on_words_and_names_its_rule() -> None:
    text = "A nurse and two guards were killed."
    figure = read_toll(text).killed
    assert figure is not None
    assert figure.rule == "first_told"
    assert [span.text for span in figure.words] == ["A nurse", "two guards"]


def figures(toll: Toll) -> list[TollFigure]:
    return [one for one in (toll.killed, toll.injured, toll.attackers_killed) if one is not None]


VOCABULARY = """
a the two 12 men gunman victim Omar Saleh , . and killed shot himself were was died hurt toll to
bringing no one people others including dead injured hospital in another
"""
WORDS = VOCABULARY.split()


@given(st.text(max_size=200) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_any_text_has_a_toll_that_stands_on_its_words(text: str) -> None:
    for figure in figures(read_toll(text)):
        assert figure.words
        for span in figure.words:
            span.check(text)
        assert figure.quantity.best is None or figure.quantity.best >= 0


@given(st.integers(1, 500), st.integers(1, 500))
def test_the_order_of_clauses_does_not_matter(killed: int, injured: int) -> None:
    one = read_toll(f"The raid killed {killed} guards and wounded {injured} guards.")
    other = read_toll(f"The raid wounded {injured} guards and killed {killed} guards.")
    for toll in (one, other):
        assert (best(toll.killed), best(toll.injured)) == (killed, injured)


@pytest.mark.parametrize("unit", ["He killed himself ", "the the ", "Aa Bb ", "two men, "])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    start = time.process_time()
    read_toll(text)
    # 50 kB; a guard against squared work on a busy machine, not a measure of speed
    assert time.process_time() - start < 20.0
