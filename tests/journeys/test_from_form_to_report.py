"""The main job, end to end, in a real browser at two widths: from an open call to the report that a commissioner reads.

Every page on the way is looked at by axe, must not scroll sideways, and may ask nothing of another machine.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.models import Message
from evaluation.models import Wave
from evaluation.queries import wave_results
from people.models import User
from programmes.models import Cohort, Participant
from recruitment.models import Application
from tests import make
from tests.browser import PHONE, WIDE, Visitor
from tests.journeys import applying
from tests.journeys.applying import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Visitor]
WIDTHS = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "360"])
PLACE = "/cohorts/london-2017"


def given_a_cohort_with_nine_people_and_two_coaches(london: Cohort) -> None:
    for number in range(9):
        make.participant(london, name=f"Participant {number}", area=("Camden", "Brent")[number % 2])
    make.coach(london, "C8")
    make.coach(london, "C9")
    make.slot(london.days.get(number=1))


def when_zoe_applies(visit: Visit, viewport: dict[str, int]) -> tuple[Visitor, Application]:
    """She sends the form at once, is told what is missing, and fills it in."""
    zoe = visit(viewport)
    applying.begin(zoe, slug="london-2017", name="Zoë Adeyemi-Clarke", email="zoe@example.org")
    second = zoe.page.url.removeprefix(zoe.address)
    zoe.open(second.replace("/calling/", "/check/"))
    expect(zoe.page).to_have_title(re.compile("^Error: "))
    looked_at(zoe)
    zoe.page.get_by_role("link", name=re.compile("Your name$")).click()
    zoe.page.get_by_role("button", name=re.compile("^Save")).click()
    expect(zoe.page).to_have_title(re.compile("^Error: "))
    zoe.open(second)
    applying.fill_in_the_rest(zoe)
    return zoe, Application.objects.get(reference=applying.send(zoe))


def when_olive_signs_in(visit: Visit, viewport: dict[str, int]) -> Visitor:
    olive = visit(viewport)
    olive.open("/today/")
    looked_at(olive)
    olive.page.get_by_label("Email address").fill("olive@example.org")
    olive.page.get_by_role("button", name="Send me a code").click()
    looked_at(olive)
    code = re.search(r"\b(\d{6})\b|\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", Message.objects.latest("pk").text)
    olive.page.get_by_label("Code").fill(code[0])
    olive.page.get_by_role("button", name="Sign in").click()
    expect(olive.page).to_have_url(re.compile("/today/$"))
    looked_at(olive)
    return olive


def when_olive_offers_a_place(olive: Visitor, application: Application) -> None:
    page = olive.page
    olive.open(f"{PLACE}/applications/")
    looked_at(olive)
    page.get_by_role("link", name="Zoë Adeyemi-Clarke").first.click()
    looked_at(olive)
    decision = page.locator("section[aria-labelledby=decision]")
    decision.get_by_label("Listening").check()
    decision.get_by_label("Reason").first.fill("Strong on all seven, and brings Camden.")
    decision.get_by_role("button", name=re.compile("offer", re.IGNORECASE)).click()
    looked_at(olive)
    olive.open(f"{PLACE}/applications/decide/letters/")
    looked_at(olive)
    page.get_by_role("button", name="Release the letter").click()
    application.refresh_from_db()
    assert application.state == "OFFERED"


def when_zoe_says_yes(zoe: Visitor, application: Application) -> None:
    """By the link in her letter, which has gone by now."""
    letter = Message.objects.get(recipient_name=application.person.name, key__startswith="decision:")
    Message.objects.filter(pk=letter.pk).update(due_at=timezone.now())
    zoe.open(re.search(r"/application/[\w-]+/", letter.text)[0])
    looked_at(zoe)
    zoe.page.get_by_role("link", name=re.compile("offer|answer|place", re.IGNORECASE)).or_(
        zoe.page.get_by_role("button", name=re.compile("answer", re.IGNORECASE))
    ).first.click()
    looked_at(zoe)
    zoe.page.get_by_role("button", name=re.compile("^Yes")).click()
    looked_at(zoe)
    assert Participant.objects.filter(person=application.person).count() == 1


def when_olive_plans_day_1(olive: Visitor) -> None:
    page = olive.page
    olive.open(f"{PLACE}/tables/")
    looked_at(olive)
    page.get_by_role("button", name="Plan the tables").click()
    looked_at(olive)
    page.get_by_role("button", name="Use this plan").click()
    expect(page.get_by_text("10 people at 2 tables")).to_be_visible()
    looked_at(olive)


def when_olive_adds_a_session(olive: Visitor) -> None:
    page = olive.page
    olive.open(f"{PLACE}/days/")
    looked_at(olive)
    page.get_by_role("button", name="Add a slot to day 2").click()
    page.get_by_label("Title").fill("What helps a meeting")
    page.get_by_label("Kind").select_option("Table work")
    page.get_by_label("Start").fill("10am")
    page.get_by_label("Minutes").fill("45")
    looked_at(olive)
    page.get_by_role("button", name="Save this slot").click()
    expect(page.get_by_text("What helps a meeting").first).to_be_visible()
    looked_at(olive)


def when_olive_invites_everybody(olive: Visitor) -> str:
    """Makes the wave of the last day, opens it and sends the links; returns one link's path."""
    olive.open(f"{PLACE}/waves/")
    looked_at(olive)
    make.wave(Cohort.objects.get(slug="london-2017"))
    olive.open(f"{PLACE}/waves/immediate/")
    looked_at(olive)
    olive.page.get_by_role("button", name=re.compile("^Invite")).first.click()
    looked_at(olive)
    letter = Message.objects.filter(text__contains="/form/").latest("pk")
    return re.search(r"/form/[\w-]+/", letter.text)[0]


