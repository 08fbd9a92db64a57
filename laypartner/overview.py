"""What a cohort's overview shows beside its stages: the funnel, and the dates that come next."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import mark_safe

from core import charts
from laypartner.standing import Standing


@dataclass(frozen=True)
class Coming:
    """A date and what happens on it."""

    on: date
    what: str


@dataclass(frozen=True)
class Overview:
    """`funnel` is an SVG picture, `steps` the same figures for the table beneath it."""

    funnel: str
    steps: list[tuple[str, int]]
    coming: list[Coming]


def overview_of(row: Standing) -> Overview:
    steps = [step for step in _steps(row) if step[1] or step[0] != "Applied"]
    title = f"From {steps[0][1]} {steps[0][0].lower()} to {steps[-1][1]} {steps[-1][0].lower()}"
    picture = mark_safe(charts.funnel(steps, title=title))  # core/charts.py escapes every word it draws
    return Overview(picture, steps, _coming(row)[:3])


def _steps(row: Standing) -> list[tuple[str, int]]:
    """How many got how far. Cohorts that came in as files have no applications."""
    planned = [entry.seated for entry in row.days if entry.is_planned]
    return [
        ("Applied", row.applications),
        ("Have a place", row.taken),
        ("Have a seat", max(planned, default=0)),
        ("Sent feedback", row.forms),
    ]


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
