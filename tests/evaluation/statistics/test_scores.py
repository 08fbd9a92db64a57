from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statistics.scores import Scores, distribution_of

COUNTS = st.tuples(*(st.integers(0, 400),) * 5)


def test_scores_of_the_published_row():
    scores = Scores((0, 0, 1, 8, 23))

    assert (scores.n, scores.total, scores.average, scores.high, scores.share_high) == (
        32,
        150,
        Decimal("4.7"),
        31,
        Decimal("0.969"),
    )


@pytest.mark.parametrize(
    ("distribution", "n", "total", "average"),
    [
        ((0, 0, 8, 8, 16), 32, 136, "4.3"),  # 4.25 exactly: half up, where Python's round() says 4.2
        ((0, 1, 4, 15, 12), 32, 134, "4.2"),
        ((0, 0, 3, 18, 4), 25, 101, "4.0"),
        ((1, 0, 0, 0, 0), 1, 1, "1.0"),
    ],
)
def test_average_is_rounded_half_up(distribution, n, total, average):
    scores = Scores(distribution)

    assert (scores.n, scores.total, str(scores.average)) == (n, total, average)


def test_no_answers_have_no_average_and_no_share():
    scores = Scores((0, 0, 0, 0, 0))

    assert (scores.n, scores.average, scores.share_high) == (0, None, None)


@given(COUNTS)
def test_average_agrees_with_exact_arithmetic(distribution):
    scores = Scores(distribution)
    if not scores.n:
        assert scores.average is None
        return

    exact = Fraction(sum(mark * count for mark, count in enumerate(distribution, start=1)), sum(distribution))

    assert Fraction(scores.average) == Fraction(int(exact * 10 + Fraction(1, 2)), 10)


@given(COUNTS)
def test_share_lies_between_none_and_all(distribution):
    scores = Scores(distribution)

    if scores.n:
        exact = Fraction(scores.high, scores.n)
        assert Fraction(scores.share_high) == Fraction(int(exact * 1000 + Fraction(1, 2)), 1000)
        assert 0 <= scores.share_high <= 1


def test_distribution_of_fills_the_marks_that_nobody_gave():
    assert distribution_of({5: 3, 2: 1}) == (0, 1, 0, 0, 3)


@pytest.mark.parametrize("mark", [0, 6])
def test_distribution_of_refuses_what_is_no_mark(mark):
    with pytest.raises(ValueError, match="not a mark"):
        distribution_of({mark: 1})
