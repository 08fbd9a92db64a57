"""The outbox as an organiser sees it."""

import pytest
from django.utils import timezone

from core.models import AuditEvent, Message
from tests import make

pytestmark = pytest.mark.django_db
State, Channel = Message.State, Message.Channel


def letter(cohort=None, key: str = "k", **fields: object) -> Message:
    fields = {
        "to": "ada@example.org",
        "recipient_name": "Ada",
        "subject": f"About {key}",
        "text": f"Dear Ada,\n\nhttp://127.0.0.1:8000/form/TOKEN-{key}/\n",
        "secrets": [f"TOKEN-{key}"],
        "scope": f"cohort:{cohort.pk}" if cohort else "",
        "due_at": timezone.now(),
    } | fields
    return Message.objects.create(key=key, **fields)


def test_list_shows_letters_of_my_cohorts_only(london, kent, olive, signed_in):
    letter(london, "mine")
    letter(kent, "theirs")
    letter(None, "sign-in:1")

    table = signed_in(olive).get("/outbox/").context["table"]

    assert [row.key for row in table.page] == ["mine"]


@pytest.mark.parametrize("who", ["alan", "ruth", "moses", "carol", "eve", "connie"])
def test_outbox_is_for_organisers_and_administrators(who, london, request, signed_in):
    found = letter(london)
    browser = signed_in(request.getfixturevalue(who))

    pages = [browser.get("/outbox/"), browser.get(f"/outbox/{found.pk}/")]
    actions = [browser.post(f"/outbox/{found.pk}/{name}/") for name in ("posted", "arrived", "again")]

    assert [page.status_code for page in [*pages, *actions]] == [404] * 5


def test_letter_of_another_region_is_not_found(london, stranger, signed_in):
    found = letter(london, channel=Channel.POST)
    browser = signed_in(stranger)

    assert browser.get(f"/outbox/{found.pk}/").status_code == 404
    assert browser.post(f"/outbox/{found.pk}/posted/").status_code == 404
    found.refresh_from_db()
    assert found.state == State.DUE


def test_letter_hides_the_link_of_an_email(london, olive, signed_in):
    found = letter(london)

    html = signed_in(olive).get(f"/outbox/{found.pk}/").content.decode()

    assert "TOKEN" not in html
    assert "(hidden: only the person who gets this letter may use it)" in html


def test_letter_by_post_is_shown_whole_to_be_printed(london, olive, signed_in):
    found = letter(london, channel=Channel.POST, to="1 Sample Street\nLondon")

    html = signed_in(olive).get(f"/outbox/{found.pk}/").content.decode()

    assert "http://127.0.0.1:8000/form/TOKEN-k/" in html
    assert "1 Sample Street<br>London" in html


def test_link_never_reaches_list_or_export(london, olive, signed_in):
    letter(london)
    browser = signed_in(olive)

    for address in ("/outbox/", "/outbox/?export=csv", "/outbox/?q=TOKEN"):
        assert "TOKEN-k" not in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("action", "start", "end"),
    [
        ("posted", {"channel": Channel.POST, "state": State.DUE}, State.SENT),
        ("arrived", {"state": State.UNCERTAIN}, State.SENT),
        ("again", {"state": State.UNCERTAIN}, State.DUE),
        ("again", {"state": State.FAILED, "error": "no such address"}, State.DUE),
    ],
)
def test_decision_about_a_letter(action, start, end, london, olive, signed_in):
    found = letter(london, **start)

    response = signed_in(olive).post(f"/outbox/{found.pk}/{action}/")

    found.refresh_from_db()
    line = AuditEvent.objects.get()
    assert response.url == f"/outbox/{found.pk}/"
    assert (found.state, found.error) == (end, "")
    assert (line.verb, line.by, line.scope) == (f"letter_{action}", olive, f"cohort:{london.pk}")


def test_letter_marked_as_posted_loses_its_link(london, olive, signed_in):
    found = letter(london, channel=Channel.POST)

    signed_in(olive).post(f"/outbox/{found.pk}/posted/")

    found.refresh_from_db()
    assert "TOKEN" not in found.text
    assert found.sent_at is not None


@pytest.mark.parametrize(
    ("action", "start"),
    [
        ("posted", {"channel": Channel.EMAIL}),
        ("posted", {"channel": Channel.POST, "state": State.FAILED}),
        ("arrived", {"state": State.DUE}),
        ("again", {"state": State.SENT, "sent_at": timezone.now()}),
        ("again", {"state": State.DUE}),
        ("again", {"state": State.FAILED, "channel": Channel.POST}),
    ],
)
def test_decision_that_no_longer_fits_is_refused_with_a_sentence(action, start, london, olive, signed_in):
    found = letter(london, **start)
    before = (found.state, found.text)

    response = signed_in(olive).post(f"/outbox/{found.pk}/{action}/", follow=True)

    found.refresh_from_db()
    assert "This letter has changed since you opened the page." in response.content.decode()
    assert (found.state, found.text) == before
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("action", ["posted", "arrived", "again"])
def test_decision_is_never_made_by_a_get(action, london, olive, signed_in):
    found = letter(london, state=State.UNCERTAIN)

    assert signed_in(olive).get(f"/outbox/{found.pk}/{action}/").status_code == 405
    found.refresh_from_db()
    assert found.state == State.UNCERTAIN


def test_page_says_what_needs_a_person(london, olive, signed_in):
    letter(london, "a", channel=Channel.POST)
    letter(london, "b", state=State.UNCERTAIN)
    letter(london, "c", state=State.FAILED)

    response = signed_in(olive).get("/outbox/")

    found = {"to_post": 1, "to_make": 0, "to_call": 0, "to_ask": 0, "uncertain": 1, "failed": 1}
    assert response.context["to_look_at"] == found
    assert "1 letter to print and post" in response.content.decode()


def test_list_filters_by_state(london, olive, signed_in):
    letter(london, "a")
    letter(london, "b", state=State.FAILED)

    table = signed_in(olive).get("/outbox/", {"state": "FAILED"}).context["table"]

    assert [row.key for row in table.page] == ["b"]


@pytest.mark.parametrize("rows", [1, 50])
def test_list_costs_the_same_for_one_and_fifty(rows, london, olive, signed_in, django_assert_num_queries):
    for number in range(rows):
        letter(london, f"k{number}")
    browser = signed_in(olive)

    with django_assert_num_queries(8):
        browser.get("/outbox/")


def test_html_in_a_letter_is_shown_as_text(london, olive, signed_in):
    found = letter(london, subject="<b>x</b>", text="<img src=x onerror=alert(1)> https://evil.example/", secrets=[])

    html = signed_in(olive).get(f"/outbox/{found.pk}/").content.decode()

    assert "<img src=x" not in html
    assert 'href="https://evil.example' not in html
    assert make.organisation().name not in html
