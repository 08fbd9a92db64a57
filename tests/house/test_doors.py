"""Every address is tried: without signing in, as a stranger from another region, and with a form that carries no token."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from people.services import roles
from programmes.services import seating
from tests import make

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
    "recruitment:sent": "acknowledgement, by a key that the applicant's own form made",
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


def patterns() -> Iterator[tuple[str, set[str]]]:
    """Every address by its full name, with the names of the parts that vary."""

    def walk(resolver: Any, namespace: str, outer: set[str]) -> Iterator[tuple[str, set[str]]]:
        for entry in resolver.url_patterns:
            parts = outer | set(entry.pattern.converters)
            if isinstance(entry, URLResolver):
                yield from walk(entry, entry.namespace or namespace, parts)
            else:
                yield (f"{namespace}:{entry.name}" if namespace else str(entry.name)), parts

    yield from walk(get_resolver(), "", set())


NAMES = sorted({name for name, _ in patterns()})


def is_of_london(address: str) -> bool:
    """Whether the address names a record of London, by its short name or by a number."""
    return any(part == "london-2017" or part.isdigit() or part.startswith("A0") for part in address.split("/"))


@pytest.fixture
def addresses(london, olive, amina) -> dict[str, str]:
    """One address in London for each name, with real keys, so that only the door can say no."""
    people = [make.participant(london) for _ in range(6)]
    application = make.application(london)
    make.coach(london)
    slot = make.slot(london.days.get(number=1))
    wave = make.wave(london)
    response = make.response(wave, "F01", small_groups=5)
    report = make.report(london, by=olive)
    letter = make.letter(london)
    assignment = roles.give(email="new@example.org", name="New", role="EVALUATOR", scope=london)
    day = london.days.get(number=1)
    seating.confirm(day=day, proposal=seating.propose(day=day))
    keys = {
        "programmes:slot-edit": slot.pk,
        "programmes:slot-remove": slot.pk,
        "people:person": people[0].person_id,
        "people:person-edit": people[0].person_id,
        "people:role-take": assignment.pk,
        "people:letter": letter.pk,
        "people:letter-posted": letter.pk,
        "people:letter-arrived": letter.pk,
        "people:letter-again": letter.pk,
        "evaluation:form-remove": response.pk,
    }
    samples = {
        "slug": london.slug,
        "reference": application.reference,
        "kind": "immediate",
        "number": 1,
        "token": "a-token-that-opens-nothing",
        "key": uuid.uuid4(),
    }
    found = {}
    for name, parts in patterns():
        wanted = {key: samples[key] for key in parts if key in samples}
        if "pk" in parts:
            wanted["pk"] = keys.get(name, report.pk if name.startswith("reports:") else people[0].pk)
        found[name] = reverse(name, kwargs=wanted)
    return found


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
