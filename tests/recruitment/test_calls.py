from datetime import UTC, datetime, timedelta

import pytest

from programmes.models import Cohort
from recruitment.calls import Call, call_of, was_late

OPENS = datetime(2017, 9, 1, 8, tzinfo=UTC)
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)  # 11:59pm on Sunday 29 October, the night the clocks went back


def cohort(opens: datetime = OPENS, closes: datetime | None = CLOSES) -> Cohort:
    return Cohort(applications_open_at=opens, applications_close_at=closes)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (OPENS - timedelta(seconds=1), Call.NOT_YET),
        (OPENS, Call.OPEN),
        (CLOSES - timedelta(seconds=1), Call.OPEN),
        (CLOSES, Call.OPEN),
        (datetime(2017, 10, 29, 23, 59, 59, 999999, tzinfo=UTC), Call.OPEN),
        (datetime(2017, 10, 30, 0, 0, tzinfo=UTC), Call.GRACE),
        (datetime(2017, 10, 30, 0, 5, tzinfo=UTC), Call.GRACE),
        (datetime(2017, 10, 30, 0, 14, 59, tzinfo=UTC), Call.GRACE),
        (datetime(2017, 10, 30, 0, 15, tzinfo=UTC), Call.CLOSED),
        (datetime(2017, 10, 30, 0, 16, tzinfo=UTC), Call.CLOSED),
    ],
)
def test_call_at_each_side_of_its_edges(moment, expected):
    assert call_of(cohort(), moment) is expected


def test_the_hour_that_came_twice_did_not_close_the_call():
    """01:30 came twice on 29 October 2017; both times lay before the closing minute."""
    for hour in (0, 1):
        assert call_of(cohort(), datetime(2017, 10, 29, hour, 30, tzinfo=UTC)) is Call.OPEN


def test_call_without_closing_moment_stays_open():
    assert call_of(cohort(closes=None), datetime(2099, 1, 1, tzinfo=UTC)) is Call.OPEN


def test_late_means_after_the_closing_minute():
    assert not was_late(cohort(), CLOSES + timedelta(seconds=59))
    assert was_late(cohort(), CLOSES + timedelta(seconds=60))
    assert not was_late(cohort(closes=None), CLOSES)


def test_call_uses_the_servers_clock(time_machine):
    time_machine.move_to(CLOSES + timedelta(minutes=20))

    assert call_of(cohort()) is Call.CLOSED


@pytest.mark.django_db
@pytest.mark.parametrize("closes", [CLOSES, CLOSES + timedelta(seconds=30), None])
def test_the_list_of_open_calls_agrees_with_the_form(london, closes):
    Cohort.objects.filter(pk=london.pk).update(applications_open_at=OPENS, applications_close_at=closes)
    end = datetime(2017, 10, 30, tzinfo=UTC)
    moments = [OPENS - timedelta(seconds=1), OPENS, CLOSES, end - timedelta(microseconds=1), end]

    listed = [Cohort.objects.open_for_applications(moment).exists() for moment in moments]

    assert listed == [call_of(cohort(closes=closes), moment) is Call.OPEN for moment in moments]
    assert listed == [False, True, True, True, closes is None]
