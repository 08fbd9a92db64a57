"""Reminders about offers: two by themselves, more by hand, never at night and never to somebody who has answered."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from core.models import Message
from recruitment import emails
from recruitment.models import Application, Offer
from recruitment.services.offering import NoOpenOffer

# Nobody's telephone rings between these on the cohort's clock.
EVENING, MORNING = time(20), time(8)
LAST_BEFORE = timedelta(days=2)
# Between two reminders to one person there is at least a day.
BETWEEN = timedelta(days=1)
HALFWAY, LAST = 1, 2


class RemindedToday(DomainError):
    """One reminder a day by hand is enough."""


def remind_due(now: datetime | None = None) -> int:
    """Write the reminders that are due at `now`. Returns how many. Running it again writes none again.

    The first is due when half of the time to reply has gone, the last two days before its end. After a pause of the
    worker only the later of the two goes.
    """
    moment = now or timezone.now()
    waiting = Offer.objects.waiting().filter(reply_by__gt=moment, application__state=Application.State.OFFERED)
    offers = waiting.select_related("application__cohort").order_by("pk")
    due = [(offer.pk, number) for offer in offers if (number := _number_due(offer, moment))]
    return sum(_remind_once(pk, number, moment) for pk, number in due)


def _number_due(offer: Offer, now: datetime) -> int:
    """Which of the two is due; 0 for none, and at night."""
    if is_night(now, offer.application.cohort.zone):
        return 0
    halfway = offer.made_at + (offer.reply_by - offer.made_at) / 2
    last = max(offer.reply_by - LAST_BEFORE, halfway + BETWEEN)
    return LAST if now >= last else HALFWAY if now >= halfway else 0


@transaction.atomic
def _remind_once(pk: int, number: int, now: datetime) -> bool:
    """The offer is locked, so that an answer and its reminder do not cross."""
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("application__person", "application__cohort")
        .get(pk=pk)
    )
    if offer.answered_at or offer.ended_at:
        return False
    letters = Message.objects.filter(key__startswith=_stem(offer))
    key = _key(offer, number)
    if letters.filter(key=key).exists() or letters.filter(created_at__gt=now - BETWEEN).exists():
        return False
    emails.send_reminder(offer, key, is_last=number == LAST)
    _count(offer)
    audit.record("offer_reminded", offer.application, cohort=offer.application.cohort, offer=offer.pk, number=number)
    return True


@transaction.atomic
def remind(*, application: Application, by: Any) -> Message:
    """Remind somebody by hand; at night the letter waits for the morning. Raises NoOpenOffer, RemindedToday."""
    offers = Offer.objects.select_for_update(of=("self",)).waiting().filter(application=application)
    offer = offers.select_related("application__person", "application__cohort").first()
    name, now = application.person.name, timezone.now()
    if offer is None:
        raise NoOpenOffer(f"{name} has no offer that waits for an answer.")
    if Message.objects.filter(key__startswith=_stem(offer), created_at__gt=now - BETWEEN).exists():
        raise RemindedToday(f"{name} was sent a reminder less than a day ago. Ring them instead.")
    letter = emails.send_reminder(
        offer, f"{_stem(offer)}by-hand:{now:%Y%m%d%H%M%S}", due_at=when_awake(now, application.cohort.zone)
    )
    _count(offer)
    audit.record("offer_reminded", application, by=by, cohort=application.cohort, offer=offer.pk)
    return letter


def is_night(now: datetime, zone: ZoneInfo) -> bool:
    clock = timezone.localtime(now, zone).time()
    return clock >= EVENING or clock < MORNING


def when_awake(now: datetime, zone: ZoneInfo) -> datetime:
    """`now`, or the next 8am on that clock."""
    if not is_night(now, zone):
        return now
    local = timezone.localtime(now, zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, zone)


def _stem(offer: Offer) -> str:
    return f"offer-reminder:{offer.pk}:"


def _key(offer: Offer, number: int) -> str:
    """The halfway reminder comes once an offer; the last one once for each day to reply by, which may be put off."""
    return f"{_stem(offer)}{number}" + (f":{offer.reply_by:%Y%m%d}" if number == LAST else "")


def _count(offer: Offer) -> None:
    Offer.objects.filter(pk=offer.pk).update(reminders_sent=F("reminders_sent") + 1)
