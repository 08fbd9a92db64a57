"""The columns of the applications list, on the page and as a file."""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html

from core.tables import Column, Filter, Table
from people.models import InformationFormat, LivedExperience, Route
from people.permissions import Permission
from programmes.characteristics import SHORT_NAMES, Characteristic
from programmes.models import Cohort, Experience
from recruitment import drawings
from recruitment.models import Application, PendingDecision, RecruitmentSettings
from recruitment.queries import (
    Need,
    Origins,
    OtherTables,
    for_the_file,
    for_the_list,
    marks_in_order,
    needs_of,
    origins,
    other_tables,
    scores_of_row,
)

UNSCORED = "unscored"
NO_CHANNEL = "-"
YES_NO = [("yes", "Nominated"), ("no", "Not nominated")]
# Who needs something comes first, the strongest on top; within one state the order is the ranking.
NEEDS_ACTION_FIRST = ("state_order", "-total_or_none", "reference")
State = Application.State


# --- what a cell says ----------------------------------------------------------------------------------------
def _organisation(row: Application) -> str:
    return row.person.organisation.name if row.person.organisation else ""


def _prepared(row: Application) -> str:
    pending = getattr(row, "pending", None)
    return pending.outcome if pending else ""


def _is_single_issue(row: Application) -> bool:
    return scores_of_row(row).single_issue > 0


def _marks(row: Application) -> tuple[int | None, ...]:
    return tuple(marks_in_order(scores_of_row(row)))


@lru_cache(maxsize=4096)
def _clipped(text: str, css: str = "lp-clip") -> str:
    """A long word of a list stays on one line; the whole of it is its title."""
    return format_html('<span class="{}" title="{}">{}</span>', css, text, text) if text else drawings.NOTHING


# --- the page --------------------------------------------------------------------------------------------------
def on_the_page(slug: str, settings: RecruitmentSettings, query: str) -> tuple[Column, ...]:
    """`slug` is the cohort's, and `query` is what the list is narrowed to; the page of one application keeps it."""
    wanted, asked = settings.reviews_per_application, settings.hours_asked

    address = reverse("recruitment:applications", args=[slug])  # once, and not for each row

    def name(row: Application) -> str:
        return format_html('<a href="{}{}/{}">{}</a>', address, row.reference, query, row.person.name)

    def reviews(row: Application) -> str:
        done = f"{scores_of_row(row).reviews}/{max(row.assigned, wanted)}"
        return format_html("{} {}", done, drawings.SINGLE_ISSUE) if _is_single_issue(row) else done

    return (
        Column("name", "Name", _name, ("person__name",), is_heading=True, html=name),
        Column(
            "area", "Area", _area, ("person__area", "person__name"), html=lambda row: _clipped(row.person.area, SHORT)
        ),
        Column(
            "experience",
            "Lay roles",
            html=lambda row: EXPERIENCE.get(row.experience, drawings.NOTHING),
        ),
        Column(
            "organisation",
            "Organisation",
            sort=("person__organisation__name", "person__name"),
            html=lambda row: _clipped(_organisation(row)),
        ),
        Column("scores", "Scores 1 to 7", html=lambda row: drawings.score_strip(_marks(row))),
        Column(
            "total",
            "Total",
            sort=("total_or_none",),
            html=lambda row: drawings.total_bar(scores_of_row(row).total),
            kind="number",
        ),
        Column("reviews", "Reviews", sort=("agreed_scores__reviews",), html=reviews),
        Column(
            "state", "State", sort=NEEDS_ACTION_FIRST, html=lambda row: drawings.state_tag(row.state, _prepared(row))
        ),
        Column("channel", "Heard by", sort=("channel__name",), html=lambda row: _clipped(_channel_name(row), SHORT)),
        Column("hours", f"Hours of {asked} asked", lambda row: row.hours_a_month, ("hours_a_month",), kind="number"),
    )


EXPERIENCE = {code: format_html('<span class="lp-nowrap">{}</span>', label) for code, label in Experience.choices}
SHORT = "lp-clip lp-clip--short"


