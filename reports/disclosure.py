"""The small-number rule for breakdowns: what may be printed so that nobody can be found in a small group.

Counts of 1 to 4 are hidden from commissioners and the public, and so is whatever would give a hidden one back by
subtraction from a total that is printed (evaluation-method C.6). Organisers see everything.
"""

from collections.abc import Sequence

SMALLEST_COUNT = 5
# A breakdown of so few people would point at single ones whatever was hidden.
SMALLEST_GROUP = 10


def hide_small(counts: Sequence[int]) -> list[int | None] | None:
    """The counts with those of 1 to 4 as None, and as many of the next larger as it takes that no hidden count can be
    worked out from the total and this rule; None when the breakdown as a whole is too small to print."""
    if sum(counts) < SMALLEST_GROUP:
        return None
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_COUNT}
    larger = sorted({count for count in counts if count >= SMALLEST_COUNT})
    while hidden and larger and _gives_away([counts[place] for place in hidden]):
        next_larger = larger.pop(0)
        hidden |= {place for place, count in enumerate(counts) if count == next_larger}
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _gives_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden counts, which the total tells, leaves only one value for them: all 1 or all 4."""
    return len(hidden) == 1 or sum(hidden) == len(hidden) or set(hidden) == {SMALLEST_COUNT - 1}
