"""The main job, end to end, in a real browser at two widths: from an open call to the report that a commissioner reads.

Every page on the way is looked at by axe, must not scroll sideways, and may ask nothing of another machine.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.models import Message
from evaluation.models import Wave
from evaluation.queries import wave_results
from people.models import User
from programmes.models import Cohort, Participant
from recruitment.rubric import CRITERIA
from tests import make
from tests.browser import PHONE, WIDE, Visitor

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


def when_zoe_applies(visit: Visit, viewport: dict[str, int]) -> str:
    zoe = visit(viewport)
    zoe.open("/apply/london-2017/")
    looked_at(zoe)
    zoe.page.get_by_role("button", name="Apply now").click()
    page = zoe.page
    page.get_by_role("button", name="Send my application").click()
    expect(page).to_have_title(re.compile("^Error: "))
    looked_at(zoe)
    page.get_by_label("Your name").fill("Zoë Adeyemi-Clarke")
    page.get_by_label("Email", exact=True).check()
    page.get_by_label("Email address").fill("zoe@example.org")
    page.get_by_label("Where do you live?").fill("Camden")
    page.get_by_label("Patient", exact=True).check()
    page.get_by_label("1 to 3 years").check()
    for criterion in CRITERIA:
        page.get_by_label(criterion.question).fill(f"What I did: {criterion.short_name}.")
    page.get_by_label("How many hours a month can you give?").fill("8")
    page.get_by_label("Yes, I can come on every day").check()
    page.get_by_label("I have read how you use my information").check()
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="We have your application")).to_be_visible()
    looked_at(zoe)
    return page.locator("strong.lp-rec-reference").inner_text()


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


def when_olive_scores_and_accepts(olive: Visitor, reference: str) -> None:
    page = olive.page
    olive.open(f"{PLACE}/applications/")
    looked_at(olive)
    page.get_by_role("link", name="Zoë Adeyemi-Clarke").first.click()
    for number in range(1, 8):
        sheet = page.locator(f"section[aria-labelledby=criterion-{number}]")
        sheet.get_by_role("radio").nth(3).check()
        sheet.get_by_role("textbox").fill("Shown in the answer.")
    looked_at(olive)
    page.get_by_role("button", name="Save scores").click()
    looked_at(olive)
    decision = page.get_by_role("complementary")
    decision.get_by_label("Reason").fill("Strong on all seven, and brings Camden.")
    decision.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted").first).to_be_visible()
    looked_at(olive)
    assert Participant.objects.filter(person__applications__reference=reference).count() == 1


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


def looked_at(visitor: Visitor) -> None:
    """The page loaded, axe finds nothing, nothing scrolls sideways, nothing left the machine."""
    assert (visitor.page.url, visitor.faults()) == (visitor.page.url, [])


@WIDTHS
def test_from_form_to_report(london, olive, connie, visit, viewport):
    given_a_cohort_with_nine_people_and_two_coaches(london)

    reference = when_zoe_applies(visit, viewport)
    organiser = when_olive_signs_in(visit, viewport)
    when_olive_scores_and_accepts(organiser, reference)
    when_olive_plans_day_1(organiser)
    when_olive_adds_a_session(organiser)
    link = when_olive_invites_everybody(organiser)
    when_somebody_answers(visit, viewport, link)
    when_olive_types_a_paper_form(organiser)

    then_the_results_are_right(organiser)
    when_olive_issues_the_report(organiser)
    then_connie_reads_it(visit, viewport, connie)
