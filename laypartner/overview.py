"""What a cohort's overview shows beside its stages: the funnel, and the dates that come next."""

from dataclasses import dataclass
from datetime import date

from core.rounding import percent
from laypartner.standing import Standing


@dataclass(frozen=True)
class Step:
    """One bar of the funnel. `width` is in hundredths of the longest one; `share` is of the first step."""

    label: str
    count: int
    width: str
    share: str


@dataclass(frozen=True)
class Funnel:
    """A table whose middle column is the picture, so that nobody needs to see the picture."""

    title: str
    steps: list[Step]


@dataclass(frozen=True)
class Coming:
    """A date and what happens on it."""

    on: date
    what: str


@dataclass(frozen=True)
class Overview:
    funnel: Funnel
    coming: list[Coming]


def overview_of(row: Standing) -> Overview:
    return Overview(_funnel(row), _coming(row)[:3])


def _funnel(row: Standing) -> Funnel:
    """How many got how far. Cohorts that came in as files have no applications, so they begin with the places."""
    seated = max((entry.seated for entry in row.days if entry.is_planned), default=0)
    steps = [("Have a place", row.taken), ("Have a seat", seated), ("Sent feedback", row.forms)]
    if row.applications:
        steps.insert(0, ("Applied", row.applications))
    longest, first = max(count for _, count in steps), steps[0][1]
    return Funnel(
        f"From {first} {steps[0][0].lower()} to {row.forms} sent feedback",
        [
            Step(
                label, count, f"{100 * count / longest:.2f}" if longest else "0", _share(count, first) if place else ""
            )
            for place, (label, count) in enumerate(steps)
        ],
    )


def _share(count: int, first: int) -> str:
    share = percent(count, first)
    return "" if share is None else f"{share} %"


def _coming(row: Standing) -> list[Coming]:
    cohort = row.cohort
    dates = [Coming(entry.day.date, _named(entry.day.number, entry.day.title)) for entry in row.days]
    for moment, what in (
        (cohort.applications_open_at, "Applications open"),
        (cohort.applications_close_at, "Applications close"),
    ):
        if moment:
            dates.append(Coming(moment.astimezone(cohort.zone).date(), what))
    return sorted((entry for entry in dates if entry.on >= row.today), key=lambda entry: entry.on)


def _named(number: int, title: str) -> str:
    return f"Day {number}: {title}" if title else f"Day {number}"
