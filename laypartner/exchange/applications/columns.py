"""The columns of a file of applications: what each is called and takes. Drives reading, the template and the page's list.

The headings are those of the list that can be taken away (recruitment/lists.py), so that what went out can come in again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from laypartner.exchange.applications.cells import fold
from laypartner.exchange.problems import Problems
from people.models import InformationFormat, LivedExperience, Route
from programmes.characteristics import SHORT_NAMES, Characteristic
from programmes.models import Experience


@dataclass(frozen=True)
class Column:
    """One column. `name` is the field of RowForm. One that `is_needed` stands in every file and has no empty cell."""

    name: str
    heading: str
    takes: str
    example: str = ""
    is_needed: bool = False


def _labels(choices: type) -> str:
    return ", ".join(str(label) for label in choices.labels)


COLUMNS: tuple[Column, ...] = (
    Column("reference", "Reference", "What you call the application. Tells two people of one name apart."),
    Column("name", "Name", "Full name, or a first name only", "Ana Novak", is_needed=True),
    Column("email", "Email", "One email address", "ana@example.org"),
    Column("phone", "Phone", "One phone number", "020 7946 0018"),
    Column("post", "Postal address", "On one or more lines"),
    Column("preferred", "Contact by", f"{_labels(Route)}. Without it, the first that is given", "Email"),
    Column("information_format", "Information format", f"{_labels(InformationFormat)}. Without it, standard"),
    Column("area", "Area", "Town, borough or first part of the postcode", "Camden"),
    Column("lived_experience", "Patient or carer", _labels(LivedExperience), "Carer", is_needed=True),
    Column("experience", "Lay roles for", _labels(Experience), "1 to 3 years", is_needed=True),
    Column("lay_roles", "Lay roles held", "One on each line", "Member of a patient panel"),
    Column("organisation_name", "Organisation", "Its name", "Camden Carers"),
    Column("communities", "Communities", "Short words with commas between, as the form offers them", "carers, faith"),
    *(
        Column(f"answer_{item.lower()}", f"Answer: {SHORT_NAMES[item]}", "What they wrote, up to 5,000 characters")
        for item in Characteristic
    ),
    Column("wants", "What they want", "What they want from the course"),
    Column("can_come_every_day", "All days", "yes or no. Without it, yes", "yes"),
    Column("days_missed", "Days missed", "Numbers of the days they cannot come, such as 1 3"),
    Column("hours_a_month", "Hours a month", "A whole number", "8"),
    Column("access_needs", "Needs to take part", "What they need. Only access leads and organisers see it"),
    Column(
        "agreements",
        "Agreements",
        "privacy-notice, adult, code-of-conduct, photos, evaluation-contact. Without the first two the application "
        "waits for agreement",
        "privacy-notice, adult",
    ),
    Column("channel", "Channel", "Short name of the channel, as in its link"),
    Column("sent", "Sent", "The day it came, such as 2026-11-20. Without it, now"),
)
# Columns of our own list that say what became of an application. They are not read, and are no mistake.
NOT_READ = (
    "Hours asked",
    "Came by",
    "Nominated",
    *(f"Score: {name}" for name in SHORT_NAMES.values()),
    "Total",
    "Reviews",
    "Single issue",
    "Eligibility",
    "State",
    "Prepared",
)
BY_HEADING = {fold(column.heading): column for column in COLUMNS}
BY_NAME = {column.name: column for column in COLUMNS}
LEFT_ASIDE = {fold(heading): heading for heading in NOT_READ}
HEADINGS = {heading.casefold() for heading in (*(column.heading for column in COLUMNS), *NOT_READ)}


def places_of(file: str, header: Sequence[str], problems: Problems) -> list[tuple[int, Column]]:
    """Where each column stands, however it is capitalised. Unknown, missing, repeated and nameless ones are problems."""
    places: list[tuple[int, Column]] = []
    seen: set[str] = set()
    for place, heading in enumerate(header):
        key = fold(heading)
        if not key:
            problems.add(file, f"Column {place + 1} has no name. Name it or delete it.", row=1)
        elif key in seen:
            problems.add(file, "Two columns have this name. Keep one of them.", row=1, column=heading.strip())
        elif key in BY_HEADING:
            places.append((place, BY_HEADING[key]))
        elif key not in LEFT_ASIDE:
            problems.add(file, _unknown(), row=1, column=heading.strip())
        seen.add(key)
    for column in COLUMNS:
        if column.is_needed and fold(column.heading) not in seen:
            problems.add(file, "This column is missing. Add it.", row=1, column=column.heading)
    return places


def _unknown() -> str:
    return f"There is no such column. Delete it, or name it as one of these: {', '.join(c.heading for c in COLUMNS)}."


def left_aside(header: Sequence[str]) -> list[str]:
    """The headings in a file that are known and not read."""
    return [LEFT_ASIDE[key] for key in map(fold, header) if key in LEFT_ASIDE]
