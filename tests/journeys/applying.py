"""Filling in the application in a browser, as journeys share it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from recruitment.rubric import CRITERIA
from tests.browser import Visitor

Look = Callable[[Visitor], None]


def looked_at(visitor: Visitor) -> None:
    """The page loaded, axe finds nothing, nothing scrolls sideways, nothing left the machine."""
    assert (visitor.page.url, visitor.faults()) == (visitor.page.url, [])


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def begin(visitor: Visitor, *, slug: str, name: str, email: str, look: Look = looked_at) -> None:
    """From the call to the first save."""
    page = visitor.page
    visitor.open(f"/apply/{slug}/")
    look(visitor)
    page.get_by_role("button", name="Start your application").first.click()
    look(visitor)
    page.get_by_label("Your name", exact=True).fill(name)
    page.get_by_label("Email", exact=True).check()
    page.get_by_label(re.compile("^Email address")).fill(email)
    go_on(page)
    expect(page.get_by_role("heading", name="When we call you")).to_be_visible()


def fill_in_the_rest(visitor: Visitor, *, look: Look = looked_at) -> None:
    """Every page between the first save and the page where all answers are checked."""
    page = visitor.page
    look(visitor)
    go_on(page)
    page.get_by_label("Where do you live?").fill("Camden")
    page.get_by_label("Patient", exact=True).check()
    look(visitor)
    go_on(page)
    page.get_by_label("1 to 3 years").check()
    page.get_by_label("Group, board or committee").first.fill("Camden patients’ panel")
    look(visitor)
    go_on(page)
    look(visitor)
    page.get_by_label(re.compile("^I write")).or_(page.get_by_role("radio").first).first.check()
    go_on(page)
    for item in CRITERIA:
        if page.get_by_label("How many hours a month can you give?").count():
            page.get_by_label("How many hours a month can you give?").fill("8")
        page.get_by_label(item.question).fill(f"What I did: {item.short_name}.")
        look(visitor)
        go_on(page)
    page.get_by_label("What do you want from the course?").fill("To ask, and not to nod.")
    go_on(page)
    page.get_by_label("Step-free way in and around").check()
    look(visitor)
    go_on(page)
    page.get_by_label(re.compile("^Yes, I can come")).check()
    look(visitor)
    go_on(page)
    for words in ("I have read how you use my information", "I am 18 or over", "I agree to the code of conduct"):
        page.get_by_label(words).check()
    look(visitor)
    go_on(page)


def send(visitor: Visitor, *, look: Look = looked_at) -> str:
    """From the page where all answers are checked to the receipt. Returns the reference."""
    page = visitor.page
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    look(visitor)
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="We have your application")).to_be_visible()
    look(visitor)
    return page.locator("strong.lp-rec-reference").inner_text()
