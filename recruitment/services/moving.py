"""The one way in which an application changes its state: a conditional UPDATE, a row, an audit line."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from recruitment.models import OPEN_STATES, Application, Decision
from recruitment.states import STANDS, STEPS, VERBS

Outcome, State = Decision.Outcome, Application.State


class ReasonMissing(DomainError):
    """A decision without a reason."""


class CannotDecide(DomainError):
    """The application does not stand where this step starts."""


@transaction.atomic
def move(
    *,
    application: Application,
    outcome: str,
    reason: str,
    by: Any = None,
    criteria: Sequence[str] = (),
    to: str = "",
) -> Decision:
    """Take one step of recruitment.states and write it down. `by` is None when the person acted by their own link.

    `to` overrides where the step leads (coming back to where one was). Of two people who press at once one gets the
    sentence. Raises ReasonMissing, CannotDecide. Sends nothing: letters are the caller's.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("Write why, in a sentence. The reason stays with the decision.")
    starts, usual_end = STEPS[outcome]
    ends = to or usual_end
    if ends in OPEN_STATES:
        _refuse_second_open(application)
    before = application.state
    here = Application.objects.filter(pk=application.pk, state=before, state__in=starts)
    if not here.update(state=ends):
        application.refresh_from_db(fields=["state"])
        stands = STANDS[State(application.state)]
        raise CannotDecide(f"The application of {application.person.name} {stands}.")
    application.state = ends
    decision = Decision.objects.create(
        application=application,
        outcome=outcome,
        state_before=before,
        criteria=list(criteria),
        by=by,
        at=timezone.now(),
        reason=reason[:1000],
    )
    audit.record(VERBS[outcome], application, by=by, cohort=application.cohort, decision=decision.pk)
    return decision


def locked_now(application: Application) -> Application:
    """The application as it stands now, locked until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("cohort", "person")
    return rows.get(pk=application.pk)


def has_newer(application: Application) -> bool:
    """Whether the person has another application to the cohort that is open. One query."""
    others = Application.objects.filter(cohort=application.cohort, person=application.person, state__in=OPEN_STATES)
    return others.exclude(pk=application.pk).exists()


def _refuse_second_open(application: Application) -> None:
    """A declined person may have applied again; then the new application is the one to decide on."""
    if has_newer(application):
        raise CannotDecide("This person has sent a newer application for this cohort. Decide on that one.")
