"""Giving applications to reviewers, by one button and by hand, and taking them back."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Count

from core import audit
from core.exceptions import DomainError
from people.models import User
from people.permissions import Permission
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.assigning import Dealt, Pair
from recruitment.models import Application, Assignment, BulkAction, ConflictOfInterest, Review
from recruitment.queries.assigning import conflicts_in, desk_of, reviewers_of
from recruitment.sentences import counted
from recruitment.services import standing_scores, undoing
from recruitment.services.undoing import CannotUndo

GAVE, TOOK = "GIVE", "TAKE"


class CannotGive(DomainError):
    """This reviewer must not or cannot read this application."""


class CannotTake(DomainError):
    """The review is begun or done."""


@transaction.atomic
def deal(*, cohort: Cohort, by: Any, without: Collection[int] = ()) -> Dealt:
    """Give out what is missing and even the loads out, as recruitment.assigning says. Pressing twice changes nothing more.

    Reviewers in `without` lose what they have not started. What changed can be undone. Nobody is written to.
    """
    _lock(cohort)
    dealt = desk_of(cohort).plan(without)
    if dealt.is_nothing:
        return dealt
    items = _carry_out(dealt, by)
    action = undoing.remember(kind=BulkAction.Kind.ASSIGN, cohort=cohort, summary=in_words(dealt), items=items, by=by)
    audit.record("reviews_given_out", action, by=by, cohort=cohort, given=len(dealt.give), taken=len(dealt.take))
    return dealt


def in_words(dealt: Dealt) -> str:
    """ "12 reviews given out, 3 moved"."""
    new, gone = len(dealt.give) - dealt.moved, len(dealt.take) - dealt.moved
    parts = [
        f"{counted(new, 'review')} given out" if new else "",
        f"{counted(dealt.moved, 'review')} moved" if dealt.moved else "",
        f"{counted(gone, 'review')} taken back" if gone else "",
    ]
    return ", ".join(part for part in parts if part)


@undoing.undoes(BulkAction.Kind.ASSIGN, Permission.RECRUITMENT_MANAGE)
def take_back(action: BulkAction, *, by: Any) -> str:
    """Put back who had what. Refused once one of these reviews is started, or who has what was changed again."""
    _lock(action.cohort)
    gave = [(application, reviewer) for what, application, reviewer, _ in action.items if what == GAVE]
    took = {(application, reviewer): pinned for what, application, reviewer, pinned in action.items if what == TOOK}
    standing = {pair: row for pair, row in _rows([*gave, *took]).items() if not row.is_by_hand or pair in took}
    _refuse_begun(gave)
    if standing.keys() != set(gave) or _noted(took):
        raise CannotUndo("Nothing was undone, because who reviews what has changed again since.")
    Assignment.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
    Assignment.objects.bulk_create(
        Assignment(application_id=application, reviewer_id=reviewer, is_by_hand=pinned, by=by)
        for (application, reviewer), pinned in took.items()
    )
    return "Who reviews what is as it was before."


@transaction.atomic
def give(*, application: Application, reviewer: User, by: Any) -> Assignment:
    """Give one application to one reviewer by hand: there it stays. Raises CannotGive."""
    current = Application.objects.select_for_update().get(pk=application.pk)
    if not Application.objects.filter(pk=current.pk).for_reviewers().exists():
        raise CannotGive("This application is not open for scoring, so nobody can be given it.")
    if reviewer.pk not in {other.pk for other in reviewers_of(application.cohort)}:
        raise CannotGive(f"{reviewer} is not a reviewer of this cohort. Give them the role first.")
    if why := conflicts_in(Application.objects.filter(pk=current.pk), [reviewer]).get((current.pk, reviewer.pk)):
        raise CannotGive(f"{reviewer} must not read this application. {why}")
    given, is_new = Assignment.objects.update_or_create(
        application=current, reviewer=reviewer, defaults={"is_by_hand": True, "by": by}
    )
    audit.record("review_given", current, by=by, cohort=application.cohort, reviewer=reviewer.pk, is_new=is_new)
    return given


@transaction.atomic
def take(*, application: Application, reviewer: User, by: Any, discard: bool = False) -> None:
    """Take one application from a reviewer. A review that is begun goes only with `discard`, a finished one never.

    Raises CannotTake. Taking what they do not have changes nothing.
    """
    current = Application.objects.select_for_update().get(pk=application.pk)
    review = _review_of(current, reviewer)
    if review is not None and review.marks == len(Characteristic):
        raise CannotTake(f"{reviewer} has scored this application. The scores stay.")
    if review is not None and not discard:
        raise CannotTake(
            f"{reviewer} has started to score this application. Ask them first, or throw away what they have."
        )
    taken, _ = Assignment.objects.filter(application=current, reviewer=reviewer).delete()
    if review is not None:
        _remove(review, current, by=by)
    if taken:
        audit.record("review_taken", current, by=by, cohort=application.cohort, reviewer=reviewer.pk)


@transaction.atomic
def note_conflict(*, application: Application, reviewer: User, kind: str, reason: str = "", by: Any) -> None:
    """This reviewer must not read this application: they lose it, their scores of it go, and somebody else gets it at once.

    The reason stays with the conflict; the audit keeps that scores were removed, not what they were.
    """
    current = Application.objects.select_for_update().get(pk=application.pk)
    _, is_new = ConflictOfInterest.objects.get_or_create(
        application=current, reviewer=reviewer, defaults={"kind": kind, "reason": reason.strip()[:500]}
    )
    had, _ = Assignment.objects.filter(application=current, reviewer=reviewer).delete()
    if review := _review_of(current, reviewer):
        _remove(review, current, by=by)
    if is_new:
        audit.record("conflict_noted", current, by=by, cohort=application.cohort, reviewer=reviewer.pk, kind=kind)
    if had:
        _carry_out(desk_of(application.cohort).plan_for(current.pk), None)


@transaction.atomic
def forget_conflict(*, application: Application, reviewer: User, by: Any) -> None:
    """A conflict was noted by mistake. Nothing is given back by this: give it by hand, or by the button."""
    gone, _ = ConflictOfInterest.objects.filter(application=application, reviewer=reviewer).delete()
    if gone:
        audit.record("conflict_forgotten", application, by=by, cohort=application.cohort, reviewer=reviewer.pk)


def _lock(cohort: Cohort) -> None:
    """Nobody else gives out, and nobody begins a review of these, until the transaction ends."""
    list(Application.objects.select_for_update().filter(cohort=cohort).for_reviewers().order_by("pk").values_list("pk"))


def _carry_out(dealt: Dealt, by: Any) -> list[list[Any]]:
    """Writes the pairs, and returns what undoing takes."""
    taken = _rows(dealt.take)
    Assignment.objects.filter(pk__in=[row.pk for row in taken.values()]).delete()
    Assignment.objects.bulk_create(
        Assignment(application_id=application, reviewer_id=reviewer, by=by) for application, reviewer in dealt.give
    )
    return [[GAVE, *pair, False] for pair in dealt.give] + [
        [TOOK, *pair, row.is_by_hand] for pair, row in taken.items()
    ]


def _rows(pairs: Collection[Pair]) -> dict[Pair, Assignment]:
    """The assignments among these pairs. One query."""
    wanted = set(pairs)
    rows = Assignment.objects.filter(application__in={application for application, _ in wanted}).order_by("pk")
    found = {(row.application_id, row.reviewer_id): row for row in rows}
    return {pair: row for pair, row in found.items() if pair in wanted}


def _refuse_begun(pairs: Collection[Pair]) -> None:
    wanted = set(pairs)
    reviews = Review.objects.filter(application__in={application for application, _ in wanted})
    begun = len(wanted.intersection(reviews.values_list("application", "reviewer")))
    if begun:
        these = "1 of these reviews has" if begun == 1 else f"{begun} of these reviews have"
        raise CannotUndo(f"Nothing was undone, because {these} been started since.")


def _noted(pairs: Collection[Pair]) -> bool:
    """Whether a conflict of interest has been noted for one of them."""
    noted = ConflictOfInterest.objects.filter(application__in={application for application, _ in pairs})
    return not set(pairs).isdisjoint(noted.values_list("application", "reviewer"))


def _review_of(application: Application, reviewer: User) -> Review | None:
    """The review with the number of its `marks`."""
    reviews = Review.objects.filter(application=application, reviewer=reviewer)
    return reviews.annotate(marks=Count("scores")).first()


def _remove(review: Review, application: Application, *, by: Any) -> None:
    audit.record(
        "review_removed", application, by=by, cohort=application.cohort, reviewer=review.reviewer_id, marks=review.marks
    )
    review.delete()
    standing_scores.refresh([application])
