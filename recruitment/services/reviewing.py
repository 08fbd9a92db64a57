"""Scoring an application against the seven characteristics."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core import audit
from core.exceptions import DomainError
from programmes.characteristics import Characteristic
from recruitment.models import TOP_MARK, Application, Review, Score
from recruitment.services import standing_scores
from recruitment.states import SCOREABLE


class ScoresIncomplete(DomainError):
    """A characteristic has no mark, a mark that is not 0 to 4, or no reason."""


class ScoringIsOver(DomainError):
    """The application was accepted, declined or withdrawn."""


@transaction.atomic
def save_review(*, application: Application, scores: Mapping[Characteristic, tuple[int, str]], by: Any) -> Review:
    """Save all seven marks of one reviewer, each with its reason. A second save by the same reviewer replaces the first.

    Of two saves at the same moment the later one stands; the audit has a line for each.
    Raises ScoresIncomplete or ScoringIsOver; then nothing is stored.
    """
    marks = _checked(scores)
    # Locked on PostgreSQL; on SQLite the transaction already holds the whole database.
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state not in SCOREABLE:
        raise ScoringIsOver("There is a decision on this application, so its scores no longer change.")
    review, is_new = Review.objects.get_or_create(application=current, reviewer=by)
    review.save()
    review.scores.all().delete()
    Score.objects.bulk_create(
        Score(review=review, characteristic=item, mark=mark, reason=reason) for item, (mark, reason) in marks.items()
    )
    standing_scores.refresh([current])
    total = sum(mark for mark, _ in marks.values())
    audit.record("scored", current, by=by, cohort=application.cohort, is_new=is_new, total=total)
    return review


def _checked(scores: Mapping[Characteristic, tuple[int, str]]) -> dict[Characteristic, tuple[int, str]]:
    """The seven in their order, reasons without blank ends."""
    checked = {}
    for item in Characteristic:
        mark, reason = scores.get(item, (None, ""))
        if type(mark) is not int or not 0 <= mark <= TOP_MARK:
            raise ScoresIncomplete(f"Give a mark from 0 to {TOP_MARK} for “{item.label}”.")
        if not reason.strip():
            raise ScoresIncomplete(f"Write a reason for the mark for “{item.label}”.")
        checked[item] = (mark, reason.strip())
    return checked
