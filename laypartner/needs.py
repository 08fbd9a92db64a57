"""What needs somebody today: one sentence, one count, one button each, the most urgent first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import NoReverseMatch, reverse

from laypartner.standing import DayStanding, Standing
from people.permissions import Permission
from programmes.allocation import why_not

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Need:
    """`urgency` 0 comes first. A need without an address is not shown."""

    urgency: int
    count: int
    sentence: str
    button: str
    address: str
    cohort: str
    is_late: bool = False


def needs(rows: Iterable[Standing]) -> list[Need]:
    """Everything that waits in these cohorts for the reader, as far as they may do it."""
    found = [need for row in rows for need in _of(row) if need.address]
    return sorted(found, key=lambda need: (need.urgency, -need.count, need.cohort))


def _of(row: Standing) -> Iterator[Need]:
    yield from _letters(row)
    for entry in row.upcoming:
        yield from _day(row, entry)
    yield from _applications(row)
    yield from _evaluation(row)


def _need(row: Standing, urgency: int, count: int, sentence: str, button: str, name: str, *args: object) -> Need:
    address = _address(name, *args)
    return Need(urgency, count, sentence, button, address, row.cohort.title, is_late=urgency <= 1)


def _address(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _letters(row: Standing) -> Iterator[Need]:
    if row.lost_letters and Permission.OUTBOX_VIEW in row.may:
        sentence = f"{_many(row.lost_letters, 'letter')} did not go out, or may not have arrived"
        yield _need(row, 0, row.lost_letters, sentence, "Look at the letters", "people:outbox")


def _day(row: Standing, entry: DayStanding) -> Iterator[Need]:
    number, slug = entry.day.number, row.cohort.slug
    is_soon = entry.day.date - row.today <= SOON
    if Permission.SEATING_EDIT in row.may and row.taken:
        yield from _tables(row, entry, 1 if is_soon else 4)
    if Permission.COHORT_EDIT in row.may and not entry.slots:
        sentence = f"Day {number} has no sessions yet"
        yield _need(row, 2 if is_soon else 5, 0, sentence, "Plan the day", "programmes:slot-new", slug, number)


def _tables(row: Standing, entry: DayStanding, urgency: int) -> Iterator[Need]:
    number, slug = entry.day.number, row.cohort.slug
    missing = row.taken - entry.seated
    if not entry.is_planned:
        # while places are still being given, only the nearness of the day makes tables urgent
        if row.unscored or row.undecided:
            urgency = max(urgency, 5) if urgency > 1 else urgency
        sentence = f"Tables for day {number} are not planned"
        yield _need(row, urgency, row.taken, sentence, "Plan tables", "programmes:tables-day", slug, number)
    elif missing > 0:
        verb = "has" if missing == 1 else "have"
        sentence = f"{_people(missing)} {verb} no seat on day {number}"
        yield _need(row, urgency, missing, sentence, "Find seats", "programmes:tables-day", slug, number)
    elif small := [size for size in entry.table_sizes if size < 5]:
        advice = why_not(row.taken, len(entry.table_sizes))
        sentence = f"Day {number}: {advice.rstrip('.')}" if advice else f"Day {number} has a table of {min(small)}"
        yield _need(row, urgency, len(small), sentence, "Mend the tables", "programmes:tables-day", slug, number)


def _applications(row: Standing) -> Iterator[Need]:
    slug, may = row.cohort.slug, row.may
    urgency = 2 if row.is_call_over else 3
    if row.unscored and Permission.APPLICATION_VIEW in may:
        verb = "waits" if row.unscored == 1 else "wait"
        sentence = f"{_many(row.unscored, 'application')} {verb} for a score"
        yield _need(row, urgency, row.unscored, sentence, "Score", "recruitment:applications", slug)
    if row.undecided and Permission.APPLICATION_DECIDE in may:
        verb = "waits" if row.undecided == 1 else "wait"
        sentence = f"{_many(row.undecided, 'application')} {verb} for a decision"
        yield _need(row, urgency, row.undecided, sentence, "Decide", "recruitment:applications", slug)
    if row.free and row.reserve and row.upcoming and Permission.APPLICATION_DECIDE in may:
        places = f"{row.free} place is free" if row.free == 1 else f"{row.free} places are free"
        sentence = f"{places}, and {_people(row.reserve)} {'is' if row.reserve == 1 else 'are'} on the reserve list"
        yield _need(row, 4, row.free, sentence, "Offer places", "recruitment:applications", slug)


def _evaluation(row: Standing) -> Iterator[Need]:
    slug = row.cohort.slug
    if row.is_over and row.taken and not row.wave and Permission.WAVE_MANAGE in row.may:
        sentence = "The days are over and nobody has been asked for feedback"
        yield _need(row, 1, row.taken, sentence, "Ask for feedback", "evaluation:waves", slug)
    missing = row.taken - row.forms
    if row.wave and row.is_over and row.wave.is_open() and missing > 0 and Permission.ANSWERS_ENTER in row.may:
        sentence = f"{row.forms} of {row.taken} feedback forms are in"
        yield _need(row, 3, missing, sentence, "See who is missing", "evaluation:wave", slug, row.wave.slug)
    if row.is_over and row.forms and not row.reports and Permission.REPORT_EDIT in row.may:
        yield _need(row, 4, 0, "The report is ready to write and not issued", "Open the report", "reports:report", slug)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
