"""Who may open which page of recruitment. 404 for everybody else, as if there were no such page."""

import pytest
from django.conf import settings
from django.urls import reverse

from recruitment.models import Decision, Review
from tests import make
from tests.recruitment.filled import posted_scores

LIST = "/cohorts/london-2017/applications/"
ONE = f"{LIST}AAA-AAA/"
CAST = ("olive", "amina", "alan", "ruth", "moses", "carol", "eve", "connie", "stranger")
DECIDERS = {"olive", "amina", "moses"}
STEPS = ("offer", "reserve", "decline", "confirm", "turn-down", "lapse", "withdraw", "reopen", "more-time", "remind")
MANY = ("decide/mark", "decide/clear", "decide/count", "decide/letters/release", "offers/promote")
POSTS = [*(f"{ONE}{step}/" for step in STEPS), *(f"{LIST}{step}/" for step in MANY)]


@pytest.fixture
def application(london):
    return make.application(london, reference="AAA-AAA")


@pytest.mark.parametrize("path", [LIST, ONE, f"{LIST}?export=csv"])
@pytest.mark.parametrize("who", CAST)
def test_organiser_pages_open_for_those_who_see_applications(application, request, signed_in, who, path):
    response = signed_in(request.getfixturevalue(who)).get(path)

    assert response.status_code == (200 if who in DECIDERS else 404)


@pytest.mark.parametrize("path", ["/reviews/", "/reviews/AAA-AAA/"])
@pytest.mark.parametrize("who", CAST)
def test_reviewer_pages_open_for_reviewers_only(application, ruth, request, signed_in, who, path):
    make.assigned(application, ruth)

    response = signed_in(request.getfixturevalue(who)).get(path)

    assert response.status_code == (200 if who == "ruth" else 404)


@pytest.mark.parametrize("path", ["reviewers/", "reviewers/AAA-AAA/", "reviewers/calibration/"])
@pytest.mark.parametrize("who", CAST)
def test_who_reviews_what_is_for_those_who_run_recruitment(application, request, signed_in, who, path):
    response = signed_in(request.getfixturevalue(who)).get(f"/cohorts/london-2017/{path}")

    assert response.status_code == (200 if who in DECIDERS - {"moses"} else 404)


@pytest.mark.parametrize("who", CAST)
def test_differences_are_for_moderators_and_those_who_run_recruitment(application, request, signed_in, who):
    response = signed_in(request.getfixturevalue(who)).get("/cohorts/london-2017/differences/")

    assert response.status_code == (200 if who in DECIDERS else 404)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("who", sorted(set(CAST) - DECIDERS))
def test_nobody_else_decides_or_scores(application, request, signed_in, who, path):
    data = posted_scores() | {"reason": "Because.", "applications": ["AAA-AAA"]}

    response = signed_in(request.getfixturevalue(who)).post(path, data)

    assert response.status_code == 404
    assert (Decision.objects.count(), Review.objects.count()) == (0, 0)


@pytest.mark.parametrize("path", [LIST, ONE, "/reviews/", "/reviews/AAA-AAA/"])
def test_visitors_are_asked_to_sign_in(application, client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?next=")


@pytest.mark.parametrize("reference", ["ZZZ-ZZZ", "a" * 300, "AAA_AAA"])
def test_unknown_references_are_not_found(application, olive, ruth, signed_in, reference):
    assert signed_in(olive).get(f"{LIST}{reference}/").status_code == 404
    assert signed_in(ruth).get(f"/reviews/{reference}/").status_code == 404
