from datetime import UTC, datetime

import pytest

from recruitment.blindness import is_revealed


def at(hour: int) -> datetime:
    return datetime(2026, 11, 25, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "done", "expected"),
    [
        ({}, {}, False),
        ({1: 8}, {1: 9}, False),  # nobody to be led by
        ({1: 8, 2: 8}, {1: 9}, False),
        ({1: 8, 2: 8}, {1: 9, 2: 10}, True),
        ({1: 8, 2: 8, 3: 8}, {1: 9, 2: 10}, False),
        ({1: 8, 2: 8, 3: 11}, {1: 9, 2: 10}, True),  # a further opinion, asked for once all were in
        ({1: 8, 2: 8, 3: 11}, {1: 9, 2: 10, 3: 12}, True),
        ({}, {1: 9, 2: 10}, True),  # scored before reviews were given out
    ],
)
def test_marks_are_revealed_once_all_reviews_are_in(given, done, expected):
    since = [(reviewer, at(hour)) for reviewer, hour in given.items()]

    assert is_revealed(since, {reviewer: at(hour) for reviewer, hour in done.items()}) is expected
