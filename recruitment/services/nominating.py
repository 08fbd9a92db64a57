"""Organisations are asked to propose people; a proposed person is asked, and decides. A nomination is not an application.

Whoever says no, or nothing for thirty days, is forgotten: details and letters are deleted, a count stays.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from core.tokens import hash_of, new_token
from people.models import Organisation
from people.services.registering import organisation_named
from programmes.models import Cohort
from recruitment import nomination_emails as emails
from recruitment.models import Application, Nomination, NominationRequest

ANSWER_WITHIN = timedelta(days=30)
NOBODY = {"name": "", "email": "", "phone": "", "why": ""}
State = Nomination.State


class AskedAlready(DomainError):
    """The organisation has been asked for this area."""


class NothingMoreAsked(DomainError):
    """The organisation has proposed as many people as it was asked for."""


class NotAskedAnyMore(DomainError):
    """The person has said no, did not answer in time, or has applied."""


class CannotJoin(DomainError):
    """The application and the nomination do not belong together."""


@transaction.atomic
def ask(
    *,
    cohort: Cohort,
    organisation_name: str,
    kind: str,
    area: str,
    contact_name: str,
    asked_for: int,
    by: Any,
    contact_email: str = "",
    contact_phone: str = "",
    message: str = "",
) -> NominationRequest:
    """Ask an organisation to propose people for an area, by a letter with a secret link. Raises AskedAlready.

    `kind` is written down for an organisation of which none was known. Without email somebody phones, and writes down
    what the contact says.
    """
    token = new_token()
    try:
        with transaction.atomic():
            request = NominationRequest.objects.create(
                cohort=cohort,
                organisation=_organisation(organisation_name, kind),
                area=area,
                contact_name=contact_name,
                contact_email=contact_email,
                contact_phone=contact_phone,
                asked_for=asked_for,
                token_hash=hash_of(token),
                asked_at=timezone.now(),
                by=by,
            )
    except IntegrityError as error:
        sentence = f"You have already asked {organisation_name} for {area}. Remind them in the list instead."
        raise AskedAlready(sentence) from error
    audit.record("nominations_asked", request, by=by, cohort=cohort, people=asked_for)
    emails.send_nomination_request(request, token, message=message)
    return request


def _organisation(name: str, kind: str) -> Organisation:
    organisation = organisation_named(name)
    if organisation.kind == Organisation.Kind.OTHER and kind != organisation.kind:
        organisation.kind = kind
        organisation.save(update_fields=["kind"])
    return organisation


@transaction.atomic
def remind(*, request: NominationRequest, by: Any) -> None:
    """Write to the contact again with a fresh link; the one before stops working. Raises NothingMoreAsked."""
    request = _locked(request)
    _refuse_when_complete(request)
    token = new_token()
    request.token_hash = hash_of(token)
    request.save(update_fields=["token_hash"])
    audit.record("nominations_reminded", request, by=by, cohort=request.cohort)
    emails.hold_back_nomination_request(request)
    emails.send_nomination_request(request, token, is_reminder=True)


@transaction.atomic
def withdraw(*, request: NominationRequest, by: Any) -> bool:
    """Ask no more: the link stops working. True when nobody had been proposed, so that nothing is left of it.

    People who were proposed stay, because the source of each is on record; no more are expected.
    """
    request = _locked(request)
    received = request.nominations.count()
    audit.record("nominations_withdrawn", request, by=by, cohort=request.cohort, received=received)
    emails.hold_back_nomination_request(request)
    if not received:
        request.delete()
        return True
    request.asked_for, request.token_hash = received, hash_of(new_token())
    request.save(update_fields=["asked_for", "token_hash"])
    return False


@transaction.atomic
def nominate(
    *, request: NominationRequest, name: str, why: str, email: str = "", phone: str = "", by: Any = None
) -> Nomination:
    """Write down that somebody was proposed, and ask that person by email where there is one. Raises NothingMoreAsked.

    The same person proposed twice by one contact is one nomination. `by` is an organiser who was told by phone. Nothing
    more is done with the details until the person agrees.
    """
    request = _locked(request)
    who = {"name": name, "email": email, "phone": phone}
    there = request.nominations.filter(**who).first()
    if there is not None:
        return there
    _refuse_when_complete(request)
    token = new_token()
    nomination = Nomination.objects.create(
        request=request, why=why, token_hash=hash_of(token), nominated_at=timezone.now(), **who
    )
    audit.record("nominated", nomination, by=by, cohort=request.cohort)
    if email:
        emails.send_nominated(nomination, token)
    return nomination


def _locked(request: NominationRequest) -> NominationRequest:
    """The request as it stands now, locked until the transaction ends."""
    locked = NominationRequest.objects.select_for_update(of=("self",)).select_related("cohort", "organisation")
    return locked.get(pk=request.pk)


def _refuse_when_complete(request: NominationRequest) -> None:
    if request.nominations.count() >= request.asked_for:
        raise NothingMoreAsked("Everybody who was asked for has been nominated. Call us if you know more people.")


@transaction.atomic
def say_yes(*, nomination: Nomination, by: Any = None) -> None:
    """The person wants to apply. Saying so again changes nothing. Raises NotAskedAnyMore."""
    if _step(nomination, (State.INVITED,), state=State.AGREED):
        audit.record("nomination_agreed", nomination, by=by, cohort=nomination.request.cohort)
    elif nomination.state != State.AGREED:
        raise NotAskedAnyMore("You have said no, or your answer came too late. Your details are deleted.")


@transaction.atomic
def join(*, nomination: Nomination, application: Application, by: Any) -> None:
    """Write down that an application on paper or by phone is the nominated person's. Raises CannotJoin."""
    free = Application.objects.filter(
        pk=application.pk, cohort=nomination.request.cohort_id, nomination=None
    ).counting()
    if nomination.state != State.AGREED or Application.objects.filter(nomination=nomination).exists():
        raise CannotJoin("This person has an application already, or does not want to apply. Load the list again.")
    if not free.update(nomination=nomination):
        raise CannotJoin(f"{application.reference} was merged, or belongs to another nomination. Check the reference.")
    audit.record("nomination_joined", application, by=by, cohort=nomination.request.cohort, nomination=nomination.pk)


