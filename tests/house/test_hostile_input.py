"""Whatever is sent to whatever address: never an error of ours, never somebody's HTML in a page, nothing half-written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from re import sub
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from core.models import Message
from evaluation.services import waves
from tests import make

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
EVERYWHERE = (
    "page",
    "state",
    "status",
    "group",
    "wave",
    "day",
    "seed",
    "audience",
    "next",
    "cohort",
    "version",
    "form",
)
QUERIES = [
    *(
        "&".join(f"{name}={value}" for name in EVERYWHERE)
        for value in (SCRIPT, "99999999999999999999", "-1", "abc", "%ff")
    ),
    *(f"page={page}" for page in ("0", "-1", "99999999999999999999", "%00")),
    *(f"sort={sort}" for sort in ("-user__password", "name;drop")),
    *(f"q={text}" for text in (SCRIPT, "%ED%A0%80%ff%E2%80%AE'%22;--%25_\\", "x" * 5000)),
    *(f"export={kind}" for kind in ("exe", SCRIPT)),
]
TEXTS: list[str | bytes] = [
    SCRIPT,
    "x" * 10_000,
    "{{7*7}}{% load x %}${7*7}{x.__class__}%(name)s%s",
    "a\x00b",
    "\u202egnp.exe",
    b"\xed\xa0\x80\xff\xfe",
    "=1+1",
    "Subject\r\nBcc: everybody@example.org",
    "a@example.org\r\nBcc: b@example.org",
    "\u200b\u200b",
    "",
]
NUMBERS = ["6", "0", "4.5", "four", "70000", "-1", "1e400", "NaN", "9" * 5000, "٣"]
DATES = [("31", "02", "2026"), ("1", "1", "1"), ("31", "12", "9999"), ("-1", "1e9", "٣"), ("9" * 30, "0", "0")]
# Rows that say nothing about what a form did: who is signed in, and locks on guessing.
BOOKKEEPING = {"sessions.Session", "contenttypes.ContentType"}


@dataclass
class Form:
    """A form of a page as a browser would send it: where to, and what is in its fields."""

    action: str
    is_post: bool
    values: dict[str, str] = field(default_factory=dict)

    def with_everywhere(self, value: str | bytes) -> list[tuple[str, str | bytes]]:
        return [(name, value) for name in self.values]

    def with_dates(self, parts: tuple[str, ...]) -> list[tuple[str, str]]:
        """The form with a date in each field of three boxes, and the same as text in every other field."""
        ends = {"_0": parts[0], "_1": parts[1], "_2": parts[2]}
        return [(name, ends.get(name[-2:], "-".join(reversed(parts)))) for name in self.values]


class Forms(HTMLParser):
    """The forms of a page, each with the names and first values of its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.select, self.inside = page, [], "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "form":
            action = urlsplit(urljoin(self.page, about.get("action") or "")).path
            self.found.append(Form(action, (about.get("method") or "get").lower() == "post"))
            self.inside = True
        elif not self.found or not self.inside:
            return
        elif tag in ("input", "textarea", "button", "select") and about.get("name"):
            self.select = about["name"] if tag == "select" else ""
            self.found[-1].values.setdefault(about["name"], about.get("value") or "")
        elif tag == "option" and self.select and not self.found[-1].values[self.select]:
            self.found[-1].values[self.select] = about.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def is_html(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def body_of(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def wrong_with(answer: HttpResponse) -> str:
    """What an answer must never be, in words; empty when it is fine."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.exc_info[1]!r}"[:300] if answer.exc_info else str(answer.status_code)
    if SCRIPT.encode() in body_of(answer) and is_html(answer):
        return "shows HTML that somebody typed"
    return ""


def stored() -> dict[str, list[tuple]]:
    """Every row of the product."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models()
        if model._meta.label not in BOOKKEEPING
    }


@pytest.fixture
def everything(addresses, london, olive) -> dict[str, str]:
    """Every address, with a questionnaire link that opens."""
    invited = make.participant(london)
    waves.invite(wave=make.wave(london), by=olive)
    token = Message.objects.get(recipient_name=invited.person.name).secrets[0]
    return {name: path.replace("a-token-that-opens-nothing", token) for name, path in addresses.items()}


@pytest.fixture(params=["administrator", "nobody"])
def client(request, amina) -> Client:
    client = Client(raise_request_exception=False)
    if request.param == "administrator":
        client.force_login(amina, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def forms_of(client: Client, pages: dict[str, str]) -> list[Form]:
    """Each form of the product once, as these pages show it."""
    found: dict[tuple[str, frozenset[str]], Form] = {}  # by address without its numbers, and fields
    for path in (path for path in pages.values() if not path.endswith(".pdf")):
        answer = client.get(path)
        if answer.status_code == 200 and is_html(answer):
            parser = Forms(path)
            parser.feed(body_of(answer).decode())
            for form in parser.found:
                if form.is_post and not form.action.startswith("/account/sign-out"):
                    found.setdefault((sub(r"\d+", "1", form.action), frozenset(form.values)), form)
    return list(found.values())


def hostile(form: Form) -> Iterator[list[tuple[str, str | bytes]]]:
    """The form with every field hostile at once, and then with one field hostile beside good values."""
    is_button = len(form.values) <= 2
    for value in TEXTS[:4] if is_button else [*TEXTS, *NUMBERS]:
        yield form.with_everywhere(value)
    for parts in () if is_button else DATES:
        yield form.with_dates(parts)
    for number, name in enumerate(name for name in form.values if len(form.values) > 2):
        value = [*TEXTS, *NUMBERS][number % len([*TEXTS, *NUMBERS])]
        yield [*(form.values | {name: value}).items(), (name, SCRIPT)]


def send(client: Client, path: str, fields: list[tuple[str, str | bytes]], before: dict[str, list[tuple]]) -> str:
    """Posts, says what is wrong with the answer, and takes back whatever the post changed."""
    with transaction.atomic():
        answer = client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")
        problem = wrong_with(answer)
        if not problem and answer.status_code >= 400 and stored() != before:
            problem = f"{answer.status_code}, but something was stored"
        transaction.set_rollback(True)
    return problem


def test_no_query_string_breaks_a_page(client, everything):
    problems = {
        f"{path}?{query[:60]}": problem
        for path in everything.values()
        for query in (QUERIES[:1] if path.endswith(".pdf") else QUERIES)
        if (problem := wrong_with(client.get(f"{path}?{query}")))
    }

    assert problems == {}


def test_no_form_can_be_filled_in_so_that_it_breaks(client, everything):
    forms, before = forms_of(client, everything), stored()
    problems = {
        f"{form.action} {repr(fields)[:200]}": problem
        for form in forms
        for fields in hostile(form)
        if (problem := send(client, form.action, fields, before))
    }

    assert len(forms) >= 2
    assert problems == {}


def test_no_address_breaks_on_fields_that_it_does_not_have(client, everything):
    names = {name for form in forms_of(client, everything) for name in form.values}
    names |= {
        "selected",
        "reference",
        "references",
        "proposal",
        "plan",
        "seed",
        "table",
        "reason",
        "role",
        "email",
        "version",
    }
    before = stored()
    problems = {
        f"{path} {value!r:.60}": problem
        for path in everything.values()
        for value in ("a\x00b", SCRIPT, "9" * 30)
        if (problem := send(client, path, [(name, value) for name in sorted(names)], before))
    }

    assert problems == {}
