"""Two applications of one person become one: both versions stay, one of them counts. And taking that back."""

from typing import Any

from django.db import IntegrityError, transaction

from core import audit
from core.exceptions import DomainError
from people.permissions import Permission
from programmes.models import Cohort
from recruitment.models import (
    OPEN_STATES,
    Application,
    Assignment,
    BulkAction,
    DuplicateVerdict,
    PendingDecision,
)
from recruitment.services import undoing
from recruitment.states import HOLDING, STANDS

State, Verdict = Application.State, DuplicateVerdict.Verdict


class CannotMerge(DomainError):
    """These two cannot become one, or not that way round."""


class CannotUnmerge(DomainError):
    """What was merged cannot be taken apart any more."""


@transaction.atomic
def merge(*, keep: Application, other: Application, by: Any, reason: str) -> BulkAction:
    """`other` becomes a second version of `keep`, and only `keep` counts. Nothing that anybody wrote is lost.

    What was prepared for `other` (a decision nobody has heard of, reviews not begun) is put away; reviews stay with it.
    Returns the action with what it takes to undo it. Raises CannotMerge.
    """
    keep, other = _locked(keep, other)
    _refuse(keep, other)
    before = other.state
    PendingDecision.objects.filter(application=other).delete()
    not_begun = Assignment.objects.filter(application=other).exclude(reviewer__in=other.reviews.values("reviewer"))
    assigned = list(not_begun.values_list("reviewer", "is_by_hand"))
    not_begun.delete()
    if not Application.objects.filter(pk=other.pk, state=before).update(state=State.MERGED, merged_into=keep):
        raise CannotMerge("Somebody changed one of the two applications just now. Look at them again.")
    _judge(keep, other, Verdict.MERGED, by, reason)
    audit.record("merged", other, by=by, cohort=other.cohort, into=keep.pk)
    return undoing.remember(
        kind=BulkAction.Kind.MERGE,
        cohort=other.cohort,
        summary=f"{other.reference} merged into {keep.reference}",
        items=[{"application": other.pk, "into": keep.pk, "state": before, "assigned": assigned}],
        by=by,
    )


@transaction.atomic
def tell_apart(*, first: Application, second: Application, by: Any, reason: str) -> DuplicateVerdict:
    """The two applications are two people's: they are not offered as one again. Raises CannotMerge."""
    first, second = _locked(first, second)
    if first.cohort_id != second.cohort_id or first.pk == second.pk:
        raise CannotMerge("Choose two applications of one cohort.")
    if State.MERGED in (first.state, second.state):
        raise CannotMerge("One of the two is merged already. Take that back first.")
    verdict = _judge(first, second, Verdict.DIFFERENT, by, reason)
    audit.record("told_apart", verdict.first, by=by, cohort=verdict.first.cohort, other=verdict.second_id)
    return verdict


@transaction.atomic
def look_again(*, verdict: DuplicateVerdict, by: Any) -> None:
    """Take back that two applications are two people's, so that they are offered for a look again."""
    if DuplicateVerdict.objects.filter(pk=verdict.pk, verdict=Verdict.DIFFERENT).delete()[0]:
        audit.record("looks_again", verdict.first, by=by, cohort=verdict.first.cohort, other=verdict.second_id)


@undoing.undoes(BulkAction.Kind.MERGE, Permission.APPLICATION_DECIDE)
def take_back(action: BulkAction, *, by: Any) -> str:
    """Give a merged application its state and its reviewers back. What was prepared for it has to be prepared anew.

    Raises CannotUnmerge.
    """
    for item in action.items:
        _restore(item, action.cohort, by)
    return f"{action.summary}: this is taken back. Both applications count again."


def action_of(application: Application) -> BulkAction:
    """The merge that made `application` a second version and that still stands. Raises CannotUnmerge."""
    actions = BulkAction.objects.filter(cohort=application.cohort_id, kind=BulkAction.Kind.MERGE, undone_at=None)
    for action in actions.order_by("-at", "-pk"):
        if any(item["application"] == application.pk for item in action.items):
            return action
    raise CannotUnmerge("This application is not merged any more, or was merged before it came here.")


def _locked(*applications: Application) -> list[Application]:
    """The rows as they stand now, in the order given; locked in the order of keys, so that nobody waits in a ring."""
    keys = [application.pk for application in applications]
    rows = Application.objects.select_for_update(of=("self",)).select_related("cohort", "person").filter(pk__in=keys)
    found = {row.pk: row for row in rows.order_by("pk")}
    return [found[key] for key in keys]


def _refuse(keep: Application, other: Application) -> None:
    if keep.pk == other.pk or keep.cohort_id != other.cohort_id:
        raise CannotMerge("Choose two applications of one cohort.")
    for application in (keep, other):
        if application.state not in OPEN_STATES:
            stands = STANDS[State(application.state)]
            raise CannotMerge(f"Application {application.reference} {stands}, so it cannot be merged.")
    if other.state in HOLDING:
        stands = STANDS[State(other.state)]
        raise CannotMerge(f"Application {other.reference} {stands}. Keep that one, so that the place stays.")
    if other.merged.exists():
        raise CannotMerge(f"Application {other.reference} holds another version already. Keep that one.")
    if keep.state == State.AWAITING and other.state != State.AWAITING:
        raise CannotMerge(
            f"Application {keep.reference} still waits for the person’s agreement. Keep the other one, or record the "
            "agreement first."
        )


def _judge(one: Application, other: Application, verdict: str, by: Any, reason: str) -> DuplicateVerdict:
    first, second = sorted((one, other), key=lambda application: application.pk)
    what = {"verdict": verdict, "by": by, "reason": reason[:500]}
    return DuplicateVerdict.objects.update_or_create(first=first, second=second, defaults=what)[0]


def _restore(item: dict[str, Any], cohort: Cohort, by: Any) -> None:
    merged = Application.objects.filter(pk=item["application"], state=State.MERGED, merged_into=item["into"])
    try:
        with transaction.atomic():
            restored = merged.update(state=item["state"], merged_into=None)
    except IntegrityError:
        raise CannotUnmerge("This person has sent a newer application for this cohort. That one counts.") from None
    if not restored:
        raise CannotUnmerge("This application is not merged any more.")
    Assignment.objects.bulk_create(
        [
            Assignment(application_id=item["application"], reviewer_id=reviewer, is_by_hand=by_hand, by=by)
            for reviewer, by_hand in item["assigned"]
        ],
        ignore_conflicts=True,
    )
    first, second = sorted((item["application"], item["into"]))
    DuplicateVerdict.objects.filter(first=first, second=second, verdict=Verdict.MERGED).delete()
    audit.record("unmerged", Application(pk=item["application"]), by=by, cohort=cohort, was_in=item["into"])
