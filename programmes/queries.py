"""Questions that several pages ask."""

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from programmes.models import Cohort, Participant, Seat, Table, TablePlan


def latest_plans_of(cohort: Cohort) -> QuerySet[TablePlan]:
    """The standing plan of each day: the newest version that was not undone. Three queries with tables and seats."""
    newest = TablePlan.objects.filter(day=OuterRef("day"), undone_at=None).order_by("-version").values("version")[:1]
    seats = Seat.objects.select_related("participant__person").order_by("participant__ref")
    tables = Table.objects.select_related("coach__person").prefetch_related(Prefetch("seats", queryset=seats))
    return (
        TablePlan.objects.filter(day__cohort=cohort, version=Subquery(newest), undone_at=None)
        .select_related("day", "made_by")
        .prefetch_related(Prefetch("tables", queryset=tables))
        .order_by("day__number")
    )


def with_places_taken(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Each cohort with `taken`, `first_day` and `last_day`."""
    return cohorts.annotate(
        taken=Count("participants", filter=Q(participants__withdrawn_at=None), distinct=True),
        first_day=Subquery(Cohort.days.rel.related_model.objects.filter(cohort=OuterRef("pk")).values("date")[:1]),
        last_day=Max("days__date"),
    )


def with_table_number(participants: QuerySet[Participant], plan: TablePlan | None) -> QuerySet[Participant]:
    """Each participant with `table_number`: where they sit in `plan`, or None."""
    seats = Seat.objects.filter(plan=plan, participant=OuterRef("pk"))
    return participants.annotate(table_number=Subquery(seats.values("table__number")[:1]))


def next_version(day_id: int) -> int:
    """The version that a day's next plan gets; undone ones keep theirs, so no version ever means two plans."""
    return (TablePlan.objects.filter(day=day_id).aggregate(top=Max(F("version")))["top"] or 0) + 1
