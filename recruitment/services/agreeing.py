"""Agreement to how we use what somebody told us: recorded by an organiser, waited for, and what happens without it."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from core.models import Message
from people.models import Consent
from people.services import consents
from recruitment.agreement import NEEDED, WAIT
from recruitment.models import Application

State, Purpose = Application.State, Consent.Purpose


class How(models.TextChoices):
    SIGNED = "SIGNED", "Signed on paper"
    SPOKEN = "SPOKEN", "Said on the phone"


class AgreementMissing(DomainError):
    """An agreement without which the application cannot go on."""


class AlreadyAgreed(DomainError):
    """The application does not wait for agreement (any more)."""


@transaction.atomic
def record_agreement(*, application: Application, purposes: Iterable[str], how: str, by: Any) -> Application:
    """The person agreed: write each purpose down, and let the application go on to the reviewers.

    Of two people who press at once one gets the sentence. Raises AgreementMissing, AlreadyAgreed.
    """
    given = {*purposes, *_standing(application)}
    missing = [Purpose(purpose).label.lower() for purpose in NEEDED if purpose not in given]
    if missing:
        raise AgreementMissing(
            f"Ask whether the person {' and '.join(missing)}. Until then the application waits, and nobody reads it."
        )
    now = timezone.now()
    waiting = Application.objects.filter(pk=application.pk, state=State.AWAITING)
    if not waiting.update(state=State.SUBMITTED, agreed_at=now):
        raise AlreadyAgreed(f"The application of {application.person.name} does not wait for agreement any more.")
    for purpose in purposes:
        consents.give(person=application.person, purpose=purpose, by=by)
    audit.record("agreed", application, by=by, cohort=application.cohort, how=str(how))
    application.state, application.agreed_at = State.SUBMITTED, now
    return application


def _standing(application: Application) -> list[str]:
    return list(application.person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))


def discard_unagreed(now: datetime | None = None) -> int:
    """Delete what waited 30 days for agreement in vain: application, letter and person. Returns how many.

    The person stays when something else points at them. For the nightly job.
    """
    over = (now or timezone.now()) - WAIT
    waiting = Application.objects.filter(state=State.AWAITING, person__created_at__lt=over)
    return sum(_discard(pk, over) for pk in waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _discard(pk: int, over: datetime) -> int:
    """One application with what was merged into it. 0 when somebody recorded the agreement in the meantime."""
    here = Q(pk=pk, state=State.AWAITING, person__created_at__lt=over)
    application = Application.objects.select_for_update(of=("self",)).select_related("cohort").filter(here).first()
    if application is None:
        return 0
    for gone in [*Application.objects.filter(merged_into=application).select_related("cohort"), application]:
        audit.record("discarded_unagreed", gone, cohort=gone.cohort, days=WAIT.days)
        Message.objects.filter(key=f"acknowledgement:{gone.pk}").delete()
        person = gone.person
        gone.delete()
        with suppress(ProtectedError), transaction.atomic():
            person.delete()
    return 1