def _name(row: Application) -> str:
    return row.person.name


def _area(row: Application) -> str:
    return row.person.area


def _channel_name(row: Application) -> str:
    return row.channel.name if row.channel else ""


# --- the file --------------------------------------------------------------------------------------------------
def in_the_file(settings: RecruitmentSettings, held: frozenset[Permission], others: OtherTables) -> tuple[Column, ...]:
    """A column for everything, so that a spreadsheet can work with it and the import can take it back.

    How to reach people is in it only for who may see that; what they need to take part stays behind its own door.
    """

    def answer(item: str) -> Column:
        key = f"answer_{item.lower()}"
        return Column(key, f"Answer: {SHORT_NAMES[item]}", lambda row: others.answers.get((row.pk, item), ""))

    def agreements(row: Application) -> str:
        return ", ".join(code.lower().replace("_", "-") for code in others.agreements.get(row.person_id, ()))

    return (
        *WHO,
        *(_contact(others) if Permission.PEOPLE_VIEW in held else ()),
        *BACKGROUND,
        *(answer(item) for item in Characteristic),
        *TIME,
        Column("hours_asked", "Hours asked", lambda row: settings.hours_asked, kind="number"),
        Column("agreements", "Agreements", agreements),
        *ORIGIN,
        *SCORES,
        *STANDING,
    )


def _contact(others: OtherTables) -> tuple[Column, ...]:
    def route(key: str, label: str, kind: str) -> Column:
        return Column(key, label, lambda row: others.routes.get((row.person_id, kind), ""))

    return (
        route("email", "Email", Route.EMAIL),
        route("phone", "Phone", Route.PHONE),
        route("post", "Postal address", Route.POST),
        Column("preferred", "Contact by", lambda row: ROUTES.get(others.preferred.get(row.person_id, ""), "")),
        Column("format", "Information format", lambda row: FORMATS[row.person.information_format]),
    )


def _in_words(choices: type[TextChoices], name: str) -> Callable[[Application], str]:
    labels = dict(choices.choices)
    return lambda row: labels.get(getattr(row, name), "")


def _agreed(characteristic: str) -> Callable[[Application], int | None]:
    return lambda row: getattr(scores_of_row(row), characteristic.lower())


ROUTES = dict(Route.choices)
FORMATS = dict(InformationFormat.choices)
OUTCOMES = dict(PendingDecision.Outcome.choices)
WHO = (
    Column("reference", "Reference", lambda row: row.reference, ("reference",)),
    Column("name", "Name", _name, ("person__name",)),
    Column("area", "Area", _area, ("person__area", "person__name")),
)
BACKGROUND = (
    Column("lived", "Patient or carer", _in_words(LivedExperience, "lived_experience")),
    Column("experience", "Lay roles for", _in_words(Experience, "experience")),
    Column("lay_roles", "Lay roles held", lambda row: row.lay_roles),
    Column("organisation", "Organisation", _organisation, ("person__organisation__name",)),
)
TIME = (
    Column("wants", "What they want", lambda row: row.wants),
    Column("all_days", "All days", lambda row: "yes" if row.can_come_every_day else "no"),
    Column("days_missed", "Days missed", lambda row: " ".join(str(day) for day in row.days_missed)),
    Column("hours", "Hours a month", lambda row: row.hours_a_month, ("hours_a_month",), kind="number"),
)
ORIGIN = (
    Column("channel", "Channel", lambda row: row.channel.code if row.channel else "", ("channel__name",)),
    Column("source", "Came by", _in_words(Application.Source, "source")),
    Column("nominated", "Nominated", lambda row: "yes" if row.nomination_id else "no"),
    Column("sent", "Sent", lambda row: row.submitted_at, ("submitted_at",)),
)
SCORES = (
    *(Column(item.lower(), f"Score: {SHORT_NAMES[item]}", _agreed(item), kind="number") for item in Characteristic),
    Column("total", "Total", lambda row: scores_of_row(row).total, ("total_or_none",), kind="number"),
    Column("reviews", "Reviews", lambda row: scores_of_row(row).reviews, ("agreed_scores__reviews",), kind="number"),
    Column("single_issue", "Single issue", lambda row: "yes" if _is_single_issue(row) else "no"),
)
STANDING = (
    Column("eligibility", "Eligibility", _in_words(Application.Eligibility, "eligibility")),
    Column("state", "State", _in_words(State, "state"), NEEDS_ACTION_FIRST),
    Column("prepared", "Prepared", lambda row: OUTCOMES.get(_prepared(row), "")),
)


