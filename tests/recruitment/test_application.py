"""One application: who sees what of it, what reviewers made of it, its history and its neighbours."""

import pytest
from django.urls import reverse

from core.models import Message
from people.models import AccessNeed
from programmes.characteristics import Characteristic
from recruitment.models import (
    AgreedMark,
    Application,
    Decision,
    EligibilityCheck,
    Moderation,
    Nomination,
    NominationRequest,
    Review,
    Score,
)
from recruitment.services import deciding, eligibility, standing_scores
from tests import make

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


def test_page_shows_answers_person_and_needs_to_the_organiser_and_no_score_sheet(application, olive, signed_in):
    page = signed_in(olive).get(address(application)).content.decode()

    assert page.count('type="radio"') == 0
    assert "What I did about willingness to challenge professionals." in page
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


def test_page_shows_scores_once_all_reviews_are_in(application, olive, ruth, moses, signed_in):
    make.assigned(application, ruth, moses)
    make.review(application, ruth, 2)
    client = signed_in(olive)

    before = client.get(address(application))
    make.review(application, moses, 3)
    after = client.get(address(application))

    assert "1 of 2 reviews is in. You see the scores when all of them are." in before.content.decode()
    assert 'aria-label="Scores by reviewer"' not in before.content.decode()
    assert [(line.name, line.marks, line.total) for line in after.context["reviewed"].lines] == [
        ("Ruth", [2] * 7, 14),
        ("Moses", [3] * 7, 21),
        ("Agreed", [3] * 7, 21),
    ]


def test_page_waits_for_a_review_that_is_only_begun(application, olive, ruth, moses, signed_in):
    make.assigned(application, ruth, moses)
    make.review(application, ruth, 2)
    begun = Review.objects.create(application=application, reviewer=moses)
    Score.objects.create(review=begun, characteristic="TIME", mark=0, reason="So far.")

    page = signed_in(olive).get(address(application)).content.decode()

    assert "1 of 2 reviews is in." in page
    assert "Moses" not in page


def test_page_shows_what_a_moderator_settled_and_why(application, olive, ruth, moses, signed_in):
    make.review(application, ruth, 1)
    settled = Moderation.objects.create(application=application, by=moses, reason="We read question 4 again.")
    AgreedMark.objects.bulk_create(
        AgreedMark(moderation=settled, characteristic=item, mark=4) for item in Characteristic
    )
    standing_scores.refresh([application])

    response = signed_in(olive).get(address(application))

    assert [(line.name, line.total) for line in response.context["reviewed"].lines] == [("Ruth", 7), ("Agreed", 28)]
    assert "<strong>Settled by Moses:</strong> We read question 4 again." in response.content.decode()


@pytest.mark.parametrize("reviews", (1, 5))
def test_page_costs_the_same_for_one_review_and_for_five(
    application, olive, reviews, signed_in, django_assert_num_queries
):
    for number in range(reviews):
        reviewer = make.user(f"r{number}@example.org")
        make.assigned(application, reviewer)
        make.review(application, reviewer)
        Decision.objects.create(application=application, outcome="REOPEN", at=application.submitted_at, reason="x")
        EligibilityCheck.objects.create(application=application, is_eligible=True, reason="x", by=reviewer)
        make.application(application.cohort)
    client = signed_in(olive)

    with django_assert_num_queries(25):
        client.get(address(application))


def test_history_tells_everything_newest_first(application, olive, moses, signed_in):
    eligibility.check(application=application, is_eligible=True, reason="Works in London.", by=olive)
    deciding.put_on_reserve(application=application, reason="Next in line.", by=olive)

    response = signed_in(olive).get(address(application))

    assert [(event.what, event.by, event.reason) for event in response.context["history"]] == [
        ("Put on the reserve list", olive, "Next in line."),
        ("Found eligible", olive, "Works in London."),
        ("Came in online", None, ""),
    ]


def test_page_says_who_entered_it_and_that_agreement_is_missing(london, olive, signed_in):
    waiting = make.application(london, source="PAPER", entered_by=olive, state="AWAITING", agreed_at=None)

    page = signed_in(olive).get(address(waiting)).content.decode()

    assert "Entered by Olive. They have not agreed to how we use it yet." in page
    assert "Nobody reads this application until the person agrees to how we use it." in page


