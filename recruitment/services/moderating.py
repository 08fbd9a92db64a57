"""Settling differences between reviewers. What the reviewers gave stays as it is."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core import audit
from core.exceptions import DomainError
from programmes.characteristics import Characteristic
from recruitment.models import TOP_MARK, AgreedMark, Application, Moderation
from recruitment.queries.moderating import complete
from recruitment.services import standing_scores
from recruitment.states import SCOREABLE


class CannotSettle(DomainError):
    """The reviews are not all in, there is a decision already, or marks or the reason are missing."""


@transaction.atomic
def settle(*, application: Application, marks: Mapping[Characteristic, int], reason: str, by: Any) -> Moderation:
    """Agree on the seven marks, and say why. It can be done again: every moderation stays, the newest counts.

    Pressing twice makes one. Raises CannotSettle; then nothing is stored.
    """
    agreed = _checked(marks)
    reason = reason.strip()
    if not reason:
        raise CannotSettle("Write why these are the agreed marks, in a sentence.")
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state not in SCOREABLE:
        raise CannotSettle("There is a decision on this application, so its scores no longer change.")
    if not complete(Application.objects.filter(pk=current.pk)).exists():
        raise CannotSettle("A review of this application is still to come. Settle it when all are in.")
    if same := _the_same(current, agreed, reason, by):
        return same
    moderation = Moderation.objects.create(application=current, by=by, reason=reason[:1000])
    AgreedMark.objects.bulk_create(
        AgreedMark(moderation=moderation, characteristic=item, mark=mark) for item, mark in agreed.items()
    )
    standing_scores.refresh([current])
    audit.record("settled", current, by=by, cohort=application.cohort, total=sum(agreed.values()))
    return moderation


def _checked(marks: Mapping[Characteristic, int]) -> dict[Characteristic, int]:
    checked = {}
    for item in Characteristic:
        mark = marks.get(item)
        if type(mark) is not int or not 0 <= mark <= TOP_MARK:
            raise CannotSettle(f"Give an agreed mark from 0 to {TOP_MARK} for “{item.label}”.")
        checked[item] = mark
    return checked


def _the_same(application: Application, marks: Mapping[Characteristic, int], reason: str, by: Any) -> Moderation | None:
    """The newest moderation when it says the very same: somebody pressed twice."""
    newest = Moderation.objects.filter(application=application).order_by("-at", "-pk").first()
    if newest is None or (newest.by, newest.reason) != (by, reason[:1000]):
        return None
    return newest if dict(newest.marks.values_list("characteristic", "mark")) == marks else None
