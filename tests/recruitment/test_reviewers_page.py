"""Who reviews what: the organiser's page, and the page of one application."""

import pytest

from people.roles import Role
from recruitment.models import Assignment, BulkAction, ConflictOfInterest, Review
from tests import make

PAGE = "/cohorts/london-2017/reviewers/"
ONE = f"{PAGE}AAA-AAA/"


@pytest.fixture
def sita(london):
    return make.user("sita@example.org", (Role.REVIEWER, london), name="Sita")


@pytest.fixture
def tom(london):
    return make.user("tom@example.org", (Role.REVIEWER, london), name="Tom")


@pytest.fixture
def application(london):
    return make.application(london, reference="AAA-AAA", name="Ana Novak")


def loads() -> dict[str, int]:
    names = list(Assignment.objects.values_list("reviewer__name", flat=True))
    return {name: names.count(name) for name in sorted(set(names))}


# --- the page ---------------------------------------------------------------------------------------------------------
def test_page_shows_each_reviewers_work(london, ruth, sita, olive, signed_in):
    first, second, _ = (make.assigned(make.application(london), ruth, sita)[0].application for _ in range(3))
    make.review(first, ruth)
    Review.objects.create(application=second, reviewer=ruth)

    response = signed_in(olive).get(PAGE)

    lines = [(str(x.reviewer), x.given, x.done, x.left, x.not_started) for x in response.context["lines"]]
    assert lines == [("Ruth", 3, 1, 2, 1), ("Sita", 3, 0, 3, 3)]


def test_page_says_what_giving_out_would_do_before_it_does_it(application, ruth, sita, tom, olive, signed_in):
    response = signed_in(olive).get(PAGE)

    page = response.content.decode()
    assert "2 reviews given out." in page
    assert [(str(x.reviewer), x.before, x.after) for x in response.context["loads"]] == [
        ("Ruth", 0, 1),
        ("Sita", 0, 1),
        ("Tom", 0, 0),
    ]
    assert Assignment.objects.count() == 0


def test_page_names_what_cannot_have_enough_reviewers(application, ruth, olive, signed_in):
    page = signed_in(olive).get(PAGE).content.decode()

    assert "1 application cannot have enough reviewers." in page
    assert "AAA-AAA: It has 1 of 2 reviewers: there is only 1 reviewer." in page


def test_page_without_reviewers_says_what_to_do_first(application, olive, signed_in):
    page = signed_in(olive).get(PAGE).content.decode()

    assert "There are no reviewers yet." in page
    assert "Give a role" not in page  # an organiser does not give roles


def test_list_begins_with_those_that_lack_a_reviewer(london, ruth, sita, olive, signed_in):
    full = make.application(london, reference="FULL")
    make.assigned(full, ruth, sita)
    done = make.application(london, reference="DONE")
    make.assigned(done, ruth, sita)
    make.review(done, ruth)
    make.review(done, sita)
    make.assigned(make.application(london, reference="ONE"), ruth)
    make.application(london, reference="NONE")

    rows = signed_in(olive).get(PAGE).context["table"].page.object_list

    assert [(row.reference, row.stands) for row in rows] == [
        ("NONE", "lacking"),
        ("ONE", "lacking"),
        ("FULL", "under-way"),
        ("DONE", "all-in"),
    ]


def test_list_can_be_taken_away(application, ruth, sita, olive, signed_in):
    make.assigned(application, ruth, sita)
    make.review(application, ruth)

    response = signed_in(olive).get(f"{PAGE}?export=csv")

    assert response.content.decode("utf-8-sig").splitlines() == [
        "Name,Reference,Reviewers,Reviews in,Stands",
        "Ana Novak,AAA-AAA,Ruth (done); Sita (to do),1 of 2,Reviews under way",
    ]


