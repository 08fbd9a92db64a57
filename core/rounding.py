"""Figures as people round them: half up, from whole totals and counts, never through a float."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: Decimal, places: int = 1) -> Decimal:
    """4.25 → 4.3. Python's own round() would say 4.2."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def mean(total: int, count: int, places: int = 1) -> Decimal | None:
    """The average of `count` whole marks that add up to `total`; None when there are none. 136 of 32 → 4.3."""
    return half_up(Decimal(total) / count, places) if count else None


def percent(part: int, whole: int, places: int = 1) -> Decimal | None:
    """32 of 40 → 80.0; None when there is no whole."""
    return half_up(Decimal(part) * 100 / whole, places) if whole else None
