import pytest

from core.models import AuditEvent
from reports.models import ReportWords
from reports.services import words

pytestmark = pytest.mark.django_db


def save(cohort, by, **changes):
    fields = {"message": "Mine.", "next_time": "", "decision_asked": "", "version": 0} | changes
    return words.save(cohort=cohort, by=by, **fields)


def test_first_words_make_version_1_and_an_audit_line_without_them(london, olive):
    saved = save(london, olive)

    assert (saved.message, saved.version) == ("Mine.", 1)
    line = AuditEvent.objects.get(verb="report words saved")
    assert (line.by, line.detail) == (olive, {"version": 1})


def test_later_words_replace_the_earlier(london, olive):
    save(london, olive)

    save(london, olive, message="Better.", version=1)

    assert ReportWords.objects.get().message == "Better."


def test_second_of_two_people_is_told_and_nothing_is_lost(london, olive, amina):
    save(london, olive)

    with pytest.raises(words.SavedMeanwhile, match="Somebody else saved these words"):
        save(london, amina, message="Amina's.")

    assert ReportWords.objects.get().message == "Mine."
