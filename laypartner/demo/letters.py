"""What became of the letters of the demo: most went, a few still need somebody."""

from datetime import datetime

from django.db.models import F

from core.audit import scope_of
from core.models import Message
from programmes.models import Cohort

State, Channel = Message.State, Message.Channel


def all_sent(cohort: Cohort, before: datetime | None = None) -> None:
    """Letters written before `before` (all of them without it) went out the moment they were due."""
    letters = Message.objects.filter(scope=scope_of(cohort), state=State.DUE)
    if before is not None:
        letters = letters.filter(created_at__lt=before)
    letters.update(state=State.SENT, sent_at=F("due_at"), attempts=1)


def some_trouble(cohort: Cohort) -> None:
    """One letter failed and of one nobody is sure, so that the outbox has something to decide."""
    newest = Message.objects.filter(scope=scope_of(cohort), state=State.SENT, channel=Channel.EMAIL).order_by("-pk")
    refused, unsure = list(newest[2:4])
    Message.objects.filter(pk=refused.pk).update(
        state=State.FAILED, sent_at=None, error="The mail server says that this address does not exist."
    )
    Message.objects.filter(pk=unsure.pk).update(state=State.UNCERTAIN, sent_at=None, claimed_at=unsure.due_at)
