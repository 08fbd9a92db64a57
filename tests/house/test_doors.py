"""Every address is tried: without signing in, as a stranger from another region, and with a form that carries no token."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.addresses import NAMES

pytestmark = pytest.mark.django_db

# The short list of pages that ask for no sign-in, each with its reason.
PUBLIC = {
    "home": "what this is",
    "privacy": "plain page",
    "accessibility": "plain page",
    "contact": "plain page",
    "complaints": "plain page",
    "gallery": "components, in debug only",
    "gallery-fields": "components, in debug only",
    "gallery-list": "components, in debug only",
    "recruitment:apply": "the call",
    "recruitment:apply-form": "applying needs no account",
    "recruitment:apply-paper": "the form to print, the same for everybody",
    "recruitment:mine": "an applicant's own page, by a secret link and a code",
    "recruitment:mine-contact": "an applicant's own page, by a secret link and a code",
    "recruitment:mine-withdraw": "an applicant's own page, by a secret link and a code",
    "recruitment:mine-return": "an applicant's own page, by a secret link and a code",
    "recruitment:mine-offer": "an applicant's own page, by a secret link and a code",
    "recruitment:mine-offer-accept": "an applicant's own page, by a secret link and a code",
    "recruitment:mine-offer-decline": "an applicant's own page, by a secret link and a code",
    "recruitment:nominate": "a secret link lets an organisation's contact nominate people",
    "recruitment:nominated": "a secret link tells who nominated the reader",
    "recruitment:nominated-yes": "whoever was nominated answers by a secret link",
    "recruitment:nominated-no": "whoever was nominated answers by a secret link",
    "recruitment:equality-form": "counts answers of somebody who has just applied in this browser",
    "recruitment:equality-sent": "thanks, shows nothing personal",
    "recruitment:equality-paper": "the equality sheet on paper, the same for everybody",
    "recruitment:lost-link": "sends a letter, and tells everybody the same",
    "recruitment:draft": "by a personal link, and then a code",
    "recruitment:draft-step": "by a personal link, and then a code",
    "recruitment:draft-words": "by a personal link, and then a code",
    "recruitment:mine-code-enter": "by a personal link: the code itself",
    "recruitment:sent": "receipt, by a personal link, and then a code",
    "recruitment:draft-go-on": "a button for the browser in which a form was begun",
    "recruitment:draft-send": "a button, by a personal link, and then a code",
    "recruitment:mine-code": "a button, by a personal link: asks for the code",
    "recruitment:recording-remove": "a button, by a personal link, and then a code",
    "evaluation:form": "a questionnaire link writes one form",
    "evaluation:form-sent": "thanks, shows nothing personal",
    "account_login": "signing in",
    "account_request_login_code": "signing in",
    "account_confirm_login_code": "signing in",
    "account_logout": "signing out",
    "account_inactive": "says that an account is closed",
    "mfa_authenticate": "second step of signing in",
    "mfa_login_webauthn": "signing in by passkey",
}
# Pages that every signed-in person has, whatever the role; they show only what is theirs.
EVERYBODYS = {"today"}


def is_of_london(address: str) -> bool:
    """Whether the address names a record of London, by its short name or by a number."""
    return any(part == "london-2017" or part.isdigit() or part.startswith("A0") for part in address.split("/"))


def test_anonymous_visitors_are_asked_to_sign_in(addresses):
    sign_in = f"{reverse(settings.LOGIN_URL)}?next="
    open_doors = {
        name
        for name, address in addresses.items()
        if not Client().get(address).headers.get("Location", "").startswith(sign_in)
    }

    assert open_doors == PUBLIC.keys() & set(NAMES)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing_of_london(addresses, signed_in, stranger, method):
    client = signed_in(stranger)
    answers = {
        name: getattr(client, method)(address).status_code
        for name, address in addresses.items()
        if name not in PUBLIC and is_of_london(address)
    }

    assert len(answers) > 40
    # 405 is what everybody gets for a method that the address does not have.
    assert {name: status for name, status in answers.items() if status not in (404, 405)} == {}


def test_no_form_is_taken_without_its_token(addresses, amina):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amina, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = {name: client.post(address).status_code for name, address in addresses.items()}

    assert {name: status for name, status in answers.items() if status not in (403, 404, 405)} == {}


def test_no_address_answers_an_unknown_method(addresses, amina):
    client = Client()
    client.force_login(amina, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = {
        client.generic(method, address).status_code for address in addresses.values() for method in ("TRACE", "FOO")
    }

    assert answers == {405}


def test_the_short_list_is_not_stale():
    assert PUBLIC.keys() | EVERYBODYS <= set(NAMES) | {"gallery", "gallery-fields", "gallery-list"}
