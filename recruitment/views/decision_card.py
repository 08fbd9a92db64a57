"""The card on the page of an application in which one decides: what may be done from where it stands."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from core.forms import Form
from people.permissions import Permission
from recruitment.forms import MoreTimeForm, PrepareForm, ReasonForm
from recruitment.models import Application, Decision
from recruitment.queries.applications import scores_of_row
from recruitment.queries.deciding import pending_of, rules_of, to_settle
from recruitment.queries.heard import heard
from recruitment.states import STEPS

Outcome, State = Decision.Outcome, Application.State
TO_PREPARE = {
    Outcome.ACCEPT: ("Prepare an offer", "application-offer"),
    Outcome.RESERVE: ("Prepare the reserve list", "application-reserve"),
    Outcome.DECLINE: ("Prepare a no", "application-decline"),
}
# What happens at once, because it is the person's own answer or takes something back.
AT_ONCE = {
    Outcome.CONFIRM: ("They said yes", "application-confirm"),
    Outcome.TURN_DOWN: ("They said no", "application-turn-down"),
    Outcome.LAPSE: ("Give the place to somebody else", "application-lapse"),
    Outcome.WITHDRAW: ("They withdrew", "application-withdraw"),
    Outcome.REOPEN: ("Take the decision back", "application-reopen"),
}


def decision_card(found: Application, held: frozenset[Permission], form: Form | None = None) -> dict[str, Any] | None:
    """What _decision.html shows; None for readers who may not decide. `form` is the one that was refused, if any."""
    if Permission.APPLICATION_DECIDE not in held:
        return None
    prepare, at_once = _buttons(found, TO_PREPARE), _buttons(found, AT_ONCE)
    offer = next((offer for offer in found.offers.all() if not (offer.answered_at or offer.ended_at)), None)
    more = MoreTimeForm(auto_id="more_%s")
    return {
        "prepare": prepare,
        "prepare_form": form if isinstance(form, PrepareForm) else PrepareForm(auto_id="decide_%s"),
        "settle": _to_settle(found) if prepare else [],
        "pending": pending_of(found),
        "at_once": at_once,
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(auto_id="now_%s"),
        "offer": offer,
        "more_time_form": form if isinstance(form, MoreTimeForm) else more,
        "heard": heard(found),
    }


def _buttons(found: Application, choices: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    where = [found.cohort.slug, found.reference]
    return [
        {"label": label, "url": reverse(f"recruitment:{name}", args=where), "is_likely": outcome == Outcome.CONFIRM}
        for outcome, (label, name) in choices.items()
        if found.state in STEPS[outcome][0] and _makes_sense(found, outcome)
    ]


def _makes_sense(found: Application, outcome: str) -> bool:
    """Somebody who is not eligible can only be told no."""
    is_out = found.eligibility == Application.Eligibility.NOT_ELIGIBLE
    return not (is_out and outcome in (Outcome.ACCEPT, Outcome.RESERVE))


def _to_settle(found: Application) -> list[str]:
    """Why the scores cannot carry a decision yet, in words."""
    if found.eligibility == Application.Eligibility.NOT_ELIGIBLE:
        return []
    if scores_of_row(found).total is None:
        return ["nobody has scored all seven characteristics"]
    return to_settle(found, rules_of(found.cohort))