def when_somebody_answers(visit: Visit, viewport: dict[str, int], link: str) -> None:
    participant = visit(viewport)
    participant.open(link)
    looked_at(participant)
    page = participant.page
    for question in page.locator("fieldset.lp-question").all()[:7]:
        question.locator("input[value='5']").check(force=True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page).to_have_url(re.compile("/sent/$"))
    looked_at(participant)


def when_olive_types_a_paper_form(olive: Visitor) -> None:
    page = olive.page
    olive.open(f"{PLACE}/waves/immediate/enter/")
    looked_at(olive)
    page.get_by_label(re.compile("form number")).first.fill("P01")
    for mark in ("4", "4", "n", "4", "", "4", "4", "4"):
        page.keyboard.press("Tab")
        page.keyboard.type(mark)
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="P01").or_(page.get_by_text("P01")).first).to_be_visible()
    looked_at(olive)


def then_the_results_are_right(olive: Visitor) -> None:
    olive.open(f"{PLACE}/waves/immediate/results/")
    looked_at(olive)
    results = wave_results(Wave.objects.get()).as_dict()
    assert [(item["n"], item["average"]) for item in results["items"]] == [
        (2, "4.5"),
        (2, "4.5"),
        (1, "5.0"),
        (2, "4.5"),
        (1, "5.0"),
        (2, "4.5"),
        (2, "4.5"),
        (1, "4.0"),
    ]


def when_olive_issues_the_report(olive: Visitor) -> None:
    page = olive.page
    olive.open(f"{PLACE}/report/")
    looked_at(olive)
    page.get_by_role("button", name="Issue to the commissioner").click()
    looked_at(olive)
    page.get_by_role("button", name="Issue the report").click()
    expect(page.get_by_text("Version 1").first).to_be_visible()
    looked_at(olive)


def then_connie_reads_it(visit: Visit, viewport: dict[str, int], connie: User) -> None:
    reader = visit(viewport, connie)
    reader.open("/reports/")
    looked_at(reader)
    reader.page.get_by_role("link", name="London 2017").first.click()
    looked_at(reader)
    with reader.page.expect_download() as download:
        reader.page.evaluate("document.querySelector('a[href$=\".pdf\"]').setAttribute('download', '')")
        reader.page.locator("a[href$='.pdf']").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


@WIDTHS
def test_from_form_to_report(london, olive, ruth, connie, visit, viewport):
    make.settings(london, reviews_per_application=1)
    given_a_cohort_with_nine_people_and_two_coaches(london)

    zoe, application = when_zoe_applies(visit, viewport)
    make.review(application, ruth)
    organiser = when_olive_signs_in(visit, viewport)
    when_olive_offers_a_place(organiser, application)
    when_zoe_says_yes(zoe, application)
    when_olive_plans_day_1(organiser)
    when_olive_adds_a_session(organiser)
    link = when_olive_invites_everybody(organiser)
    when_somebody_answers(visit, viewport, link)
    when_olive_types_a_paper_form(organiser)

    then_the_results_are_right(organiser)
    when_olive_issues_the_report(organiser)
    then_connie_reads_it(visit, viewport, connie)
