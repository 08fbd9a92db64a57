"""How far a share could reasonably be from what was seen."""

from decimal import Decimal

from core.rounding import half_up

Interval = tuple[Decimal, Decimal]


def wilson(successes: int, n: int, *, confidence: float = 0.95, places: int = 3) -> Interval | None:
    """The Wilson score interval for `successes` of `n`, each end from 0 to 1; None when n is 0.

    With p = successes / n and z the normal quantile (1.96 for 95 %), the ends are
    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). It holds for the small groups of a course, where the usual
    p ± z √(p(1−p)/n) runs past 100 %. E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212.
    """
    from scipy.stats import binomtest  # noqa: PLC0415  here: scipy takes a second to load, and few pages need it

    if n == 0:
        return None
    found = binomtest(successes, n).proportion_ci(confidence_level=confidence, method="wilson")
    return half_up(Decimal(repr(float(found.low))), places), half_up(Decimal(repr(float(found.high))), places)
