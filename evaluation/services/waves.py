"""Waves are set up, people are invited, waves open and close."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from core import audit, outbox
from core.exceptions import DomainError
from core.models import Message
from core.tokens import hash_of, new_token
from evaluation.models import Invitation, Wave
from evaluation.services import instruments
from people.models import ContactRoute
from people.routes import destination_of
from programmes.models import Cohort, Participant

LETTER = "evaluation/emails/invitation"
LETTER_BY_POST = "evaluation/emails/invitation_by_post"


# --- setting up ------------------------------------------------------------------------------------------
@transaction.atomic
def ensure(*, cohort: Cohort, kind: str, by: Any = None) -> Wave:
    """The cohort's wave of this kind, made with the shipped instrument where there is none yet.

    It opens by itself at the start of the day it asks about, and stays open until somebody closes it.
    """
    opens_on = due_on(cohort, kind)
    wave, is_new = Wave.objects.get_or_create(
        cohort=cohort,
        kind=kind,
        defaults={
            "version": instruments.published(),
            "opens_at": datetime.combine(opens_on, time.min, cohort.zone) if opens_on else None,
        },
    )
    if is_new:
        audit.record("wave set up", wave, by=by, cohort=cohort, wave=wave.slug)
    return wave


def due_on(cohort: Cohort, kind: str) -> date | None:
    """The day a wave belongs to; None while the cohort has no dates. One query."""
    return due_dates(cohort).get(Wave.Kind(kind))


def due_dates(cohort: Cohort) -> dict[Wave.Kind, date]:
    """The day of every wave; none while the cohort has no dates. "After 1 month" counts from the last day. One query."""
    dates = list(cohort.days.order_by("number").values_list("date", flat=True))
    if not dates:
        return {}
    return {
        Wave.Kind.BEFORE: dates[0] - timedelta(days=14),
        Wave.Kind.DAY_1: dates[0],
        Wave.Kind.DAY_2: dates[min(1, len(dates) - 1)],
        Wave.Kind.IMMEDIATE: dates[-1],
        Wave.Kind.ONE_MONTH: months_after(dates[-1], 1),
        Wave.Kind.THREE_MONTHS: months_after(dates[-1], 3),
    }


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day: 30 November and 3 months is 28 February."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    next_first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))


# --- inviting ----------------------------------------------------------------------------------------------
@transaction.atomic
def invite(*, wave: Wave, by: Any) -> int:
    """Write to everybody in the cohort who was not invited yet and has not withdrawn. Returns how many.

    Letters of a wave that opens later wait until then. Raises DomainError when the wave is closed or linked.
    """
    _refuse_unless_inviting(wave)
    missing = Participant.objects.filter(cohort=wave.cohort_id).able().exclude(invitations__wave=wave)
    routes = Prefetch("person__contact_routes", ContactRoute.objects.order_by("pk"))
    people = list(missing.select_related("person").prefetch_related(routes).order_by("ref"))
    for participant in people:
        token = new_token()
        invitation = Invitation.objects.create(wave=wave, participant=participant, token_hash=hash_of(token))
        _write_letter(invitation, token)
    audit.record("wave invited", wave, by=by, cohort=wave.cohort, wave=wave.slug, people=len(people))
    return len(people)


@transaction.atomic
def resend(*, invitation: Invitation, by: Any) -> None:
    """Write again with a new link; the old one stops working. Raises DomainError for who has answered or withdrawn."""
    _refuse_unless_inviting(invitation.wave)
    if invitation.has_answered:
        raise DomainError("This person has answered already, so there is nothing to send.")
    if invitation.participant.withdrawn_at is not None:
        raise DomainError("This person has withdrawn, so we do not write to them.")
    token = new_token()
    _unsent_letters(invitation.wave, invitation).delete()
    invitation.token_hash = hash_of(token)
    invitation.save(update_fields=["token_hash"])
    _write_letter(invitation, token)
    wave = invitation.wave
    audit.record("link sent again", wave, by=by, cohort=wave.cohort, wave=wave.slug, ref=invitation.participant.ref)


def _refuse_unless_inviting(wave: Wave) -> None:
    if not wave.is_anonymous:
        raise DomainError("Answers in this wave carry pseudonyms and come from a file, so it has no personal links.")
    if wave.is_closed():
        raise DomainError("This wave is closed. Open it again before you invite people.")


def _write_letter(invitation: Invitation, token: str) -> None:
    wave, person = invitation.wave, invitation.participant.person
    destination = destination_of(person)
    by_email = destination.channel == Message.Channel.EMAIL
    outbox.write(
        LETTER if by_email else LETTER_BY_POST,
        {
            "cohort": wave.cohort,
            "person": person,
            "help_phone": wave.cohort.help_phone or settings.BODY_PHONE,
            "link": settings.SITE_URL + reverse("evaluation:form", args=[token]),
        },
        key=f"{_letter_key(wave)}{invitation.pk}:{invitation.token_hash[:12]}",
        to=destination.to,
        recipient_name=person.name,
        channel=destination.channel,
        information_format=person.information_format,
        cohort=wave.cohort,
        secrets=[token],
        due_at=max(wave.opens_at, timezone.now()) if wave.opens_at else None,
    )


def _letter_key(wave: Wave) -> str:
    return f"invitation:{wave.pk}:"


def _unsent_letters(wave: Wave, invitation: Invitation | None = None) -> Any:
    prefix = _letter_key(wave) + (f"{invitation.pk}:" if invitation else "")
    return Message.objects.filter(key__startswith=prefix, state=Message.State.DUE)


# --- opening and closing -------------------------------------------------------------------------------------
@transaction.atomic
def open_now(*, wave: Wave, by: Any) -> None:
    """Let people answer from this moment, until somebody closes the wave. Letters that waited for it go out."""
    now = timezone.now()
    wave.opens_at = min(wave.opens_at or now, now)
    wave.closes_at = None
    wave.save(update_fields=["opens_at", "closes_at"])
    _unsent_letters(wave).filter(due_at__gt=now).update(due_at=now)
    audit.record("wave opened", wave, by=by, cohort=wave.cohort, wave=wave.slug)


@transaction.atomic
def close(*, wave: Wave, by: Any) -> None:
    """Stop taking answers by link. Forms entered by hand from now on are marked as late."""
    if not wave.is_open():
        raise DomainError("This wave is not open, so there is nothing to close.")
    wave.closes_at = timezone.now()
    wave.save(update_fields=["closes_at"])
    audit.record("wave closed", wave, by=by, cohort=wave.cohort, wave=wave.slug)