# --- the list ----------------------------------------------------------------------------------------------------
def applications_table(
    *,
    cohort: Cohort,
    applications: QuerySet[Application],
    params: QueryDict,
    settings: RecruitmentSettings,
    held: frozenset[Permission],
    selected: Collection[str] = (),
) -> Table:
    """The list of one cohort. `applications` must be narrowed to what the user may see. One query, for the filters.

    Those merged into another are left out unless the filter asks for them.
    """
    is_file = bool(params.get("export"))
    rows = applications if params.get("state") == State.MERGED else applications.counting()
    table = Table(
        name="applications",
        caption=f"Applications for {cohort.title}",
        columns=in_the_file(settings, held, other_tables(cohort)) if is_file else (),
        rows=for_the_file(rows) if is_file else for_the_list(rows),
        params=params,
        search=("person__name", "reference", "person__organisation__name", "person__area"),
        search_label="Name, reference, organisation or area",
        filters=_filters(needs_of(settings), origins(cohort)),
        default_sort="state",
        selected=selected,
        select_name="applications" if Permission.APPLICATION_DECIDE in held else "",
        select_label=_name,
        select_value=lambda row: row.reference,
        empty="No applications yet.",
        empty_next="They appear here as soon as somebody sends the form.",
    )
    if not is_file:
        table.columns = on_the_page(cohort.slug, settings, kept_query(params))
    return table


def kept_query(params: QueryDict) -> str:
    """The query string by which the page of one application knows from which list one came; empty for the whole list."""
    kept = params.copy()
    for key in ("page", "export"):
        kept.pop(key, None)
    return f"?{kept.urlencode()}" if kept else ""


def _filters(needs: list[Need], found: Origins) -> list[Filter]:
    by_need = {need.key: need.rows for need in needs}
    channels = [*found.channels, (NO_CHANNEL, "Not known")]
    return [
        Filter(
            "needs",
            "Needs action",
            [(need.key, need.label) for need in needs],
            apply=lambda rows, value: rows.filter(by_need[value]),
        ),
        Filter("state", "State", State.choices, "state"),
        Filter("eligibility", "Eligibility", Application.Eligibility.choices, "eligibility"),
        Filter("reviews", "Scores", [(UNSCORED, "Not scored yet"), ("scored", "Scored")], apply=_by_reviews),
        Filter("area", "Area", found.areas, "person__area"),
        Filter("organisation", "Organisation", found.organisations, "person__organisation__name"),
        Filter("experience", "Lay roles", Experience.choices, "experience"),
        Filter("lived", "Patient or carer", LivedExperience.choices, "lived_experience"),
        Filter("channel", "Heard by", channels, apply=_by_channel),
        Filter("source", "Came by", Application.Source.choices, "source"),
        Filter("nomination", "Nomination", YES_NO, apply=_by_nomination),
    ]


def _by_reviews(rows: QuerySet, value: str) -> QuerySet:
    scored = Q(agreed_scores__reviews__gt=0)
    return rows.exclude(scored) if value == UNSCORED else rows.filter(scored)


def _by_channel(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(channel=None) if value == NO_CHANNEL else rows.filter(channel__code=value)


def _by_nomination(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(nomination__isnull=value == "no")


def neighbours(table: Table, reference: str) -> tuple[str, str]:
    """The references before and after this one in the list as it is narrowed and sorted; "" at its ends. One query."""
    order: list[Any] = list(table.narrowed.values_list("reference", flat=True))
    if reference not in order:
        return "", ""
    place = order.index(reference)
    return (order[place - 1] if place else ""), (order[place + 1] if place + 1 < len(order) else "")
