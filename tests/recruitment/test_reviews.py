"""The reviewer's pages: blind, one's own applications only, and the others' marks only once all are in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from people.models import AccessNeed
from people.roles import Role
from recruitment.models import Assignment, ConflictOfInterest, Review, Score
from tests import make
from tests.recruitment.filled import posted_scores

CANARIES = ("Canary Namesake", "canary@example.org", "020 7946 0123", "Canary Trust", "Canary Wharf", "canary loop")
ABOUT_PEOPLE = ("people_person", "people_contactroute", "people_accessneed", "people_organisation", "people_consent")
KEPT_APART = (*ABOUT_PEOPLE, "recruitment_equalitytally", "recruitment_nomination")


@pytest.fixture
def application(london, ruth):
    person = make.person(
        "Canary Namesake",
        email="canary@example.org",
        phone="020 7946 0123",
        organisation=make.organisation("Canary Trust"),
        area="Canary Wharf",
    )
    AccessNeed.objects.create(person=person, description="canary loop")
    made = make.application(london, person=person, reference="AAA-AAA", lay_roles="Patient panel", hours_a_month=9)
    make.assigned(made, ruth)
    return made


@pytest.fixture
def sita(london):
    """A second reviewer of London."""
    return make.user("sita@example.org", (Role.REVIEWER, london), name="Sita Second")


@pytest.fixture
def reading(signed_in, ruth):
    """A browser in which Ruth has said of AAA-AAA that she will stop if she knows the person."""
    client = signed_in(ruth)
    client.post("/reviews/AAA-AAA/read/")
    return client


def canaries(response) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in response.content.decode().lower()]


def references(response) -> list[str]:
    return [place.application.reference for place in response.context["progress"].queue]


# --- the queue -------------------------------------------------------------------------------------------------
def test_queue_shows_references_and_progress_and_nobody(application, london, ruth, signed_in):
    done = make.application(london, reference="DDD-DDD")
    make.assigned(done, ruth)
    make.review(done, ruth)

    response = signed_in(ruth).get("/reviews/")

    progress = response.context["progress"]
    assert references(response) == ["AAA-AAA", "DDD-DDD"]
    assert [place.state[0] for place in progress.queue] == ["To do", "Done"]
    assert (progress.done, progress.total, progress.left, progress.next) == (1, 2, 1, application)
    assert canaries(response) == []


def test_queue_holds_only_what_was_given_to_the_reviewer(application, london, ruth, sita, signed_in):
    make.assigned(make.application(london, reference="SSS-SSS"), sita)
    make.application(london, reference="NNN-NNN")

    assert references(signed_in(ruth).get("/reviews/")) == ["AAA-AAA"]


def test_queue_leaves_out_what_is_decided_or_ruled_out(application, london, ruth, signed_in):
    make.assigned(make.application(london, state="ACCEPTED"), ruth)
    make.assigned(make.application(london, state="AWAITING", agreed_at=None), ruth)
    make.assigned(make.application(london, eligibility="NOT_ELIGIBLE"), ruth)

    assert references(signed_in(ruth).get("/reviews/")) == ["AAA-AAA"]


def test_queue_holds_only_the_cohorts_of_the_reviewer(application, kent, ruth, signed_in):
    make.assigned(make.application(kent, reference="KKK-KKK"), ruth)

    assert references(signed_in(ruth).get("/reviews/")) == ["AAA-AAA"]


def test_queue_begins_with_the_least_reviewed(application, london, ruth, sita, signed_in):
    make.assigned(application, sita)
    make.review(application, sita)
    later = make.application(london, reference="BBB-BBB", submitted_at=application.submitted_at + timedelta(days=1))
    make.assigned(later, ruth)

    assert references(signed_in(ruth).get("/reviews/")) == ["BBB-BBB", "AAA-AAA"]


def test_queue_without_applications_says_so(ruth, signed_in):
    assert "There is nothing to score." in signed_in(ruth).get("/reviews/").content.decode()


def test_queue_when_all_are_scored_says_thank_you(application, ruth, signed_in):
    make.review(application, ruth)

    assert "You have scored all of them. Thank you." in signed_in(ruth).get("/reviews/").content.decode()


def test_queue_says_when_all_reviews_of_an_application_are_in(application, ruth, sita, signed_in):
    make.assigned(application, sita)
    make.review(application, ruth)
    make.review(application, sita)

    response = signed_in(ruth).get("/reviews/")

    assert [place.state[0] for place in response.context["progress"].queue] == ["All reviews in"]


def test_queue_shows_where_a_conflict_was_declared(application, ruth, signed_in):
    client = signed_in(ruth)
    client.post("/reviews/AAA-AAA/conflict/")
    make.assigned(make.application(application.cohort, reference="BBB-BBB"), ruth)

    response = client.get("/reviews/")

    assert (references(response), response.context["conflicts"]) == (["BBB-BBB"], ["AAA-AAA"])


@pytest.mark.parametrize("rows", (1, 50))
def test_queue_costs_the_same_for_one_row_and_for_fifty(london, ruth, rows, signed_in, django_assert_num_queries):
    for _ in range(rows):
        make.assigned(make.application(london), ruth)
    client = signed_in(ruth)

    with django_assert_num_queries(6):  # session, account, permissions, the queue, conflicts, how one scores
        client.get("/reviews/")


def test_somebody_without_the_role_finds_no_queue(olive, signed_in):
    assert signed_in(olive).get("/reviews/").status_code == 404


# --- how one scores beside the others ------------------------------------------------------------------------------
def test_own_mean_is_shown_beside_the_others_from_five_reviews_on(london, ruth, sita, signed_in):
    for mark in (1, 2, 2, 3, 3):
        found = make.application(london)
        make.assigned(found, ruth, sita)
        make.review(found, ruth, mark)
        make.review(found, sita, 4)

    line = signed_in(ruth).get("/reviews/").context["own_lines"][0]

    assert (str(line.average), line.n, str(line.others_average), line.others_n) == ("15.4", 5, "28.0", 5)


def test_own_mean_is_not_shown_where_it_would_tell_what_another_gave(london, ruth, sita, signed_in):
    for number in range(5):
        found = make.application(london)
        make.assigned(found, ruth, sita)
        make.review(found, ruth, 3)
        if number:
            make.review(found, sita, 4)

    assert signed_in(ruth).get("/reviews/").context["own_lines"] == []


# --- before reading ------------------------------------------------------------------------------------------------
def test_first_opening_asks_for_a_conflict_and_shows_nothing_of_the_application(application, ruth, signed_in):
    response = signed_in(ruth).get("/reviews/AAA-AAA/")

    page = response.content.decode()
    assert "You should not score somebody you know" in page
    assert ("What I did about" in page, "Patient panel" in page) == (False, False)
    assert canaries(response) == []


def test_saying_that_one_will_stop_opens_the_application_and_is_kept(application, ruth, signed_in):
    client = signed_in(ruth)

    response = client.post("/reviews/AAA-AAA/read/", follow=True)

    assert "What I did about" in response.content.decode()
    line = AuditEvent.objects.get(verb="no_conflict_said")
    assert (line.by, line.subject_id) == (ruth, str(application.pk))


def test_a_conflict_gives_the_application_to_somebody_else_at_once(application, london, ruth, sita, reading):
    reading.post("/reviews/AAA-AAA/", posted_scores(4))

    response = reading.post("/reviews/AAA-AAA/conflict/", {"reason": "We sit on one board."}, follow=True)

    assert "Somebody else reads AAA-AAA now." in response.content.decode()
    noted = ConflictOfInterest.objects.get()
    assert (noted.reviewer, noted.kind, noted.reason) == (ruth, "DECLARED", "We sit on one board.")
    assert list(Assignment.objects.values_list("reviewer", flat=True)) == [sita.pk]
    assert (Review.objects.count(), Score.objects.count()) == (0, 0)
    application.agreed_scores.refresh_from_db()
    assert (application.agreed_scores.reviews, application.agreed_scores.total) == (0, None)
    assert reading.get("/reviews/AAA-AAA/").status_code == 404


def test_a_conflict_can_be_declared_before_reading_and_without_a_reason(application, ruth, signed_in):
    response = signed_in(ruth).post("/reviews/AAA-AAA/conflict/")

    assert response["Location"] == "/reviews/"
    assert (ConflictOfInterest.objects.count(), Assignment.objects.count()) == (1, 0)


# --- one application --------------------------------------------------------------------------------------------------
def test_review_shows_the_answers_and_nothing_that_says_who(application, reading):
    response = reading.get("/reviews/AAA-AAA/")

    page = response.content.decode()
    assert "What I did about diverse connections within the community." in page
    assert "Patient panel" in page
    assert "In any field" in page
    assert "Not single issue champions" in page
    assert "If disability or caring limits the hours, that must not lower the mark" in page
    assert canaries(response) == []


def test_review_says_where_the_characteristics_come_from(application, reading):
    page = reading.get(f"/reviews/{application.reference}/").content.decode()

    assert "Morton M, Paice E (2016)" in page


@pytest.mark.parametrize("address", ["/reviews/", "/reviews/AAA-AAA/"])
def test_the_pages_read_no_table_about_people(application, sita, reading, address):
    make.assigned(application, sita)
    make.review(application, sita, 2)

    with CaptureQueriesContext(
        connection,
    ) as log:
        assert reading.get(address).status_code == 200

    sql = " ".join(query["sql"] for query in log.captured_queries)
    assert "recruitment_application" in sql
    assert [table for table in KEPT_APART if f'"{table}' in sql] == []


def test_saving_reads_no_table_about_people(application, reading):
    with CaptureQueriesContext(connection) as log:
        reading.post("/reviews/AAA-AAA/", posted_scores(2))

    sql = " ".join(query["sql"] for query in log.captured_queries)
    assert [table for table in KEPT_APART if f'"{table}' in sql] == []
    assert Review.objects.count() == 1


def test_review_costs_the_same_however_long_the_queue_is(application, london, ruth, reading, django_assert_num_queries):
    make.review(application, ruth)
    for _ in range(20):
        make.assigned(make.application(london), ruth)

    with django_assert_num_queries(7):  # session, account, permissions, queue, reviews, scores, assignments, answers
        reading.get("/reviews/AAA-AAA/")


def test_review_shows_ones_own_scores_and_never_anothers(application, sita, reading):
    make.assigned(application, sita)
    make.review(application, sita, 4)
    Score.objects.update(reason="A canary loop in a reason")

    response = reading.get("/reviews/AAA-AAA/")

    assert canaries(response) == []
    assert response.content.decode().count(" checked") == 0


def test_save_and_next_goes_on(application, london, ruth, reading):
    make.assigned(make.application(london, reference="BBB-BBB"), ruth)

    response = reading.post("/reviews/AAA-AAA/", posted_scores(2, next="1"), follow=True)

    assert response.redirect_chain == [("/reviews/BBB-BBB/", 302)]
    assert "Your scores for AAA-AAA are saved." in response.content.decode()
    assert canaries(response) == []
    assert set(Score.objects.filter(review__reviewer=ruth).values_list("mark", flat=True)) == {2}


def test_save_and_next_after_the_last_goes_to_the_queue(application, reading):
    response = reading.post("/reviews/AAA-AAA/", posted_scores(next="1"))

    assert response["Location"] == "/reviews/"


def test_notes_beside_the_scores_are_kept_and_shown_again(application, ruth, reading):
    notes = {
        "is_single_issue": "on",
        "development_needs": ["STRATEGIC_LEVEL", "CHALLENGE"],
        "development_note": "Pair with somebody who sat on a board.",
    }

    reading.post("/reviews/AAA-AAA/", posted_scores(2) | notes)

    review = Review.objects.get(reviewer=ruth)
    assert (review.is_single_issue, review.development_needs, review.development_note) == (
        True,
        ["STRATEGIC_LEVEL", "CHALLENGE"],
        "Pair with somebody who sat on a board.",
    )
    page = reading.get("/reviews/AAA-AAA/").content.decode()
    assert page.count(" checked") == 7 + 1 + 2


def test_review_with_a_gap_keeps_what_was_typed(application, reading):
    response = reading.post("/reviews/AAA-AAA/", posted_scores(3, "Because of x.", mark_TIME=""))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"mark_TIME": ["Choose a score for 7. Time."]}
    assert response.content.decode().count("Because of x.</textarea>") == 7
    assert canaries(response) == []
    assert Review.objects.count() == 0


def test_a_score_without_a_reason_cannot_be_saved(application, reading):
    response = reading.post("/reviews/AAA-AAA/", posted_scores(3, reason_LISTENING="  "))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"reason_LISTENING": ["Write a reason for 5. Listening."]}


# --- later -----------------------------------------------------------------------------------------------------------
def test_leaving_for_later_goes_on_and_comes_back_at_the_end(application, london, ruth, reading):
    make.assigned(make.application(london, reference="BBB-BBB"), ruth)

    response = reading.post("/reviews/AAA-AAA/skip/")

    assert response["Location"] == "/reviews/BBB-BBB/"
    assert references(reading.get("/reviews/")) == ["BBB-BBB", "AAA-AAA"]
    assert Review.objects.count() == 0


def test_leaving_for_later_keeps_the_rows_that_are_filled_in(application, ruth, reading):
    half = {"mark_TIME": "2", "reason_TIME": "Four hours.", "mark_CHALLENGE": "1", "reason_CHALLENGE": "Says so."}

    reading.post("/reviews/AAA-AAA/skip/", half)

    assert dict(Score.objects.values_list("characteristic", "mark")) == {"TIME": 2, "CHALLENGE": 1}
    response = reading.get("/reviews/")
    assert [place.state[0] for place in response.context["progress"].queue] == ["Started"]
    assert response.context["progress"].done == 0
    assert reading.get("/reviews/AAA-AAA/").context["form"]["mark_TIME"].value() == "2"


def test_leaving_for_later_with_half_a_row_keeps_everything_on_the_page(application, reading):
    response = reading.post("/reviews/AAA-AAA/skip/", {"mark_TIME": "2", "reason_LISTENING": "Changed her mind."})

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "mark_LISTENING": ["Choose a score for 5. Listening."],
        "reason_TIME": ["Write a reason for 7. Time."],
    }
    assert "Changed her mind.</textarea>" in response.content.decode()
    assert Score.objects.count() == 0


# --- once all are in ---------------------------------------------------------------------------------------------------
@pytest.fixture
def all_in(application, ruth, sita):
    make.assigned(application, sita)
    make.review(application, ruth, 2)
    make.review(application, sita, 4)


def test_when_all_reviews_are_in_the_others_are_shown_without_a_name(all_in, reading):
    response = reading.get("/reviews/AAA-AAA/")

    page = response.content.decode()
    assert [(other.name, other.total) for other in response.context["given"].others] == [("Reviewer B", 28)]
    assert "2 marks apart" in page
    assert ("Sita" in page, "<textarea" in page) == (False, False)
    assert canaries(response) == []


def test_when_all_reviews_are_in_ones_own_no_longer_change(all_in, ruth, reading):
    response = reading.post("/reviews/AAA-AAA/", posted_scores(4))

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "All reviews of this application are in and you can see the others’ marks, so yours no longer change. "
        "If a mark is wrong, tell the organiser."
    ]
    assert set(Score.objects.filter(review__reviewer=ruth).values_list("mark", flat=True)) == {2}


# --- doors ---------------------------------------------------------------------------------------------------------------
POSTS = ("", "read/", "skip/", "conflict/")


@pytest.mark.parametrize("path", POSTS)
def test_another_reviewers_application_is_not_found(application, sita, signed_in, path):
    client = signed_in(sita)

    assert client.get("/reviews/AAA-AAA/").status_code == 404
    assert client.post(f"/reviews/AAA-AAA/{path}", posted_scores()).status_code == 404
    assert (Review.objects.count(), ConflictOfInterest.objects.count()) == (0, 0)


def test_review_of_a_decided_application_is_not_found(application, ruth, signed_in):
    application.state = "ACCEPTED"
    application.save()

    assert signed_in(ruth).get("/reviews/AAA-AAA/").status_code == 404
    assert signed_in(ruth).post("/reviews/AAA-AAA/", posted_scores()).status_code == 404


def test_review_of_another_region_is_not_found(kent, ruth, signed_in):
    make.assigned(make.application(kent, reference="KKK-KKK"), ruth)

    assert signed_in(ruth).get("/reviews/KKK-KKK/").status_code == 404
    assert signed_in(ruth).post("/reviews/KKK-KKK/", posted_scores()).status_code == 404
    assert Review.objects.count() == 0
