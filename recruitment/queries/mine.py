"""What applicants see of their own application: where it stands as far as they have been told, and what they may do."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from core.models import Message
from people.models import ContactRoute, Person, Route
from programmes.models import Day
from recruitment.emails import DECISION_LETTERS, key_of
from recruitment.models import OPEN_STATES, Application, Decision, Offer
from recruitment.places import places_of
from recruitment.telling import TOLD, Words

State, Outcome = Application.State, Decision.Outcome
LEFT = (State.WITHDRAWN, State.TURNED_DOWN)
HAD_PLACE = (State.OFFERED, State.ACCEPTED)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Standing:
    """Where the person stands. While a decision is on its way (`is_waiting`) `state` is what was before it.

    `until` is the first moment in which leaving, or having left, cannot be undone on the page any more; None: no end.
    """

    application: Application
    state: str
    is_waiting: bool
    offer: Offer | None
    has_free_place: bool
    until: datetime | None

    @property
    def last_minute(self) -> datetime | None:
        """Until when it can be undone, as people say it: the whole minute counts."""
        return self.until and self.until - MINUTE

    @property
    def words(self) -> Words:
        return TOLD[State(self.state)]

    @property
    def may_leave(self) -> bool:
        return self.state in OPEN_STATES and not self.is_waiting

    @property
    def can_undo(self) -> bool:
        """Whether leaving now, or having left, can be undone on the page."""
        return self.until is None or timezone.now() < self.until

    @property
    def may_answer(self) -> bool:
        """Whether a yes would still be taken: an offer that waits, or one that ran out while its place is free."""
        return self.state == State.OFFERED or (self.state == State.LAPSED and self.has_free_place)

    @property
    def may_return(self) -> bool:
        return self.state in LEFT and self.can_undo


def standing_of(application: Application) -> Standing:
    """Six queries at most."""
    newest = application.decisions.order_by("-at", "-pk").first()
    is_waiting = newest is not None and newest.outcome in DECISION_LETTERS and _waits(key_of(newest))
    state = newest.state_before if is_waiting else application.state
    return Standing(
        application=application,
        state=state,
        is_waiting=is_waiting,
        offer=last_offer_of(application) if not is_waiting else None,
        has_free_place=state == State.LAPSED and places_of(application.cohort).left > 0,
        until=return_until(application),
    )


def _waits(key: str) -> bool:
    """Whether a letter still waits for its time. One that was tried and did not get through is not held back."""
    waiting = Message.objects.filter(key=key, state=Message.State.DUE, attempts=0, due_at__gt=timezone.now())
    return waiting.exists()


def leaving_of(application: Application) -> Decision:
    """The step by which the person left, the newest. One query."""
    return application.decisions.filter(outcome__in=(Outcome.WITHDRAW, Outcome.TURN_DOWN)).latest("at", "pk")


def return_until(application: Application) -> datetime | None:
    """The first moment in which somebody who left, or would leave now, cannot come back by themselves. None: no end.

    With an offer or a place it is the offer's day, on the reserve list the first day of the course, before any
    decision the end of the call. Three queries at most.
    """
    state = leaving_of(application).state_before if application.state in LEFT else application.state
    if state in HAD_PLACE and (offer := last_offer_of(application)):
        return offer.reply_by.replace(second=0, microsecond=0) + MINUTE
    return _first_morning(application) if state == State.RESERVE else application.cohort.applications_end_at


def last_offer_of(application: Application) -> Offer | None:
    """The newest offer. One query."""
    return application.offers.order_by("-made_at", "-pk").first()


def _first_morning(application: Application) -> datetime | None:
    first = application.cohort.days.order_by("date").first()
    return datetime.combine(first.date, time(), application.cohort.zone) if first else None


@dataclass(frozen=True)
class Particulars:
    """How we reach somebody, as we have it."""

    person: Person
    email: str
    phone: str
    post: str
    preferred: str

    @property
    def best_way(self) -> str:
        return Route(self.preferred).label if self.preferred else ""


def particulars_of(person: Person) -> Particulars:
    """One query."""
    routes: dict[str, ContactRoute] = {route.kind: route for route in person.contact_routes.all()}
    values = {kind: routes[kind].value if kind in routes else "" for kind in Route.values}
    preferred = next((kind for kind, route in routes.items() if route.is_preferred), "")
    return Particulars(person, values[Route.EMAIL], values[Route.PHONE], values[Route.POST], preferred)


def days_of(application: Application) -> list[Day]:
    return list(application.cohort.days.all())
