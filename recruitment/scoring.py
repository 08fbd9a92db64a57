"""From reviewers' marks to an order of applications. Pure: whole numbers in, whole numbers out, no Django.

Without moderation the agreed score of a characteristic is the mean of the reviews, rounded half up to a whole mark
(docs: contract of `export_ranking`). The same rule stands as SQL in queries.py; a test holds the two together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from core.rounding import mean

TOP_MARK = 4
CHARACTERISTICS = 7
TOP_TOTAL = TOP_MARK * CHARACTERISTICS
# "Some, meets the need": limits of time by disability or caring must not bring a mark below it (practice.md D.2).
MEETS_THE_NEED = 2
# When a moderator looks, unless a cohort sets other figures (practice.md D.2).
WIDE_GAP, WIDE_TOTAL_GAP, CUT = 2, 5, 14


def agreed(marks: Sequence[int]) -> int | None:
    """The agreed score of one characteristic: the mean of the reviews, half up. None while nobody has scored it.

    Marks 2 and 3 agree on 3; marks 2, 2 and 3 agree on 2.
    """
    average = mean(sum(marks), len(marks), places=0)
    return None if average is None else int(average)


def total(scores: Mapping[str, int | None]) -> int | None:
    """The total of the agreed scores, of 28. None until all seven are there: a part is not comparable."""
    known = [score for score in scores.values() if score is not None]
    return sum(known) if len(known) == CHARACTERISTICS else None


@dataclass(frozen=True)
class Rules:
    """From where a difference between reviewers is for a moderator to settle, and from which total one can have a place."""

    wide_gap: int = WIDE_GAP
    wide_total_gap: int = WIDE_TOTAL_GAP
    cut: int = CUT


def widest_gap(reviews: Sequence[Mapping[str, int]]) -> int:
    """The largest difference between two reviewers on one characteristic. 0 with fewer than two reviews."""
    by_characteristic = zip(*(review.values() for review in map(_in_order, reviews)), strict=True)
    return max((max(marks) - min(marks) for marks in by_characteristic), default=0)


def reasons_to_moderate(reviews: Sequence[Mapping[str, int]], rules: Rules) -> list[str]:
    """Why a moderator should look at these reviews, in words; none when they agree well enough.

    Differences of `wide_gap` on a characteristic or `wide_total_gap` in total, or totals on both sides of the cut:
    13 and 14 with a cut of 14, because one of them says no.
    """
    if len(reviews) < 2:
        return []
    totals = [sum(review.values()) for review in reviews]
    return reasons_to_settle(widest_gap(reviews), min(totals), max(totals), rules)


def reasons_to_settle(gap: int, lowest: int, highest: int, rules: Rules) -> list[str]:
    """The same from the widest gap on a characteristic and the lowest and highest total of two or more reviews."""
    reasons = []
    if gap >= rules.wide_gap:
        reasons.append(f"{gap} marks apart on one characteristic")
    if highest - lowest >= rules.wide_total_gap:
        reasons.append(f"totals {highest - lowest} apart")
    if lowest < rules.cut <= highest:
        reasons.append(f"on both sides of the cut at {rules.cut}")
    return reasons


# Besides, a moderator reads one in so many of those that agree.
SAMPLE = 10


def is_sampled(reference: str) -> bool:
    """Whether this application is in the sample of agreements: by its reference, so always the same ones."""
    return int.from_bytes(sha256(reference.encode()).digest()[:4]) % SAMPLE == 0


def _in_order(review: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(review.items()))


@dataclass(frozen=True)
class Ranked:
    """One place in the order. Equal totals share a rank, and the next rank counts them: 1, 2, 2, 4."""

    rank: int
    reference: str
    total: int


def rank(totals: Iterable[tuple[str, int | None]]) -> list[Ranked]:
    """Applications (reference, total) by falling total, then by reference. Those without a total are left out.

    References say nothing about a person or about who came first, so the order among equals favours nobody. It only
    keeps the list the same each time; a tie at the last place is for people to decide.
    """
    complete = sorted(((-value, reference) for reference, value in totals if value is not None))
    ranked: list[Ranked] = []
    for position, (falling, reference) in enumerate(complete, start=1):
        shares = ranked and ranked[-1].total == -falling
        ranked.append(Ranked(ranked[-1].rank if shares else position, reference, -falling))
    return ranked
