"""Database → report: the published figures come out to the digit, in a constant number of queries."""

import pytest

from core.exceptions import DomainError
from programmes.models import Aim, Cohort, LearningObjective
from reports import build
from reports.models import ReportWords
from tests import make
from tests.evaluation import golden

pytestmark = pytest.mark.django_db

QUERIES = 13


def loaded(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_related("programme__commissioner").get(pk=cohort.pk)


def test_published_forms_give_the_published_table(published):
    report = build.cohort_report(published)

    results = next(section for section in report.sections if section.key == "results")
    assert [row[1:] for row in results.blocks[1].rows] == [(str(n), average) for _, n, average, *_ in golden.TABLE]
    assert report.figures["forms"] == 32
    assert report.results["response_rate"] == "80.0"
    assert report.results["response_rate_attended"] is None


@pytest.mark.parametrize("rows", [1, 50])
def test_queries_do_not_grow_with_people_forms_or_sessions(london, rows, django_assert_num_queries):
    wave = make.wave(london)
    for number in range(rows):
        make.participant(london)
        make.application(london)
        make.response(wave, f"F{number:02d}", small_groups=5)
        Aim.objects.create(programme=london.programme, number=number + 1, text="Aim")
        LearningObjective.objects.create(programme=london.programme, number=number + 1, text="Objective")
    for day in london.days.all()[: 1 if rows == 1 else 3]:
        make.slot(day)
    cohort = loaded(london)

    with django_assert_num_queries(QUERIES):
        build.cohort_report(cohort, "commissioner")


def test_cohort_with_nothing_in_it_makes_a_report(london):
    report = build.cohort_report(loaded(london), "commissioner")

    assert report.results is None
    assert report.figures["accepted"] == 0


def test_withdrawn_people_count_as_accepted_and_not_as_able(london):
    for number in range(12):
        made = make.participant(london)
        if number == 0:
            made.withdrawn_at = made.enrolled_at
            made.save()

    report = build.cohort_report(loaded(london), "commissioner")

    assert (report.figures["accepted"], report.figures["withdrawn"], report.figures["able"]) == (12, 1, 11)


def test_one_person_who_applied_twice_counts_once(london):
    person = make.person()
    make.application(london, person=person, state="DECLINED")
    make.application(london, person=person)

    assert build.cohort_report(loaded(london)).figures["applied"] == 1


def test_applications_are_left_out_where_places_came_without_them(published):
    make.application(published)

    assert build.cohort_report(published).figures["applied"] == 0


def test_six_people_keep_their_marks_from_the_commissioner_only(london):
    wave = make.wave(london)
    for number in range(6):
        make.participant(london)
        make.response(wave, f"F{number}", small_groups=5, recommend=4)

    for_commissioner = build.cohort_report(loaded(london), "commissioner")
    for_organiser = build.cohort_report(loaded(london), "organiser")

    assert {item["average"] for item in for_commissioner.results["items"]} == {None}
    assert for_organiser.results["items"][0]["average"] == "5.0"
    results = next(section for section in for_commissioner.sections if section.key == "results")
    assert [type(block).__name__ for block in results.blocks] == ["Text", "Table"]
    assert {row[2] for row in results.blocks[1].rows} == {"–"}


def test_words_of_the_organiser_come_in(published):
    ReportWords.objects.create(cohort=published, message="Mine.", next_time="Next.", decision_asked="Decide.")

    page = build.cohort_report(published).page_one

    assert (page.main_message, page.next_time, page.decision) == ("Mine.", "Next.", "Decide.")


def test_no_name_of_anybody_is_in_any_version(published):
    make.coach(published, person=make.person("Casimir Coachman"))
    make.slot(published.days.first(), led_by="Lavinia Leader")
    names = {"Casimir", "Lavinia", *published.participants.values_list("person__name", flat=True)}

    for audience in ("organiser", "commissioner", "public"):
        text = str(build.cohort_report(published, audience).as_dict())
        assert [name for name in names if name in text] == []


def test_unknown_audience_is_refused(published):
    with pytest.raises(DomainError, match="Choose organiser, commissioner or public"):
        build.cohort_report(published, "press")
