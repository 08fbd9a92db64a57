"""What a person decides about a letter in the outbox: it went by post, it was told by phone, it arrived, send it again."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import outbox
from core.exceptions import DomainError
from core.models import AuditEvent, Message

State, Channel = Message.State, Message.Channel


class LetterMovedOn(DomainError):
    """Somebody else, or the worker, was quicker."""


@transaction.atomic
def mark_posted(*, letter: Message, by: Any) -> None:
    """A printed letter went into the post. Raises LetterMovedOn unless it was one by post that waits and may go."""
    _settle(letter, by, "letter_posted", channel=Channel.POST, state=State.DUE, due_at__lte=timezone.now())


def mark_all_posted(*, letters: Iterable[Message], by: Any) -> int:
    """Each printed letter went into the post. One that has changed meanwhile is left alone. Returns how many went."""
    posted = 0
    for letter in letters:
        with suppress(LetterMovedOn):
            mark_posted(letter=letter, by=by)
            posted += 1
    return posted


@transaction.atomic
def mark_told(*, letter: Message, by: Any) -> None:
    """Somebody phoned and said what is in the letter. Raises LetterMovedOn unless it was a call that waits."""
    _settle(letter, by, "letter_told", channel=Channel.PHONE, state=State.DUE, due_at__lte=timezone.now())


@transaction.atomic
def mark_no_answer(*, letter: Message, by: Any) -> None:
    """Somebody phoned and nobody answered: the call goes on waiting, with one more try. Raises LetterMovedOn."""
    waiting = Message.objects.filter(pk=letter.pk, channel=Channel.PHONE, state=State.DUE, due_at__lte=timezone.now())
    _expect_one(waiting.update(attempts=F("attempts") + 1))
    _record("letter_no_answer", letter, by)


@transaction.atomic
def mark_arrived(*, letter: Message, by: Any) -> None:
    """Somebody asked, and the letter did arrive. Raises LetterMovedOn unless nobody was sure."""
    _settle(letter, by, "letter_arrived", state=State.UNCERTAIN)


@transaction.atomic
def send_again(*, letter: Message, by: Any) -> None:
    """Put a letter that failed, or of which nobody is sure, back in the queue. Raises LetterMovedOn."""
    again = Message.objects.filter(pk=letter.pk, state__in=(State.UNCERTAIN, State.FAILED), channel=Channel.EMAIL)
    now = timezone.now()
    _expect_one(again.update(state=State.DUE, due_at=now, created_at=now, attempts=0, error=""))
    _record("letter_again", letter, by)


def _settle(letter: Message, by: Any, verb: str, **where: Any) -> None:
    """Conditional UPDATE first: of two people who press the button, one wins."""
    _expect_one(Message.objects.filter(pk=letter.pk, **where).update(state=State.SENT, sent_at=timezone.now()))
    letter.refresh_from_db()
    outbox.mark_sent(letter)
    _record(verb, letter, by)


def _expect_one(changed: int) -> None:
    if changed != 1:
        raise LetterMovedOn("This letter has changed since you opened the page. Look at it again before you decide.")


def _record(verb: str, letter: Message, by: Any) -> None:
    AuditEvent.objects.create(
        verb=verb, subject_kind=letter._meta.label_lower, subject_id=str(letter.pk), by=by, scope=letter.scope
    )