@pytest.mark.parametrize("rows", (1, 50))
def test_page_costs_the_same_for_one_row_and_for_fifty(
    london, ruth, sita, olive, rows, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        make.assigned(make.application(london), ruth)
    client = signed_in(olive)

    # session, account, permissions, cohort; the desk (8); what was done lately; the list and its count
    with django_assert_num_queries(15):
        client.get(PAGE)


# --- giving out -----------------------------------------------------------------------------------------------------------
def test_giving_out_says_what_was_done_and_offers_an_undo(application, ruth, sita, olive, signed_in):
    client = signed_in(olive)

    page = client.post(f"{PAGE}deal/", follow=True).content.decode()

    action = BulkAction.objects.get()
    assert loads() == {"Ruth": 1, "Sita": 1}
    assert f"/cohorts/london-2017/applications/undo/{action.pk}/" in page

    client.post(f"/cohorts/london-2017/applications/undo/{action.pk}/")
    assert loads() == {}


def test_giving_out_twice_says_that_there_is_nothing_to_do(application, ruth, sita, olive, signed_in):
    client = signed_in(olive)
    client.post(f"{PAGE}deal/")

    page = client.post(f"{PAGE}deal/", follow=True).content.decode()

    assert "Nothing to change: every application has the reviewers it can have." in page
    assert Assignment.objects.count() == 2


def test_passing_on_is_shown_first_and_then_done(application, ruth, sita, tom, olive, signed_in):
    make.assigned(application, ruth, sita)
    client = signed_in(olive)

    response = client.get(f"{PAGE}?without={ruth.pk}")
    assert "Pass on what Ruth has not started" in response.content.decode()
    assert [(str(x.reviewer), x.before, x.after) for x in response.context["loads"]] == [
        ("Ruth", 1, 0),
        ("Sita", 1, 1),
        ("Tom", 0, 1),
    ]
    assert loads() == {"Ruth": 1, "Sita": 1}

    client.post(f"{PAGE}deal/", {"without": ruth.pk})
    assert loads() == {"Sita": 1, "Tom": 1}


@pytest.mark.parametrize("without", ["999999", "abc", "-1", "٣", ""])
def test_passing_on_from_nobody_is_giving_out(application, ruth, olive, without, signed_in):
    response = signed_in(olive).get(PAGE, {"without": without})

    assert (response.status_code, response.context["without"]) == (200, [])


# --- one application ------------------------------------------------------------------------------------------------------
def test_one_shows_who_has_it_and_who_must_not(application, ruth, sita, tom, olive, signed_in):
    make.assigned(application, ruth)
    ConflictOfInterest.objects.create(application=application, reviewer=sita)

    seats = signed_in(olive).get(ONE).context["seats"]

    assert [(str(x.reviewer), x.given is not None, x.conflict, x.is_free) for x in seats] == [
        ("Ruth", True, "", False),
        ("Sita", False, "They told us of a conflict of interest.", False),
        ("Tom", False, "", True),
    ]


def test_giving_by_hand(application, ruth, olive, signed_in):
    response = signed_in(olive).post(f"{ONE}give/", {"reviewer": ruth.pk}, follow=True)

    assert "Ruth reads AAA-AAA now." in response.content.decode()
    assert Assignment.objects.get().is_by_hand is True


def test_giving_by_hand_to_somebody_with_a_conflict_is_refused_at_the_field(application, ruth, olive, signed_in):
    ConflictOfInterest.objects.create(application=application, reviewer=ruth)

    response = signed_in(olive).post(f"{ONE}give/", {"reviewer": ruth.pk})

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "reviewer": ["Ruth must not read this application. They told us of a conflict of interest."]
    }
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("who", ["", "999999", "moses"])
@pytest.mark.parametrize("path", ["give/", "conflict/"])
def test_somebody_who_is_no_reviewer_is_refused(application, ruth, moses, olive, who, path, signed_in):
    value = moses.pk if who == "moses" else who
    name = "reviewer" if path == "give/" else "conflict-reviewer"

    response = signed_in(olive).post(f"{ONE}{path}", {name: value})

    assert response.status_code == 422
    assert (Assignment.objects.count(), ConflictOfInterest.objects.count()) == (0, 0)


def test_taking_away(application, ruth, olive, signed_in):
    make.assigned(application, ruth)

    signed_in(olive).post(f"{ONE}take/", {"reviewer": ruth.pk})

    assert Assignment.objects.count() == 0


def test_taking_away_a_started_review_is_refused_unless_it_was_confirmed(application, ruth, olive, signed_in):
    make.assigned(application, ruth)
    Review.objects.create(application=application, reviewer=ruth)
    client = signed_in(olive)

    page = client.post(f"{ONE}take/", {"reviewer": ruth.pk}, follow=True).content.decode()
    assert "Ruth has started to score this application." in page
    assert Assignment.objects.count() == 1

    client.post(f"{ONE}take/", {"reviewer": ruth.pk, "discard": "yes"})
    assert (Assignment.objects.count(), Review.objects.count()) == (0, 0)


def test_noting_a_conflict_and_taking_it_back(application, ruth, sita, olive, signed_in):
    make.assigned(application, ruth)
    client = signed_in(olive)

    client.post(f"{ONE}conflict/", {"conflict-reviewer": ruth.pk, "conflict-reason": "Neighbours."})
    assert loads() == {"Sita": 1}
    assert ConflictOfInterest.objects.get().reason == "Neighbours."

    client.post(f"{ONE}conflict/forget/", {"reviewer": ruth.pk})
    assert ConflictOfInterest.objects.count() == 0


# --- doors ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["ruth", "moses", "alan", "stranger"])
def test_others_find_nothing(application, who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert [client.get(address).status_code for address in (PAGE, ONE)] == [404, 404]
    posts = [f"{PAGE}deal/", *(f"{ONE}{path}" for path in ("give/", "take/", "conflict/", "conflict/forget/"))]
    assert {client.post(address, {"reviewer": 1}).status_code for address in posts} == {404}
    assert Assignment.objects.count() == 0


def test_an_application_that_is_decided_has_no_page(london, olive, signed_in):
    make.application(london, reference="AAA-AAA", state="DECLINED")

    assert signed_in(olive).get(ONE).status_code == 404
