"""Letters: written beside the event they tell of, sent later, never twice, never silently lost.

States: DUE → SENDING → SENT. A worker that dies between SENDING and SENT leaves the letter there; after ten minutes
it becomes UNCERTAIN, which a person looks at, because nobody can know whether it arrived (trust.md T16).
"""

import smtplib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from core.audit import scope_of
from core.models import Message

STALE = timedelta(minutes=10)
GIVE_UP = timedelta(hours=24)
BATCH = 100
REMOVED = "(removed after sending)"


def write(
    template: str,
    context: dict[str, object],
    *,
    key: str,
    to: str,
    recipient_name: str = "",
    channel: str = Message.Channel.EMAIL,
    information_format: str = "",
    cohort: models.Model | None = None,
    secrets: Iterable[str] = (),
    due_at: datetime | None = None,
) -> Message:
    """Put one letter in the outbox. `template` is a stem: "recruitment/emails/acknowledgement".

    Needs `<stem>.subject.txt` and `<stem>.txt`: letters are plain text, which every reader shows and nothing in a
    name can turn into a link. A second call with the same key returns the first letter unchanged.
    """
    assert transaction.get_connection().in_atomic_block, "a letter is written in the transaction of its event"
    context = {
        "site_url": settings.SITE_URL,
        "body_name": settings.BODY_NAME,
        "body_phone": settings.BODY_PHONE,
    } | context
    subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
    letter = Message(
        key=key,
        channel=channel,
        to=to,
        recipient_name=recipient_name,
        information_format=information_format,
        subject=subject[:200],
        text=render_to_string(f"{template}.txt", context).strip() + "\n",
        secrets=list(secrets),
        scope=scope_of(cohort) if cohort is not None else "",
        due_at=due_at or timezone.now(),
    )
    # One statement that two workers cannot both win, and no savepoint: a letter more costs little in a large batch.
    Message.objects.bulk_create([letter], ignore_conflicts=True)
    return Message.objects.get(key=key)


def deliver_due(*, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, a hundred letters at most. Returns how many went out.

    `is_stopping` is asked before each letter, so that a worker that is told to stop leaves none half sent.
    """
    now = timezone.now()
    Message.objects.filter(state=Message.State.SENDING, claimed_at__lt=now - STALE).update(
        state=Message.State.UNCERTAIN
    )
    due = Message.objects.filter(state=Message.State.DUE, channel=Message.Channel.EMAIL, due_at__lte=now)
    keys = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH])
    return sum(_deliver(pk) for pk in keys if not is_stopping())


def _deliver(pk: int) -> bool:
    if not _claim(pk):
        return False
    message = Message.objects.get(pk=pk)
    try:
        _as_email(message).send()
    except smtplib.SMTPRecipientsRefused:
        _give_up(message, "The mail server says that this address does not exist.")
    except ValueError:
        # A line break in an address, letters that no header takes: trying again would not help.
        _give_up(message, "This address cannot be written on an email. Check it.")
    except (smtplib.SMTPException, OSError) as error:
        _put_back(message, type(error).__name__)
    else:
        mark_sent(message)
        return True
    return False


def _claim(pk: int) -> bool:
    """Conditional UPDATE: exactly one worker wins, on SQLite and on PostgreSQL alike."""
    mine = Message.objects.filter(pk=pk, state=Message.State.DUE)
    return mine.update(state=Message.State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1) == 1


def _as_email(message: Message) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        connection=get_connection(),
        headers={"Message-ID": make_msgid(idstring=str(message.pk), domain="laypartner.invalid")},
    )


def mark_sent(message: Message) -> None:
    """The letter went. The kept copy loses its links and codes, except in the demo, which shows them."""
    message.state, message.sent_at, message.error = Message.State.SENT, timezone.now(), ""
    if not settings.DEMO:
        for secret in message.secrets:
            message.text = message.text.replace(secret, REMOVED)
        message.secrets = []
    message.save()


def _put_back(message: Message, error: str) -> None:
    """Try again after 1, 2, 4 … 60 minutes; after a day say that it failed."""
    if timezone.now() - message.created_at > GIVE_UP:
        _give_up(message, f"The mail server did not take it for a day ({error}).")
        return
    wait = timedelta(minutes=min(60, 2 ** (message.attempts - 1)))
    message.state, message.due_at, message.error = Message.State.DUE, timezone.now() + wait, error
    message.save()


def _give_up(message: Message, error: str) -> None:
    message.state, message.error = Message.State.FAILED, error
    message.save()
