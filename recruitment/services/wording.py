"""The words of letters: a cohort's own, and those of a single letter that waits to be released."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from programmes.models import Cohort
from recruitment.emails import Words
from recruitment.models import LetterWording, PendingDecision

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ChangedMeanwhile(DomainError):
    """Somebody else saved after the page was opened."""


@transaction.atomic
def change(*, cohort: Cohort, kind: str, words: Words, version: int, by: Any) -> None:
    """Make these the cohort's words for letters of `kind`. `version` is the one that was read, 0 for the shipped words.

    Raises ChangedMeanwhile.
    """
    standing = LetterWording.objects.filter(cohort=cohort, kind=kind, version=version)
    if version and not standing.update(subject=words.subject, text=words.text, version=F("version") + 1):
        raise _changed()
    if not version:
        _first(cohort, kind, words)
    audit.record("letter_worded", cohort, by=by, cohort=cohort, kind=kind, version=version + 1)


def _first(cohort: Cohort, kind: str, words: Words) -> None:
    try:
        with transaction.atomic():
            LetterWording.objects.create(cohort=cohort, kind=kind, subject=words.subject, text=words.text)
    except IntegrityError as error:
        raise _changed() from error


@transaction.atomic
def back_to_ours(*, cohort: Cohort, kind: str, by: Any) -> None:
    """Use the shipped words again. Doing it twice changes nothing."""
    if LetterWording.objects.filter(cohort=cohort, kind=kind).delete()[0]:
        audit.record("letter_worded", cohort, by=by, cohort=cohort, kind=kind, version=0)


def version_of(row: PendingDecision) -> int:
    """A number that changes whenever the prepared decision does: microseconds."""
    return (row.at - EPOCH) // timedelta(microseconds=1)


@transaction.atomic
def edit_letter(*, row: PendingDecision, words: Words, version: int, by: Any) -> None:
    """Give one person's letter words of its own. Raises ChangedMeanwhile."""
    _put(row, words, version)
    audit.record("letter_edited", row.application, by=by, cohort=row.application.cohort)


@transaction.atomic
def letter_back(*, row: PendingDecision, by: Any) -> None:
    """The cohort's words for this letter again. Doing it twice changes nothing."""
    if row.text:
        _put(row, Words("", ""), version_of(row))
        audit.record("letter_edited", row.application, by=by, cohort=row.application.cohort, is_back=True)


def _put(row: PendingDecision, words: Words, version: int) -> None:
    """Conditional UPDATE on the moment of the last change."""
    standing = PendingDecision.objects.filter(pk=row.pk, at=EPOCH + timedelta(microseconds=version))
    if not standing.update(subject=words.subject, text=words.text, at=timezone.now()):
        raise _changed()


def _changed() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "Somebody else changed this after you opened the page. Copy what you wrote, then load it again."
    )
