"""Pages that anybody may open: the first page, the plain pages, and the pages for when something goes wrong."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error

from core.middleware import request_id
from people.models import User

PLAIN = {
    "privacy": "How we use your information",
    "accessibility": "Accessibility statement for Laypartner",
    "contact": "Contact us",
    "complaints": "How to complain",
}


def heading(page: str) -> str:
    """The one h1 of a page, in words."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert len(found) == 1
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


@pytest.mark.parametrize(("name", "words"), PLAIN.items())
def test_plain_page_needs_no_account_and_names_the_body(
    client: Client, settings: LazySettings, name: str, words: str
) -> None:
    settings.BODY_NAME, settings.BODY_PHONE = "Example Academy <Ltd>", "020 7946 0999"

    answer = client.get(f"/{name}/")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert heading(page) == words
    assert "Example Academy &lt;Ltd&gt;" in page
    assert 'href="tel:02079460999"' in page


@pytest.mark.parametrize("name", PLAIN)
def test_plain_page_is_only_read(client: Client, name: str) -> None:
    assert client.post(f"/{name}/").status_code == 405


@pytest.mark.parametrize("name", PLAIN)
def test_plain_page_asks_the_database_nothing_of_a_stranger(
    client: Client, django_assert_num_queries: Callable, db: None, name: str
) -> None:
    with django_assert_num_queries(0):
        client.get(f"/{name}/")


# --- When something goes wrong --------------------------------------------------------------------------------
@pytest.fixture
def number() -> str:
    """The request id that the page has to show."""
    token = request_id.set("0badcafe")
    yield "0badcafe"
    request_id.reset(token)


def answer_of(handler: str, request: HttpRequest) -> HttpResponse:
    handlers = {
        "400": lambda: bad_request(request, ValueError("secret detail")),
        "403": lambda: permission_denied(request, ValueError("secret detail")),
        "404": lambda: page_not_found(request, ValueError("secret detail")),
        "csrf": lambda: csrf_failure(request, "secret detail"),
        "500": lambda: server_error(request),
    }
    return handlers[handler]()


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        ("400", 400, "We cannot read this address"),
        ("403", 403, "You cannot open this page"),
        ("csrf", 403, "This page was open for too long"),
        ("404", 404, "Page not found"),
        ("500", 500, "Sorry, this did not work"),
    ],
)
def test_error_page_says_what_happened_and_shows_its_number_without_a_database(
    rf: RequestFactory, number: str, handler: str, status: int, words: str
) -> None:
    answer = answer_of(handler, rf.get("/somewhere/"))
    page = answer.content.decode()

    assert answer.status_code == status
    assert heading(page) == words
    assert f"<code>{number}</code>" in page
    assert "020 7946 0018" in page
    assert "secret detail" not in page


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


class Urls:
    """The addresses of the site, and one that always fails."""

    def __init__(self) -> None:
        from laypartner.urls import urlpatterns  # noqa: PLC0415  here: the settings must be ready first

        self.urlpatterns = [path("breaks/", breaks), *urlpatterns]


def test_number_on_the_page_is_the_one_in_the_header(
    client: Client, settings: LazySettings, signed_in: Callable[[User], Client], olive: User
) -> None:
    settings.ROOT_URLCONF = Urls()
    browser = signed_in(olive)
    browser.raise_request_exception = False

    answer = browser.get("/breaks/")

    assert answer.status_code == 500
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()


def test_page_that_is_not_there(signed_in: Callable[[User], Client], olive: User) -> None:
    answer = signed_in(olive).get("/nothing/here/")

    assert answer.status_code == 404
    assert heading(answer.content.decode()) == "Page not found"


def test_post_without_a_token_is_explained(olive: User) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_logout"))

    assert answer.status_code == 403
    assert heading(answer.content.decode()) == "This page was open for too long"


# --- The gallery ----------------------------------------------------------------------------------------------
GALLERY = [
    "/gallery/",
    "/gallery/fields/",
    "/gallery/fields/?wrong=1",
    "/gallery/list/",
    "/gallery/list/?q=nobody",
    "/gallery/?error=404",
]


@pytest.mark.parametrize("address", GALLERY)
def test_gallery_is_closed_outside_development_and_demo(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", GALLERY)
def test_gallery_draws_everything_in_development(
    client: Client, settings: LazySettings, db: None, address: str
) -> None:
    settings.DEBUG = True

    answer = client.get(address)

    assert answer.status_code == 200
    assert heading(answer.content.decode())


def test_page_with_errors_says_so_in_its_title(client: Client, settings: LazySettings, db: None) -> None:
    settings.DEBUG = True

    page = client.get("/gallery/fields/?wrong=1").content.decode()

    assert "<title>Error: Gallery: fields – Laypartner</title>" in page
    assert page.index("nhsuk-error-summary") < page.index("<h1")


# --- The frame of every page ------------------------------------------------------------------------------------
def test_frame_has_language_skip_link_and_no_inline_style_or_script(
    client: Client, settings: LazySettings, db: None
) -> None:
    settings.DEBUG = True
    pages = [client.get(address).content.decode() for address in ["/privacy/", *GALLERY]]

    for page in pages:
        assert '<html lang="en-GB">' in page
        assert 'href="#main"' in page and 'id="main"' in page
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", page)


def test_messages_are_shown_once_with_words_for_their_kind(client: Client, settings: LazySettings, db: None) -> None:
    settings.DEBUG = True

    page = client.get("/gallery/").content.decode()

    assert [" ".join(found.split()) for found in re.findall(r'id="message-\d">(.*?)</h2>', page)] == [
        "Done",
        "This did not work",
    ]


def test_organiser_sees_where_she_is(signed_in: Callable[[User], Client], olive: User) -> None:
    page = render_to_string(
        "layouts/cohort.html",
        {
            "cohort": olive.assignments.get().cohort,
            "tab": "people",
            "may": {"people_view": True, "application_view": True},
        },
    )

    assert re.findall(r'<a href="([^"]+)" aria-current="page">(\w+)</a>', page) == [
        ("/cohorts/london-2017/people/", "People")
    ]
    assert re.findall(r"<li><a href=[^>]+>(\w+)</a></li>", page[page.index("lp-tabs") :])[:2] == [
        "Applications",
        "People",
    ]
