"""Scoring an application against the seven characteristics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count

from core import audit
from core.exceptions import DomainError
from programmes.characteristics import Characteristic
from recruitment.blindness import is_revealed
from recruitment.models import TOP_MARK, Application, Assignment, ConflictOfInterest, Review, Score
from recruitment.services import assigning, standing_scores
from recruitment.states import SCOREABLE

Scores = Mapping[Characteristic, tuple[int, str]]


class ScoresIncomplete(DomainError):
    """A characteristic has no mark, a mark that is not 0 to 4, or no reason."""


class ScoringIsOver(DomainError):
    """There is a decision on the application, or all reviews are in."""


class NotGiven(DomainError):
    """The application is not for this reviewer to read."""


@dataclass(frozen=True)
class Remarks:
    """What a reviewer notes beside the marks. None of it rejects anybody."""

    is_single_issue: bool = False
    development_needs: tuple[str, ...] = ()
    development_note: str = ""


@transaction.atomic
def save_review(*, application: Application, scores: Scores, by: Any, remarks: Remarks | None = None) -> Review:
    """Save all seven marks of one reviewer, each with its reason. A second save by the same reviewer replaces the first.

    Of two saves at the same moment the later one stands; the audit has a line for each.
    Raises ScoresIncomplete, ScoringIsOver or NotGiven; then nothing is stored.
    """
    marks = _checked(scores, Characteristic)
    review, is_new = _store(application, marks, remarks or Remarks(), by)
    total = sum(mark for mark, _ in marks.values())
    audit.record("scored", application, by=by, cohort=application.cohort, is_new=is_new, total=total)
    return review


@transaction.atomic
def keep_for_later(*, application: Application, scores: Scores, by: Any, remarks: Remarks | None = None) -> Review:
    """Save what there is of a score sheet: it is begun, not done, until all seven are there. Raises as save_review."""
    marks = _checked(scores, [item for item in Characteristic if item in scores])
    review, is_new = _store(application, marks, remarks or Remarks(), by)
    audit.record("scores_kept", application, by=by, cohort=application.cohort, is_new=is_new, marks=len(marks))
    return review


@transaction.atomic
def say_no_conflict(*, application: Application, by: Any) -> None:
    """The reviewer says, before reading, that they will stop if they know the person. Kept in the audit."""
    audit.record("no_conflict_said", application, by=by, cohort=application.cohort)


def declare_conflict(*, application: Application, reason: str, by: Any) -> None:
    """The reviewer knows whose application it is: it goes to somebody else at once, and their own scores of it go."""
    kind = ConflictOfInterest.Kind.DECLARED
    assigning.note_conflict(application=application, reviewer=by, kind=kind, reason=reason, by=by)


def _store(application: Application, marks: Scores, remarks: Remarks, by: Any) -> tuple[Review, bool]:
    # Locked on PostgreSQL; on SQLite the transaction already holds the whole database.
    current = Application.objects.select_for_update().get(pk=application.pk)
    _refuse(current, by)
    review, is_new = Review.objects.get_or_create(application=current, reviewer=by)
    review.is_single_issue = remarks.is_single_issue
    review.development_needs = list(remarks.development_needs)
    review.development_note = remarks.development_note.strip()
    review.save()
    review.scores.all().delete()
    Score.objects.bulk_create(
        Score(review=review, characteristic=item, mark=mark, reason=reason) for item, (mark, reason) in marks.items()
    )
    standing_scores.refresh([current])
    return review, is_new


def _refuse(application: Application, by: Any) -> None:
    if application.state not in SCOREABLE:
        raise ScoringIsOver("There is a decision on this application, so its scores no longer change.")
    given = dict(Assignment.objects.filter(application=application).values_list("reviewer", "at"))
    if given and by.pk not in given:
        raise NotGiven("This application is no longer yours to score. Somebody else reads it now. Thank you.")
    done = done_reviews(application)
    if by.pk in done and is_revealed(given.items(), done):
        raise ScoringIsOver(
            "All reviews of this application are in and you can see the others’ marks, so yours no longer change. "
            "If a mark is wrong, tell the organiser."
        )


def done_reviews(application: Application) -> dict[int, Any]:
    """{reviewer: when they saved it} of the reviews with all seven marks. One query."""
    reviews = Review.objects.filter(application=application).annotate(marks=Count("scores"))
    return dict(reviews.filter(marks=len(Characteristic)).values_list("reviewer", "saved_at"))


def _checked(scores: Scores, wanted: Iterable[Characteristic]) -> dict[Characteristic, tuple[int, str]]:
    """Those `wanted` in their order, reasons without blank ends."""
    checked = {}
    for item in wanted:
        mark, reason = scores.get(item, (None, ""))
        if type(mark) is not int or not 0 <= mark <= TOP_MARK:
            raise ScoresIncomplete(f"Give a mark from 0 to {TOP_MARK} for “{item.label}”.")
        if not reason.strip():
            raise ScoresIncomplete(f"Write a reason for the mark for “{item.label}”.")
        checked[item] = (mark, reason.strip())
    return checked
