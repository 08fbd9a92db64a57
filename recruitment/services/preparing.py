"""Decisions that are prepared: nobody is told and nothing changes until they are released."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core import audit
from core.exceptions import DomainError
from people.permissions import Permission
from programmes.models import Cohort
from recruitment.models import Application, BulkAction, PendingDecision
from recruitment.places import locked_places_of
from recruitment.queries.applications import scores_of_row
from recruitment.queries.deciding import rules_of, to_settle
from recruitment.sentences import counted, named, people
from recruitment.services import undoing
from recruitment.services.moving import CannotDecide, ReasonMissing
from recruitment.services.offering import NoPlaceLeft, refuse_missing_facts
from recruitment.services.undoing import CannotUndo
from recruitment.states import STANDS, STEPS

Outcome, State, Eligibility = PendingDecision.Outcome, Application.State, Application.Eligibility
# What the list of things done lately says of each outcome.
SUMMARIES = {Outcome.ACCEPT: "to offer a place", Outcome.RESERVE: "for the reserve list", Outcome.DECLINE: "to decline"}
LONGEST_REASON = 1000


class NotSettled(DomainError):
    """The scores cannot carry a decision yet, and nobody said why it should be made all the same."""


@transaction.atomic
def prepare(
    *,
    cohort: Cohort,
    applications: Sequence[Application],
    outcome: str,
    criteria: Sequence[str],
    reason: str,
    by: Any,
    before_settled: str = "",
) -> BulkAction:
    """Mean to decide so about each of them. What was prepared for one of them before is replaced.

    `before_settled` says why the decision is made before a moderator has settled differences, or without scores.
    All or nothing. Raises ReasonMissing, CannotDecide, NotSettled, and NoPlaceLeft for more offers than places.
    """
    places = locked_places_of(cohort)
    keys = [application.pk for application in applications]
    rows = list(_rows().filter(cohort=cohort, pk__in=keys).order_by("pk"))
    if not rows:
        raise CannotDecide("Tick the people first.")
    _refuse_wrong_states(rows, outcome)
    unsettled = _unsettled(rows, cohort)
    reason = _reason(rows, criteria, reason, before_settled if unsettled else "")
    if unsettled and not before_settled.strip():
        raise NotSettled(_names_unsettled(unsettled))
    if outcome == Outcome.ACCEPT:
        _refuse_too_many(cohort, rows, places.left)
    had = {row.pk for row in rows if hasattr(row, "pending")}
    PendingDecision.objects.filter(application__in=had).delete()
    made = PendingDecision.objects.bulk_create(
        PendingDecision(application=row, outcome=outcome, criteria=list(criteria), reason=reason, by=by) for row in rows
    )
    action = undoing.remember(
        kind=BulkAction.Kind.MARK,
        cohort=cohort,
        summary=f"{people(len(rows))} prepared {SUMMARIES[Outcome(outcome)]}",
        items=[[row.application_id, row.pk, row.application_id in had] for row in made],
        by=by,
    )
    audit.record("decisions_prepared", action, by=by, cohort=cohort, outcome=outcome, people=len(rows))
    return action


@transaction.atomic
def clear(*, cohort: Cohort, applications: Sequence[Application], by: Any) -> int:
    """Mean nothing about them any more. Returns how many had been prepared."""
    pending = PendingDecision.objects.filter(application__cohort=cohort, application__in=list(applications))
    cleared = pending.delete()[0]
    if cleared:
        audit.record("decisions_cleared", cohort, by=by, cohort=cohort, people=cleared)
    return cleared


@undoing.undoes(BulkAction.Kind.MARK, Permission.APPLICATION_DECIDE)
def take_back(action: BulkAction, *, by: Any) -> str:
    """Take away what was prepared. Refused when one of them was released, prepared anew or written to since."""
    keys = [pending for _, pending, _ in action.items]
    standing = PendingDecision.objects.select_for_update().filter(pk__in=keys, text="")
    untouched = set(standing.values_list("pk", flat=True))
    moved_on = [application for application, pending, _ in action.items if pending not in untouched]
    if moved_on:
        raise CannotUndo(
            f"Nothing was undone, because something has changed since for {_names(moved_on)}: the decision was "
            "released, prepared anew or taken away, or the letter was edited."
        )
    standing.delete()
    replaced = sum(had for _, _, had in action.items)
    again = f" For {replaced} of them something else was prepared before: prepare that again." if replaced else ""
    return f"{people(len(keys))} are to decide again.{again}"


def _rows() -> Any:
    return Application.objects.select_for_update(of=("self",)).select_related("person", "agreed_scores", "pending")


def _refuse_wrong_states(rows: Sequence[Application], outcome: str) -> None:
    """Raises the sentence of the first whose application does not stand where this outcome starts."""
    for row in rows:
        if row.state not in STEPS[outcome][0]:
            raise CannotDecide(f"The application of {row.person.name} {STANDS[State(row.state)]}. Untick it.")
        if row.eligibility == Eligibility.NOT_ELIGIBLE and outcome != Outcome.DECLINE:
            raise CannotDecide(f"{row.person.name} is not eligible, so the answer can only be no. Untick it.")
        if outcome == Outcome.ACCEPT:
            refuse_missing_facts(row)


def _reason(rows: Sequence[Application], criteria: Sequence[str], reason: str, before_settled: str) -> str:
    """The reason as it is kept. People who are not eligible are declined for that, not for a characteristic."""
    if not reason.strip():
        raise ReasonMissing("Write why, in a sentence. The reason stays with the decision.")
    if not criteria and any(row.eligibility != Eligibility.NOT_ELIGIBLE for row in rows):
        raise ReasonMissing("Tick at least one characteristic that the decision rests on.")
    parts = [reason.strip()]
    if before_settled.strip():
        parts.append(f"Before the scores were settled, because: {before_settled.strip()}")
    return "\n".join(parts)[:LONGEST_REASON]


def _unsettled(rows: Sequence[Application], cohort: Cohort) -> list[Application]:
    """Those whose scores are missing or still differ; not those who are ruled out anyway."""
    rules = rules_of(cohort)
    eligible = (row for row in rows if row.eligibility != Eligibility.NOT_ELIGIBLE)
    return [row for row in eligible if scores_of_row(row).total is None or to_settle(row, rules)]


def _names_unsettled(rows: Sequence[Application]) -> str:
    whose = named([row.person.name for row in rows])
    return (
        f"The scores of {whose} are missing, or reviewers differ and no moderator has settled it yet. "
        "Untick them, or say why you decide before that."
    )


def _refuse_too_many(cohort: Cohort, rows: Sequence[Application], places_left: int) -> None:
    """Offers that are prepared count as well as those that are out."""
    others = PendingDecision.objects.filter(application__cohort=cohort, outcome=Outcome.ACCEPT)
    prepared = others.exclude(application__in=[row.pk for row in rows]).count()
    if prepared + len(rows) > places_left:
        left = "1 place is" if places_left == 1 else f"{places_left or 'no'} places are"
        before = f" and {counted(prepared, 'offer')} prepared already" if prepared else ""
        raise NoPlaceLeft(f"You ticked {people(len(rows))}, but {left} free{before}. Untick some.")


def _names(applications: Sequence[int]) -> str:
    found = Application.objects.filter(pk__in=applications).select_related("person").order_by("person__name")
    return named([row.person.name for row in found])
