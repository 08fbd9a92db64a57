"""The table of applications with their reviewers, on the page and as a file."""

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from core.tables import Column, Filter, Table
from recruitment.drawings import small_tag
from recruitment.models import Application, Assignment
from recruitment.queries.assigning import Desk, Given

LACKING, UNDER_WAY, ALL_IN = "lacking", "under-way", "all-in"
STANDS = {LACKING: "Reviewers missing", UNDER_WAY: "Reviews under way", ALL_IN: "All reviews in"}


def reviewer_table(applications: QuerySet[Application], desk: Desk, params: QueryDict) -> Table:
    """Those that lack a reviewer first. `desk` knows the reviewers, so a row costs no query."""
    names = {reviewer.pk: str(reviewer) for reviewer in desk.reviewers}

    def name(row: Application) -> str:
        address = reverse("recruitment:reviewers-of", args=[desk.cohort.slug, row.reference])
        return format_html('<a href="{}">{}</a>', address, row.person.name)

    def given(row: Application) -> str:
        rows = desk.by_application.get(row.pk, [])
        if not rows:
            return format_html('<span class="lp-quiet">{}</span>', "Nobody yet")
        return format_html_join(
            "", '<span class="lp-rev-one">{} {}</span>', ((_name(item, names), _how_far(item)) for item in rows)
        )

    def plainly(row: Application) -> str:
        return "; ".join(f"{_name(item, names)} ({_word(item)})" for item in desk.by_application.get(row.pk, []))

    columns = (
        Column("name", "Name", lambda row: row.person.name, ("person__name",), is_heading=True, html=name),
        Column("reference", "Reference", lambda row: row.reference, ("reference",)),
        Column("reviewers", "Reviewers", plainly, html=given),
        Column("reviews", "Reviews in", lambda row: f"{row.done} of {max(row.assigned, desk.needed)}", ("done",)),
        Column("state", "Stands", lambda row: STANDS[row.stands], ("stands_order", "reference"), html=_state),
    )
    return Table(
        name="applications",
        caption="Applications and their reviewers",
        columns=columns,
        rows=with_stands(applications, desk.needed),
        params=params,
        search=("person__name", "reference"),
        search_label="Search by name or reference",
        filters=(Filter("stands", "Stands", tuple(STANDS.items()), "stands"),),
        default_sort="state",
        empty="There is nothing to review yet.",
        empty_next="Applications that are not ruled out stand here once they have come in.",
    )


def with_stands(applications: QuerySet[Application], needed: int) -> QuerySet[Application]:
    """Adds `assigned`, `done` and how the reviews stand, those that lack a reviewer first."""
    given = Assignment.objects.filter(application=OuterRef("pk")).order_by().values("application")
    lacking, all_in = When(assigned__lt=needed, then=Value(LACKING)), When(done__gte=F("assigned"), then=Value(ALL_IN))
    rows = applications.select_related("person").only("reference", "person__name", "cohort")
    return rows.annotate(
        assigned=Coalesce(Subquery(given.annotate(number=Count("pk")).values("number")), 0),
        done=Coalesce("agreed_scores__reviews", 0),
    ).annotate(
        stands=Case(lacking, all_in, default=Value(UNDER_WAY)),
        stands_order=Case(
            When(assigned__lt=needed, then=F("assigned")),
            When(done__gte=F("assigned"), then=Value(200)),
            default=Value(100),
            output_field=IntegerField(),
        ),
    )


def _name(item: Given, names: dict[int, str]) -> str:
    return names.get(item.reviewer, "A former reviewer")


def _word(item: Given) -> str:
    if item.is_done:
        return "done"
    return "started" if item.is_started else "to do"


def _how_far(item: Given) -> str:
    colour = {"done": "green", "started": "yellow", "to do": "blue"}[_word(item)]
    return small_tag(_word(item).capitalize(), colour)


def _state(row: Application) -> str:
    colour = {LACKING: "orange", UNDER_WAY: "blue", ALL_IN: "green"}[row.stands]
    return small_tag(STANDS[row.stands], colour)
