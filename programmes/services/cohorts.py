"""Opening a cohort, changing its settings, and who has a place in it."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from people.models import Organisation, Person, RoleAssignment
from people.roles import Role
from programmes import shipped
from programmes.models import Aim, Cohort, Day, DeliveryPrinciple, LearningObjective, Participant, Programme
from programmes.services.cohort_checks import LARGEST_COHORT, check_call, check_cohort
from programmes.services.refusals import AlreadyHasPlace, BadCohort, Changed, CohortFull

__all__ = [
    "DETAILS",
    "LARGEST_COHORT",
    "AlreadyHasPlace",
    "BadCohort",
    "Changed",
    "CohortFull",
    "change",
    "change_call",
    "create",
    "enrol",
    "programme_named",
    "reinstate",
    "withdraw",
]

# What `create` and `change` take beside the columns of a cohort folder.
DETAILS = frozenset(
    {"place", "summary", "expenses", "help_phone", "help_email", "applications_open_at", "applications_close_at"}
)


@transaction.atomic
def programme_named(*, name: str, commissioner: Organisation, by: Any = None) -> Programme:
    """The commissioner's programme of that name, made if it is new, with what the shipped programme says of itself."""
    programme, is_new = Programme.objects.get_or_create(name=name, commissioner=commissioner)
    if is_new:
        if name == shipped.NAME:
            _ship_statements(programme)
        audit.record("programme_created", programme, by=by)
    return programme


def _ship_statements(programme: Programme) -> None:
    shipped_rows: list[tuple[type[Aim] | type[DeliveryPrinciple] | type[LearningObjective], Sequence[str]]] = [
        (Aim, shipped.AIMS),
        (DeliveryPrinciple, shipped.DELIVERY_PRINCIPLES),
        (LearningObjective, shipped.LEARNING_OBJECTIVES),
    ]
    for model, texts in shipped_rows:
        model.objects.bulk_create(
            model(programme=programme, number=number, text=text) for number, text in enumerate(texts, start=1)
        )


@transaction.atomic
def create(
    *,
    programme: Programme,
    slug: str,
    title: str,
    region: str,
    capacity: int,
    time_zone: str,
    dates: Sequence[date],
    by: Any = None,
    **details: Any,
) -> Cohort:
    """A cohort with its days; whoever made it becomes its organiser. Raises BadCohort."""
    assert details.keys() <= DETAILS, f"a cohort has no {details.keys() - DETAILS}"
    check_cohort(slug=slug, capacity=capacity, time_zone=time_zone, dates=dates, **details)
    fields = {"title": title, "region": region, "capacity": capacity, "time_zone": time_zone} | details
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(programme=programme, slug=slug, **fields)
    except IntegrityError as error:
        if not Cohort.objects.filter(slug=slug).exists():
            raise
        sentence = f"There is already a cohort with the short name “{slug}”. Choose another one."
        raise BadCohort(sentence, "slug") from error
    titles = shipped.DAY_TITLES if programme.name == shipped.NAME and len(dates) == len(shipped.DAY_TITLES) else ()
    Day.objects.bulk_create(
        Day(cohort=cohort, number=number, date=on, title=titles[number - 1] if titles else "")
        for number, on in enumerate(dates, start=1)
    )
    audit.record("cohort_created", cohort, by=by, cohort=cohort, places=capacity)
    if getattr(by, "is_authenticated", False):
        RoleAssignment.objects.get_or_create(user=by, role=Role.ORGANISER, cohort=cohort)
        audit.record("role_given", by, by=by, cohort=cohort, role=Role.ORGANISER.value)
    return cohort


@transaction.atomic
def change(
    *,
    cohort: Cohort,
    version: int,
    title: str,
    region: str,
    capacity: int,
    time_zone: str,
    dates: Sequence[date],
    by: Any = None,
    **details: Any,
) -> Cohort:
    """Save new settings over the version that was read. Raises BadCohort, and Changed when somebody saved meanwhile."""
    assert details.keys() <= DETAILS, f"a cohort has no {details.keys() - DETAILS}"
    check_cohort(slug=cohort.slug, capacity=capacity, time_zone=time_zone, dates=dates, **details)
    standing = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if standing.version != version:
        raise Changed("Somebody else saved these settings after you opened this page.")
    taken = standing.participants.able().count()
    if capacity < taken:
        raise BadCohort(f"{taken} people already have a place. Offer at least {taken} places.", "capacity")
    before = [day.date for day in standing.days.all()]
    if len(dates) != len(before):
        raise BadCohort(f"This cohort has {len(before)} days. Give a date for each of them.", "day_1")
    _move_days(standing, dates)
    fields = {"title": title, "region": region, "capacity": capacity, "time_zone": time_zone} | details
    Cohort.objects.filter(pk=standing.pk).update(version=F("version") + 1, **fields)
    audit.record(
        "cohort_changed",
        standing,
        by=by,
        cohort=standing,
        places=capacity,
        dates_moved=list(dates) != before,
        version=version + 1,
    )
    standing.refresh_from_db()
    return standing


