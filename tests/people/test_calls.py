"""Letters that are told by phone: whom to ring, when, what to say, and that it was done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent, Message
from tests import make

pytestmark = pytest.mark.django_db
PHONE = "020 7946 0018"


def letter(cohort, **fields):
    fields = {
        "channel": Message.Channel.PHONE,
        "to": PHONE,
        "recipient_name": "Ana Novak",
        "subject": "Your place",
        "text": "Dear Ana,\n\nWe offer you a place.\n\nhttp://127.0.0.1:8000/application/TOKEN/\n",
        "secrets": ["TOKEN"],
    } | fields
    return make.letter(cohort, **fields)


@pytest.fixture
def ana(london):
    person = make.person(
        "Ana Novak",
        phone=PHONE,
        preferred="PHONE",
        pronunciation="AH-na",
        best_time="After 10am",
        may_leave_message=False,
        helper="Sam Novak, her son",
    )
    make.application(london, person=person)
    return person


def test_page_says_whom_to_ring_when_and_what_to_say(london, ana, olive, signed_in):
    letter(london)

    html = signed_in(olive).get("/outbox/calls/").content.decode()

    for words in (
        "Ana Novak",
        'href="tel:02079460018"',
        "AH-na",
        "After 10am",
        "Sam Novak, her son",
        "We offer you a place.",
    ):
        assert words in html
    assert "Here the letter has a link." in html
    assert "TOKEN" not in html


def test_people_who_share_a_phone_each_have_their_own_particulars(london, ana, olive, signed_in):
    other = make.person("Ben Novak", phone=PHONE, preferred="PHONE", best_time="Evenings", may_leave_message=True)
    make.application(london, person=other)
    letter(london)
    letter(london, recipient_name="Ben Novak")

    calls = signed_in(olive).get("/outbox/calls/").context["calls"]

    assert [(call.letter.recipient_name, call.person) for call in calls] == [("Ana Novak", ana), ("Ben Novak", other)]


def test_particulars_of_another_regions_person_are_not_shown(london, kent, olive, signed_in):
    make.application(kent, person=make.person("Ana Novak", phone=PHONE, best_time="A secret of Kent"))
    letter(london)

    calls = signed_in(olive).get("/outbox/calls/").context["calls"]

    assert [call.person for call in calls] == [None]


def test_page_lists_only_calls_that_wait_and_may_be_made(london, kent, olive, signed_in):
    letter(london, recipient_name="Due")
    letter(london, recipient_name="Later", due_at=timezone.now() + timedelta(minutes=10))
    letter(london, recipient_name="Told", state="SENT", sent_at=timezone.now())
    letter(london, recipient_name="Email", channel="EMAIL")
    letter(kent, recipient_name="Kent")

    calls = signed_in(olive).get("/outbox/calls/").context["calls"]

    assert [call.letter.recipient_name for call in calls] == ["Due"]


def test_told_marks_the_letter_with_a_line(london, olive, signed_in):
    row = letter(london)

    answer = signed_in(olive).post(f"/outbox/{row.pk}/told/")

    row.refresh_from_db()
    line = AuditEvent.objects.get()
    assert answer.url == "/outbox/calls/"
    assert (row.state, row.sent_at is not None, "TOKEN" in row.text) == ("SENT", True, False)
    assert (line.verb, line.by, line.scope) == ("letter_told", olive, f"cohort:{london.pk}")


def test_no_answer_counts_the_try_and_goes_on_waiting(london, olive, signed_in):
    row = letter(london)
    browser = signed_in(olive)

    for _ in range(2):
        browser.post(f"/outbox/{row.pk}/no-answer/")

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("DUE", 2)
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["letter_no_answer"] * 2
    assert "2 without an answer" in browser.get("/outbox/calls/").content.decode()


@pytest.mark.parametrize("action", ["told", "no-answer"])
@pytest.mark.parametrize(
    "fields", [{"channel": "EMAIL"}, {"state": "FAILED"}, {"due_at": timezone.now() + timedelta(days=900)}]
)
def test_what_is_no_call_to_make_is_refused_with_a_sentence(london, olive, signed_in, action, fields):
    row = letter(london, **fields)

    answer = signed_in(olive).post(f"/outbox/{row.pk}/{action}/", follow=True)

    before, row.state = row.state, Message.objects.get(pk=row.pk).state
    assert row.state == before
    assert "This letter has changed since you opened the page." in answer.content.decode()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("action", ["told", "no-answer"])
def test_a_get_tells_nobody_anything(london, olive, signed_in, action):
    row = letter(london)

    assert signed_in(olive).get(f"/outbox/{row.pk}/{action}/").status_code == 405


@pytest.mark.parametrize("who", ["alan", "ruth", "moses", "carol", "eve", "connie", "stranger"])
def test_calls_and_print_are_for_organisers_and_administrators(london, request, signed_in, who):
    row = letter(london)
    browser = signed_in(request.getfixturevalue(who))

    actions = [browser.post(f"/outbox/{row.pk}/{action}/").status_code for action in ("told", "no-answer")]
    lists = [browser.get(f"/outbox/{page}/").content.decode() for page in ("calls", "print")]

    assert actions == [404, 404]
    assert [html for html in lists if "Ana Novak" in html] == []


@pytest.mark.parametrize("rows", [1, 50])
def test_page_costs_the_same_for_one_and_fifty(rows, london, ana, olive, signed_in, django_assert_num_queries):
    for _ in range(rows):
        letter(london)
    browser = signed_in(olive)

    with django_assert_num_queries(6):
        browser.get("/outbox/calls/")


def test_letters_page_points_at_calls_and_print(london, olive, signed_in):
    letter(london)
    letter(london, channel="POST", to="1 High Street")
    letter(london, channel="POST", to="1 High Street", information_format="BRAILLE")
    letter(london, channel="POST", to="Ask the person how to reach them")

    answer = signed_in(olive).get("/outbox/")

    found = {name: count for name, count in answer.context["to_look_at"].items() if count}
    assert found == {"to_post": 1, "to_make": 1, "to_call": 1, "to_ask": 1}
    assert '<a href="/outbox/calls/">1 call to make</a>' in answer.content.decode()
