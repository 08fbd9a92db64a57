"""A place has become free: it is offered to the next on the reserve list."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from people.permissions import Permission
from recruitment.models import Application, BulkAction
from recruitment.places import locked_places_of
from recruitment.queries.offers import next_in_line, reserve_list
from recruitment.services import offering, undoing
from recruitment.services.moving import CannotDecide
from recruitment.services.releasing import PAUSE, hold_all_back
from recruitment.states import STANDS

State = Application.State


@transaction.atomic
def promote(*, application: Application, by: Any) -> BulkAction:
    """Offer the free place to `application`, which the page showed as the next. The letter goes out after a pause.

    Only the first of the ranked reserve list, or one of those who share the first rank. The cohort's row is locked, so
    two people who press at once promote one. Raises NoPlaceLeft, CannotDecide.
    """
    cohort = application.cohort
    locked_places_of(cohort)
    application = Application.objects.select_related("cohort", "person").get(pk=application.pk)
    if application.state != State.RESERVE:
        raise CannotDecide(f"The application of {application.person.name} {STANDS[State(application.state)]}.")
    first = next_in_line(reserve_list(cohort))
    if application.pk not in [waiting.application.pk for waiting in first]:
        raise CannotDecide(f"{first[0].application.person.name} comes before {application.person.name} now.")
    offer = offering.offer(application=application, reason=_why(first), by=by, due_at=timezone.now() + PAUSE)
    return undoing.remember(
        kind=BulkAction.Kind.PROMOTE,
        cohort=cohort,
        summary=f"Place offered to {application.reference} from the reserve list",
        items=[{"decision": offer.decision_id, "is_edited": False}],
        by=by,
    )


def _why(first: Any) -> str:
    """The reason is the ranking, which rests on all seven characteristics."""
    points = "without a total" if first[0].total is None else f"with {first[0].total} of 28"
    if len(first) == 1:
        return f"First on the ranked reserve list, {points}."
    return f"Chosen among {len(first)} who are equal at the head of the reserve list, {points}."


@undoing.undoes(BulkAction.Kind.PROMOTE, Permission.APPLICATION_DECIDE)
def take_back(action: BulkAction, *, by: Any) -> str:
    """Back on the reserve list, and the letter held back. Refused when it has gone or the person has answered."""
    (application,) = hold_all_back(action, by=by)
    application.pending.delete()
    return f"{application.person.name} is on the reserve list again. No letter had gone out."