def test_page_tells_why_somebody_was_nominated_to_who_manages_recruitment(london, olive, moses, signed_in):
    asked = NominationRequest.objects.create(
        cohort=london, organisation=make.organisation("Camden Carers"), area="Camden", contact_name="Kit",
        token_hash="1", asked_at="2017-10-01T12:00Z", by=olive,
    )  # fmt: skip
    nominated = Nomination.objects.create(
        request=asked, name="Ana", why="She chairs our forum.", token_hash="2", nominated_at="2017-10-02T12:00Z"
    )
    application = make.application(london, nomination=nominated)

    assert "She chairs our forum." in signed_in(olive).get(address(application)).content.decode()
    assert "She chairs our forum." not in signed_in(moses).get(address(application)).content.decode()


def test_previous_and_next_follow_the_list_as_it_is_narrowed(london, olive, signed_in):
    for name in ("Ana", "Ben", "Cem", "Dan"):
        make.application(
            london, name=name, reference=f"{name.upper()}-AAA", state="DECLINED" if name == "Ben" else "SUBMITTED"
        )

    response = signed_in(olive).get("/cohorts/london-2017/applications/CEM-AAA/?state=SUBMITTED&sort=name&page=2")

    query = "?state=SUBMITTED&sort=name"
    assert response.context["before_url"] == f"/cohorts/london-2017/applications/ANA-AAA/{query}"
    assert response.context["after_url"] == f"/cohorts/london-2017/applications/DAN-AAA/{query}"
    assert response.context["list_url"] == f"/cohorts/london-2017/applications/{query}"


@pytest.mark.parametrize("query", ["?area=Nowhere", "?sort=person__name", "?state=DECLINED"])
def test_a_list_that_is_no_more_has_no_neighbours(application, olive, signed_in, query):
    response = signed_in(olive).get(address(application) + query)

    assert (response.status_code, response.context["before_url"], response.context["after_url"]) == (200, "", "")


@pytest.mark.parametrize(
    ("letter", "sentence"),
    [
        (Message.State.DUE, "The decision about Ana Novak is taken back. No letter had gone out."),
        (
            Message.State.UNCERTAIN,
            "The decision about Ana Novak is taken back. The letter about it has gone already, so please phone them.",
        ),
    ],
)
def test_taking_a_decision_back_says_whether_they_have_heard(application, olive, signed_in, letter, sentence):
    deciding.put_on_reserve(application=application, reason="Next in line.", by=olive)
    Message.objects.update(state=letter)

    response = signed_in(olive).post(address(application, "reopen"), {"reason": "A slip."}, follow=True)

    assert sentences(response) == [sentence]
    application.refresh_from_db()
    assert application.state == "SUBMITTED"


def test_taking_back_without_a_reason_stays_on_the_page(application, olive, signed_in):
    deciding.put_on_reserve(application=application, reason="Next in line.", by=olive)

    response = signed_in(olive).post(address(application, "reopen"), {"reason": ""})

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "reason": ["Write why, in a sentence. The reason stays with the decision."]
    }
    assert Decision.objects.count() == 1


def test_a_name_with_braces_does_no_harm(application, olive, signed_in):
    application.person.name = "{x.__class__} {0}"
    application.person.save()
    deciding.put_on_reserve(application=application, reason="Next in line.", by=olive)

    response = signed_in(olive).post(address(application, "reopen"), {"reason": "A slip."}, follow=True)

    assert sentences(response) == ["The decision about {x.__class__} {0} is taken back. No letter had gone out."]


@pytest.mark.parametrize("action", ["reserve", "decline", "reopen"])
def test_actions_by_link_change_nothing(application, olive, signed_in, action):
    assert signed_in(olive).get(address(application, action)).status_code == 405


def test_a_reference_of_another_cohort_is_not_found(application, kent, olive, signed_in):
    other = make.application(kent, reference="KKK-KKK")

    assert signed_in(olive).get(address(other)).status_code == 404
    assert signed_in(olive).get("/cohorts/london-2017/applications/KKK-KKK/").status_code == 404
