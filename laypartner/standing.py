"""Where each cohort stands: the figures of its card, its stages, and what waits for somebody.

One fixed number of queries for any number of cohorts: each question is asked once and answered for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.audit import scope_of
from core.models import Message
from evaluation.models import Response, Wave
from people.models import RoleAssignment
from people.permissions import Permission
from people.roles import PERMISSIONS, Role
from programmes.models import Cohort, Day, Participant, Slot, Table
from programmes.queries import standing_plans
from recruitment.models import Application, Offer
from reports.models import Report

State = Application.State
SILENT_AFTER = timedelta(days=3)


@dataclass
class DayStanding:
    """One session day: when it is, and how far it is prepared."""

    day: Day
    slots: int = 0
    table_sizes: list[int] = field(default_factory=list)

    @property
    def is_planned(self) -> bool:
        return bool(self.table_sizes)

    @property
    def seated(self) -> int:
        return sum(self.table_sizes)


@dataclass
class Standing:
    """Everything that today's page and a cohort's overview say in figures."""

    cohort: Cohort
    today: date
    taken: int = 0
    applications: int = 0
    unscored: int = 0
    undecided: int = 0
    reserve: int = 0
    awaiting: int = 0
    prepared: int = 0
    offered: int = 0
    silent: int = 0
    days: list[DayStanding] = field(default_factory=list)
    forms: int = 0
    wave: Wave | None = None
    reports: int = 0
    lost_letters: int = 0
    may: frozenset[Permission] = frozenset()

    @property
    def free(self) -> int:
        """Places that nobody has and nobody was offered."""
        return max(self.cohort.capacity - self.taken - self.offered, 0)

    @property
    def upcoming(self) -> list[DayStanding]:
        return [row for row in self.days if row.day.date >= self.today]

    @property
    def planned(self) -> int:
        return sum(row.is_planned for row in self.days)

    @property
    def is_over(self) -> bool:
        return bool(self.days) and not self.upcoming

    @property
    def is_call_over(self) -> bool:
        end = self.cohort.applications_end_at
        return end <= timezone.now() if end else self.taken > 0


def standings(cohorts: Iterable[Cohort], user: Any) -> list[Standing]:
    """How each of `cohorts` stands, in their order. Twelve queries, whatever their number."""
    now = timezone.now()
    rows = {row.pk: Standing(row, timezone.localdate(now, row.zone)) for row in cohorts}
    if rows:
        _add_rights(rows, user)
        _add_people(rows)
        _add_applications(rows)
        _add_days(rows)
        _add_evaluation(rows)
        _add_letters(rows)
    return list(rows.values())


def _add_rights(rows: dict[int, Standing], user: Any) -> None:
    """What the reader may do in each cohort, so that nobody is sent to a page that they cannot open."""
    own, through = defaultdict(set), defaultdict(set)
    for role, cohort, programme in RoleAssignment.objects.filter(user=user).values_list("role", "cohort", "programme"):
        (own[cohort] if cohort else through[programme]).update(PERMISSIONS[Role(role)])
    for row in rows.values():
        row.may = frozenset(own[row.cohort.pk] | through[row.cohort.programme_id])


def _counts(queryset: QuerySet, **counts: Any) -> dict[int, dict[str, int]]:
    """{cohort's key: its counts}, in one query."""
    found = queryset.order_by().values("cohort").annotate(**counts)
    return {line.pop("cohort"): line for line in found}


def _set(rows: dict[int, Standing], found: dict[int, dict[str, int]]) -> None:
    for key, line in found.items():
        for name, number in line.items():
            setattr(rows[key], name, number)


def _add_people(rows: dict[int, Standing]) -> None:
    _set(rows, _counts(Participant.objects.filter(cohort__in=rows).able(), taken=Count("pk")))
    _set(rows, _counts(Report.objects.filter(cohort__in=rows), reports=Count("pk")))


def _add_applications(rows: dict[int, Standing]) -> None:
    """How many applied, and how many wait for a score, a decision, a release or an answer."""
    wanted = Coalesce("cohort__recruitment_settings__reviews_per_application", Value(2))
    done = Coalesce("agreed_scores__reviews", Value(0))
    considered = Q(state=State.SUBMITTED) & ~Q(eligibility=Application.Eligibility.NOT_ELIGIBLE)
    is_read, is_prepared = Q(done__gte=F("wanted")), Q(pending__isnull=False)
    found = _counts(
        Application.objects.filter(cohort__in=rows).counting().annotate(wanted=wanted, done=done),
        applications=Count("pk", filter=~Q(state=State.WITHDRAWN)),
        awaiting=Count("pk", filter=Q(state=State.AWAITING)),
        unscored=Count("pk", filter=considered & ~is_read),
        undecided=Count("pk", filter=considered & is_read & ~is_prepared),
        prepared=Count("pk", filter=is_prepared),
        reserve=Count("pk", filter=Q(state=State.RESERVE)),
    )
    _set(rows, found)
    _add_offers(rows)


def _add_offers(rows: dict[int, Standing]) -> None:
    """Offers that wait for an answer, and those that have waited for three days."""
    waiting = Offer.objects.waiting().filter(application__cohort__in=rows)
    since = Q(made_at__lte=timezone.now() - SILENT_AFTER)
    found = waiting.order_by().values("application__cohort")
    for line in found.annotate(offered=Count("pk"), silent=Count("pk", filter=since)):
        row = rows[line["application__cohort"]]
        row.offered, row.silent = line["offered"], line["silent"]


def _add_days(rows: dict[int, Standing]) -> None:
    days = {day.pk: DayStanding(day) for day in Day.objects.filter(cohort__in=rows).order_by("number")}
    for entry in days.values():
        rows[entry.day.cohort_id].days.append(entry)
    slots = Slot.objects.filter(day__in=days).order_by().values("day").annotate(number=Count("pk"))
    for line in slots:
        days[line["day"]].slots = line["number"]
    here = Count("seats", filter=Q(seats__participant__withdrawn_at=None))
    tables = Table.objects.filter(plan__in=standing_plans(), plan__day__in=days).order_by("number")
    for key, size in tables.annotate(size=here).values_list("plan__day", "size"):
        days[key].table_sizes.append(size)


def _add_evaluation(rows: dict[int, Standing]) -> None:
    waves = Wave.objects.filter(cohort__in=rows, kind=Wave.Kind.IMMEDIATE)
    for wave in waves:
        rows[wave.cohort_id].wave = wave
    forms = Response.objects.filter(wave__in=waves.values("pk")).order_by().values("wave__cohort")
    for line in forms.annotate(number=Count("pk")):
        rows[line["wave__cohort"]].forms = line["number"]


def _add_letters(rows: dict[int, Standing]) -> None:
    scopes = {scope_of(row.cohort): row for row in rows.values()}
    lost = Message.objects.filter(scope__in=scopes, state__in=[Message.State.FAILED, Message.State.UNCERTAIN])
    for line in lost.order_by().values("scope").annotate(number=Count("pk")):
        scopes[line["scope"]].lost_letters = line["number"]
