"""Taking in an application, once, however often it is sent."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from people.models import AccessNeed, Consent, InformationFormat, Person
from people.services import consents, registering
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment import emails
from recruitment.calls import Call, call_of
from recruitment.models import Application, CharacteristicAnswer

# No vowels, so that no word comes out by chance; no 0, 1 or L, which are misheard and misread.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


class CallClosed(DomainError):
    """The call has not opened yet, or its grace time is over."""


class KeyUsedElsewhere(DomainError):
    """The form's key belongs to an application to another cohort."""


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """What an applicant wrote, cleaned by the form or the importer."""

    name: str
    email: str
    phone: str
    preferred: str
    area: str
    organisation_name: str
    experience: str
    lived_experience: str
    lay_roles: str
    hours_a_month: int | None
    can_come_every_day: bool
    access_needs: str
    answers: Mapping[Characteristic, str]
    information_format: str = InformationFormat.STANDARD
    post: str = ""


def submit(
    *,
    cohort: Cohort,
    key: UUID,
    source: str = Application.Source.ONLINE,
    by: Any = None,
    moment: datetime | None = None,
    **filled_in: Any,
) -> Application:
    """Store an application with its person, access needs and consent, and write the acknowledgement.

    `filled_in` are the fields of FilledIn. The same `key` gives the same application, whatever else is sent: two tabs,
    a double click and a retry after a time-out end at one receipt. Raises CallClosed for an online form outside the
    call and its grace time; paper and telephone are typed in by an organiser, who may be later than the applicant was.
    """
    form = FilledIn(**filled_in)
    existing = _already_sent(cohort, key)
    if existing is not None:
        return existing
    now = moment or timezone.now()
    if source == Application.Source.ONLINE:
        _require_open(cohort, now)
    try:
        return _store(cohort, key, form, source=source, by=by, moment=now)
    except IntegrityError:
        # The same form arrived twice in the same moment, and the other copy was quicker.
        existing = _already_sent(cohort, key)
        if existing is None:
            raise
        return existing


@transaction.atomic
def _store(cohort: Cohort, key: UUID, form: FilledIn, *, source: str, by: Any, moment: datetime) -> Application:
    application = Application.objects.create(
        cohort=cohort,
        person=_register(form, by),
        reference=_free_reference(key),
        key=key,
        source=source,
        experience=form.experience,
        lived_experience=form.lived_experience,
        lay_roles=form.lay_roles,
        hours_a_month=form.hours_a_month,
        can_come_every_day=form.can_come_every_day,
        submitted_at=moment,
    )
    CharacteristicAnswer.objects.bulk_create(
        CharacteristicAnswer(application=application, characteristic=item, text=form.answers.get(item, ""))
        for item in Characteristic
    )
    audit.record("applied", application, by=by, cohort=cohort, source=str(source))
    emails.send_acknowledgement(application)
    return application


def _register(form: FilledIn, by: Any) -> Person:
    """A new person with what they agreed to. What they need to take part goes behind its own door."""
    person = registering.register(
        name=form.name,
        email=form.email,
        phone=form.phone,
        preferred=form.preferred,
        information_format=form.information_format,
        area=form.area,
        organisation=registering.organisation_named(form.organisation_name),
        lived_experience=form.lived_experience,
        by=by,
    )
    if form.post:
        registering.set_contact_routes(
            person=person, email=form.email, phone=form.phone, post=form.post, preferred=form.preferred
        )
    if form.access_needs:
        AccessNeed.objects.create(person=person, description=form.access_needs)
    consents.give(person=person, purpose=Consent.Purpose.PRIVACY_NOTICE, by=by)
    return person


def _already_sent(cohort: Cohort, key: UUID) -> Application | None:
    existing = Application.objects.filter(key=key).select_related("cohort", "person").first()
    if existing is not None and existing.cohort_id != cohort.pk:
        raise KeyUsedElsewhere("This form was already used for another course. Open the form again from the start.")
    return existing


def _require_open(cohort: Cohort, moment: datetime) -> None:
    if cohort.applications_open_at is None or call_of(cohort, moment) not in (Call.OPEN, Call.GRACE):
        raise CallClosed("Applications are closed, so we could not take this form.")


def _free_reference(key: UUID) -> str:
    """A short name that can be said on the telephone: "7K3-M9Q". It tells nothing about person, place or order."""
    for attempt in range(1000):
        reference = reference_for(key, attempt)
        if not Application.objects.filter(reference=reference).exists():
            return reference
    raise AssertionError("a thousand references in a row were taken")


def reference_for(key: UUID, attempt: int = 0) -> str:
    """Made from the key, so the same form always has the same reference; the key cannot be had back from it."""
    number = int.from_bytes(hashlib.sha256(f"{key}:{attempt}".encode()).digest())
    letters = []
    for _ in range(6):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"
