"""An issued version is frozen: the same figures, words and hash, whatever happens to the data afterwards."""

import pytest
from django.db import IntegrityError

from core.models import AuditEvent
from programmes.models import Cohort
from reports import content, paper
from reports.models import Report, ReportWords
from reports.services import issuing
from tests import make

pytestmark = pytest.mark.django_db


def test_issue_freezes_a_version_for_the_commissioner(published, olive):
    report = issuing.issue(cohort=published, by=olive)

    assert (report.version, report.audience, report.issued_by) == (1, "COMMISSIONER", olive)
    assert report.snapshot["audience"] == "commissioner"
    assert report.snapshot["about"]["version"] == 1
    assert report.snapshot["content_hash"] == report.content_hash == content.content_hash(report.snapshot)
    line = AuditEvent.objects.get(verb="report issued")
    assert (line.by, line.detail) == (olive, {"version": 1, "content_hash": report.content_hash})


def test_issued_version_is_made_again_identically_after_the_data_changed(published, olive):
    report = issuing.issue(cohort=published, by=olive)
    before = paper.render(report.snapshot, "html")

    Cohort.objects.filter(pk=published.pk).update(title="Renamed", capacity=50)
    wave = published.waves.get()
    for number in range(5):
        make.response(wave, f"L{number}", small_groups=1)
    again = Report.objects.get(pk=report.pk)

    assert content.content_hash(again.snapshot) == report.content_hash
    assert paper.render(again.snapshot, "html") == before
    assert b"Renamed" not in before


def test_late_answers_enter_the_next_version_only(published, olive):
    first = issuing.issue(cohort=published, by=olive)
    for number in range(5):
        make.response(published.waves.get(), f"L{number}", **dict.fromkeys(ALL, 5))

    second = issuing.issue(cohort=published, by=olive)

    assert (first.snapshot["results"]["forms"], second.snapshot["results"]["forms"]) == (32, 37)
    assert second.version == 2
    assert second.content_hash != first.content_hash


ALL = (
    "small_groups",
    "table_coaches",
    "patient_leaders",
    "guest_speakers",
    "darzi",
    "managers",
    "impact_on_others",
    "recommend",
)


def test_nothing_new_is_not_issued_again(published, olive):
    issuing.issue(cohort=published, by=olive)

    with pytest.raises(issuing.NothingNew) as refusal:
        issuing.issue(cohort=published, by=olive)

    assert refusal.value.sentence == "Nothing has changed since version 1, so there is nothing new to issue."
    assert Report.objects.count() == 1


@pytest.mark.parametrize("answers", [{"darzi": 1}, dict.fromkeys(ALL, 1)], ids=["one-mark", "one-form"])
def test_version_that_would_show_what_one_person_answered_is_refused(published, olive, answers):
    issuing.issue(cohort=published, by=olive)
    make.response(published.waves.get(), "L1", **answers)

    with pytest.raises(issuing.TooFewNewAnswers):
        issuing.issue(cohort=published, by=olive)

    assert Report.objects.count() == 1


def test_new_words_may_be_issued_without_new_answers(published, olive):
    issuing.issue(cohort=published, by=olive)
    ReportWords.objects.create(cohort=published, message="Said better.")

    assert issuing.issue(cohort=published, by=olive).version == 2


def test_versions_of_two_cohorts_do_not_mix(published, kent, olive):
    issuing.issue(cohort=published, by=olive)

    assert issuing.issue(cohort=kent, by=olive).version == 1


def test_database_refuses_a_version_twice(published, olive):
    report = issuing.issue(cohort=published, by=olive)
    report.pk = None

    with pytest.raises(IntegrityError):
        report.save(force_insert=True)


def test_moments_stand_in_the_cohorts_own_time(london, olive, time_machine):
    time_machine.move_to("2018-07-01T10:00:00Z")

    report = issuing.issue(cohort=london, by=olive)

    assert report.snapshot["about"]["made_at"] == "2018-07-01T11:00:00+01:00"
