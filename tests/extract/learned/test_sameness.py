"""Whether two triggers tell one incident, by the values they tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.learned.decode import Scored
from tocsin.extract.learned.layout import SLOTS
from tocsin.extract.learned.sameness import LEAST_SHARED, WEIGHTS, Value, sameness, values_of
from tocsin.extract.learned.windows import Pieces

Told = dict[str, list[Value]]


def told(text: str, **slots: str) -> Told:
    """Values told by words of a text whose pieces are its single characters."""
    count = len(text)
    pieces = Pieces(
        range(count), range(count), range(1, count + 1), [True] * count, [False] * count
    )
    found: dict[str, list[Scored]] = {slot: [] for slot in SLOTS}
    for slot, words in slots.items():
        at = text.index(words)
        found[slot].append(Scored(at, at + len(words), 0.9))
    return values_of(text, pieces, found)


TEXT = "In Hollin 12 men died; a dozen others, twelve men in the town of Hollin, in Tarvel 3 men"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"place": "Hollin"}, {"place": "Hollin"}, 0.0),  # one place alone says too little
        ({"killed": "12 men"}, {"killed": "twelve men"}, 1.0),
        ({"killed": "12 men"}, {"killed": "3 men"}, 0.0),
        ({"place": "Hollin", "target": "men"}, {"place": "the town of Hollin", "target": "men"}, 1),
        ({"place": "Hollin", "killed": "12 men"}, {"place": "Tarvel", "killed": "12 men"}, 2 / 3),
        ({"place": "Hollin", "killed": "12 men"}, {"place": "Hollin", "killed": "3 men"}, 0.0),
        ({"place": "Hollin"}, {"killed": "3 men"}, 0.0),
        ({}, {}, 0.0),
    ],
)
def test_shared_values_make_incidents_alike(
    one: dict[str, str], other: dict[str, str], expected: float
) -> None:
    assert sameness(told(TEXT, **one), told(TEXT, **other)) == pytest.approx(expected)


values = st.builds(
    Value,
    st.builds(lambda first: Scored(first, first + 2, 0.5), st.integers(0, 9)),
    st.frozensets(st.sampled_from("abcd"), max_size=2),
)
tellings = st.fixed_dictionaries({slot: st.lists(values, max_size=3) for slot in WEIGHTS})


@given(one=tellings, other=tellings)
def test_sameness_has_no_direction_and_stays_between_0_and_1(one: Told, other: Told) -> None:
    alike = sameness(one, other)
    assert 0 <= alike <= 1
    assert alike == pytest.approx(sameness(other, one))


@given(one=tellings)
def test_a_telling_is_the_same_as_itself_if_it_tells_enough(one: Told) -> None:
    told_enough = sum(WEIGHTS[slot] * len(some) for slot, some in one.items()) > LEAST_SHARED
    assert sameness(one, one) == (1 if told_enough else 0)
