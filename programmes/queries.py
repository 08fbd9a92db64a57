"""Questions that several pages ask."""

from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from core.audit import scope_of
from core.models import AuditEvent
from people.models import ContactRoute, Organisation, RoleAssignment
from people.permissions import Permission
from people.roles import roles_with
from programmes.models import Cohort, Day, Experience, Participant, Programme, Seat, Table, TablePlan


# --- cohorts -------------------------------------------------------------------------------------------------
def with_places_taken(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Each cohort with `taken` (people who take part), `first_day` and `last_day`."""
    days = Day.objects.filter(cohort=OuterRef("pk")).order_by().values("cohort")
    people = Participant.objects.filter(cohort=OuterRef("pk")).able().order_by().values("cohort")
    return cohorts.annotate(
        taken=Subquery(people.annotate(number=Count("pk")).values("number"), output_field=IntegerField()),
        first_day=Subquery(days.annotate(day=Min("date")).values("day")),
        last_day=Subquery(days.annotate(day=Max("date")).values("day")),
    )


def programmes_of(user: Any, permission: Permission) -> QuerySet[Programme]:
    """The programmes in which `user` holds `permission`, there or in one of their cohorts."""
    held = RoleAssignment.objects.filter(user=user, role__in=roles_with(permission))
    return (
        Programme.objects.filter(
            Q(pk__in=held.filter(programme__isnull=False).values("programme"))
            | Q(pk__in=held.filter(cohort__isnull=False).values("cohort__programme"))
        )
        .select_related("commissioner")
        .order_by("name", "pk")
    )


def is_others_programme(name: str, commissioner: Organisation | None, user: Any) -> bool:
    """Whether a programme of that name is there already and `user` has no hand in it."""
    there = Programme.objects.filter(name=name, commissioner=commissioner)
    return there.exists() and not programmes_of(user, Permission.COHORT_CREATE).filter(pk__in=there).exists()


def last_to_change(cohort: Cohort) -> str:
    """Who saved a cohort's settings last, and when: "Olive at 2:03pm"; "" when nobody knows."""
    line = (
        AuditEvent.objects.filter(scope=scope_of(cohort), verb="cohort_changed").select_related("by").order_by("-pk")
    ).first()
    if line is None or line.by is None:
        return ""
    at = timezone.localtime(line.at)
    return f"{line.by} at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


# --- people --------------------------------------------------------------------------------------------------
def participants_in_full(participants: QuerySet[Participant], plan: TablePlan | None) -> QuerySet[Participant]:
    """Each participant with person and organisation, `preferred_route`, `experience_order`, and `table_number` in `plan`."""
    preferred = ContactRoute.objects.filter(person=OuterRef("person"), is_preferred=True)
    seats = Seat.objects.filter(plan=plan, participant=OuterRef("pk"))
    order = [When(experience=code, then=Value(place)) for place, code in enumerate(Experience.values)]
    return participants.select_related("person__organisation", "cohort").annotate(
        preferred_route=Subquery(preferred.values("kind")[:1]),
        experience_order=Case(*order, output_field=IntegerField()),
        table_number=Subquery(seats.values("table__number")[:1]),
    )


# --- days and tables -------------------------------------------------------------------------------------------
def next_day(cohort: Cohort) -> Day:
    """Today's session day or the next one; the last one once all are over. Uses the prefetched days."""
    days = list(cohort.days.all())
    today = timezone.localdate(timezone=cohort.zone)
    return next((day for day in days if day.date >= today), days[-1])


def next_seating(cohort: Cohort) -> tuple[Day, TablePlan | None]:
    """The next day and its standing plan: two queries."""
    day = next_day(cohort)
    return day, TablePlan.objects.filter(day=day, undone_at=None).order_by("-version").first()


def latest_plans_of(cohort: Cohort) -> QuerySet[TablePlan]:
    """The standing plan of each day: the newest version that was not undone. Three queries with tables and seats."""
    seats = Seat.objects.select_related("participant__person").order_by("participant__ref")
    tables = Table.objects.select_related("coach__person").prefetch_related(Prefetch("seats", queryset=seats))
    return (
        TablePlan.objects.filter(day__cohort=cohort, pk__in=standing_plans())
        .select_related("day", "made_by")
        .prefetch_related(Prefetch("tables", queryset=tables))
        .order_by("day__number")
    )


def standing_plans() -> QuerySet[TablePlan]:
    """The keys of the plans that stand, of all days of all cohorts, for use inside other questions."""
    newest = TablePlan.objects.filter(day=OuterRef("day"), undone_at=None).order_by("-version").values("pk")[:1]
    return TablePlan.objects.filter(pk=Subquery(newest)).values("pk")


def next_version(day_id: int) -> int:
    """The version that a day's next plan gets; undone ones keep theirs, so no version ever means two plans."""
    return (TablePlan.objects.filter(day=day_id).aggregate(top=Max("version"))["top"] or 0) + 1


def tables_of_coach(tables: QuerySet[Table], user: Any) -> tuple[list[Table], list[Table]]:
    """The tables that `user` coaches by standing plans: those to come, soonest first, and those that were. Two queries."""
    seats = Seat.objects.filter(participant__withdrawn_at=None).select_related("participant__person")
    mine = (
        tables.filter(coach__person__user=user, plan__in=standing_plans())
        .select_related("plan__day__cohort", "coach__person")
        .prefetch_related(Prefetch("seats", queryset=seats.order_by("participant__person__name")))
        .order_by("plan__day__date", "pk")
    )
    upcoming, past = [], []
    for table in mine:
        day = table.plan.day
        is_over = day.date < timezone.localdate(timezone=day.cohort.zone)
        (past if is_over else upcoming).append(table)
    return upcoming, past[::-1]
