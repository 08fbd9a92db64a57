"""Sign-in as a person meets it: a code by email, a second step for staff, and doors that are not there."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from core.models import AuditEvent, Message
from people.models import User
from people.roles import Role
from people.services import accounts
from tests import make

pytestmark = pytest.mark.django_db
SIGN_IN, CODE = "/account/sign-in/", "/account/sign-in/code/"


def newest_code(to: str) -> str:
    letter = Message.objects.filter(to=to).latest("pk")
    return letter.secrets[0]


def ask_for_code(browser: Client, email: str, **query: str) -> None:
    response = browser.post(SIGN_IN, {"email": email}, query_params=query)
    assert response.status_code == 302
    assert response.url.startswith(CODE)


def sign_in(browser: Client, email: str) -> object:
    ask_for_code(browser, email)
    return browser.post(CODE, {"code": newest_code(email)})


def who(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


# --- the code by email ---------------------------------------------------------------------------------
def test_sign_in_with_the_code_from_the_letter(olive):
    browser = Client()

    response = sign_in(browser, "olive@example.org")

    assert (response.status_code, response.url) == (302, reverse("today"))
    assert who(browser) == str(olive.pk)


def test_sign_in_letter_reads_plainly_and_tells_where_it_is_from(olive, settings):
    ask_for_code(Client(), "olive@example.org")

    letter = Message.objects.get()
    assert letter.subject == "Your code to sign in"
    assert letter.text == (
        f"Your code to sign in is:\n\n{letter.secrets[0]}\n\n"
        "Type it into the page that is open in your browser. It works for 10 minutes and only once.\n\n"
        "If you did not ask for it, you need do nothing. Do not tell it to anybody: we never ask for it.\n\n"
        f"{settings.BODY_NAME}\n{settings.BODY_PHONE}\n"
    )
    assert re.fullmatch("[0-9]{6}", letter.secrets[0])
    assert letter.scope == ""


def test_sign_in_goes_on_to_the_page_that_was_asked_for(olive):
    browser = Client()
    wanted = browser.get("/outbox/")
    assert wanted.url == f"{SIGN_IN}?next=/outbox/"

    ask_for_code(browser, "olive@example.org", next="/outbox/")
    response = browser.post(CODE, {"code": newest_code("olive@example.org")}, query_params={"next": "/outbox/"})

    assert response.url == "/outbox/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"])
def test_sign_in_never_leads_to_another_host(olive, elsewhere):
    browser = Client()
    ask_for_code(browser, "olive@example.org", next=elsewhere)

    response = browser.post(CODE, {"code": newest_code("olive@example.org")}, query_params={"next": elsewhere})

    assert response.url == reverse("today")


def test_sign_in_folds_the_address(olive):
    browser = Client()
    ask_for_code(browser, "  OLIVE@Example.ORG ")

    browser.post(CODE, {"code": newest_code("olive@example.org")})

    assert who(browser) == str(olive.pk)


def test_sign_in_changes_the_session_key(olive):
    browser = Client()
    ask_for_code(browser, "olive@example.org")
    before = browser.session.session_key

    browser.post(CODE, {"code": newest_code("olive@example.org")})

    assert browser.session.session_key != before


def test_code_of_another_browser_does_not_work(olive):
    ask_for_code(Client(), "olive@example.org")
    code = newest_code("olive@example.org")
    thief = Client()

    response = thief.post(CODE, {"code": code})

    assert response.url == SIGN_IN
    assert who(thief) is None


def test_code_works_once(olive):
    browser = Client()
    sign_in(browser, "olive@example.org")
    code = newest_code("olive@example.org")
    browser.post("/account/sign-out/")

    browser.post(CODE, {"code": code})

    assert who(browser) is None


def test_three_wrong_codes_kill_the_code(olive):
    browser = Client()
    ask_for_code(browser, "olive@example.org")
    right = newest_code("olive@example.org")
    wrong = "111111" if right != "111111" else "222222"

    answers = [browser.post(CODE, {"code": wrong}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert "This code is not right." in answers[0].content.decode()
    browser.post(CODE, {"code": right})
    assert who(browser) is None


def test_code_dies_after_ten_minutes(olive, time_machine):
    browser = Client()
    time_machine.move_to("2026-03-01 10:00:00Z", tick=False)
    ask_for_code(browser, "olive@example.org")
    time_machine.move_to("2026-03-01 10:10:01Z", tick=False)

    browser.post(CODE, {"code": newest_code("olive@example.org")})

    assert who(browser) is None


def test_fourth_request_for_a_code_in_a_minute_is_refused(olive):
    for _ in range(3):
        ask_for_code(Client(), "olive@example.org")

    response = Client().post(SIGN_IN, {"email": "olive@example.org"})

    assert response.status_code == 422
    assert "That was tried too often." in response.content.decode()
    assert Message.objects.count() == 3


def test_empty_address_is_asked_for_again(db):
    response = Client().post(SIGN_IN, {"email": ""})

    assert response.status_code == 422
    assert "Enter the email address that you gave us" in response.content.decode()


# --- addresses that nobody has (T04) ----------------------------------------------------------------------
def masked(page: bytes, address: str) -> str:
    text = page.decode().replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "TOKEN", text)


def test_unknown_address_gets_the_same_pages(olive):
    pages = {}
    for address in ("olive@example.org", "nobod@example.org"):
        browser = Client()
        sent = browser.post(SIGN_IN, {"email": address})
        page = browser.get(CODE)
        wrong = browser.post(CODE, {"code": "000000"})
        pages[address] = [
            (sent.status_code, sent.url, sorted(sent.cookies), sent.headers.get("Content-Length")),
            (page.status_code, masked(page.content, address), len(page.content)),
            (wrong.status_code, masked(wrong.content, address)),
        ]

    assert pages["olive@example.org"] == pages["nobod@example.org"]


def test_unknown_address_gets_one_neutral_letter(db):
    ask_for_code(Client(), "nobody@example.org")

    letter = Message.objects.get()
    assert (letter.to, letter.subject, letter.secrets) == ("nobody@example.org", "You asked to sign in", [])
    assert "We have no account for it." in letter.text


def test_closed_account_is_as_unknown(olive):
    accounts.close(user=olive)

    ask_for_code(Client(), "olive@example.org")

    assert Message.objects.get().secrets == []


def test_asking_for_a_code_costs_the_same_queries_for_known_and_unknown(olive):
    counts = {}
    for address in ("olive@example.org", "nobody@example.org"):
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            Client().post(SIGN_IN, {"email": address})
        counts[address] = len([query for query in counted if "people_user" not in query["sql"]])

    assert counts["olive@example.org"] == counts["nobody@example.org"]


# --- people who left, roles that changed (T20) ---------------------------------------------------------------
def test_closed_account_is_out_at_the_next_request(olive, signed_in):
    browser = signed_in(olive)
    assert browser.get("/outbox/").status_code == 200

    accounts.close(user=olive)

    assert browser.get("/outbox/").url == f"{SIGN_IN}?next=/outbox/"


def test_role_taken_away_bites_at_the_next_request(olive, signed_in):
    browser = signed_in(olive)
    assert browser.get("/outbox/").status_code == 200

    olive.assignments.all().delete()

    assert browser.get("/outbox/").status_code == 404


def test_sign_out_ends_the_session_and_clears_the_browser(olive, signed_in):
    browser = signed_in(olive)

    response = browser.post("/account/sign-out/")

    assert response.url == reverse("home")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert who(browser) is None


def test_sign_out_asks_first(olive, signed_in):
    browser = signed_in(olive)

    response = browser.get("/account/sign-out/")

    assert "Sign out?" in response.content.decode()
    assert who(browser) == str(olive.pk)


# --- what is not there ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "login/",
        "password/change/",
        "password/set/",
        "password/reset/",
        "password/reset/key/1-abc/",
        "email/",
        "confirm-email/",
        "reauthenticate/",
        "3rdparty/",
        "social/login/cancelled/",
        "2fa/",
    ],
)
def test_door_that_we_do_not_want_is_not_there(path, olive, signed_in):
    assert signed_in(olive).get(f"/account/{path}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["account_signup", "account_change_password", "account_email", "socialaccount_signup"])
def test_door_that_we_do_not_want_has_no_name(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_has_a_password(olive):
    assert not olive.has_usable_password()
    assert not User.objects.create_user("new@example.org", name="New").has_usable_password()


# --- the second step ---------------------------------------------------------------------------------------------
def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def add_app(browser: Client) -> str:
    """Set up an authenticator app as a person does; gives its key."""
    page = browser.get("/account/second-step/app/add/")
    secret = page.context["form"].secret
    response = browser.post("/account/second-step/app/add/", {"code": app_code(secret)})
    assert response.url == "/account/second-step/recovery-codes/"
    return secret


def forget_used_codes() -> None:
    """As if 30 seconds had passed: a code of the app works once."""
    cache.clear()


def test_app_is_set_up_and_recovery_codes_are_shown_without_asking_again(olive, signed_in):
    browser = signed_in(olive)

    add_app(browser)
    page = browser.get("/account/second-step/recovery-codes/")

    assert len(page.context["unused_codes"]) == 10
    assert page.context["unused_codes"][0] in page.content.decode()


def test_app_that_was_set_up_leaves_a_letter_and_an_audit_line(olive, signed_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add_app(signed_in(olive))

    letter = Message.objects.get()
    assert (letter.to, letter.subject) == ("olive@example.org", "Your way to sign in has changed")
    assert "an authenticator app was added to your account" in letter.text
    assert [event.verb for event in AuditEvent.objects.filter(by=olive)] == ["second_step_added"]


def test_key_of_the_app_lies_encrypted_and_survives_a_new_secret_key(olive, signed_in, settings):
    secret = add_app(signed_in(olive))
    forget_used_codes()
    stored = [authenticator.data for authenticator in Authenticator.objects.all()]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"
    browser = Client()

    sign_in(browser, "olive@example.org")
    browser.post("/account/second-step/code/", {"code": app_code(secret)})

    assert secret not in str(stored)
    assert who(browser) == str(olive.pk)


def test_wrong_code_of_the_app_does_not_switch_it_on(olive, signed_in):
    browser = signed_in(olive)
    browser.get("/account/second-step/app/add/")

    response = browser.post("/account/second-step/app/add/", {"code": "000000"})

    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_sign_in_asks_for_the_app_after_the_email(olive, signed_in):
    secret = add_app(signed_in(olive))
    forget_used_codes()
    browser = Client()

    after_email = sign_in(browser, "olive@example.org")
    assert after_email.url == "/account/second-step/code/"
    assert who(browser) is None
    refused = browser.post("/account/second-step/code/", {"code": "000000"})
    assert refused.status_code == 422
    after_app = browser.post("/account/second-step/code/", {"code": app_code(secret)})

    assert after_app.url == reverse("today")
    assert who(browser) == str(olive.pk)


def test_recovery_code_lets_in_once(olive, signed_in):
    at_home = signed_in(olive)
    add_app(at_home)
    code = at_home.get("/account/second-step/recovery-codes/").context["unused_codes"][0]

    browsers = []
    for _ in range(2):
        browser = Client()
        sign_in(browser, "olive@example.org")
        browser.post("/account/second-step/code/", {"code": code})
        browsers.append(who(browser))

    assert browsers == [str(olive.pk), None]


def test_sixth_wrong_app_code_is_refused_even_if_right(olive, signed_in):
    secret = add_app(signed_in(olive))
    forget_used_codes()
    browser = Client()
    sign_in(browser, "olive@example.org")

    for _ in range(5):
        browser.post("/account/second-step/code/", {"code": "000000"})
    response = browser.post("/account/second-step/code/", {"code": app_code(secret)})

    assert response.status_code == 422
    assert "That was tried too often." in response.content.decode()
    assert who(browser) is None


def test_removing_the_app_asks_for_its_code_first(olive, signed_in, time_machine):
    time_machine.move_to("2026-03-01 10:00:00Z", tick=False)
    browser = signed_in(olive)
    secret = add_app(browser)
    time_machine.move_to("2026-03-01 10:06:00Z", tick=False)

    asked = browser.get("/account/second-step/app/remove/")
    assert asked.url == "/account/second-step/confirm/?next=%2Faccount%2Fsecond-step%2Fapp%2Fremove%2F"
    forget_used_codes()
    confirmed = browser.post(asked.url, {"code": app_code(secret)})
    assert confirmed.url == "/account/second-step/app/remove/"
    browser.post("/account/second-step/app/remove/")

    assert not Authenticator.objects.exists()


def test_staff_without_a_second_step_see_nothing_else_where_the_setting_asks(olive, signed_in, settings):
    settings.STAFF_NEED_SECOND_STEP = True
    browser = signed_in(olive)

    assert [browser.get(path).url for path in ("/", "/today/", "/outbox/", "/people/")] == ["/account/second-step/"] * 4
    assert browser.get("/account/second-step/").status_code == 200
    assert browser.post("/account/sign-out/").url == reverse("home")


def test_staff_with_a_second_step_go_on(olive, signed_in, settings):
    browser = signed_in(olive)
    add_app(browser)
    settings.STAFF_NEED_SECOND_STEP = True

    assert browser.get("/outbox/").status_code == 200


def test_commissioner_is_not_asked_for_a_second_step(connie, signed_in, settings):
    settings.STAFF_NEED_SECOND_STEP = True

    assert signed_in(connie).get("/people/").status_code == 404


def test_second_step_costs_one_query_where_the_setting_asks_and_none_elsewhere(olive, signed_in, settings):
    browser = signed_in(olive)
    add_app(browser)
    counts = []
    for asks in (False, True):
        settings.STAFF_NEED_SECOND_STEP = asks
        with CaptureQueriesContext(connection) as counted:
            browser.get("/outbox/")
        counts.append(len(counted))

    assert counts[1] - counts[0] == 1


# --- pages ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    ["", "app/remove/", "recovery-codes/", "recovery-codes/new/", "passkeys/", "passkeys/add/", "confirm/"],
)
def test_page_of_the_second_step_looks_like_the_rest(path, olive, signed_in):
    browser = signed_in(olive)
    add_app(browser)

    page = browser.get(f"/account/second-step/{path}")

    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1") == 1
    assert "– Laypartner</title>" in html
    assert not re.findall(r"<script(?![^>]*(?:src=|type=\"application/json\"))|style=|onclick=", html)


def test_recovery_codes_as_a_file_are_never_cached(olive, signed_in):
    browser = signed_in(olive)
    add_app(browser)

    response = browser.get("/account/second-step/recovery-codes/download/")

    assert len(response.content.split()) == 10
    assert "no-store" in response["Cache-Control"]


def test_host_header_never_reaches_a_letter_or_a_passkey(olive, signed_in):
    """T25: the port of a Host header is not checked by Django."""
    browser = signed_in(olive)

    page = browser.get("/account/second-step/passkeys/add/", headers={"host": "localhost:99999"})

    assert page.context["js_data"]["creation_options"]["publicKey"]["rp"] == {"id": "127.0.0.1", "name": "Laypartner"}


def test_role_commissioner_only_is_not_staff(connie):
    assert not connie.is_staff_member()
    assert make.user("x@example.org", (Role.REVIEWER, make.cohort("a"))).is_staff_member()
