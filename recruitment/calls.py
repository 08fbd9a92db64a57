"""How a call for applications stands, with the grace for forms already begun. When it ends the cohort knows."""

from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone

from programmes.models import Cohort

# Forms that were begun in time and sent a little late still count; a cohort may set other minutes (RecruitmentSettings).
GRACE = timedelta(minutes=15)


class Call(Enum):
    NOT_YET = "opens later"
    OPEN = "open"
    GRACE = "closed to new forms; one already begun may still be sent"
    CLOSED = "closed"


def call_of(cohort: Cohort, moment: datetime | None = None, grace: timedelta = GRACE) -> Call:
    """Where the call stands at `moment` (now). `cohort` must have an opening moment.

    A call without a closing moment stays open.
    """
    now = moment or timezone.now()
    if now < cohort.applications_open_at:
        return Call.NOT_YET
    end = cohort.applications_end_at
    if end is None or now < end:
        return Call.OPEN
    return Call.GRACE if now < end + grace else Call.CLOSED


def may_still_send(cohort: Cohort, started_at: datetime | None, moment: datetime, grace: timedelta) -> bool:
    """Whether an online form counts at `moment`: in the grace time only one that was begun before the end does."""
    if cohort.applications_open_at is None:
        return False
    call = call_of(cohort, moment, grace)
    if call is Call.GRACE:
        return started_at is not None and started_at < cohort.applications_end_at
    return call is Call.OPEN


def was_late(cohort: Cohort, submitted_at: datetime) -> bool:
    """Whether a form came in the grace time after the end."""
    end = cohort.applications_end_at
    return end is not None and submitted_at >= end
