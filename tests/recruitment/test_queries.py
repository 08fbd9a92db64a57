"""The agreed scores made in the database are those of the pure room."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.permissions import Permission
from programmes.characteristics import Characteristic
from recruitment import queries, scoring
from recruitment.models import Application, RecruitmentSettings, Score
from recruitment.places import places_of
from recruitment.services import standing_scores
from tests import make

seven = st.lists(st.integers(0, 4), min_size=7, max_size=7)


def reviewers(number: int) -> list:
    return [make.user(f"r{place}@example.org") for place in range(number)]


@given(reviews=st.lists(seven, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scores_beside_an_application_are_those_of_the_pure_room(fresh_application, reviews):
    application = fresh_application()
    for reviewer, marks in zip(reviewers(len(reviews)), reviews, strict=True):
        make.review(application, reviewer, *marks)

    row = queries.for_the_list(Application.objects.filter(pk=application.pk)).get()

    expected = [scoring.agreed([marks[place] for marks in reviews]) for place in range(7)]
    scores = queries.scores_of_row(row)
    assert queries.marks_in_order(scores) == expected
    assert scores.total == (sum(expected) if reviews else None)
    assert row.total_or_none == (sum(expected) if reviews else -1)
    assert scores.reviews == len(reviews)


@given(
    reviews=st.lists(seven, min_size=1, max_size=3),
    wide=st.integers(1, 4),
    total=st.integers(1, 9),
    cut=st.integers(0, 28),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_differs_in_the_database_is_what_the_pure_room_says(fresh_application, reviews, wide, total, cut):
    application = fresh_application()
    for reviewer, marks in zip(reviewers(len(reviews)), reviews, strict=True):
        make.review(application, reviewer, *marks)
    rules = RecruitmentSettings(cohort=application.cohort, wide_gap=wide, wide_total_gap=total, cut=cut)

    found = Application.objects.filter(queries.differs(rules)).exists()

    named = [dict(zip(Characteristic, marks, strict=True)) for marks in reviews]
    assert found == bool(scoring.reasons_to_moderate(named, scoring.Rules(wide, total, cut)))


@pytest.fixture
def fresh_application(london):
    """Each example starts with one new application and without the reviewers of the last."""

    def fresh() -> Application:
        Application.objects.all().delete()
        make.User.objects.all().delete()
        return make.application(london)

    return fresh


def test_total_is_none_while_one_characteristic_is_not_scored(london, ruth):
    application = make.application(london)
    make.review(application, ruth, 3)
    Score.objects.filter(characteristic="TIME").delete()
    standing_scores.refresh([application])

    scores = queries.scores_of_row(queries.for_the_list(Application.objects.all()).get())

    assert (scores.lived_experience, scores.time, scores.total) == (3, None, None)


@pytest.mark.parametrize("rows", (1, 50))
def test_rows_of_the_list_cost_one_query(london, ruth, rows, django_assert_num_queries):
    for _ in range(rows):
        make.review(make.application(london), ruth, 2)

    with django_assert_num_queries(1):
        listed = [queries.scores_of_row(row).total for row in queries.for_the_list(Application.objects.all())]
    assert listed == [14] * rows


@pytest.mark.parametrize("cohorts", (1, 3))
def test_places_cost_one_query(london, kent, cohorts, django_assert_num_queries):
    for _ in range(cohorts):
        make.participant(london)
    make.participant(kent)

    with django_assert_num_queries(1):
        places = places_of(london)
    assert (places.capacity, places.taken, places.offered, places.left) == (40, cohorts, 0, 40 - cohorts)


def test_summary_counts_states_and_everybody_with_a_place(london, ruth):
    make.participant(london)  # a place that came without an application
    make.review(make.application(london), ruth)
    make.application(london)
    make.application(london, state="RESERVE")
    make.application(london, state="DECLINED")

    summary = queries.summary(london)

    assert (summary.places.capacity, summary.places.taken, summary.places.left) == (40, 1, 39)
    assert (summary.received, summary.to_decide, summary.unscored) == (4, 2, 1)
    assert (summary.accepted, summary.on_reserve) == (0, 1)


def test_summary_of_a_cohort_with_too_many_people_has_no_places_left(london):
    london.capacity = 1
    make.participant(london)
    make.participant(london)

    assert queries.summary(london).places.left == 0


def test_held_in_a_cohort_counts_roles_of_its_programme_but_not_of_others(london, kent, amina, moses):
    assert Permission.ROLES_MANAGE in queries.held_in(london, amina)
    assert queries.held_in(london, moses) == {
        Permission.COHORT_VIEW,
        Permission.APPLICATION_VIEW,
        Permission.APPLICATION_DECIDE,
        Permission.APPLICATION_MODERATE,
    }
    assert queries.held_in(kent, moses) == frozenset()


def test_the_blind_view_reads_no_table_about_people(london, django_assert_num_queries):
    application = Application.objects.get(pk=make.application(london).pk)

    with django_assert_num_queries(1) as captured:
        queries.blind(application)
    assert "people_" not in captured.captured_queries[0]["sql"]
