"""What a cohort must be like, whether it comes from a form or from a file."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from programmes.services.refusals import BadCohort

LARGEST_COHORT = 400
MOST_DAYS = 20
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
# /cohorts/new/ and /cohorts/import/ are pages of their own.
RESERVED_SLUGS = frozenset({"new", "import"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_cohort(*, slug: str, capacity: int, time_zone: str, dates: Sequence[date], **details: Any) -> None:
    """Raises BadCohort with a sentence for the first thing that does not hold."""
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise BadCohort(
            "The short name can have small letters, digits and hyphens, up to 60: “london-2017”.",
            "slug",
        )
    if slug in RESERVED_SLUGS:
        raise BadCohort(f"“{slug}” is the address of another page. Choose another short name.", "slug")
    if not 1 <= capacity <= LARGEST_COHORT:
        raise BadCohort(f"A cohort has from 1 to {LARGEST_COHORT} places.", "capacity")
    if time_zone not in available_timezones():
        raise BadCohort(f"We do not know the time zone “{time_zone}”. Use a name such as Europe/London.", "time_zone")
    _check_dates(dates)
    check_call(details.get("applications_open_at"), details.get("applications_close_at"))


def _check_dates(dates: Sequence[date]) -> None:
    if not 1 <= len(dates) <= MOST_DAYS:
        raise BadCohort(f"A cohort has from 1 to {MOST_DAYS} days.", "day_1")
    for number, on in enumerate(dates, start=1):
        if not EARLIEST <= on <= LATEST:
            raise BadCohort(f"Day {number} must be between 1990 and 2100.", f"day_{number}")
    if len(dates) > 2 and dates[-1] < dates[0]:
        raise BadCohort(f"Day {len(dates)} is before day 1. Dates go up from day to day.", f"day_{len(dates)}")
    for number, (before, on) in enumerate(pairwise(dates), start=2):
        if on <= before:
            where = "the same date as" if on == before else "before"
            sentence = f"Day {number} is {where} day {number - 1}. Dates go up from day to day."
            raise BadCohort(sentence, f"day_{number}")


def check_call(opens: datetime | None, closes: datetime | None) -> None:
    """Raises BadCohort when a call would end before it begins."""
    if opens and closes and closes <= opens:
        raise BadCohort("Applications close before they open. Choose a later closing time.", "applications_close_at")
