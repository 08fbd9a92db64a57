"""How alike reviewers score: who is strict, who is generous, and how well they agree. Pure: marks in, figures out.

Every figure comes with the number it rests on. Only complete reviews go in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from core.rounding import half_up, mean
from recruitment.scoring import TOP_MARK

MARKS = range(TOP_MARK + 1)
# With fewer reviews or pairs a figure says more about chance than about people.
ENOUGH_REVIEWS = 5
ENOUGH_PAIRS = 10
# Altman (1991), Practical Statistics for Medical Research, p. 404.
WORDS = ((Decimal("0.2"), "poor"), (Decimal("0.4"), "fair"), (Decimal("0.6"), "moderate"), (Decimal("0.8"), "good"))

# {application: {reviewer: total}} and, of one characteristic, {application: {reviewer: mark}}
Totals = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True)
class Severity:
    """One reviewer: n reviews, their mean total and its sample standard deviation (None below two).

    `difference` is the mean, over the `shared` applications that others scored too, of the own total less the others'
    mean: below zero is stricter.
    """

    n: int
    average: Decimal
    spread: Decimal | None
    shared: int
    difference: Decimal | None

    @property
    def words(self) -> str:
        if self.difference is None or self.shared < ENOUGH_REVIEWS:
            return "too few to say"
        if abs(self.difference) < 2:
            return "much like the others"
        return "stricter than the others" if self.difference < 0 else "more generous than the others"


def severities(totals: Totals) -> dict[int, Severity]:
    """{reviewer: how they score}. The sums are whole numbers until the last step."""
    own: dict[int, list[int]] = defaultdict(list)
    apart: dict[tuple[int, int], int] = defaultdict(int)
    shared: dict[int, int] = defaultdict(int)
    for by_reviewer in totals.values():
        together, others = sum(by_reviewer.values()), len(by_reviewer) - 1
        for reviewer, total in by_reviewer.items():
            own[reviewer].append(total)
            if others:
                apart[reviewer, others] += total * others - (together - total)
                shared[reviewer] += 1
    differences: dict[int, Fraction] = defaultdict(Fraction)
    for (reviewer, others), difference in apart.items():
        differences[reviewer] += Fraction(difference, others * shared[reviewer])
    return {
        reviewer: Severity(
            n=len(values),
            average=mean(sum(values), len(values)) or Decimal(0),
            spread=_rounded(spread(values), 1),
            shared=shared[reviewer],
            difference=half_up(_decimal(differences[reviewer])) if shared[reviewer] else None,
        )
        for reviewer, values in own.items()
    }


def spread(values: Sequence[int]) -> Decimal | None:
    """The sample standard deviation: √((n·Σx² − (Σx)²) / (n(n − 1))). None below two values."""
    n = len(values)
    if n < 2:
        return None
    square = n * sum(value * value for value in values) - sum(values) ** 2
    return (Decimal(square) / (n * (n - 1))).sqrt()


def standardised(totals: Totals) -> dict[int, Decimal]:
    """{application: mean over its reviewers of z = (total − reviewer's mean) / reviewer's spread}, two decimals.

    It takes out that one reviewer is stricter than another. Reviewers with fewer than five reviews, or who gave everybody
    the same total, have no z; an application without any is left out.
    """
    own: dict[int, list[int]] = defaultdict(list)
    for by_reviewer in totals.values():
        for reviewer, total in by_reviewer.items():
            own[reviewer].append(total)
    scale = {
        reviewer: (Decimal(sum(values)) / len(values), deviation)
        for reviewer, values in own.items()
        if len(values) >= ENOUGH_REVIEWS and (deviation := spread(values))
    }
    found = {}
    for application, by_reviewer in totals.items():
        scores = [
            (total - scale[reviewer][0]) / scale[reviewer][1]
            for reviewer, total in by_reviewer.items()
            if reviewer in scale
        ]
        if scores:
            found[application] = half_up(sum(scores, Decimal(0)) / len(scores), 2)
    return found


@dataclass(frozen=True)
class Agreement:
    """How well reviewers agree on one characteristic. `kappa` is None where there is no figure, and `words` say why."""

    kappa: Decimal | None
    n: int
    words: str


def pair_table(marks: Iterable[Mapping[int, int]]) -> list[list[int]]:
    """How often two reviewers of one application gave marks i and j. Both ways round, so that their order is nothing."""
    table = [[0] * len(MARKS) for _ in MARKS]
    for by_reviewer in marks:
        for one, other in combinations(by_reviewer.values(), 2):
            table[one][other] += 1
            table[other][one] += 1
    return table


def agreement(table: Sequence[Sequence[int]]) -> Agreement:
    """Quadratic-weighted kappa of a table of pairs (Cohen 1968): 1 − Σ(i−j)²·observed / Σ(i−j)²·expected by chance.

    1 is perfect agreement, 0 what chance would give.
    """
    pairs = sum(map(sum, table)) // 2
    given = [mark for mark in MARKS if any(table[mark])]
    if not pairs:
        return Agreement(None, 0, "no figure: no application has two reviews")
    if len(given) == 1:
        return Agreement(None, pairs, f"no figure: everybody gave {given[0]}")
    # here: statsmodels takes two seconds to load, and only one page needs it
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415

    kappa = half_up(Decimal(repr(float(cohens_kappa(table, wt="quadratic", return_results=False)))), 2)
    return Agreement(kappa, pairs, _in_words(kappa, pairs))


def _in_words(kappa: Decimal, pairs: int) -> str:
    if pairs < ENOUGH_PAIRS:
        return "too few pairs to say"
    return f"{next((word for top, word in WORDS if kappa <= top), 'very good')} agreement"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else half_up(value, places)
