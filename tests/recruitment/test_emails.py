"""The letters, read whole."""

from datetime import UTC, datetime

import pytest

from core.models import Message
from recruitment.services import applying
from tests.recruitment.filled import filled_in

REFERENCE = applying.reference_for(filled_in()["key"])
ACKNOWLEDGEMENT = f"""Dear Ana O'Neill,

Thank you for applying for London 2017. We have your application.

Your reference is {REFERENCE}. Please have it ready if you contact us.

What happens next

You can apply until 11:59pm on Sunday 29 October 2017. After that, reviewers read your answers to the seven questions and give each one a score. Then we write to everybody, whether the answer is yes or no. You need do nothing now.

The dates of the course

- Thursday 23 November 2017
- Friday 24 November 2017
- Tuesday 16 January 2018

Your own page, where you can see how things stand, correct how we reach you, or withdraw:

http://127.0.0.1:8000/application/TOKEN/

Please keep this link to yourself. On a device that you have not used for it before, we first send a short code to your email address. If you have no email, ring us instead.

If something in your application is wrong, ring us on 020 7946 0099 or write to lay@example.org.

The Laypartner programme office
"""  # noqa: E501


@pytest.fixture
def course(london):
    london.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    london.applications_close_at = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)
    london.help_phone, london.help_email = "020 7946 0099", "lay@example.org"
    london.place, london.expenses = "Friends House, London", "We pay your travel."
    london.save()
    return london


def send(course, **changes):
    moment = datetime(2017, 10, 20, 12, tzinfo=UTC)
    return applying.submit(cohort=course, moment=moment, **filled_in(name="Ana O'Neill", **changes))


def test_acknowledgement_read_whole(course):
    send(course)

    letter = Message.objects.get()
    assert letter.subject == f"We have your application {REFERENCE}"
    assert letter.text.replace(letter.secrets[0], "TOKEN") == ACKNOWLEDGEMENT
    assert (letter.channel, letter.to, letter.recipient_name) == ("EMAIL", "ana@example.org", "Ana O'Neill")
    assert letter.scope == f"cohort:{course.pk}"


def test_somebody_without_email_gets_a_letter_by_post(course):
    send(course, email="", post="1 High Street\nCamden", preferred="POST")

    letter = Message.objects.get()
    assert (letter.channel, letter.to) == ("POST", "1 High Street, Camden")


def test_somebody_who_prefers_post_gets_post_though_there_is_an_address(course):
    send(course, post="1 High Street", preferred="POST")

    assert Message.objects.get().channel == "POST"


def test_somebody_who_prefers_the_phone_is_phoned(course):
    send(course, phone="020 7946 0018", preferred="PHONE")

    assert (Message.objects.get().channel, Message.objects.get().to) == ("PHONE", "020 7946 0018")


def test_acknowledgement_of_a_form_that_came_in_the_grace_time_says_that_it_counts(course):
    moment = datetime(2017, 10, 30, 0, 5, tzinfo=UTC)
    started_at = datetime(2017, 10, 29, 23, 50, tzinfo=UTC)

    applying.submit(cohort=course, moment=moment, started_at=started_at, **filled_in())

    paragraphs = Message.objects.get().text.split("\n\n")
    assert paragraphs[3] == "It came a few minutes after the closing time. That is no problem: it counts."


def test_acknowledgement_without_agreement_says_what_is_missing_and_until_when(course, time_machine):
    time_machine.move_to(datetime(2017, 10, 20, 12, tzinfo=UTC))

    send(course, agreements=(), source="PAPER")

    paragraphs = Message.objects.get().text.split("\n\n")
    assert paragraphs[3] == (
        "One thing is missing: we cannot use your application until you agree. Before anybody may read it, you have to "
        "tell us that you have read how we use what you told us, and that you are 18 or over. Please ring us on "
        "020 7946 0099 or write to lay@example.org by Sunday 19 November 2017. We are glad to read it out to you. If we "
        "hear nothing, we delete your application after that day."
    )
    assert "You need do nothing now." not in paragraphs[5]


def test_subjects_of_letters_name_nobody(course):
    send(course)

    assert "Ana" not in Message.objects.get().subject
