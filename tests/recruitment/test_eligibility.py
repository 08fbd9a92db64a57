"""Whether an application may be considered: hints, checks with reasons, and taking them back."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from recruitment.eligibility import Facts, hints
from recruitment.models import Application, BulkAction, EligibilityCheck, Review
from recruitment.services import deciding, eligibility, undoing
from tests import make


def facts(**changes) -> Facts:
    usual = {
        "needs_experience": True,
        "has_role": True,
        "experience": "FROM_1_TO_3",
        "can_come_every_day": True,
        "days_missed": (),
        "area": "Camden",
        "region": "London",
        "areas_found_inside": ("camden",),
    }
    return Facts(**usual | changes)


# --- hints ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"experience": "NONE", "has_role": False}, ["No lay role yet, and this course asks for one"]),
        ({"has_role": False}, ["No lay role yet, and this course asks for one"]),
        ({"has_role": False, "needs_experience": False}, []),
        ({"days_missed": (2,), "can_come_every_day": False}, ["Cannot come on day 2"]),
        ({"days_missed": (3, 1)}, ["Cannot come on days 1 and 3"]),
        ({"can_come_every_day": False}, ["Cannot come on every day, or is not sure"]),
        ({"area": "Brighton"}, ["Lives outside London? They wrote “Brighton”"]),
        ({"area": "South London"}, []),
        ({"area": ""}, ["No area given"]),
        ({"area": "Brighton", "region": ""}, []),
        ({"has_lived_experience": False}, ["Does not say whether they are a patient or a carer"]),
        (
            {"has_role": False, "days_missed": (2,), "area": "Hove"},
            [
                "No lay role yet, and this course asks for one",
                "Cannot come on day 2",
                "Lives outside London? They wrote “Hove”",
            ],
        ),
    ],
)
def test_hints_say_what_to_look_at(changes, found):
    assert hints(facts(**changes)) == found


# --- one ----------------------------------------------------------------------------------------------------------
def test_check_keeps_the_reason_and_who_checked(london, olive):
    application = make.application(london)

    eligibility.check(application=application, is_eligible=False, reason=" Lives in Brighton. ", by=olive)

    application.refresh_from_db()
    check = EligibilityCheck.objects.get()
    assert application.eligibility == "NOT_ELIGIBLE"
    assert (check.is_eligible, check.reason, check.by) == (False, "Lives in Brighton.", olive)
    line = AuditEvent.objects.get(verb="checked_eligibility")
    assert (line.by, line.detail) == (olive, {"is_eligible": False})


def test_checking_again_takes_it_back_and_both_stay(london, olive):
    application = make.application(london)

    eligibility.check(application=application, is_eligible=False, reason="Lives in Brighton.", by=olive)
    eligibility.check(application=application, is_eligible=True, reason="Works in London.", by=olive)

    application.refresh_from_db()
    assert application.eligibility == "ELIGIBLE"
    assert list(EligibilityCheck.objects.order_by("pk").values_list("is_eligible", flat=True)) == [False, True]


def test_check_without_a_reason_is_refused(london, olive):
    application = make.application(london)

    with pytest.raises(eligibility.EligibilityReasonMissing):
        eligibility.check(application=application, is_eligible=True, reason="  ", by=olive)
    assert Application.objects.get().eligibility == "UNCHECKED"


@pytest.mark.parametrize("state", ["OFFERED", "ACCEPTED", "DECLINED", "WITHDRAWN", "LAPSED", "TURNED_DOWN"])
def test_check_after_a_decision_is_refused(london, olive, state):
    application = make.application(london, state=state)

    with pytest.raises(eligibility.CannotCheck, match="so its eligibility no longer changes"):
        eligibility.check(application=application, is_eligible=False, reason="Late.", by=olive)
    assert EligibilityCheck.objects.count() == 0


def test_check_sees_what_another_person_decided_meanwhile(london, olive):
    stale = make.application(london)
    deciding.decline(application=Application.objects.get(), reason="No.", by=olive)

    with pytest.raises(eligibility.CannotCheck):
        eligibility.check(application=stale, is_eligible=True, reason="Fine.", by=olive)


def test_one_that_is_not_eligible_is_not_for_reviewers(london, olive):
    application = make.application(london)
    eligibility.check(application=application, is_eligible=False, reason="Lives in Brighton.", by=olive)

    assert list(Application.objects.for_reviewers()) == []


# --- several --------------------------------------------------------------------------------------------------------
@pytest.fixture
def three(london, olive):
    made = [make.application(london, reference=f"{name * 3}-{name * 3}") for name in "ABC"]
    eligibility.check(application=made[2], is_eligible=True, reason="Checked before.", by=olive)
    return made


def test_several_are_checked_and_undone_to_what_each_was(london, three, olive):
    action = eligibility.check_many(
        cohort=london, applications=three, is_eligible=False, reason="Wrong region.", by=olive
    )

    assert action.summary == "3 applications are not eligible"
    assert undoing.undo(action=action, by=olive) == "3 applications are as they were before."
    assert list(Application.objects.order_by("reference").values_list("eligibility", flat=True)) == [
        "UNCHECKED",
        "UNCHECKED",
        "ELIGIBLE",
    ]
    assert list(EligibilityCheck.objects.values_list("reason", flat=True)) == ["Checked before."]


def test_several_are_all_or_none(london, three, olive):
    Application.objects.filter(reference="BBB-BBB").update(state="ACCEPTED")

    with pytest.raises(eligibility.CannotCheck):
        eligibility.check_many(cohort=london, applications=three, is_eligible=False, reason="Wrong.", by=olive)

    assert EligibilityCheck.objects.count() == 1
    assert BulkAction.objects.count() == 0


def test_undo_is_refused_when_one_was_checked_again(london, three, olive):
    action = eligibility.check_many(cohort=london, applications=three, is_eligible=True, reason="All.", by=olive)
    eligibility.check(application=three[0], is_eligible=False, reason="Not this one.", by=olive)

    with pytest.raises(undoing.CannotUndo, match="was checked again or decided on since"):
        undoing.undo(action=action, by=olive)

    assert list(Application.objects.order_by("reference").values_list("eligibility", flat=True)) == [
        "NOT_ELIGIBLE",
        "ELIGIBLE",
        "ELIGIBLE",
    ]
    action.refresh_from_db()
    assert action.undone_at is None


def test_undo_is_refused_when_one_was_decided_since(london, three, olive):
    action = eligibility.check_many(cohort=london, applications=three, is_eligible=True, reason="All.", by=olive)
    deciding.decline(application=three[1], reason="Full.", by=olive)

    with pytest.raises(undoing.CannotUndo):
        undoing.undo(action=action, by=olive)


# --- the page ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def ana(london):
    return make.application(london, name="Ana Novak", area="Hove", reference="AAA-AAA", days_missed=[2])


def address(application: Application) -> str:
    return reverse("recruitment:eligibility", args=[application.cohort.slug, application.reference])


def test_page_gives_hints_and_saves_the_answer(ana, olive, signed_in):
    client = signed_in(olive)

    page = client.get(ana.get_absolute_url())
    response = client.post(
        f"{address(ana)}?state=SUBMITTED", {"outcome": "no", "reason": "Cannot come on day 2."}, follow=True
    )

    assert page.context["hints"] == ["Cannot come on day 2", "Lives outside London? They wrote “Hove”"]
    assert response.redirect_chain == [(f"{ana.get_absolute_url()}?state=SUBMITTED", 302)]
    assert [str(message) for message in response.context["messages"]] == ["Saved: Ana Novak is not eligible."]
    assert [event.what for event in response.context["history"]] == ["Found not eligible", "Came in online"]


def test_an_area_that_was_found_inside_gives_no_hint(ana, london, olive, signed_in):
    make.application(london, area="Hove", eligibility="ELIGIBLE")

    assert signed_in(olive).get(ana.get_absolute_url()).context["hints"] == ["Cannot come on day 2"]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"outcome": "yes"}, {"reason": ["Write why, in a sentence. The reason stays with the application."]}),
        ({"reason": "Fine."}, {"outcome": ["Press “Eligible” or “Not eligible”."]}),
        ({"outcome": "perhaps", "reason": "Fine."}, {"outcome": ["Choose one of the answers on the list."]}),
    ],
)
def test_page_refuses_half_an_answer_and_keeps_the_rest(ana, olive, signed_in, data, errors):
    response = signed_in(olive).post(address(ana), data)

    assert (response.status_code, dict(response.context["form"].errors)) == (422, errors)
    assert (data.get("reason", "") in response.content.decode()) is True
    assert EligibilityCheck.objects.count() == 0


def test_page_has_no_box_once_a_place_is_offered(ana, olive, signed_in):
    Application.objects.update(state="OFFERED")

    response = signed_in(olive).get(ana.get_absolute_url())

    assert response.context["eligibility_form"] is None
    refused = signed_in(olive).post(address(ana), {"outcome": "no", "reason": "Late."})
    assert "has been offered a place, so its eligibility no longer changes." in refused.content.decode()


def test_by_link_nothing_changes(ana, olive, signed_in):
    assert signed_in(olive).get(address(ana)).status_code == 405


def test_a_reviewer_cannot_check(ana, ruth, signed_in):
    assert signed_in(ruth).post(address(ana), {"outcome": "no", "reason": "x"}).status_code == 404
    assert Review.objects.count() == 0
