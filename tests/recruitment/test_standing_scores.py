"""What the reviews and moderations of an application come to, and that it is kept true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from people.models import User
from programmes.characteristics import Characteristic
from recruitment.models import AgreedMark, AgreedScores, Moderation, Review, Score
from recruitment.services import standing_scores
from recruitment.services.standing_scores import WORKED_OUT
from tests import make


def figures(application) -> dict:
    return AgreedScores.objects.values(*WORKED_OUT).get(application=application)


def begun(application, by, **marks: int) -> Review:
    """A review with some marks only."""
    review = Review.objects.create(application=application, reviewer=by)
    Score.objects.bulk_create(
        Score(review=review, characteristic=c, mark=m, reason="So far.") for c, m in marks.items()
    )
    standing_scores.refresh([application])
    return review


def test_two_complete_reviews(london, ruth, moses):
    application = make.application(london)
    make.review(application, ruth, 2, 2, 2, 2, 2, 2, 0)
    make.review(application, moses, 3, 2, 2, 2, 2, 2, 4)

    found = figures(application)

    assert [found[item.lower()] for item in Characteristic] == [3, 2, 2, 2, 2, 2, 2]
    assert (found["total"], found["reviews"], found["widest_gap"]) == (15, 2, 4)
    assert (found["lowest_total"], found["highest_total"], found["is_moderated"]) == (12, 17, False)


def test_a_review_that_is_only_begun_counts_with_its_marks_and_is_no_review(london, ruth, moses):
    application = make.application(london)
    make.review(application, ruth, 2)
    begun(application, moses, TIME=4, CHALLENGE=0)

    found = figures(application)

    assert (found["time"], found["challenge"], found["listening"]) == (3, 1, 2)
    assert (found["total"], found["reviews"], found["widest_gap"]) == (14, 1, 0)
    assert (found["lowest_total"], found["highest_total"]) == (14, 14)


def test_parts_of_two_reviews_make_no_total(london, ruth, moses):
    application = make.application(london)
    begun(application, ruth, **{item: 3 for item in Characteristic if item != "TIME"})
    begun(application, moses, TIME=3)

    found = figures(application)

    assert (found["total"], found["reviews"], found["time"]) == (None, 0, 3)


def test_the_newest_moderation_counts_and_the_reviews_stay(london, ruth, moses):
    application = make.application(london)
    make.review(application, ruth, 0)
    make.review(application, moses, 4)
    for mark in (1, 3):
        settled = Moderation.objects.create(application=application, by=moses, reason="Read it again.")
        AgreedMark.objects.bulk_create(
            AgreedMark(moderation=settled, characteristic=item, mark=mark) for item in Characteristic
        )
    standing_scores.refresh([application])

    found = figures(application)

    assert (found["total"], found["is_moderated"], found["reviews"], found["widest_gap"]) == (21, True, 2, 4)
    assert set(Score.objects.values_list("mark", flat=True)) == {0, 4}


def test_nobody_has_scored_it(london):
    application = make.application(london)

    standing_scores.refresh([application])

    assert (figures(application)["total"], figures(application)["reviews"]) == (None, 0)


@pytest.mark.parametrize("rows", (1, 20))
def test_refreshing_costs_the_same_for_one_and_for_twenty(london, ruth, rows, django_assert_num_queries):
    applications = [make.application(london) for _ in range(rows)]
    for application in applications:
        make.review(application, ruth)

    with django_assert_num_queries(6):  # a savepoint, reviews, marks, moderations, agreed marks, one write
        standing_scores.refresh(applications)


class Kept(TestCase):
    """Whatever reviewers do, the row beside the application says what their reviews come to."""

    @given(st.lists(st.lists(st.integers(0, 4), min_size=7, max_size=7), max_size=4))
    def test_the_total_is_the_sum_of_means_half_up(self, reviews):
        application = make.application(make.cohort())
        for number, marks in enumerate(reviews):
            make.review(application, User.objects.create_user(f"r{number}@example.org", name="R"), *marks)
        standing_scores.refresh([application])

        expected = sum((2 * sum(column) + len(column)) // (2 * len(column)) for column in zip(*reviews, strict=True))
        assert figures(application)["total"] == (expected if reviews else None)
