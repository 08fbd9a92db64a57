"""One application: who sees what of it, saving scores, and deciding."""

import pytest
from django.urls import reverse

from core.models import Message
from people.models import AccessNeed
from programmes.models import Participant
from recruitment.models import Application, Decision, Review, Score
from tests import make
from tests.recruitment.filled import posted_scores

NEEDED = "Needs a hearing loop at the front"


@pytest.fixture
def application(london):
    person = make.person("Ana Novak", area="Camden", phone="07700 900321", email="ana@example.org")
    AccessNeed.objects.create(person=person, description=NEEDED)
    return make.application(london, person=person, reference="AAA-AAA")


def address(application: Application, action: str = "") -> str:
    name = f"recruitment:application-{action}" if action else "recruitment:application"
    return reverse(name, args=[application.cohort.slug, application.reference])


def sentences(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_page_shows_answers_anchors_person_and_needs_to_the_organiser(application, olive, signed_in):
    page = signed_in(olive).get(address(application)).content.decode()

    assert page.count('type="radio"') == 35
    assert "What I did about willingness to challenge professionals." in page
    assert "Led or co-led such work and can say what changed" in page
    assert NEEDED in page
    assert "ana@example.org" in page
    assert "07700 900321" in page


def test_page_hides_needs_and_addresses_from_the_moderator(application, moses, signed_in):
    page = signed_in(moses).get(address(application)).content.decode()

    assert "Ana Novak" in page
    assert NEEDED not in page
    assert "ana@example.org" not in page
    assert "07700 900321" not in page
    assert f'href="/people/{application.person_id}/"' not in page


def test_page_shows_the_reviews_and_what_they_agree_on(application, olive, ruth, moses, signed_in):
    make.review(application, ruth, 2)
    make.review(application, moses, 3)

    lines = signed_in(olive).get(address(application)).context["review_lines"]

    assert [(line.name, line.marks, line.total) for line in lines] == [
        ("Ruth", [2] * 7, 14),
        ("Moses", [3] * 7, 21),
        ("Agreed", [3] * 7, 21),
    ]


@pytest.mark.parametrize("reviews", (1, 5))
def test_page_costs_the_same_for_one_review_and_for_five(
    application, olive, reviews, signed_in, django_assert_num_queries
):
    for number in range(reviews):
        make.review(application, make.user(f"r{number}@example.org"))
        Decision.objects.create(application=application, outcome="REOPEN", at=application.submitted_at, reason="x")
    client = signed_in(olive)

    with django_assert_num_queries(14):
        client.get(address(application))


def test_save_scores_and_see_them_again(application, olive, signed_in):
    response = signed_in(olive).post(address(application, "score"), posted_scores(4, mark_TIME="0"), follow=True)

    assert response.redirect_chain == [(address(application), 302)]
    assert sentences(response) == ["Your scores for Ana Novak are saved."]
    review = Review.objects.get(reviewer=olive)
    assert sorted(review.scores.values_list("mark", flat=True)) == [0, 4, 4, 4, 4, 4, 4]
    form = response.context["score_form"]
    assert (form["mark_TIME"].value(), form["reason_TIME"].value()) == ("0", "Shown in the answer.")


def test_save_and_next_goes_to_one_that_is_not_scored(application, london, olive, signed_in):
    done = make.application(london, reference="DDD-DDD")
    make.review(done, olive)
    following = make.application(london, reference="NNN-NNN")

    response = signed_in(olive).post(address(application, "score"), posted_scores(next="1"))

    assert response["Location"] == address(following)


def test_save_and_next_at_the_end_goes_to_the_list(application, olive, signed_in):
    response = signed_in(olive).post(address(application, "score"), posted_scores(next="1"))

    assert response["Location"] == "/cohorts/london-2017/applications/"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"mark_TIME": "5"}, {"mark_TIME": ["Choose one of the answers on the list."]}),
        ({"mark_TIME": "2.5"}, {"mark_TIME": ["Choose one of the answers on the list."]}),
        ({"mark_TIME": ""}, {"mark_TIME": ["Choose a score for 7. Time."]}),
        ({"reason_TIME": " "}, {"reason_TIME": ["Write a reason for 7. Time."]}),
        ({"reason_TIME": "x" * 1001}, {"reason_TIME": ["Use 1,000 characters or fewer (you have 1,001)."]}),
    ],
)
def test_bad_scores_get_a_sentence_and_the_rest_is_kept(application, olive, signed_in, changes, errors):
    response = signed_in(olive).post(
        address(application, "score"), posted_scores(reason="A reason that took long.", **changes)
    )

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == errors
    assert response.content.decode().count("A reason that took long.") >= 6
    assert Score.objects.count() == 0


