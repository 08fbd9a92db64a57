"""Journey S2 on a phone: a carer is helped on the telephone, and her husband applies from the same address.

Two people, two applications, one inbox: neither sees the other's. Then what only a browser shows: another phone is asked
for a code, and an offer is answered by a button.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from core.models import Message
from programmes.models import Participant
from recruitment.models import Application
from recruitment.queries.duplicates import duplicates_waiting
from recruitment.rubric import CRITERIA
from recruitment.services import offering
from tests.browser import PHONE, Visitor
from tests.journeys import applying
from tests.journeys.applying import looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHARED = "home@example.org"
OWN_PAGE = re.compile(r"/application/[\w-]+/")


def when_olive_types_in_what_rosa_says(olive: Visitor) -> None:
    page = olive.page
    olive.open("/cohorts/london-2017/applications/enter/")
    page.get_by_label("Phone", exact=True).first.check()
    page.get_by_role("button", name="Save and read back").click()
    expect(page).to_have_title(re.compile("^Error: "))
    looked_at(olive)
    page.get_by_label("Name", exact=True).fill("Rosa Winterhalter")
    page.get_by_label("Contact by").select_option("3 Post")
    page.get_by_label("Email", exact=True).fill(SHARED)
    page.get_by_label("Postal address").fill("1 Example Street\nLondon\nN7 1AA")
    page.get_by_label("Gets information as").select_option("2 Large print")
    for item in CRITERIA:
        page.locator(f"[name=answer_{item.characteristic.lower()}]").fill(f"She says: {item.short_name}.")
    page.get_by_role("button", name="Save and read back").click()
    expect(page.get_by_role("heading", name="Read back: Rosa Winterhalter")).to_be_visible()
    looked_at(olive)


def when_olive_records_that_rosa_agrees(olive: Visitor) -> None:
    page = olive.page
    page.get_by_label("Has read how we use personal information").check()
    page.get_by_label("Is 18 or over").check()
    page.get_by_label(re.compile("phone", re.IGNORECASE)).last.check()
    page.get_by_role("button", name="Record agreement").click()
    looked_at(olive)


def then_a_stranger_s_phone_is_asked_for_a_code(visit: Callable[..., Visitor], link: str) -> Visitor:
    other = visit(PHONE)
    other.open(link)
    looked_at(other)
    assert "Tom" not in other.page.content()
    assert SHARED not in other.page.content()
    other.page.get_by_role("button", name=re.compile("code", re.IGNORECASE)).first.click()
    looked_at(other)
    code = re.search(r"\b\d{6}\b", Message.objects.latest("pk").text)[0]
    other.page.locator("input[name=code]").fill(code)
    other.page.locator("main form button[type=submit]").first.click()
    expect(other.page.get_by_text("Tom Winterhalter").first).to_be_visible()
    looked_at(other)
    return other


def test_applying_with_help(london, olive, visit):
    organiser = visit(PHONE, olive)
    when_olive_types_in_what_rosa_says(organiser)
    rosa = Application.objects.get(person__name="Rosa Winterhalter")
    assert (rosa.state, rosa.source, rosa.entered_by) == ("AWAITING", "PHONE", olive)
    when_olive_records_that_rosa_agrees(organiser)
    rosa.refresh_from_db()
    assert rosa.state == "SUBMITTED"
    letter = Message.objects.filter(recipient_name="Rosa Winterhalter").latest("pk")
    assert (letter.channel, letter.information_format) == ("POST", "LARGE_PRINT")

    tom = visit(PHONE)
    applying.begin(tom, slug="london-2017", name="Tom Winterhalter", email=SHARED)
    applying.fill_in_the_rest(tom)
    applying.send(tom)
    sent = Application.objects.get(person__name="Tom Winterhalter")
    assert sent.person_id != rosa.person_id
    assert duplicates_waiting(london) == 0

    link = OWN_PAGE.search(Message.objects.filter(key=f"acknowledgement:{sent.pk}").get().text)[0]
    offering.offer(application=sent, reason="Strong on all seven.", by=olive)
    phone = then_a_stranger_s_phone_is_asked_for_a_code(visit, link)
    assert "Rosa" not in phone.page.content()
    phone.open(f"{link}offer/")
    looked_at(phone)
    assert Participant.objects.count() == 0  # opening the page answers nothing
    phone.page.get_by_role("button", name=re.compile("^Yes")).click()
    expect(phone.page.get_by_text(re.compile("you have a place", re.IGNORECASE)).first).to_be_visible()
    looked_at(phone)
    assert Participant.objects.get().person == sent.person
