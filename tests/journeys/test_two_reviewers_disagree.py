"""Journey S3 on a phone: reviews are given out, two reviewers disagree, a moderator settles it, decisions are released."""

import re

import pytest
from playwright.sync_api import expect

from core.models import Message
from people.roles import Role
from recruitment.models import Application, Assignment, Decision, Review
from tests import make
from tests.browser import PHONE, Visitor
from tests.journeys.applying import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "/cohorts/london-2017"
BOX = "section[aria-labelledby=criterion-{}]"


def when_olive_gives_out_reviews(olive: Visitor) -> None:
    olive.open(f"{PLACE}/reviewers/")
    looked_at(olive)
    olive.page.get_by_role("button", name="Give out reviews").click()
    expect(olive.page.get_by_text(re.compile("4 reviews given out")).first).to_be_visible()
    looked_at(olive)


def when_a_reviewer_scores_everything(reviewer: Visitor, mark: str) -> None:
    page = reviewer.page
    reviewer.open("/reviews/")
    looked_at(reviewer)
    page.get_by_role("button", name=re.compile("^(Start|Go on)")).first.click()
    for round_ in range(2):
        looked_at(reviewer)
        assert "Applicant" not in page.content()
        page.get_by_role("button", name="I will say so. Read it").click()
        page.wait_for_load_state()
        if round_ == 0:
            page.get_by_role("button", name="Save and next").click()
            expect(page).to_have_title(re.compile("^Error: "))
            looked_at(reviewer)
        for number in range(1, 8):
            box = page.locator(BOX.format(number))
            box.get_by_role("radio").first.focus()
            page.keyboard.press(mark)
            expect(box.get_by_role("radio").nth(int(mark))).to_be_checked()
            box.get_by_role("textbox").fill("Shown in the answer.")
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("/reviews/$"))
    looked_at(reviewer)


def when_moses_settles_both(moses: Visitor) -> None:
    page = moses.page
    moses.open(f"{PLACE}/differences/")
    looked_at(moses)
    page.get_by_role("button", name=re.compile("^Start")).click()
    for _ in range(2):
        looked_at(moses)
        for number in range(1, 8):
            page.locator(BOX.format(number)).get_by_role("radio").nth(3).check()
        page.get_by_label(re.compile("^(Reason|Why)")).fill("Both examples are their own work.")
        page.get_by_role("button", name="Settle and next").click()
    expect(
        page.get_by_text(re.compile("Nothing to settle|0 to settle|no difference", re.IGNORECASE)).first
    ).to_be_visible()
    looked_at(moses)


def when_olive_prepares_and_releases(olive: Visitor) -> None:
    page = olive.page
    olive.open(f"{PLACE}/applications/decide/")
    looked_at(olive)
    page.get_by_label("Tick Applicant One").check()
    page.get_by_role("group", name=re.compile("decision rests on")).get_by_label("Listening").check()
    page.locator("[name=reason]").fill("Strong on listening.")
    page.get_by_role("button", name="Prepare offers").click()
    looked_at(olive)
    page.get_by_label("Tick Applicant Two").check()
    page.get_by_role("group", name=re.compile("decision rests on")).get_by_label("Connections").check()
    page.locator("[name=reason]").fill("One group only.")
    page.get_by_role("button", name="Decline", exact=True).click()
    olive.open(f"{PLACE}/applications/decide/letters/")
    looked_at(olive)
    page.get_by_role("button", name="Release all 2 letters").click()
    looked_at(olive)


def test_two_reviewers_disagree(london, olive, ruth, moses, visit):
    rob = make.user("rob@example.org", (Role.REVIEWER, london), name="Rob")
    one = make.application(london, name="Applicant One", reference="AAA-111")
    two = make.application(london, name="Applicant Two", reference="BBB-222")

    organiser = visit(PHONE, olive)
    when_olive_gives_out_reviews(organiser)
    assert set(Assignment.objects.values_list("application", "reviewer")) == {
        (application.pk, reviewer.pk) for application in (one, two) for reviewer in (ruth, rob)
    }
    for reviewer, mark in ((ruth, "4"), (rob, "1")):
        when_a_reviewer_scores_everything(visit(PHONE, reviewer), mark)
    assert Review.objects.count() == 4
    when_moses_settles_both(visit(PHONE, moses))
    assert set(Application.objects.values_list("agreed_scores__total", flat=True)) == {21}

    when_olive_prepares_and_releases(organiser)

    assert dict(Application.objects.values_list("reference", "state")) == {"AAA-111": "OFFERED", "BBB-222": "DECLINED"}
    no = Message.objects.get(key=f"decision:{Decision.objects.get(outcome='DECLINE').pk}")
    assert "Diverse connections within the community" in no.text
    assert Message.objects.filter(key__startswith="decision:", state="DUE").count() == 2
    then_one_undo_holds_both_letters_back(organiser)


def then_one_undo_holds_both_letters_back(olive: Visitor) -> None:
    page = olive.page
    olive.open(f"{PLACE}/applications/decide/")
    page.locator("form[action*='/undo/'] button").first.click()
    looked_at(olive)
    assert set(Application.objects.values_list("state", flat=True)) == {"SUBMITTED"}
    assert Message.objects.filter(key__startswith="decision:").count() == 0
