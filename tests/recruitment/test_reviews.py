"""The reviewer's pages: blind, one's own scores only."""

import pytest

from people.models import AccessNeed
from recruitment.models import Review, Score
from tests import make
from tests.recruitment.filled import posted_scores

CANARIES = ("Canary Namesake", "canary@example.org", "020 7946 0123", "Canary Trust", "Canary Wharf", "canary loop")


@pytest.fixture
def application(london):
    person = make.person(
        "Canary Namesake",
        email="canary@example.org",
        phone="020 7946 0123",
        organisation=make.organisation("Canary Trust"),
        area="Canary Wharf",
    )
    AccessNeed.objects.create(person=person, description="canary loop")
    return make.application(london, person=person, reference="AAA-AAA", lay_roles="Patient panel", hours_a_month=9)


def canaries(response) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in response.content.decode().lower()]


def test_queue_shows_references_and_progress_and_nobody(application, london, ruth, signed_in):
    make.review(make.application(london, reference="DDD-DDD"), ruth)

    response = signed_in(ruth).get("/reviews/")

    progress = response.context["progress"]
    assert [row.reference for row in progress.queue] == ["AAA-AAA", "DDD-DDD"]
    assert (progress.done, progress.total, progress.left, progress.next) == (1, 2, 1, application)
    assert canaries(response) == []


def test_queue_without_applications_says_so(ruth, signed_in):
    assert "There is nothing to score." in signed_in(ruth).get("/reviews/").content.decode()


def test_queue_when_all_are_scored_says_thank_you(application, ruth, signed_in):
    make.review(application, ruth)

    assert "You have scored all of them. Thank you." in signed_in(ruth).get("/reviews/").content.decode()


def test_queue_holds_only_the_cohorts_of_the_reviewer(application, kent, ruth, signed_in):
    make.application(kent, reference="KKK-KKK")

    response = signed_in(ruth).get("/reviews/")

    assert [row.reference for row in response.context["progress"].queue] == ["AAA-AAA"]


@pytest.mark.parametrize("rows", (1, 50))
def test_queue_costs_the_same_for_one_row_and_for_fifty(london, ruth, rows, signed_in, django_assert_num_queries):
    for _ in range(rows):
        make.application(london)
    client = signed_in(ruth)

    with django_assert_num_queries(4):  # session, account, permissions, the queue
        client.get("/reviews/")


def test_review_shows_the_answers_and_nothing_that_says_who(application, ruth, signed_in):
    response = signed_in(ruth).get("/reviews/AAA-AAA/")

    page = response.content.decode()
    assert "What I did about diverse connections within the community." in page
    assert "Patient panel" in page
    assert "In any field" in page
    assert "Not single issue champions" in page
    assert canaries(response) == []


def test_review_shows_ones_own_scores_and_never_anothers(application, ruth, moses, signed_in):
    make.review(application, moses, 4)
    Score.objects.update(reason="A canary loop in a reason")

    response = signed_in(ruth).get("/reviews/AAA-AAA/")

    assert canaries(response) == []
    assert response.content.decode().count(" checked") == 0


def test_save_and_next_goes_on(application, london, ruth, signed_in):
    make.application(london, reference="BBB-BBB")

    response = signed_in(ruth).post("/reviews/AAA-AAA/", posted_scores(2, next="1"), follow=True)

    assert response.redirect_chain == [("/reviews/BBB-BBB/", 302)]
    assert "Your scores for AAA-AAA are saved." in response.content.decode()
    assert canaries(response) == []
    assert set(Score.objects.filter(review__reviewer=ruth).values_list("mark", flat=True)) == {2}


def test_save_and_next_after_the_last_goes_to_the_queue(application, ruth, signed_in):
    response = signed_in(ruth).post("/reviews/AAA-AAA/", posted_scores(next="1"))

    assert response["Location"] == "/reviews/"


def test_save_stays_and_shows_what_was_saved(application, ruth, signed_in):
    response = signed_in(ruth).post("/reviews/AAA-AAA/", posted_scores(1), follow=True)

    assert response.redirect_chain == [("/reviews/AAA-AAA/", 302)]
    assert response.context["form"]["mark_TIME"].value() == "1"


def test_review_with_a_gap_keeps_what_was_typed(application, ruth, signed_in):
    response = signed_in(ruth).post("/reviews/AAA-AAA/", posted_scores(3, "Because of x.", mark_TIME=""))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"mark_TIME": ["Choose a score for 7. Time."]}
    assert response.content.decode().count("Because of x.</textarea>") == 7
    assert canaries(response) == []
    assert Review.objects.count() == 0


def test_review_of_a_decided_application_is_not_found(application, ruth, signed_in):
    application.state = "ACCEPTED"
    application.save()

    assert signed_in(ruth).get("/reviews/AAA-AAA/").status_code == 404
    assert signed_in(ruth).post("/reviews/AAA-AAA/", posted_scores()).status_code == 404


def test_review_of_another_region_is_not_found(kent, ruth, signed_in):
    make.application(kent, reference="KKK-KKK")

    assert signed_in(ruth).get("/reviews/KKK-KKK/").status_code == 404
    assert signed_in(ruth).post("/reviews/KKK-KKK/", posted_scores()).status_code == 404
    assert Review.objects.count() == 0
