import pytest

from evaluation.models import Wave
from evaluation.queries import wave_results, with_counts
from evaluation.services import answering, waves
from evaluation.services.answering import Form
from programmes.models import Participant
from tests import make
from tests.evaluation import golden

pytestmark = pytest.mark.django_db


def record(wave, *marks, key="darzi"):
    """One form for each mark; None is "I was not there"."""
    forms = [Form(form=f"P{number}", answers={key: mark}) for number, mark in enumerate(marks, start=1)]
    answering.record_forms(wave=wave, forms=forms)


def item(results, key="darzi"):
    return next(item for item in results.as_dict()["items"] if item["key"] == key)


def test_golden_table_comes_out_to_the_digit(golden_wave):
    found = wave_results(golden_wave).as_dict()

    assert found == {
        "cohort": "london-2017",
        "wave": "immediate",
        "forms": 32,
        "able": 40,
        "response_rate": "80.0",
        "response_rate_attended": None,
        "items": [
            {
                "key": key,
                "text": text,
                "n": n,
                "average": average,
                "distribution": distribution,
                "share_4_5": {"share": share, "interval": interval},
                "suppressed": None,
            }
            for (key, n, average, distribution, share, interval), text in zip(golden.TABLE, golden.TEXTS, strict=True)
        ],
    }


def test_golden_totals(golden_wave):
    items = wave_results(golden_wave).items

    assert sum(item.n for item in items) == 242
    assert sum(mark * count for item in items for mark, count in enumerate(item.distribution, start=1)) == 1060


@pytest.mark.parametrize("audience", ["commissioner", "public"])
def test_golden_table_is_the_same_for_every_audience(golden_wave, audience):
    assert wave_results(golden_wave, audience).as_dict() == wave_results(golden_wave).as_dict()


def test_average_of_136_marks_points_from_32_is_4_3(wave):
    record(wave, *[3] * 8, *[4] * 8, *[5] * 16)

    assert item(wave_results(wave))["average"] == "4.3"


def test_item_without_answers_has_no_figures_and_no_reason(wave):
    assert item(wave_results(wave, "commissioner")) == {
        "key": "darzi",
        "text": "Darzi Fellow exercise",
        "n": 0,
        "average": None,
        "distribution": [0, 0, 0, 0, 0],
        "share_4_5": None,
        "suppressed": None,
    }


@pytest.mark.parametrize("audience", ["commissioner", "public"])
def test_seven_answers_are_withheld_outside_the_office(wave, audience):
    record(wave, 5, 5, 5, 5, 5, 5, 4)

    assert item(wave_results(wave, audience)) == {
        "key": "darzi",
        "text": "Darzi Fellow exercise",
        "n": 7,
        "average": None,
        "distribution": None,
        "share_4_5": None,
        "suppressed": "fewer than 8 answers",
    }


def test_seven_answers_are_shown_to_organisers(wave):
    record(wave, 5, 5, 5, 5, 5, 5, 4)

    found = item(wave_results(wave))
    assert (found["average"], found["distribution"], found["suppressed"]) == ("4.9", [0, 0, 0, 1, 6], None)


def test_eight_answers_are_shown_to_a_commissioner(wave):
    record(wave, *[5] * 7, 4)

    found = item(wave_results(wave, "commissioner"))
    assert (found["average"], found["distribution"]) == ("4.9", [0, 0, 0, 1, 7])


def test_not_there_and_not_answered_do_not_count(wave):
    record(wave, 4, None, None)

    result = next(item for item in wave_results(wave).items if item.key == "darzi")
    assert (result.n, result.absent, str(result.average)) == (1, 2, "4.0")


def test_a_form_without_a_mark_is_not_a_completed_form(wave):
    answering.record_forms(
        wave=wave, forms=[Form(form="1"), Form(form="2", answers={"darzi": None}), Form(form="3", answers={"darzi": 4})]
    )

    assert wave_results(wave).forms == 1


def test_who_has_withdrawn_could_not_answer(wave, olive):
    people = [make.participant(wave.cohort) for _ in range(4)]
    Participant.objects.filter(pk=people[0].pk).update(withdrawn_at="2017-11-24T12:00Z")
    record(wave, 5, 5)

    results = wave_results(wave)
    assert (results.able, str(results.response_rate)) == (3, "66.7")


def test_a_cohort_without_people_has_no_response_rate(wave):
    record(wave, 5)

    assert wave_results(wave).as_dict()["response_rate"] is None


def test_results_of_one_wave_hold_nothing_of_another(wave, kent):
    record(waves.ensure(cohort=kent, kind=Wave.Kind.IMMEDIATE), 1, 1, 1)
    record(waves.ensure(cohort=wave.cohort, kind=Wave.Kind.ONE_MONTH), 2, 2)

    assert wave_results(wave).forms == 0


@pytest.mark.parametrize("rows", [1, 50])
def test_results_cost_the_same_for_any_number_of_forms(wave, rows, django_assert_num_queries):
    record(wave, *[5] * rows)

    with django_assert_num_queries(4):
        wave_results(wave).as_dict()


def test_with_counts_tells_people_links_and_forms_apart(wave, olive, token_for):
    make.participant(wave.cohort)
    token_for(wave)
    waves.invite(wave=wave, by=olive)
    make.participant(wave.cohort)
    record(wave, 5, 4, None)
    wave.invitations.filter(pk=wave.invitations.first().pk).update(has_answered=True)

    counted = with_counts(Wave.objects.all()).get()

    assert (counted.able, counted.invited, counted.answered, counted.forms) == (3, 2, 1, 2)
