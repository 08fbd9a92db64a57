"""The agreed scores made in the database are those of the pure room."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.permissions import Permission
from programmes.characteristics import Characteristic
from recruitment import queries, scoring
from recruitment.models import Application, Score
from tests import make

seven = st.lists(st.integers(0, 4), min_size=7, max_size=7)


def reviewers(number: int) -> list:
    return [make.user(f"r{place}@example.org") for place in range(number)]


@given(reviews=st.lists(seven, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_agreed_scores_are_those_of_the_pure_room(fresh_application, reviews):
    application = fresh_application()
    for reviewer, marks in zip(reviewers(len(reviews)), reviews, strict=True):
        make.review(application, reviewer, *marks)

    row = queries.with_scores(Application.objects.filter(pk=application.pk)).get()

    expected = [scoring.agreed([marks[place] for marks in reviews]) for place in range(7)]
    assert [getattr(row, queries.agreed_name(item)) for item in Characteristic] == expected
    assert row.agreed_total == (sum(expected) if reviews else None)
    assert row.total_or_none == (sum(expected) if reviews else -1)
    assert row.review_count == len(reviews)


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

    row = queries.with_scores(Application.objects.all()).get()

    assert (row.agreed_lived_experience, row.agreed_time, row.agreed_total) == (3, None, None)


@pytest.mark.parametrize("rows", (1, 50))
def test_scores_cost_one_query(london, ruth, rows, django_assert_num_queries):
    for _ in range(rows):
        make.review(make.application(london), ruth, 2)

    with django_assert_num_queries(1):
        assert [row.agreed_total for row in queries.with_scores(Application.objects.all())] == [14] * rows


def test_summary_counts_states_and_everybody_with_a_place(london, ruth):
    make.participant(london)  # a place that came without an application
    make.review(make.application(london), ruth)
    make.application(london)
    make.application(london, state="RESERVE")
    make.application(london, state="DECLINED")

    summary = queries.summary(london)

    assert (summary.places, summary.taken, summary.left) == (40, 1, 39)
    assert (summary.received, summary.to_decide, summary.unscored) == (4, 2, 1)
    assert (summary.accepted, summary.on_reserve) == (0, 1)


def test_summary_of_a_cohort_with_too_many_people_has_no_places_left(london):
    london.capacity = 1
    make.participant(london)
    make.participant(london)

    assert queries.summary(london).left == 0


def test_review_queue_puts_what_is_not_done_and_has_fewest_reviews_first(london, ruth, moses):
    done, untouched, once = (make.application(london, reference=name) for name in ("DDD", "UUU", "OOO"))
    make.application(london, reference="XXX", state="ACCEPTED")
    make.review(done, ruth)
    make.review(once, moses)

    queue = queries.review_queue(Application.objects.all(), ruth)

    assert [(row.reference, row.is_mine_done) for row in queue] == [("UUU", False), ("OOO", False), ("DDD", True)]
    assert queries.next_to_score(Application.objects.all(), ruth, after=untouched) == once


def test_held_in_a_cohort_counts_roles_of_its_programme_but_not_of_others(london, kent, amina, moses):
    assert Permission.ROLES_MANAGE in queries.held_in(london, amina)
    assert queries.held_in(london, moses) == {
        Permission.COHORT_VIEW,
        Permission.APPLICATION_VIEW,
        Permission.APPLICATION_DECIDE,
    }
    assert queries.held_in(kent, moses) == frozenset()


def test_the_blind_view_reads_no_table_about_people(london, django_assert_num_queries):
    application = Application.objects.get(pk=make.application(london).pk)

    with django_assert_num_queries(1) as captured:
        queries.blind(application)
    assert "people_" not in captured.captured_queries[0]["sql"]
