"""Counting answers to the equality questions. Each answer makes one count larger, and nothing else is kept of it.

No audit line is written: its moment and its order would lead from a count back to a person.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from programmes.models import Cohort
from recruitment.equality import BY_KEY, QUESTION_SET
from recruitment.models import EqualityTally

# Under this name the session of somebody who has just sent an application holds the cohort's short name.
DUE = "equality_due"
SHEETS, MOST_SHEETS = "equality_sheets", 50


@transaction.atomic
def count(*, cohort: Cohort, answers: Mapping[str, str]) -> None:
    """Make the count of each answer one larger. Two at once both count. Questions left out are counted nowhere."""
    for question, answer in sorted(answers.items()):
        assert answer in dict(BY_KEY[question].choices()), f"{question} has no answer {answer}"
        key = {"cohort": cohort, "question_set": QUESTION_SET, "question": question, "answer": answer}
        if not _one_more(key):
            _first(key)


def _one_more(key: dict[str, Any]) -> bool:
    return EqualityTally.objects.filter(**key).update(count=F("count") + 1) == 1


def _first(key: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            EqualityTally.objects.create(**key, count=1)
    except IntegrityError:
        _one_more(key)  # somebody else was the first in this very moment


@transaction.atomic
def count_applicant(*, cohort: Cohort, answers: Mapping[str, str], session: Any) -> bool:
    """Count somebody who has just applied, once: what the session holds for it is used up. False when it was already."""
    is_due = _fresh(cohort, session).get(DUE) == cohort.slug
    if is_due:
        count(cohort=cohort, answers=answers)
    session.pop(DUE, None)
    session.save()
    return is_due


@transaction.atomic
def count_sheet(*, cohort: Cohort, answers: Mapping[str, str], session: Any, key: UUID) -> bool:
    """Count a sheet of paper, once: sending the same form twice is one sheet. False when it was counted already."""
    counted = _fresh(cohort, session).get(SHEETS, [])
    if str(key) in counted:
        return False
    count(cohort=cohort, answers=answers)
    session[SHEETS] = [*counted, str(key)][-MOST_SHEETS:]
    session.save()
    return True


def _fresh(cohort: Cohort, session: Any) -> Any:
    """The session as it is stored now, with the cohort locked, so that of two requests at once the second sees the first."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    return type(session)(session.session_key)
