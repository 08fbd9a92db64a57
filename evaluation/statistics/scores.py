"""What a set of marks says: count, total, average, spread, and how many gave 4 or 5.

n is the number of marks given; "not answered" and "I was not there" are not marks. The average is the arithmetic mean,
total / n, rounded half up from whole numbers to one decimal, as the published evaluation prints it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.rounding import half_up, mean

MARKS = (1, 2, 3, 4, 5)
HIGH_MARKS = (4, 5)

Distribution = tuple[int, int, int, int, int]


def distribution_of(counts: Mapping[int, int]) -> Distribution:
    """How often each mark from 1 to 5 was given, from {mark: count}. Raises ValueError for any other mark."""
    if unknown := set(counts) - set(MARKS):
        raise ValueError(f"not a mark from 1 to 5: {sorted(unknown)}")
    one, two, three, four, five = (counts.get(mark, 0) for mark in MARKS)
    return one, two, three, four, five


@dataclass(frozen=True)
class Scores:
    """The marks that one question got, as five counts from mark 1 to mark 5."""

    distribution: Distribution

    @property
    def n(self) -> int:
        return sum(self.distribution)

    @property
    def total(self) -> int:
        return sum(mark * count for mark, count in zip(MARKS, self.distribution, strict=True))

    @property
    def average(self) -> Decimal | None:
        """total / n to one decimal, half up; None without marks. 136 / 32 is 4.3."""
        return mean(self.total, self.n)

    @property
    def high(self) -> int:
        """How many gave 4 or 5."""
        return sum(self.distribution[mark - 1] for mark in HIGH_MARKS)

    @property
    def share_high(self) -> Decimal | None:
        """The part that gave 4 or 5, from 0 to 1 with three decimals; None without marks. 31 of 32 is 0.969."""
        return half_up(Decimal(self.high) / self.n, 3) if self.n else None
