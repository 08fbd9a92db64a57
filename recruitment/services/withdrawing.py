"""Taking one's own application back, and coming back after all."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core.exceptions import DomainError
from programmes.models import Participant
from programmes.services import cohorts
from recruitment import emails
from recruitment.models import OPEN_STATES, Application, Decision, Offer
from recruitment.places import locked_places_of
from recruitment.queries.mine import HAD_PLACE, LEFT, leaving_of, return_until
from recruitment.services import offering
from recruitment.services.moving import CannotDecide, has_newer, locked_now, move

Outcome, State = Decision.Outcome, Application.State
OWN_WISH = "Withdrawn by the person on their own page"
CAME_BACK = "The person came back on their own page"


class TooLate(DomainError):
    """The time in which one could come back is over."""


class NewerApplication(DomainError):
    """The person has applied again meanwhile: that application counts."""


@transaction.atomic
def withdraw(*, application: Application, by: Any = None, reason: str = OWN_WISH) -> Decision:
    """Take the application out and write to the person. An open offer ends; somebody with a place gives it up.

    A decision's letter that nobody has posted yet is held back. Twice changes nothing. Raises CannotDecide.
    """
    locked_places_of(application.cohort)
    application = locked_now(application)
    if application.state == State.WITHDRAWN:
        return leaving_of(application)
    had_place = application.state == State.ACCEPTED
    told = application.decisions.filter(outcome__in=emails.DECISION_LETTERS).order_by("-at", "-pk").first()
    decision = move(application=application, outcome=Outcome.WITHDRAW, reason=reason, by=by)
    offering.end_open_offer(application)
    if had_place:
        _give_up_place(application, by, reason)
    if told is not None:
        emails.hold_back(told)
    emails.send_withdrawn(decision)
    return decision


@transaction.atomic
def come_back(*, application: Application, by: Any = None, reason: str = CAME_BACK) -> str:
    """Undo a withdrawal or a no: back to where the person stood, and a letter that says so. Returns that state.

    An offer is open again until its own day, and a place is given back, when one is free. Twice changes nothing.
    Raises TooLate, NewerApplication, offering.NoPlaceLeft, CannotDecide.
    """
    places = locked_places_of(application.cohort)
    application = locked_now(application)
    if application.state in OPEN_STATES:
        return application.state
    if application.state not in LEFT:
        raise CannotDecide("This application was not withdrawn. Ring us if you have a question.")
    if has_newer(application):
        raise NewerApplication("You have sent another application for this course since. That one counts.")
    back_to, last_moment = leaving_of(application).state_before, return_until(application)
    if last_moment is not None and timezone.now() >= last_moment:
        raise TooLate("The time to change this here is over.")
    if back_to in HAD_PLACE and not places.left:
        raise offering.NoPlaceLeft("The place has been given to somebody else meanwhile.")
    decision = move(application=application, outcome=Outcome.RETURN, reason=reason, by=by, to=back_to)
    if back_to == State.OFFERED:
        _reopen_offer(application)
    elif back_to == State.ACCEPTED:
        cohorts.reinstate(participant=_participant_of(application), by=by)
    emails.send_returned(decision)
    return application.state


def _reopen_offer(application: Application) -> None:
    newest = application.offers.order_by("-made_at", "-pk").values("pk")[:1]
    Offer.objects.filter(pk__in=newest).update(answer="", answered_at=None, ended_at=None)


def _participant_of(application: Application) -> Participant:
    return Participant.objects.get(cohort=application.cohort, person=application.person)


def _give_up_place(application: Application, by: Any, reason: str) -> None:
    participant = Participant.objects.filter(cohort=application.cohort, person=application.person).first()
    if participant is not None:
        cohorts.withdraw(participant=participant, by=by, reason=reason)
