"""A passkey in a real browser, with an authenticator that Chromium plays itself."""

import pytest
from django.db import connection
from playwright.sync_api import Page

from core.models import Message
from people.models import User
from people.roles import Role
from tests import make
from tests.browser import WIDE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="browser tests run on SQLite"),
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def page(visit, settings):
    """Olive's browser, at localhost: browsers allow passkeys there without https."""
    settings.SITE_HOST = "localhost"
    visitor = visit(WIDE)
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    chromium = visitor.context.new_cdp_session(visitor.page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    make.user("olive@example.org", (Role.ORGANISER, make.cohort()), name="Olive")
    yield visitor
    assert (visitor.left, visitor.broken) == ([], [])


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words).click()


def sign_in_by_code(visitor) -> None:
    visitor.open("/account/sign-in/")
    visitor.page.get_by_label("Email address").fill("olive@example.org")
    press(visitor.page, "Send me a code")
    visitor.page.get_by_label("Code from the email").fill(Message.objects.latest("pk").secrets[0])
    press(visitor.page, "Sign in")


def add_passkey(visitor, *, passwordless: bool) -> None:
    visitor.open("/account/second-step/passkeys/add/")
    if passwordless:
        visitor.page.get_by_label("I want to sign in with it").check()
    press(visitor.page, "Add this passkey")
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "Recovery codes"


def sign_out(visitor) -> None:
    visitor.open("/account/sign-out/")
    with visitor.page.expect_navigation():
        visitor.page.locator("main").get_by_role("button", name="Sign out").click()


def is_signed_in(visitor) -> bool:
    visitor.open("/account/second-step/")
    return visitor.page.get_by_role("heading", level=1).inner_text() == "How you sign in"


def test_passkey_signs_in_without_a_code(page):
    sign_in_by_code(page)
    add_passkey(page, passwordless=True)
    sign_out(page)
    letters = Message.objects.count()

    page.open("/account/sign-in/")
    press(page.page, "Sign in with a passkey")

    assert is_signed_in(page)
    assert Message.objects.count() == letters


def test_passkey_is_the_second_step_after_the_code(page):
    sign_in_by_code(page)
    add_passkey(page, passwordless=False)
    sign_out(page)

    sign_in_by_code(page)
    assert page.page.get_by_role("heading", level=1).inner_text() == "One more step"
    press(page.page, "Use my passkey")

    assert is_signed_in(page)


def test_passkey_can_be_renamed_and_removed(page):
    sign_in_by_code(page)
    add_passkey(page, passwordless=True)

    page.open("/account/second-step/passkeys/")
    page.page.get_by_role("link", name="Change its name").click()
    page.page.get_by_label("Name of this passkey").fill("Work laptop")
    press(page.page, "Save name")
    page.page.get_by_role("link", name="Remove it").click()
    assert page.page.get_by_role("heading", level=1).inner_text() == "Remove “Work laptop”?"
    press(page.page, "Remove the passkey")

    assert page.page.locator("main").get_by_text("You have no passkey yet.").is_visible()
    assert not User.objects.get().authenticator_set.exists()


def test_page_says_so_when_the_address_allows_no_passkeys(page, settings):
    """At 127.0.0.1, an address that is no name, the browser refuses."""
    page.address = page.address.replace("localhost", "127.0.0.1")
    settings.SITE_HOST = "127.0.0.1"

    page.open("/account/sign-in/")
    page.page.get_by_role("button", name="Sign in with a passkey").click()

    problem = page.page.get_by_text("Your browser does not allow passkeys at this address. Use a code instead.")
    problem.wait_for(state="visible")
