"""Places: offered until a day, answered by a button, given on when nobody answers."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from programmes.characteristics import Characteristic
from programmes.models import Cohort, Participant
from programmes.services import cohorts
from recruitment import emails
from recruitment.models import Application, Decision, Offer, RecruitmentSettings, Review
from recruitment.places import locked_places_of
from recruitment.services.moving import locked_now, move

Outcome, State = Decision.Outcome, Application.State
OWN_CLICK = "Answered by the person on their own page"


class NoPlaceLeft(DomainError):
    """Every place is taken or offered to somebody."""


class TooEarly(DomainError):
    """More time that would be less."""


class FactsMissing(DomainError):
    """A paper form left out what tables are mixed by."""


class NoOpenOffer(DomainError):
    """There is no offer that waits for an answer."""


@transaction.atomic
def offer(
    *,
    application: Application,
    reason: str,
    by: Any,
    criteria: Sequence[str] = (),
    reply_by: datetime | None = None,
    letter: emails.Words | None = None,
    due_at: datetime | None = None,
) -> Offer:
    """Hold a place for the applicant and write to them. Raises NoPlaceLeft, CannotDecide, ReasonMissing.

    `letter` are words that somebody edited; without them the cohort's. The letter goes out at `due_at` (now).
    """
    cohort = application.cohort
    refuse_missing_facts(application)
    places = locked_places_of(cohort)
    if not places.left:
        raise NoPlaceLeft(f"{places.words}. Nobody was offered one.")
    decision = move(application=application, outcome=Outcome.ACCEPT, reason=reason, by=by, criteria=criteria)
    made = Offer.objects.create(
        application=application,
        decision=decision,
        made_at=decision.at,
        reply_by=reply_by or usual_reply_by(cohort, decision.at),
    )
    emails.send_decision(decision, letter=letter, due_at=due_at)
    return made


def refuse_missing_facts(application: Application) -> None:
    """Raises FactsMissing for a form that does not say enough to give somebody a seat."""
    if not (application.experience and application.lived_experience):
        raise FactsMissing(
            f"The application of {application.person.name} does not say how long they have had lay roles, or whether "
            "they are a patient or a carer. Put that right on its page first, because tables are mixed by it."
        )


def usual_reply_by(cohort: Cohort, made_at: datetime) -> datetime:
    """The end of the day that is the cohort's number of days later, on the cohort's clock: 11:59pm."""
    days = RecruitmentSettings.objects.of(cohort).reply_days
    return end_of_day(timezone.localtime(made_at, cohort.zone).date() + timedelta(days=days), cohort)


def end_of_day(day: date, cohort: Cohort) -> datetime:
    """11:59pm on the cohort's clock."""
    return datetime.combine(day, time(23, 59), cohort.zone)


def open_offer_of(application: Application) -> Offer | None:
    """The offer that waits for an answer, if any. One query."""
    return application.offers.waiting().first()


@transaction.atomic
def say_yes(*, application: Application, by: Any = None, reason: str = OWN_CLICK) -> Participant:
    """The applicant takes the place. Raises NoPlaceLeft when an offer that had run out was given to somebody else.

    Of two people who say yes to one place left, one gets it: the cohort's row is locked. Saying yes twice changes nothing.
    """
    places = locked_places_of(application.cohort)  # before the application's own row, as everywhere: no deadlock
    application = locked_now(application)
    if application.state == State.ACCEPTED:
        return Participant.objects.get(cohort=application.cohort, person=application.person)
    made = open_offer_of(application)
    if made is None and not places.left:
        raise NoPlaceLeft("Your place was given to somebody else, because the time to reply was over.")
    move(application=application, outcome=Outcome.CONFIRM, reason=reason, by=by)
    _answer(application, Offer.Answer.YES)
    participant = cohorts.enrol(
        cohort=application.cohort,
        person=application.person,
        experience=application.experience,
        lived_experience=application.lived_experience,
        development_needs=development_needs_of(application),
        by=by,
    )
    emails.send_confirmation(application)
    return participant


@transaction.atomic
def say_no(*, application: Application, by: Any = None, reason: str = OWN_CLICK) -> Decision:
    """The applicant does not want the place, which becomes free; a letter says so. Raises CannotDecide."""
    application = locked_now(application)
    decision = move(application=application, outcome=Outcome.TURN_DOWN, reason=reason, by=by)
    _answer(application, Offer.Answer.NO)
    emails.send_withdrawn(decision)
    return decision


@transaction.atomic
def lapse(*, application: Application, reason: str, by: Any) -> Decision:
    """Nobody answered: the place becomes free for the next. Raises CannotDecide, ReasonMissing."""
    decision = move(application=application, outcome=Outcome.LAPSE, reason=reason, by=by)
    end_open_offer(application)
    return decision


@transaction.atomic
def extend(*, application: Application, reply_by: datetime, by: Any) -> Offer:
    """Give more time to reply, and write to the person. Raises NoOpenOffer, and TooEarly for less time than now."""
    made = open_offer_of(application)
    if made is None:
        raise NoOpenOffer(f"{application.person.name} has no offer that waits for an answer.")
    if reply_by <= max(made.reply_by, timezone.now()):
        raise TooEarly("Enter a later day than the one they have now.")
    waiting = Offer.objects.waiting().filter(pk=made.pk)
    if not waiting.update(reply_by=reply_by):
        raise NoOpenOffer(f"{application.person.name} has answered meanwhile.")
    made.reply_by = reply_by
    emails.send_more_time(made)
    audit.record("offer_extended", application, by=by, cohort=application.cohort, offer=made.pk)
    return made


def end_open_offer(application: Application) -> None:
    """Take the standing offer away, if there is one. For services that move the application themselves."""
    application.offers.waiting().update(ended_at=timezone.now())


def development_needs_of(application: Application) -> list[str]:
    """The characteristics in which reviewers saw a need for support, each once, in their order. One query."""
    noted = Review.objects.filter(application=application).values_list("development_needs", flat=True)
    codes = {code for codes in noted for code in codes}
    return [str(item) for item in Characteristic if item in codes]


def _answer(application: Application, answer: str) -> None:
    """Write the answer on the open offer, or on the newest one that had run out."""
    last = application.offers.filter(answered_at=None).order_by("-made_at", "-pk").first()
    if last is not None:
        last.answer, last.answered_at = answer, timezone.now()
        last.save(update_fields=["answer", "answered_at"])