@transaction.atomic
def say_no(*, nomination: Nomination, by: Any = None) -> None:
    """The person does not want to apply, and is forgotten. Twice is once. Raises NotAskedAnyMore after an application."""
    if Application.objects.filter(nomination=nomination).exists():
        raise NotAskedAnyMore("You have applied already. You can withdraw your application on your own page.")
    if _step(nomination, (State.INVITED, State.AGREED), state=State.DECLINED, **NOBODY):
        emails.discard_nominated(nomination)
        audit.record("nomination_declined", nomination, by=by, cohort=nomination.request.cohort)


def _step(nomination: Nomination, starts: tuple[str, ...], **fields: Any) -> bool:
    """One conditional UPDATE, so that of two answers at once one counts. `nomination` is as it stands afterwards."""
    here = Nomination.objects.filter(pk=nomination.pk, state__in=starts)
    moved = here.update(answered_at=timezone.now(), **fields) == 1
    nomination.refresh_from_db(fields=["state", "answered_at", *NOBODY])
    return moved


def discard_unanswered(now: datetime | None = None) -> int:
    """Forget people who have not answered for thirty days. Returns how many."""
    before = (now or timezone.now()) - ANSWER_WITHIN
    late = Nomination.objects.filter(state=State.INVITED, nominated_at__lt=before).select_related("request__cohort")
    return sum(_expire(nomination) for nomination in late)


@transaction.atomic
def _expire(nomination: Nomination) -> bool:
    if not _step(nomination, (State.INVITED,), state=State.EXPIRED, **NOBODY):
        return False
    emails.discard_nominated(nomination)
    audit.record("nomination_expired", nomination, cohort=nomination.request.cohort)
    return True
