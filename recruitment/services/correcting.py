"""Putting right what stands on an application: what was left out on paper, or misheard on the telephone."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from core import audit
from core.exceptions import DomainError
from programmes.models import Participant
from recruitment.models import Application

FIELDS = ("experience", "lived_experience", "lay_roles", "hours_a_month", "can_come_every_day", "days_missed", "wants")


class ChangedMeanwhile(DomainError):
    """Somebody else saved this application first."""


@transaction.atomic
def correct(
    *,
    application: Application,
    version: int,
    experience: str,
    lived_experience: str,
    lay_roles: str,
    hours_a_month: int | None,
    can_come_every_day: bool,
    days_missed: Sequence[int],
    wants: str,
    by: Any,
) -> Application:
    """Save these facts over version `version` of them. The seven answers are the person's own and are not touched here.

    Somebody who has a place is put right there too, because tables are mixed by it. The audit says which facts changed
    and not what they were. Raises ChangedMeanwhile.
    """
    here = Application.objects.filter(pk=application.pk, version=version)
    if not here.update(version=F("version") + 1):
        raise ChangedMeanwhile(
            "Somebody else changed this application while you were typing. Your text is still here: open the page in a "
            "new tab to compare, then save again."
        )
    standing = Application.objects.select_related("cohort", "person").get(pk=application.pk)
    given = {
        "experience": experience,
        "lived_experience": lived_experience,
        "lay_roles": lay_roles,
        "hours_a_month": hours_a_month,
        "can_come_every_day": can_come_every_day,
        "days_missed": list(days_missed),
        "wants": wants,
    }
    changed = [name for name in FIELDS if getattr(standing, name) != given[name]]
    for name in changed:
        setattr(standing, name, given[name])
    standing.save(update_fields=changed)
    Participant.objects.filter(cohort=standing.cohort, person=standing.person).update(
        experience=experience, lived_experience=lived_experience
    )
    audit.record("application_corrected", standing, by=by, cohort=standing.cohort, fields=" ".join(changed))
    return standing
