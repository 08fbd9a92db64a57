"""Decisions on applications. Each is a row with its reason, and each can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from people.models import Person
from programmes.models import Participant
from programmes.services import cohorts
from recruitment import emails
from recruitment.models import Application, Decision
from recruitment.services import offering
from recruitment.services.moving import CannotDecide, ReasonMissing, move
from recruitment.states import STEPS

__all__ = ["CannotDecide", "ReasonMissing", "decline", "possible_outcomes", "put_on_reserve", "reopen"]

State, Outcome = Application.State, Decision.Outcome
BY_ORGANISERS = (Outcome.ACCEPT, Outcome.RESERVE, Outcome.DECLINE, Outcome.CONFIRM, Outcome.LAPSE, Outcome.REOPEN)


def possible_outcomes(application: Application) -> list[Outcome]:
    """The decisions that an organiser may make from where the application stands, the likeliest first."""
    return [outcome for outcome in BY_ORGANISERS if application.state in STEPS[outcome][0]]


@transaction.atomic
def put_on_reserve(
    *,
    application: Application,
    reason: str,
    by: Any,
    criteria: Sequence[str] = (),
    letter: emails.Words | None = None,
    due_at: datetime | None = None,
) -> Decision:
    """Offer a place if one frees up, and tell the person so. Raises CannotDecide, ReasonMissing."""
    decision = move(application=application, outcome=Outcome.RESERVE, reason=reason, by=by, criteria=criteria)
    emails.send_decision(decision, letter=letter, due_at=due_at)
    return decision


@transaction.atomic
def decline(
    *,
    application: Application,
    reason: str,
    by: Any,
    criteria: Sequence[str] = (),
    letter: emails.Words | None = None,
    due_at: datetime | None = None,
) -> Decision:
    """Say no this time, and tell the person so. Raises CannotDecide, ReasonMissing."""
    decision = move(application=application, outcome=Outcome.DECLINE, reason=reason, by=by, criteria=criteria)
    emails.send_decision(decision, letter=letter, due_at=due_at)
    return decision


@transaction.atomic
def reopen(*, application: Application, reason: str, by: Any) -> bool:
    """Take whatever stands back to "to decide". Somebody who had a place gives it up; the history keeps everything.

    Somebody who withdrew before agreeing to how we use what they told us is waited for again.
    A letter that still waits in the outbox is held back. Returns whether nobody has been told yet: when it is False
    the letter has gone, and a person should phone. Raises CannotDecide, ReasonMissing.
    """
    last = application.decisions.filter(outcome__in=emails.DECISION_LETTERS).order_by("-at", "-pk").first()
    had_place = application.state == State.ACCEPTED
    back_to = State.AWAITING if _left_before_agreeing(application) else State.SUBMITTED
    move(application=application, outcome=Outcome.REOPEN, reason=reason, by=by, to=back_to)
    offering.end_open_offer(application)
    if had_place:
        _give_up_place(application.person, application, reason, by)
    return emails.hold_back(last) if last else True


def _left_before_agreeing(application: Application) -> bool:
    left = application.decisions.order_by("-at", "-pk").first() if application.state == State.WITHDRAWN else None
    return left is not None and left.state_before == State.AWAITING


def _give_up_place(person: Person, application: Application, reason: str, by: Any) -> None:
    participant = Participant.objects.filter(cohort=application.cohort, person=person, withdrawn_at=None).first()
    if participant is not None:
        cohorts.withdraw(participant=participant, by=by, reason=reason)
