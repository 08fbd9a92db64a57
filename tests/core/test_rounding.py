"""Figures as people round them; the first three are the ones golden-data names."""

from decimal import Decimal

import pytest

from core.rounding import half_up, mean, percent


@pytest.mark.parametrize(
    ("total", "count", "shown"),
    [(136, 32, "4.3"), (134, 32, "4.2"), (101, 25, "4.0"), (150, 32, "4.7"), (133, 29, "4.6"), (1, 1, "1.0")],
)
def test_mean_rounds_half_up_from_whole_numbers(total, count, shown):
    assert str(mean(total, count)) == shown


def test_mean_of_nothing_is_none():
    assert mean(0, 0) is None


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(32, 40, "80.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (0, 5, "0.0")]
)
def test_percent_rounds_half_up(part, whole, shown):
    assert str(percent(part, whole)) == shown


def test_percent_of_nothing_is_none():
    assert percent(0, 0) is None


@pytest.mark.parametrize(("value", "shown"), [("4.25", "4.3"), ("4.35", "4.4"), ("4.249", "4.2"), ("-0.25", "-0.3")])
def test_half_up_never_goes_through_a_float(value, shown):
    assert str(half_up(Decimal(value))) == shown
