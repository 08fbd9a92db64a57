"""Answers that somebody gave by phone or as a recording, typed in by an organiser so that reviewers can read them."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from core import audit
from core.exceptions import DomainError
from recruitment.models import Application, CharacteristicAnswer
from recruitment.queries import SPOKEN


class WrittenMeanwhile(DomainError):
    """Somebody else typed the answers of this application first."""


def fingerprint(answers: Iterable[CharacteristicAnswer]) -> str:
    """What the answers were when a page was opened, so that nobody's typing is overwritten unseen."""
    texts = sorted((answer.characteristic, answer.text) for answer in answers)
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


@transaction.atomic
def write_down(*, application: Application, texts: Mapping[str, str], seen: str, by: Any) -> int:
    """Keep the typed answers and say how many changed. `seen` is the fingerprint of what the page showed.

    Only answers given by phone or as a recording are written down; the others are the applicant's own words. Raises
    WrittenMeanwhile.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    answers = list(application.answers.filter(mode__in=SPOKEN))
    if fingerprint(answers) != seen:
        raise WrittenMeanwhile(
            "Somebody else typed in answers of this application while you were typing. Your text is still here: open "
            "the page in a new tab to compare, then save there."
        )
    changed = [answer for answer in answers if texts.get(answer.characteristic, answer.text) != answer.text]
    for answer in changed:
        answer.text = texts[answer.characteristic]
        answer.save(update_fields=["text"])
    if changed:
        audit.record("wrote_down_answers", application, by=by, cohort=application.cohort, answers=len(changed))
    return len(changed)
