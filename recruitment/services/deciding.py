"""Decisions on applications. Each is a row with its reason, and each can be taken back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from people.models import Person
from programmes.models import Participant
from programmes.services import cohorts
from recruitment import emails
from recruitment.models import OPEN_STATES, Application, Decision

State, Outcome = Application.State, Decision.Outcome

# Outcome → the states it may start from, and the state it leads to.
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    Outcome.ACCEPT: ((State.SUBMITTED, State.RESERVE), State.ACCEPTED),
    Outcome.RESERVE: ((State.SUBMITTED,), State.RESERVE),
    Outcome.DECLINE: ((State.SUBMITTED, State.RESERVE), State.DECLINED),
    Outcome.REOPEN: ((State.ACCEPTED, State.RESERVE, State.DECLINED, State.WITHDRAWN), State.SUBMITTED),
}
# What the sentence says when a decision cannot be made from where the application stands.
STANDS = {
    State.SUBMITTED: "is still to decide",
    State.ACCEPTED: "already has a place",
    State.RESERVE: "is already on the reserve list",
    State.DECLINED: "is already declined",
    State.WITHDRAWN: "has been withdrawn",
}
AUDIT_VERBS = {
    Outcome.ACCEPT: "accepted",
    Outcome.RESERVE: "put_on_reserve",
    Outcome.DECLINE: "declined",
    Outcome.REOPEN: "reopened",
}


class ReasonMissing(DomainError):
    """A decision without a reason."""


class CannotDecide(DomainError):
    """The application does not stand where this decision starts."""


class NotEnoughPlaces(DomainError):
    """More people were selected than there are places."""


def possible_outcomes(application: Application) -> list[Outcome]:
    """The decisions that may be made from where the application stands, the likeliest first."""
    return [Outcome(outcome) for outcome, (starts, _) in STEPS.items() if application.state in starts]


@transaction.atomic
def accept(*, application: Application, reason: str, by: Any) -> Participant:
    """Give the applicant a place: a decision, a participant, a letter. Raises CohortFull, CannotDecide, ReasonMissing."""
    decision = _decide(application, Outcome.ACCEPT, reason, by)
    participant = cohorts.enrol(
        cohort=application.cohort,
        person=application.person,
        experience=application.experience,
        lived_experience=application.lived_experience,
        by=by,
    )
    emails.send_decision(decision)
    return participant


@transaction.atomic
def accept_all(*, applications: Iterable[Application], reason: str, by: Any) -> int:
    """Accept all of one cohort's `applications` or none of them. Returns how many.

    Raises NotEnoughPlaces (which says how many there are), or what accept() raises.
    """
    chosen = list(applications)
    if not chosen:
        raise CannotDecide("Tick the applications that you want to accept first.")
    cohort = chosen[0].cohort
    left = max(cohort.capacity - cohort.participants.filter(withdrawn_at=None).count(), 0)
    if len(chosen) > left:
        raise NotEnoughPlaces(f"{_places(left)} and you selected {len(chosen)} people. Nobody was accepted.")
    for application in chosen:
        accept(application=application, reason=reason, by=by)
    return len(chosen)


@transaction.atomic
def put_on_reserve(*, application: Application, reason: str, by: Any) -> Decision:
    """Offer a place if one frees up, and tell the person so. Raises CannotDecide, ReasonMissing."""
    decision = _decide(application, Outcome.RESERVE, reason, by)
    emails.send_decision(decision)
    return decision


@transaction.atomic
def decline(*, application: Application, reason: str, by: Any) -> Decision:
    """Say no this time, and tell the person so. Raises CannotDecide, ReasonMissing."""
    decision = _decide(application, Outcome.DECLINE, reason, by)
    emails.send_decision(decision)
    return decision


@transaction.atomic
def reopen(*, application: Application, reason: str, by: Any) -> bool:
    """Take the standing decision back. Somebody who had a place gives it up; the history keeps everything.

    A letter that still waits in the outbox is held back. Returns whether nobody has been told yet: when it is False
    the letter has gone, and a person should phone. Raises CannotDecide, ReasonMissing.
    """
    _refuse_second_open(application)
    last = application.decisions.exclude(outcome=Outcome.REOPEN).order_by("-at", "-pk").first()
    had_place = application.state == State.ACCEPTED
    _decide(application, Outcome.REOPEN, reason, by)
    if had_place:
        _give_up_place(application.person, application, reason, by)
    return emails.hold_back(last) if last else True


def _decide(application: Application, outcome: Outcome, reason: str, by: Any) -> Decision:
    """One conditional UPDATE moves the state, so of two people who press at once one gets the sentence."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("Write why, in a sentence. The reason stays with the decision.")
    starts, ends = STEPS[outcome]
    here = Application.objects.filter(pk=application.pk, state__in=starts)
    if not here.update(state=ends):
        application.refresh_from_db(fields=["state"])
        stands = STANDS[State(application.state)]
        take_back = "" if outcome == Outcome.REOPEN else " To change that, take the decision back first."
        raise CannotDecide(f"The application of {application.person.name} {stands}.{take_back}")
    application.state = ends
    decision = Decision.objects.create(
        application=application, outcome=outcome, by=by, at=timezone.now(), reason=reason[:1000]
    )
    audit.record(AUDIT_VERBS[outcome], application, by=by, cohort=application.cohort, decision=decision.pk)
    return decision


def _refuse_second_open(application: Application) -> None:
    """A declined person may have applied again; then the new application is the one to decide on."""
    others = Application.objects.filter(cohort=application.cohort, person=application.person, state__in=OPEN_STATES)
    if others.exclude(pk=application.pk).exists():
        raise CannotDecide("This person has sent a newer application for this cohort. Decide on that one.")


def _give_up_place(person: Person, application: Application, reason: str, by: Any) -> None:
    participant = Participant.objects.filter(cohort=application.cohort, person=person, withdrawn_at=None).first()
    if participant is not None:
        cohorts.withdraw(participant=participant, by=by, reason=reason)


def _places(left: int) -> str:
    if not left:
        return "There is no place left"
    return "There is 1 place left" if left == 1 else f"There are {left} places left"
