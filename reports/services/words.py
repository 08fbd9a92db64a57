"""What the organiser writes for the report."""

from django.db import transaction

from core import audit
from core.exceptions import DomainError
from people.models import User
from programmes.models import Cohort
from reports.models import ReportWords


class SavedMeanwhile(DomainError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody else saved these words after you opened this page. Your text is still here. Copy what you want to "
            "keep, open the report again and put it in."
        )


@transaction.atomic
def save(*, cohort: Cohort, message: str, next_time: str, decision_asked: str, version: int, by: User) -> ReportWords:
    """Keep the three texts. `version` is the one the writer saw (0 for none yet); raises SavedMeanwhile if it is old."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    words = ReportWords.objects.filter(cohort=cohort).first() or ReportWords(cohort=cohort, version=0)
    if words.version != version:
        raise SavedMeanwhile
    words.message, words.next_time, words.decision_asked = message, next_time, decision_asked
    words.version += 1
    words.save()
    audit.record("report words saved", words, by=by, cohort=cohort, version=words.version)
    return words
