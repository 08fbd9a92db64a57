from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.statistics.intervals import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (31, 32, "0.843", "0.994"),
        (20, 25, "0.609", "0.911"),
        (32, 40, "0.652", "0.895"),
        (32, 32, "0.893", "1.000"),
        (7, 7, "0.646", "1.000"),
        (28, 28, "0.879", "1.000"),
        (0, 7, "0.000", "0.354"),
    ],
)
def test_wilson_agrees_with_the_worked_values(successes, n, low, high):
    assert wilson(successes, n) == (Decimal(low), Decimal(high))


def test_wilson_of_nobody_is_none():
    assert wilson(0, 0) is None


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_its_formula(pair):
    successes, n = pair
    p, z = successes / n, 1.959963984540054
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))

    low, high = wilson(successes, n, places=6)

    assert float(low) == pytest.approx(max(0, (middle - half) / (1 + z * z / n)), abs=2e-6)
    assert float(high) == pytest.approx(min(1, (middle + half) / (1 + z * z / n)), abs=2e-6)