def test_scores_after_a_decision_are_refused_on_the_page(application, olive, signed_in):
    Application.objects.update(state="ACCEPTED")

    response = signed_in(olive).post(address(application, "score"), posted_scores())

    assert response.status_code == 422
    assert "There is a decision on this application, so its scores no longer change." in response.content.decode()


@pytest.mark.parametrize(
    ("action", "state", "sentence"),
    [
        ("accept", "ACCEPTED", "Ana Novak has a place now. The letter is in the outbox."),
        ("reserve", "RESERVE", "Ana Novak is on the reserve list now. The letter is in the outbox."),
        ("decline", "DECLINED", "Ana Novak is declined. The letter is in the outbox."),
    ],
)
def test_deciding_and_taking_it_back(application, olive, signed_in, action, state, sentence):
    client = signed_in(olive)

    response = client.post(address(application, action), {"reason": "Seen in the answers."}, follow=True)

    assert sentences(response) == [sentence]
    application.refresh_from_db()
    assert application.state == state
    assert "Seen in the answers." in response.content.decode()

    response = client.post(address(application, "reopen"), {"reason": "A slip."}, follow=True)

    assert sentences(response) == ["The decision about Ana Novak is taken back. No letter had gone out."]
    application.refresh_from_db()
    assert application.state == "SUBMITTED"


def test_taking_back_after_the_letter_went_asks_for_a_phone_call(application, olive, signed_in):
    client = signed_in(olive)
    client.post(address(application, "accept"), {"reason": "Good."})
    Message.objects.update(state=Message.State.UNCERTAIN)

    response = client.post(address(application, "reopen"), {"reason": "Wrong person."}, follow=True)

    assert sentences(response)[-1] == (
        "The decision about Ana Novak is taken back. The letter about it has gone already, so please phone them."
    )


@pytest.mark.parametrize("action", ["accept", "reserve", "decline", "reopen"])
def test_a_decision_without_a_reason_stays_on_the_page(application, olive, signed_in, action):
    response = signed_in(olive).post(address(application, action), {"reason": ""})

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "reason": ["Write why, in a sentence. The reason stays with the decision."]
    }
    assert Decision.objects.count() == 0


def test_accept_when_full_says_so_and_keeps_the_reason(application, london, olive, signed_in):
    london.capacity = 1
    london.save()
    make.participant(london)

    response = signed_in(olive).post(address(application, "accept"), {"reason": "Strong on listening."})

    assert response.status_code == 422
    page = response.content.decode()
    assert "London 2017 has no places left: all 1 are taken." in page
    assert "Strong on listening.</textarea>" in page
    assert Participant.objects.count() == 1


def test_double_click_on_accept_gives_one_place(application, olive, signed_in):
    client = signed_in(olive)
    client.post(address(application, "accept"), {"reason": "Good."})

    response = client.post(address(application, "accept"), {"reason": "Good."})

    assert response.status_code == 422
    assert "The application of Ana Novak already has a place." in response.content.decode()
    assert (Participant.objects.count(), Message.objects.count()) == (1, 1)


def test_a_name_with_braces_does_no_harm(application, olive, signed_in):
    application.person.name = "{x.__class__} {0}"
    application.person.save()

    response = signed_in(olive).post(address(application, "accept"), {"reason": "Good."}, follow=True)

    assert sentences(response) == ["{x.__class__} {0} has a place now. The letter is in the outbox."]


@pytest.mark.parametrize("action", ["score", "accept", "reserve", "decline", "reopen"])
def test_actions_by_link_change_nothing(application, olive, signed_in, action):
    assert signed_in(olive).get(address(application, action)).status_code == 405


def test_a_reference_of_another_cohort_is_not_found(application, kent, olive, signed_in):
    other = make.application(kent, reference="KKK-KKK")

    assert signed_in(olive).get(address(other)).status_code == 404
    assert signed_in(olive).get("/cohorts/london-2017/applications/KKK-KKK/").status_code == 404
