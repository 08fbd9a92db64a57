"""Keeping a form while somebody fills it in, and sending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from core.tokens import hash_of, new_token
from programmes.models import Cohort
from recruitment import link_letters
from recruitment.models import Application, Channel, CharacteristicAnswer, Draft, Nomination, PersonalLink, Recording
from recruitment.services import applying

Mode = CharacteristicAnswer.Mode
KEEP = timedelta(days=90)
# A call without an end has no day from which to count; then a form that nobody has touched for so long goes.
FORGOTTEN = timedelta(days=365)


class AlreadySent(DomainError):
    """The form has become an application in the meantime."""


class ChangedMeanwhile(DomainError):
    """The form was changed in another window after it was checked."""


@dataclass(frozen=True)
class Opened:
    """A form (or the application that it became) and the secret of a link to it."""

    thing: Draft | Application
    token: str


@transaction.atomic
def start(
    *,
    cohort: Cohort,
    key: UUID,
    values: Mapping[str, Any],
    email: str = "",
    started_at: datetime | None = None,
    channel: str = "",
    nomination: Nomination | None = None,
    writes: bool = True,
) -> Opened:
    """The first save: a draft, a link to it, and a letter with the link where there is an address (if it `writes`).

    The same `key` gives the same form, so a double click starts one; what it became since is opened instead.
    """
    sent = Application.objects.filter(key=key, cohort=cohort).select_related("person").first()
    if sent is not None:
        return Opened(sent, link_to(sent))
    draft, is_new = Draft.objects.get_or_create(
        key=key, cohort=cohort, defaults={"values": dict(values), "email": email, "nomination": nomination}
    )
    token = link_to(draft)
    if not is_new:
        return Opened(draft, token)
    draft.channel = Channel.objects.by_code(cohort, channel).first() if channel else None
    if draft.channel:
        draft.values = draft.values | {"heard": draft.channel.code}
    # The day of the first save is set by the database; somebody who opened the page earlier began earlier.
    draft.started_at = min(started_at or draft.started_at, draft.started_at)
    draft.save(update_fields=["channel", "values", "started_at"])
    if email and writes:
        link_letters.send_link_to_draft(draft, token)
    return Opened(draft, token)


@transaction.atomic
def save(*, draft: Draft, values: Mapping[str, Any], email: str | None = None, writes: bool = True) -> str:
    """Keep `values` beside what was kept before. Returns the secret of a new link, or "" when the old one goes on.

    `email` is the address for links and codes, when a page asked for it: a changed one gets a link of its own, and
    links that went to the old one end. Without `writes` no letter goes. Raises AlreadySent.
    """
    here = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if here is None:
        raise AlreadySent("You have sent this application already, so we did not change it.")
    here.values = here.values | values
    if "heard" in values:
        here.channel = Channel.objects.by_code(here.cohort_id, values["heard"]).first()
    former, here.email = here.email, here.email if email is None else email
    here.save(update_fields=["values", "channel", "email", "saved_at"])
    return "" if here.email == former else _moved(here, former, writes=writes)


def _moved(draft: Draft, former: str, *, writes: bool) -> str:
    """The link for a new address. After a first one the link that is open goes on working; after another none does."""
    if former:
        draft.links.all().delete()
    token = link_to(draft)
    if draft.email and writes:
        link_letters.send_link_to_draft(draft, token)
    return token


def link_to(thing: Draft | Application) -> str:
    """The secret of a fresh link. Earlier ones go on working."""
    token = new_token()
    PersonalLink.objects.create(token_hash=hash_of(token), **place_of(thing))
    return token


@transaction.atomic
def open_again(*, draft: Draft) -> str:
    """A link for the browser in which the form was begun, whose own link is in another window or forgotten."""
    return link_to(draft)


def place_of(thing: Draft | Application) -> dict[str, Draft | Application]:
    return {"draft" if isinstance(thing, Draft) else "application": thing}


def send(*, draft: Draft, filled_in: Mapping[str, Any], moment: datetime | None = None) -> Application:
    """Make the form an application with the same key, links and recordings. Sending twice ends at one application.

    Recordings of somebody who chose to write after all go with the form.

    `filled_in` was read from `draft` as the caller knows it. Raises ChangedMeanwhile when another window has changed it
    since, CallClosed when it comes too late.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update(of=("self",)).select_related("channel", "nomination")
        here = locked.filter(pk=draft.pk).first()
        if here is None:
            return Application.objects.select_related("cohort", "person").get(key=draft.key)
        if here.saved_at != draft.saved_at:
            raise ChangedMeanwhile("Your answers were changed in another window. Check them again, then send them.")
        now = moment or timezone.now()
        applying.require_open(draft.cohort, here.started_at, now)
        origin = {"started_at": here.started_at, "channel": here.channel, "nomination": here.nomination}
        form = applying.FilledIn(**filled_in)
        with audit.together():
            application = applying.store(draft.cohort, draft.key, form, origin, moment=now)
        PersonalLink.objects.filter(draft=here).update(draft=None, application=application)
        if Mode.RECORDING in form.modes.values():
            Recording.objects.filter(draft=here).update(draft=None, application=application)
        here.delete()
    return application


@transaction.atomic
def add_recording(*, draft: Draft, content: bytes, content_type: str, question: str = "") -> Recording:
    """Keep a spoken answer. The caller has judged what it is."""
    return Recording.objects.create(
        draft=draft, content=content, content_type=content_type, size=len(content), question=question
    )


@transaction.atomic
def remove_recording(*, draft: Draft, pk: int) -> bool:
    """Take a recording out again. False when it is not (any more) one of this form."""
    return bool(Recording.objects.filter(draft=draft, pk=pk).delete()[0])


@transaction.atomic
def discard_expired(now: datetime | None = None) -> int:
    """Delete forms that were never sent, 90 days after their call closed. Returns how many. For the nightly job."""
    moment = now or timezone.now()
    is_over = Q(cohort__applications_close_at__lt=moment - KEEP)
    is_forgotten = Q(cohort__applications_close_at=None, saved_at__lt=moment - FORGOTTEN)
    old = Draft.objects.filter(is_over | is_forgotten)
    cohorts = Cohort.objects.filter(pk__in=old.values("cohort"))
    return sum(_discard(cohort, old.filter(cohort=cohort)) for cohort in cohorts)


def _discard(cohort: Cohort, drafts: QuerySet[Draft]) -> int:
    number = drafts.count()
    drafts.delete()
    audit.record("drafts_discarded", cohort, cohort=cohort, number=number)
    return number
