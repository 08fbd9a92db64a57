"""The files of a cohort folder and their columns: the one place that drives reading, checking, writing,
datapackage.json and the tables in docs/cohort-folder.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.instruments import PUBLISHED
from laypartner.exchange import values
from laypartner.exchange.cells import Choice, Day, DayNumbers, Email, Kind, Mark, Money, Phone, Slug, Text, Whole, Zone
from programmes.services.cohorts import LARGEST_COHORT


@dataclass(frozen=True)
class Column:
    """One column. `may_be_empty` is about its cells; `may_be_missing` is about the whole column."""

    name: str
    kind: Kind
    description: str
    may_be_empty: bool = False
    may_be_missing: bool = False


@dataclass(frozen=True)
class File:
    """One file of the folder. `unique` names the column whose cells are all different."""

    stem: str
    title: str
    columns: tuple[Column, ...]
    required: bool = False
    one_row: bool = False
    may_have_no_rows: bool = False
    unique: str = ""
    wave: str = ""

    @property
    def csv_name(self) -> str:
        return f"{self.stem}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def items(self) -> tuple[str, ...]:
        """The keys of the questions, in a file of answers."""
        return tuple(column.name for column in self.columns if isinstance(column.kind, Mark))


REF = Text(20)

COHORT = File(
    "cohort",
    "The cohort",
    (
        Column("slug", Slug(), "Short name of the cohort, as in its address"),
        Column("programme", Text(200), "Name of the programme it is a run of"),
        Column("commissioner", Text(200), "The body that pays for the programme"),
        Column("region", Text(100), "The region it is for"),
        Column("capacity", Whole(1, LARGEST_COHORT), "Number of places"),
        Column("time_zone", Zone(), "The clock of its dates and times"),
        Column("day_1", Day(), "Date of day 1"),
        Column("day_2", Day(), "Date of day 2, after day 1"),
        Column("day_3", Day(), "Date of day 3, after day 2"),
    ),
    required=True,
    one_row=True,
)

PARTICIPANTS = File(
    "participants",
    "Who takes part",
    (
        Column("ref", REF, "What files and lists call the person, such as T01; nobody else in the cohort has it"),
        Column("name", Text(100), "Full name"),
        Column("email", Email(), "May be shared: two people with one address stay two", may_be_empty=True),
        Column("phone", Phone(), "As the person gave it", may_be_empty=True),
        Column(
            "contact_route",
            Choice(values.CONTACT_ROUTE),
            "How the person wants to hear from us; email needs an email, phone needs a phone, post needs neither",
        ),
        Column("information_format", Choice(values.INFORMATION_FORMAT), "How the person needs to get information"),
        Column("organisation", Text(200), "A body the person belongs to", may_be_empty=True),
        Column("area", Text(100), "Borough, town or county", may_be_empty=True),
        Column("experience", Choice(values.EXPERIENCE), "Years in lay roles so far"),
        Column("lived_experience", Choice(values.LIVED_EXPERIENCE), "As a patient, as a carer, or both"),
    ),
    required=True,
    may_have_no_rows=True,
    unique="ref",
)

COACHES = File(
    "coaches",
    "Who coaches tables",
    (
        Column("ref", REF, "What files and lists call the coach, such as C1; nobody else in the cohort has it"),
        Column("name", Text(100), "Full name"),
        Column("type", Choice(values.COACH_TYPE), "Profession"),
        Column("day_rate", Money(), "Rate for one day"),
        Column("days", DayNumbers(), "The days on which the coach can come", may_be_empty=True),
    ),
    unique="ref",
)

SEATING_RULES = File(
    "seating_rules",
    "Who sits with whom",
    (
        Column(
            "kind",
            Choice(values.RULE_KIND),
            "apart: never at one table; together: always; near: at the same or a neighbouring table",
        ),
        Column("a", REF, "The ref of a participant"),
        Column("b", REF, "The ref of another participant or of a coach"),
        Column("reason", Text(500, lines=True), "Why; for organisers only", may_be_empty=True),
    ),
)

QUESTIONS = {question.key: question.text for question in PUBLISHED.questions}
NUMBER = Column("form", Text(20), "The number on the form; no two forms of a wave share one")
SOURCE = Column(
    "source",
    Choice(values.SOURCE),
    "How the form came in; without it, paper",
    may_be_empty=True,
    may_be_missing=True,
)
PSEUDONYM = Column(
    "pseudonym",
    Text(40),
    "Joins the forms of one person in different waves; only for waves that are not anonymous",
    may_be_empty=True,
    may_be_missing=True,
)


def responses(wave: str, items: Sequence[str] = tuple(QUESTIONS)) -> File:
    """The file of one wave's answers; `items` are the keys of the questions that the wave asks."""
    marks = (Column(key, Mark(), QUESTIONS.get(key, key), may_be_empty=True, may_be_missing=True) for key in items)
    columns = (NUMBER, SOURCE, PSEUDONYM, *marks)
    return File(f"responses-{wave}", f"Answers of the wave {wave}", columns, unique="form", wave=wave)


PEOPLE_FILES = (COHORT, PARTICIPANTS, COACHES, SEATING_RULES)
FILES: dict[str, File] = {file.stem: file for file in (*PEOPLE_FILES, *(responses(wave) for wave in values.WAVES))}
