"""The demo bar, its pages, and the wall between the demo and real installations."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from core.models import Message
from laypartner.demo import team, views
from tests import make

ROOT = Path(__file__).parents[2]


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.laypartner.demo_addresses"


@pytest.fixture
def crew(db, london):
    """The demo's accounts, without the rest of it."""
    for member in team.members():
        make.user(member.email, *((row["role"], london) for row in member.roles), name=member.name)


def letter(text: str, **fields: object) -> Message:
    return Message.objects.create(
        key=f"k{Message.objects.count()}",
        to="ada@example.org",
        subject="Hello",
        text=text,
        due_at=timezone.now(),
        **fields,
    )


# --- the wall --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "more", [{"SECRET_KEY": "x" * 50}, {"SITE_URL": "https://laypartner.example"}, {"SITE_URL": "http://192.168.0.7"}]
)
def test_demo_refuses_to_start_beside_a_real_installation(more):
    environment = os.environ | {"DEMO": "1", "DEBUG": ""} | more

    done = subprocess.run(
        [sys.executable, "-c", "import laypartner.settings"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "DEMO=1 lets every visitor become anybody, so it refuses to start" in done.stderr


def test_demo_starts_alone():
    done = subprocess.run(
        [sys.executable, "-c", "import laypartner.settings as s; print(s.DEMO, s.DEBUG)"],
        cwd=ROOT,
        env=os.environ | {"DEMO": "1", "DEBUG": "0"},
        capture_output=True,
        text=True,
    )

    assert (done.stdout, done.returncode) == ("True False\n", 0)


@pytest.mark.parametrize("path", ["/demo/", "/demo/mail/", "/demo/become/organiser/"])
@pytest.mark.django_db
def test_pages_are_not_there_without_the_setting(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("name", ["demo", "demo-mail"])
def test_pages_have_no_address_without_the_setting(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/demo/"), ("get", "/demo/mail/"), ("post", "/demo/become/organiser/")]
)
def test_views_refuse_even_if_the_addresses_were_there(client, crew, settings, method, path):
    settings.ROOT_URLCONF = "tests.laypartner.demo_addresses"

    assert getattr(client, method)(path).status_code == 404
    assert "_auth_user_id" not in client.session


def test_bar_is_not_drawn_without_the_setting(client, db):
    assert 'class="lp-demo"' not in client.get("/").content.decode()


# --- the bar ----------------------------------------------------------------------------------------------------
def test_bar_offers_every_role_and_says_who_one_is(client, demo, crew):
    client.post("/demo/become/organiser/")

    html = client.get("/people/").content.decode()

    assert "You are: <strong>Rafael Winterbottom</strong>" in html
    for member in team.members():
        assert f'action="/demo/become/{member.key}/"' in html
    assert 'action="/demo/become/nobody/"' in html


@pytest.mark.parametrize("key", [member.key for member in team.members()])
def test_become_signs_in_as_that_person(client, demo, crew, key):
    response = client.post(f"/demo/become/{key}/")

    assert response.url == ("/reports/" if key == "commissioner" else "/today/")
    assert client.session["_auth_user_id"] == str(team.account(key).pk)


def test_become_nobody_signs_out(client, demo, crew):
    client.post("/demo/become/organiser/")

    response = client.post("/demo/become/nobody/")

    assert response.url == "/"
    assert "_auth_user_id" not in client.session


def test_become_is_never_a_get(client, demo, crew):
    assert client.get("/demo/become/organiser/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_become_somebody_unknown_is_not_found(client, demo, crew):
    assert client.post("/demo/become/king/").status_code == 404


def test_become_before_the_demo_is_loaded_says_what_to_do(client, demo, db):
    response = client.post("/demo/become/organiser/", follow=True)

    assert "Run: manage.py load_demo" in response.content.decode()


def test_become_asks_for_the_token_of_the_page(demo, crew):
    from django.test import Client  # noqa: PLC0415  here: the only client that checks the token

    assert Client(enforce_csrf_checks=True).post("/demo/become/organiser/").status_code == 403


# --- the mail ----------------------------------------------------------------------------------------------------
def test_mail_shows_every_letter_newest_first_with_codes(client, demo, crew):
    letter("First, code 123456", state="SENT", sent_at=timezone.now(), secrets=["123456"])
    letter("Second", channel="POST")

    response = client.get("/demo/mail/")

    texts = [entry["letter"].text for entry in response.context["letters"]]
    assert texts == ["Second", "First, code 123456"]
    assert "123456" in response.content.decode()


def test_mail_makes_links_of_our_own_addresses_only(client, demo, crew):
    letter("See http://127.0.0.1:8000/form/abc/. Or https://evil.example/ or http://127.0.0.1:8000.evil.example/x")

    html = client.get("/demo/mail/").content.decode()

    assert '<a href="/form/abc/">http://127.0.0.1:8000/form/abc/</a>.' in html
    assert 'href="https://evil.example' not in html
    assert 'evil.example/x"' not in html


def test_mail_shows_html_as_text(client, demo, crew):
    letter('<script>alert(1)</script> http://127.0.0.1:8000/"><script>alert(2)</script>')

    html = client.get("/demo/mail/").content.decode()

    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no link", [("no link", "")]),
        ("http://127.0.0.1:8000/a/", [("http://127.0.0.1:8000/a/", "/a/")]),
        ("(http://127.0.0.1:8000/a/)", [("(", ""), ("http://127.0.0.1:8000/a/", "/a/"), (")", "")]),
        ("http://127.0.0.1:8001/a/", [("http://127.0.0.1:8001/a/", "/a/")]),
        ("http://localhost/", [("http://localhost/", "/")]),
        ("http://127.0.0.1.evil.example/a/", [("http://127.0.0.1.evil.example/a/", "")]),
        ("http://evil@127.0.0.1:x/a/", [("http://evil@127.0.0.1:x/a/", "")]),
        ("", []),
    ],
)
def test_parts_cut_the_text_at_our_links(text, expected):
    assert [(part["text"], part["path"]) for part in views.parts(text)] == expected


def test_sign_in_page_tells_where_the_code_is(client, demo, crew):
    client.post("/account/sign-in/", {"email": "rafael.winterbottom@example.org"})

    assert 'href="/demo/mail/"' in client.get("/account/sign-in/code/").content.decode()
