"""What may be shown of equality figures: tried by hand, and against readers who know the total and the rule itself."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.equality import BY_KEY, QUESTIONS, RATHER_NOT, Published, publishable


@pytest.mark.parametrize(
    ("counts", "total", "shown"),
    [
        ((12, 30, 10), 52, (12, 30, 10)),  # nothing is small
        ((9, 0, 0), None, (None, None, None)),  # fewer than ten answers
        ((10, 0, 0), None, (None, None, None)),  # one count as small as can be
        ((30, 25, 0), 55, (30, 25, None)),  # nobody is in what is hidden
        ((40, 6, 7), 53, (40, None, None)),  # two hidden, thirteen together
        ((40, 20, 3), 63, (40, None, None)),  # one hidden: the next smallest too
        ((40, 20, 3, 2), 65, (40, None, None, None)),  # five together: the next smallest too
        ((40, 20, 9, 9), 78, (40, None, None, None)),  # eighteen can only be nine and nine
        ((20, 20, 3), 43, (None, 20, None)),
        ((10, 10, 9), None, (None, None, None)),  # ten and nine are the only ones that could be hidden together
        ((40, 3), None, (None, None)),  # hiding two of two leaves nothing
        ((6, 7, 8), None, (None, None, None)),  # nothing to show
        ((), None, ()),
    ],
)
def test_publishable_by_hand(counts, total, shown):
    assert publishable(counts) == Published(total, shown)


def all_counts(number: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way in which `number` answers can share `total`."""
    if number == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in all_counts(number - 1, total - first):
            yield (first, *rest)


def narrowed(number: int, total: int, smallest: int) -> list[tuple[tuple[int, ...], Published]]:
    """Cases in which a reader who knows the total, what is shown and the rule can tell a hidden count below `smallest`."""
    possible = defaultdict(list)
    for counts in all_counts(number, total):
        possible[publishable(counts, smallest)].append(counts)
    return [
        (cases[0], shown)
        for shown, cases in possible.items()
        for place, count in enumerate(shown.counts)
        if count is None and len(values := {case[place] for case in cases}) == 1 and 1 <= min(values) < smallest
    ]


@pytest.mark.parametrize(
    ("number", "smallest", "most"),
    [(2, 3, 30), (3, 3, 24), (4, 3, 18), (5, 3, 13), (3, 4, 30), (4, 4, 20), (2, 10, 60), (3, 10, 60)],
)
def test_no_reader_can_tell_a_hidden_count(number, smallest, most):
    """Every total is tried through. A total below `smallest` is never shown, so nobody knows it from us."""
    assert [case for total in range(smallest, most + 1) for case in narrowed(number, total, smallest)] == []


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9))
def test_what_is_shown_is_true_and_ten_or_more(counts):
    published = publishable(counts)

    assert all(
        shown is None or (shown == count and count >= 10) for shown, count in zip(published.counts, counts, strict=True)
    )
    assert published.total in (None, sum(counts))
    assert not published.is_kept_back or set(published.counts) == {None}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9))
def test_subtracting_never_gives_a_count_below_ten(counts):
    published = publishable(counts)
    shown = [count for count in published.counts if count is not None]

    left = published.total - sum(shown) if published.total is not None else 0
    assert left == 0 or (left >= 10 and published.hidden >= 2)


def test_every_question_can_be_left_unsaid_and_fits_its_record():
    assert len(QUESTIONS) == len(BY_KEY) == 11
    for question in QUESTIONS:
        codes = [code for code, _ in question.choices()]
        assert codes[-1] == RATHER_NOT
        assert len(set(codes)) == len(codes)
        assert max(map(len, [question.key, *codes])) <= 40


def test_all_nine_protected_characteristics_are_asked():
    assert [question.basis for question in QUESTIONS] == [
        "Age",
        "Disability",
        "Sex",
        "Gender reassignment",
        "Race",
        "Religion or belief",
        "Sexual orientation",
        "Marriage and civil partnership",
        "Pregnancy and maternity",
        "Caring (not in the Act)",
        "Background (not in the Act)",
    ]
