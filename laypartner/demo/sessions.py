"""What happens on the days of both demo cohorts."""

from datetime import time

from laypartner.demo.files import words
from programmes.models import Cohort
from programmes.services import sessions


def plan_days(cohort: Cohort, *, days: int = 3) -> None:
    """Slots for the first `days` days, in the cohort's own place."""
    for day, plan in zip(cohort.days.order_by("number")[:days], words("days")["day"], strict=False):
        slots = [row | {"starts_at": time.fromisoformat(row["at"])} for row in plan["slots"]]
        for row in slots:
            del row["at"]
            sessions.add_slot(day=day, **row)
        sessions.change_day(day=day, title=day.title, venue=cohort.place, starts_at=slots[0]["starts_at"])
