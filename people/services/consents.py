"""What people agree to, one purpose at a time, and taking it back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from people.models import Consent, Person


class NothingToWithdraw(DomainError):
    """There is no standing consent of that purpose."""


@transaction.atomic
def give(*, person: Person, purpose: str, by: Any = None) -> Consent:
    """Write down that `person` agreed now. Agreeing twice keeps the first moment."""
    standing = person.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if standing is not None:
        return standing
    consent = Consent.objects.create(person=person, purpose=purpose, given_at=timezone.now())
    audit.record("consent_given", person, by=by, purpose=str(purpose))
    return consent


def give_first(*, person: Person, purposes: Sequence[str], by: Any = None) -> None:
    """What somebody agrees to as they are written down: a row for each, one line of audit. Call it in a transaction."""
    now = timezone.now()
    Consent.objects.bulk_create(Consent(person=person, purpose=purpose, given_at=now) for purpose in purposes)
    if purposes:
        audit.record("consent_given", person, by=by, purposes=" ".join(purposes))


@transaction.atomic
def withdraw(*, person: Person, purpose: str, by: Any = None) -> Consent:
    """Take a standing consent back; what was agreed, and until when, is kept. Raises NothingToWithdraw."""
    consent = person.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if consent is None:
        raise NothingToWithdraw("This person has not agreed to that, so there is nothing to take back.")
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    audit.record("consent_withdrawn", person, by=by, purpose=str(purpose))
    return consent
