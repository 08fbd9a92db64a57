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
    yield from _tables(row)
    yield from _sessions(row)
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


def _is_soon(row: Standing, entry: DayStanding) -> bool:
    return entry.day.date - row.today <= SOON


def _tables(row: Standing) -> Iterator[Need]:
    """The next day that wants tables; and every planned day in which somebody has no seat or a table is too small."""
    if Permission.SEATING_EDIT not in row.may or not row.taken:
        return
    for entry in row.upcoming:
        if entry.is_planned:
            yield from _mending(row, entry)
    wanting = next((entry for entry in row.upcoming if not entry.is_planned), None)
    # while people still apply, only the nearness of the day makes its tables a thing to do
    if wanting and (_is_soon(row, wanting) or row.is_call_over):
        number = wanting.day.number
        sentence = f"Tables for day {number} are not planned"
        urgency = 1 if _is_soon(row, wanting) else 4
        address = ("programmes:tables-day", row.cohort.slug, number)
        yield _need(row, urgency, row.taken, sentence, "Plan tables", *address)


def _mending(row: Standing, entry: DayStanding) -> Iterator[Need]:
    number, urgency = entry.day.number, 1 if _is_soon(row, entry) else 3
    address = ("programmes:tables-day", row.cohort.slug, number)
    missing = row.taken - entry.seated
    small = [size for size in entry.table_sizes if size < 5]
    if missing > 0:
        sentence = f"{_people(missing)} {'has' if missing == 1 else 'have'} no seat on day {number}"
        yield _need(row, urgency, missing, sentence, "Find seats", *address)
    elif small:
        advice = why_not(row.taken, len(entry.table_sizes)).rstrip(".")
        sentence = f"Day {number}: {advice}" if advice else f"Day {number} has a table of {min(small)}"
        yield _need(row, urgency, len(small), sentence, "Mend the tables", *address)


def _sessions(row: Standing) -> Iterator[Need]:
    """Days without any slot, as one line."""
    bare = [entry for entry in row.upcoming if not entry.slots]
    if not bare or Permission.COHORT_EDIT not in row.may:
        return
    first = bare[0].day.number
    sentence = f"{len(bare)} days have no sessions yet" if len(bare) > 1 else f"Day {first} has no sessions yet"
    urgency = 2 if _is_soon(row, bare[0]) else 5
    yield _need(row, urgency, len(bare), sentence, "Plan the days", "programmes:days", row.cohort.slug)


def _applications(row: Standing) -> Iterator[Need]:
    slug, may = row.cohort.slug, row.may
    urgency = 2 if row.is_call_over else 3
    if row.awaiting and Permission.APPLICATION_ENTER in may:
        sentence = (
            f"{_many(row.awaiting, 'application')} {_verb(row.awaiting, 'waits', 'wait')} for the person’s agreement"
        )
        address = ("recruitment:applications", slug)
        yield _need(row, urgency, row.awaiting, sentence, "Ask them", *address)
    if row.unscored and Permission.RECRUITMENT_MANAGE in may:
        sentence = f"{_many(row.unscored, 'application')} {_verb(row.unscored, 'waits', 'wait')} for reviews"
        yield _need(row, urgency, row.unscored, sentence, "See the reviewers", "recruitment:reviewers", slug)
    if Permission.APPLICATION_DECIDE in may:
        yield from _decisions(row, urgency)


def _decisions(row: Standing, urgency: int) -> Iterator[Need]:
    slug = row.cohort.slug
    if row.silent:
        verb = _verb(row.silent, "is", "are")
        sentence = f"{_many(row.silent, 'offer')} {verb} unanswered after 3 days"
        yield _need(row, 1, row.silent, sentence, "Phone them", "recruitment:offers", slug)
    if row.prepared:
        verb = _verb(row.prepared, "is", "are")
        sentence = f"{_many(row.prepared, 'decision')} {verb} prepared and not released"
        yield _need(row, 2, row.prepared, sentence, "Look at the letters", "recruitment:letters", slug)
    if row.undecided:
        sentence = f"{_many(row.undecided, 'application')} {_verb(row.undecided, 'waits', 'wait')} for a decision"
        yield _need(row, urgency, row.undecided, sentence, "Decide", "recruitment:decisions", slug)
    if row.free and row.reserve and row.upcoming and row.is_call_over:
        places = f"{row.free} place is free" if row.free == 1 else f"{row.free} places are free"
        sentence = f"{places}, and {_people(row.reserve)} {_verb(row.reserve, 'is', 'are')} on the reserve list"
        yield _need(row, 4, row.free, sentence, "Offer places", "recruitment:offers", slug)


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


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
