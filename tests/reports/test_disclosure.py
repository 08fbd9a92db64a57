"""The small-number rule against a reader who knows the rule, the total, and how to subtract."""

from itertools import product

import pytest

from reports.disclosure import hide_small


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ((16, 12, 12), [16, 12, 12]),
        ((3, 9, 16, 12), [None, None, 16, 12]),  # 3 alone would follow from the total, so 9 goes with it
        ((3, 4, 16, 12), [None, None, 16, 12]),
        ((1, 1, 20, 8), [None, None, 20, None]),  # two hidden that add up to 2 must both be 1
        ((4, 4, 20, 8), [None, None, 20, None]),  # two hidden that add up to 8 must both be 4
        ((3, 6, 6, 20), [None, None, None, 20]),  # of two equal ones neither may be singled out
        ((0, 4, 30), [0, None, None]),
        ((0, 0, 12), [0, 0, 12]),
        ((3, 3, 3), None),
        ((), None),
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_back(counts, printed):
    assert hide_small(counts) == printed


@pytest.mark.parametrize("cells", [2, 3, 4])
@pytest.mark.parametrize("total", [10, 11, 12, 13, 16, 18, 20])
def test_no_hidden_count_can_be_worked_out(cells, total):
    """Every table of that total: the reader sorts all that would print alike, and no hidden cell has one value only."""
    possible: dict[tuple, list[tuple]] = {}
    for most in product(range(total + 1), repeat=cells - 1):
        if sum(most) <= total:
            counts = (*most, total - sum(most))
            possible.setdefault(tuple(hide_small(counts) or ()), []).append(counts)

    given_away = [
        (printed, tables)
        for printed, tables in possible.items()
        for place, count in enumerate(printed)
        if count is None and len({table[place] for table in tables}) == 1
    ]
    assert given_away == []