@transaction.atomic
def change_call(
    *, cohort: Cohort, version: int, opens: datetime | None, closes: datetime | None, by: Any = None
) -> Cohort:
    """Set when people can apply, and nothing else. The same minutes as before change nothing, whatever the version.

    Raises BadCohort, and Changed when somebody saved the cohort's settings meanwhile.
    """
    check_call(opens, closes)
    standing = Cohort.objects.select_for_update().get(pk=cohort.pk)
    before = (standing.applications_open_at, standing.applications_close_at)
    if [_minute(moment) for moment in before] == [_minute(opens), _minute(closes)]:
        return standing
    if standing.version != version:
        raise Changed("Somebody else saved these settings after you opened this page.")
    standing.applications_open_at, standing.applications_close_at = opens, closes
    standing.version = version + 1
    standing.save(update_fields=["applications_open_at", "applications_close_at", "version"])
    audit.record("call_changed", standing, by=by, cohort=standing, version=version + 1)
    return standing


def _minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


def _move_days(cohort: Cohort, dates: Sequence[date]) -> None:
    """New dates, in an order in which no two days ever share one. There is one, because both lists of dates rise."""
    changes = [(day, on) for day, on in zip(cohort.days.all(), dates, strict=True) if day.date != on]
    while changes:
        taken = set(cohort.days.values_list("date", flat=True))
        day, on = next(change for change in changes if change[1] not in taken)
        Day.objects.filter(pk=day.pk).update(date=on)
        changes.remove((day, on))


@transaction.atomic
def enrol(
    *,
    cohort: Cohort,
    person: Person,
    experience: str,
    lived_experience: str,
    development_needs: Sequence[str] = (),
    by: Any = None,
    ref: str = "",
) -> Participant:
    """Give somebody a place; somebody who had withdrawn gets theirs back under the same ref.

    Two people never get one last place: the cohort's row is locked until this is saved (on SQLite the whole
    transaction is). `development_needs` are codes of characteristics to support. Raises CohortFull and AlreadyHasPlace.
    """
    cohort = _with_a_free_place(cohort)
    participant = Participant.objects.filter(cohort=cohort, person=person).first()
    if participant is not None and participant.withdrawn_at is None:
        raise AlreadyHasPlace(f"{person.name} already has a place in {cohort.title}.")
    if participant is None:
        participant = Participant(cohort=cohort, person=person, ref=ref or _next_ref(cohort))
    participant.experience, participant.lived_experience = experience, lived_experience
    participant.development_needs = list(development_needs)
    participant.withdrawn_at = None
    participant.save()
    audit.record("enrolled", participant, by=by, cohort=cohort, ref=participant.ref)
    return participant


def _with_a_free_place(cohort: Cohort) -> Cohort:
    """The cohort, locked, if it has a place left; raises CohortFull."""
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if locked.participants.able().count() >= locked.capacity:
        raise CohortFull(f"{locked.title} has no places left: all {locked.capacity} are taken.")
    return locked


def _next_ref(cohort: Cohort) -> str:
    """The ref after the highest "T…" in use: "T01", …, "T99", "T100"."""
    numbers = [re.fullmatch(r"T(\d{1,9})", ref) for ref in cohort.participants.values_list("ref", flat=True)]
    return f"T{max((int(found[1]) for found in numbers if found), default=0) + 1:02d}"


@transaction.atomic
def withdraw(*, participant: Participant, by: Any, reason: str = "") -> Participant:
    """Free a place. Seats and answers of the past stay as they were. Withdrawing twice changes nothing."""
    changed = Participant.objects.filter(pk=participant.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    participant.refresh_from_db()
    if changed:
        audit.record(
            "withdrawn", participant, by=by, cohort=participant.cohort, reason=reason[:500], ref=participant.ref
        )
    return participant


@transaction.atomic
def reinstate(*, participant: Participant, by: Any) -> Participant:
    """Give a place back to somebody who had withdrawn. Raises CohortFull; twice changes nothing."""
    cohort = Cohort.objects.select_for_update().get(pk=participant.cohort_id)
    participant.refresh_from_db()
    if participant.withdrawn_at is None:
        return participant
    _with_a_free_place(cohort)
    participant.withdrawn_at = None
    participant.save(update_fields=["withdrawn_at"])
    audit.record("reinstated", participant, by=by, cohort=cohort, ref=participant.ref)
    return participant
