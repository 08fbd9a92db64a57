"""An organiser puts right what an application says."""

import pytest

from core.models import AuditEvent
from recruitment.models import Application
from recruitment.services import correcting, offering, preparing
from recruitment.services.correcting import ChangedMeanwhile
from recruitment.services.offering import FactsMissing
from tests import make

pytestmark = pytest.mark.django_db
FACTS = {
    "experience": "NONE",
    "lived_experience": "CARER",
    "lay_roles": "None yet",
    "hours_a_month": 6,
    "can_come_every_day": False,
    "days_missed": [2],
    "wants": "To ask.",
}
POSTED = {
    "version": "1",
    "experience": "NONE",
    "lived_experience": "CARER",
    "lay_roles": "None yet",
    "hours_a_month": "6",
    "can_come_every_day": "no",
    "days_missed": ["2"],
    "wants": "To ask.",
}


@pytest.fixture
def paper(london) -> Application:
    """A form on which two boxes were left empty."""
    return make.application(london, reference="AAA-111", experience="", lived_experience="", hours_a_month=4)


def page(application: Application) -> str:
    return f"{application.get_absolute_url()}put-right/"


def facts_of(application: Application) -> dict[str, object]:
    application.refresh_from_db()
    return {name: getattr(application, name) for name in FACTS}


def test_correct_saves_the_facts_and_says_which_changed_but_not_what_they_were(paper, olive):
    correcting.correct(application=paper, version=1, by=olive, **FACTS)

    line = AuditEvent.objects.get(verb="application_corrected")
    assert (facts_of(paper), paper.version) == (FACTS, 2)
    assert (line.by, line.detail) == (
        olive,
        {"fields": "experience lived_experience lay_roles hours_a_month can_come_every_day days_missed wants"},
    )


def test_a_form_with_gaps_is_listed_and_gets_no_place_until_it_is_put_right(signed_in, paper, olive, ruth):
    make.settings(paper.cohort, reviews_per_application=1)
    make.review(paper, ruth)
    offer = {"outcome": "ACCEPT", "criteria": ["TIME"], "reason": "Strong.", "by": olive}

    listed = signed_in(olive).get("/cohorts/london-2017/applications/")
    with pytest.raises(FactsMissing, match="Put that right on its page first"):
        preparing.prepare(cohort=paper.cohort, applications=[paper], **offer)
    with pytest.raises(FactsMissing):
        offering.offer(application=paper, reason="Strong.", by=olive)
    correcting.correct(application=paper, version=1, by=olive, **FACTS)
    preparing.prepare(cohort=paper.cohort, applications=[paper], **offer)

    assert (listed.status_code, paper.reference in listed.content.decode()) == (200, True)
    paper.refresh_from_db()
    assert paper.pending.outcome == "ACCEPT"


def test_correct_reaches_somebody_with_a_place(paper, olive):
    Application.objects.filter(pk=paper.pk).update(experience="OVER_3", lived_experience="PATIENT")
    paper.refresh_from_db()
    offering.offer(application=paper, reason="Strong.", by=olive)
    participant = offering.say_yes(application=paper)

    correcting.correct(application=paper, version=1, by=olive, **FACTS)

    participant.refresh_from_db()
    assert (participant.experience, participant.lived_experience) == ("NONE", "CARER")


def test_correct_refuses_what_was_read_before_somebody_else_saved(paper, olive):
    correcting.correct(application=paper, version=1, by=olive, **FACTS)

    with pytest.raises(ChangedMeanwhile):
        correcting.correct(application=paper, version=1, by=olive, **FACTS | {"wants": "Nothing."})

    assert facts_of(paper) == FACTS


def test_page_shows_what_is_there_and_saves_what_is_typed(signed_in, olive, paper):
    browser = signed_in(olive)

    shown = browser.get(page(paper)).content.decode()
    answer = browser.post(page(paper), POSTED, follow=True)

    assert 'value="4"' in shown
    assert answer.redirect_chain == [(paper.get_absolute_url(), 302)]
    assert facts_of(paper) == FACTS


def test_page_keeps_everything_when_a_box_is_wrong(signed_in, olive, paper):
    answer = signed_in(olive).post(page(paper), POSTED | {"hours_a_month": "many", "experience": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "experience": ["Choose an answer for “How long they have had lay roles”."],
        "hours_a_month": ["Enter a whole number from 0 to 300."],
    }
    assert "None yet</textarea>" in answer.content.decode()
    assert facts_of(paper)["wants"] == ""


def test_page_tells_who_came_second(signed_in, olive, paper):
    browser = signed_in(olive)
    browser.post(page(paper), POSTED)

    answer = browser.post(page(paper), POSTED | {"wants": "Nothing."})

    assert answer.status_code == 422
    assert "Somebody else changed this application" in answer.content.decode()
    assert facts_of(paper)["wants"] == "To ask."


def test_days_do_not_count_when_the_person_can_come_every_day(signed_in, olive, paper):
    signed_in(olive).post(page(paper), POSTED | {"can_come_every_day": "yes"})

    assert facts_of(paper)["days_missed"] == []


@pytest.mark.parametrize("who", ["ruth", "moses", "carol", "stranger"])
def test_nobody_else_finds_the_page(request, signed_in, paper, who):
    browser = signed_in(request.getfixturevalue(who))

    assert (browser.get(page(paper)).status_code, browser.post(page(paper), POSTED).status_code) == (404, 404)
