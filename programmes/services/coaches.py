"""Who coaches tables in a cohort."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from core import audit
from core.exceptions import DomainError
from people.models import Person
from programmes.models import Coach, Cohort, Day


class BadCoach(DomainError):
    """A negative rate, a day of another cohort, or somebody who coaches here already."""


@transaction.atomic
def add(
    *,
    cohort: Cohort,
    person: Person,
    type: str,  # noqa: A002 (the noun that the model and the files use)
    day_rate: Decimal | int,
    days: Iterable[Day],
    ref: str = "",
    by: Any = None,
) -> Coach:
    """A coach who can come on `days`; the next free ref ("C1") if none is given. Raises BadCoach."""
    coming = list(days)
    if Decimal(day_rate) < 0:
        raise BadCoach("The rate per day cannot be below 0.")
    if any(day.cohort_id != cohort.pk for day in coming):
        raise BadCoach("One of these days belongs to another cohort.")
    try:
        with transaction.atomic():
            coach = Coach.objects.create(
                cohort=cohort, person=person, type=type, day_rate=day_rate, ref=ref or _next_ref(cohort)
            )
    except IntegrityError as error:
        if Coach.objects.filter(cohort=cohort, person=person).exists():
            raise BadCoach(f"{person.name} already coaches in {cohort.title}.") from error
        raise BadCoach(f"There is already a coach with the ref {ref}.") from error
    coach.days.set(coming)
    audit.record("coach_added", coach, by=by, cohort=cohort, ref=coach.ref)
    return coach


def _next_ref(cohort: Cohort) -> str:
    numbers = [re.fullmatch(r"C(\d{1,9})", ref) for ref in cohort.coaches.values_list("ref", flat=True)]
    return f"C{max((int(found[1]) for found in numbers if found), default=0) + 1}"
