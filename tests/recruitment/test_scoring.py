from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.characteristics import Characteristic
from recruitment.scoring import CHARACTERISTICS, TOP_TOTAL, Ranked, agreed, rank, total

marks = st.lists(st.integers(0, 4), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("given_marks", "expected"),
    [([3], 3), ([2, 3], 3), ([2, 2, 3], 2), ([2, 3, 3], 3), ([0, 1], 1), ([0, 0, 0, 1], 0), ([4, 4], 4), ([], None)],
)
def test_agreed_is_the_mean_half_up(given_marks, expected):
    assert agreed(given_marks) == expected


@given(marks)
def test_agreed_is_within_half_a_mark_of_the_mean(given_marks):
    distance = agreed(given_marks) - Fraction(sum(given_marks), len(given_marks))

    assert Fraction(-1, 2) < distance <= Fraction(1, 2)


@given(marks, st.randoms())
def test_agreed_does_not_depend_on_who_came_first(given_marks, random):
    shuffled = random.sample(given_marks, len(given_marks))

    assert agreed(shuffled) == agreed(given_marks)


def test_total_adds_all_seven():
    assert total(dict.fromkeys(Characteristic, 3)) == 21
    assert total(dict.fromkeys(Characteristic, 4)) == TOP_TOTAL


def test_total_of_a_part_is_none():
    assert total(dict.fromkeys(Characteristic, 3) | {Characteristic.TIME: None}) is None
    assert total({}) is None


def test_there_are_as_many_characteristics_as_the_pure_room_thinks():
    assert len(Characteristic) == CHARACTERISTICS


def test_rank_by_falling_total_then_reference_with_ties_sharing():
    ranked = rank([("C", 20), ("B", 22), ("D", 20), ("A", 25), ("E", 19), ("F", None)])

    assert ranked == [
        Ranked(1, "A", 25),
        Ranked(2, "B", 22),
        Ranked(3, "C", 20),
        Ranked(3, "D", 20),
        Ranked(5, "E", 19),
    ]


@given(st.dictionaries(st.text("ABCDEF", min_size=1, max_size=4), st.none() | st.integers(0, 28), max_size=30))
def test_rank_counts_how_many_are_better(totals):
    for entry in rank(totals.items()):
        assert entry.rank == 1 + sum(1 for value in totals.values() if value is not None and value > entry.total)


@given(st.dictionaries(st.text("ABCDEF", min_size=1, max_size=4), st.none() | st.integers(0, 28), max_size=30))
def test_rank_leaves_out_only_those_without_a_total(totals):
    ranked = rank(totals.items())

    assert {entry.reference: entry.total for entry in ranked} == {k: v for k, v in totals.items() if v is not None}
    assert [entry.total for entry in ranked] == sorted((entry.total for entry in ranked), reverse=True)
