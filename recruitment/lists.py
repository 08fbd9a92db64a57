"""The columns of the applications list, on the page and as a file."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from core.tables import Column, Filter, Table
from people.models import LivedExperience
from programmes.characteristics import SHORT_NAMES, Characteristic
from programmes.models import Cohort, Experience
from recruitment.models import Application
from recruitment.queries import areas_of, for_the_list, marks_in_order, scores_of_row

UNSCORED = "unscored"
# Who needs a decision comes first, the strongest on top; within one state the order is the ranking.
NEEDS_ACTION_FIRST = ("state_order", "-total_or_none", "reference")
CELL = "recruitment/cells/"


def _scores(row: Application) -> str:
    return " ".join("–" if mark is None else str(mark) for mark in marks_in_order(scores_of_row(row)))


def _organisation(row: Application) -> str:
    return row.person.organisation.name if row.person.organisation else ""


def _agreed(characteristic: str) -> Any:
    return lambda row: getattr(scores_of_row(row), characteristic.lower())


NAME = Column(
    "name", "Name", lambda row: row.person.name, ("person__name",), template=f"{CELL}name.html", is_heading=True
)
AREA = Column("area", "Area", lambda row: row.person.area, ("person__area", "person__name"), f"{CELL}area.html")
EXPERIENCE = Column(
    "experience", "Lay roles", lambda row: row.get_experience_display(), template=f"{CELL}experience.html"
)
ORGANISATION = Column(
    "organisation", "Organisation", _organisation, ("person__organisation__name",), f"{CELL}organisation.html"
)
SCORES = Column("scores", "Scores 1 to 7", _scores, template=f"{CELL}scores.html")
TOTAL = Column(
    "total", "Total", lambda row: scores_of_row(row).total, ("total_or_none",), f"{CELL}total.html", kind="number"
)
REVIEWS = Column(
    "reviews", "Reviews", lambda row: scores_of_row(row).reviews, ("agreed_scores__reviews",), kind="number"
)
STATE = Column("state", "State", lambda row: row.get_state_display(), NEEDS_ACTION_FIRST, template=f"{CELL}state.html")
SENT = Column("sent", "Sent", lambda row: row.submitted_at, ("submitted_at",), template=f"{CELL}sent.html")
REFERENCE = Column("reference", "Reference", lambda row: row.reference, ("reference",))

ON_THE_PAGE = (NAME, AREA, EXPERIENCE, ORGANISATION, SCORES, TOTAL, REVIEWS, STATE, SENT)
# The file has a column a characteristic, so that a spreadsheet can work with the marks.
IN_THE_FILE = (
    REFERENCE,
    NAME,
    AREA,
    EXPERIENCE,
    Column("lived", "Patient or carer", lambda row: row.get_lived_experience_display()),
    ORGANISATION,
    *(Column(item.lower(), SHORT_NAMES[item], _agreed(item), kind="number") for item in Characteristic),
    TOTAL,
    REVIEWS,
    Column("hours", "Hours a month", lambda row: row.hours_a_month, kind="number"),
    STATE,
    Column("source", "Came by", lambda row: row.get_source_display()),
    SENT,
)


def applications_table(
    *, cohort: Cohort, applications: QuerySet[Application], params: QueryDict, can_select: bool
) -> Table:
    """The list of one cohort. `applications` must be narrowed to what the user may see."""
    return Table(
        name="applications",
        caption=f"Applications for {cohort.title}",
        columns=IN_THE_FILE if params.get("export") else ON_THE_PAGE,
        rows=for_the_list(applications),
        params=params,
        search=("person__name", "reference", "person__organisation__name", "person__area"),
        search_label="Name, reference, organisation or area",
        filters=_filters(cohort),
        default_sort="state",
        select_name="applications" if can_select else "",
        select_label=lambda row: row.person.name,
        select_value=lambda row: row.reference,
        empty="No applications yet.",
        empty_next="They appear here as soon as somebody sends the form.",
    )


def _filters(cohort: Cohort) -> list[Filter]:
    return [
        Filter("state", "State", Application.State.choices, "state"),
        Filter("reviews", "Scores", [(UNSCORED, "Not scored yet"), ("scored", "Scored")], apply=_by_reviews),
        Filter("experience", "Lay roles", Experience.choices, "experience"),
        Filter("lived", "Patient or carer", LivedExperience.choices, "lived_experience"),
        Filter("area", "Area", [(area, area) for area in areas_of(cohort)], "person__area"),
    ]


def _by_reviews(rows: QuerySet, value: str) -> QuerySet:
    scored = Q(agreed_scores__reviews__gt=0)
    return rows.exclude(scored) if value == UNSCORED else rows.filter(scored)
