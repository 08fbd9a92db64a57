"""When a call for applications is open: decided here, on the server's clock, and nowhere else."""

from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone

from programmes.models import Cohort

# Forms that were begun in time and sent a little late still count.
GRACE = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


class Call(Enum):
    NOT_YET = "opens later"
    OPEN = "open"
    GRACE = "closed to new forms; one already begun may still be sent"
    CLOSED = "closed"


def call_of(cohort: Cohort, moment: datetime | None = None) -> Call:
    """Where the call stands at `moment` (now). `cohort` must have an opening moment.

    The whole closing minute counts: a call that closes at 11:59pm takes forms until midnight. A call without a closing
    moment stays open.
    """
    now = moment or timezone.now()
    if now < cohort.applications_open_at:
        return Call.NOT_YET
    end = end_of_call(cohort)
    if end is None or now < end:
        return Call.OPEN
    return Call.GRACE if now < end + GRACE else Call.CLOSED


def end_of_call(cohort: Cohort) -> datetime | None:
    """The first moment that is too late: the end of the closing minute."""
    closes = cohort.applications_close_at
    return closes.replace(second=0, microsecond=0) + MINUTE if closes else None


def was_late(cohort: Cohort, submitted_at: datetime) -> bool:
    """Whether a form came in the grace time after the end."""
    end = end_of_call(cohort)
    return end is not None and submitted_at >= end
