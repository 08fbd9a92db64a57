"""Each letter that leads somebody back, read whole: no name, no answer, one link or one code."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import transaction

from recruitment import link_letters
from recruitment.models import Draft
from tests import make

OPENS = datetime(2017, 10, 2, 9, 0, tzinfo=UTC)
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)


@pytest.fixture
def draft(london) -> Draft:
    london.applications_open_at, london.applications_close_at = OPENS, CLOSES
    london.help_phone, london.help_email = "020 7946 0099", "london@example.org"
    london.save()
    begun = Draft.objects.create(
        cohort=london, email="ana@example.org", values={"name": "Ana Novak", "wants": "Secret"}
    )
    begun.started_at = datetime(2017, 10, 20, 8, 5, tzinfo=UTC)
    return begun


@pytest.fixture(autouse=True)
def _in_a_transaction(db):
    with transaction.atomic():
        yield


def test_link_to_a_form(draft):
    letter = link_letters.send_link_to_draft(draft, "the-secret")

    assert (letter.subject, letter.to, letter.secrets) == (
        "Your form for London 2017",
        "ana@example.org",
        ["the-secret"],
    )
    assert letter.text == (
        "Hello,\n\n"
        "somebody began to fill in a form for London 2017 and gave this email address.\n\n"
        "To go on with it, open this link. It works until the form is sent, and afterwards it leads to your own page:\n\n"
        f"{settings.SITE_URL}/application/the-secret/form/\n\n"
        "We keep what was typed. In another browser, or on another phone, we first ask for a code that we send to this "
        "address.\n\n"
        "Please send the form by 11:59pm on Sunday 29 October 2017.\n\n"
        "If this was not you, you need do nothing. Nobody sees the form until it is sent, and we delete it later.\n\n"
        "You need help? Ring us on 020 7946 0099 or write to london@example.org.\n\n"
        f"{settings.BODY_NAME}\n"
    )


def test_link_to_a_form_of_a_call_without_an_end_names_no_day(draft):
    draft.cohort.applications_close_at = None

    letter = link_letters.send_link_to_draft(draft, "the-secret")

    assert "Please send the form by" not in letter.text


def test_code(draft):
    letter = link_letters.send_code(draft, "ana@example.org", "123456")

    assert (letter.subject, letter.to, letter.secrets) == ("Your code", "ana@example.org", ["123456"])
    assert letter.text == (
        "Hello,\n\n"
        "somebody opened a link to a form or an application for London 2017. If that was you, type this code into the "
        "page that is open:\n\n"
        "123456\n\n"
        "It works for 10 minutes and only once. Do not tell it to anybody: we never ask for it.\n\n"
        "If it was not you, you need do nothing. Without the code nobody sees anything.\n\n"
        "You need help? Ring us on 020 7946 0099 or write to london@example.org.\n\n"
        f"{settings.BODY_NAME}\n"
    )


def test_lost_link_of_a_form_says_when_it_was_begun(draft):
    letter = link_letters.send_lost_link(draft, "ana@example.org", "the-secret")

    assert (letter.subject, letter.secrets) == ("The link that was asked for: London 2017", ["the-secret"])
    assert letter.text == (
        "Hello,\n\n"
        "somebody asked us to send the link again with this email address.\n\n"
        "The form that was begun at 9:05am on Friday 20 October 2017 and is not sent yet:\n\n"
        f"{settings.SITE_URL}/application/the-secret/form/\n\n"
        "Where two people share this address, each gets a letter of their own.\n\n"
        "If you did not ask for it, you need do nothing. Nobody but you got this letter.\n\n"
        "You need help? Ring us on 020 7946 0099 or write to london@example.org.\n\n"
        f"{settings.BODY_NAME}\n"
    )


def test_lost_link_of_an_application_says_its_reference(draft):
    application = make.application(draft.cohort, reference="7K3-M9Q")

    letter = link_letters.send_lost_link(application, "ana@example.org", "the-secret")

    assert "The application with the reference 7K3-M9Q, sent at 1:00pm on Friday 20 October 2017:" in letter.text
    assert f"{settings.SITE_URL}/application/the-secret/\n" in letter.text


def test_nothing_found(draft):
    letter = link_letters.send_nothing_found(draft.cohort, "nobody@example.org")

    assert (letter.subject, letter.secrets) == ("The link that was asked for: London 2017", [])
    assert "We have no form and no application with this address." in letter.text


def test_two_letters_about_one_form_are_two_letters(draft):
    first, second = (link_letters.send_code(draft, "ana@example.org", "123456") for _ in range(2))

    assert first != second
