"""The letters, read whole."""

from datetime import UTC, datetime

import pytest

from core.models import Message
from recruitment.services import applying, deciding
from tests import make
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

If something in your application is wrong, or you do not want to apply after all, ring us on 020 7946 0099 or write to lay@example.org.

The Laypartner programme office
"""  # noqa: E501
PLACE = """Dear Ana O'Neill,

We are very pleased to offer you a place on London 2017. Your reference is AAA-AAA.

The dates

- Thursday 23 November 2017
- Friday 24 November 2017
- Tuesday 16 January 2018

The place: Friends House, London

The course is free. We pay your travel.

We will write to you again before the first day and tell you how to get there and what will happen. If you need something to take part, tell us at any time.

If you cannot come after all, please tell us soon, so that somebody else can have the place. Ring us on 020 7946 0099 or write to lay@example.org.

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
    assert letter.text == ACKNOWLEDGEMENT
    assert (letter.channel, letter.to, letter.recipient_name) == ("EMAIL", "ana@example.org", "Ana O'Neill")
    assert letter.scope == f"cohort:{course.pk}"


def test_letter_of_a_place_read_whole(course, olive):
    person = make.person("Ana O'Neill")
    application = make.application(course, person=person, reference="AAA-AAA")

    deciding.accept(application=application, reason="A secret remark.", by=olive)

    letter = Message.objects.get()
    assert letter.subject == "You have a place: London 2017"
    assert letter.text == PLACE


@pytest.mark.parametrize(
    ("decide", "subject", "sentence"),
    [
        (
            deciding.put_on_reserve,
            "You are on the reserve list: London 2017",
            "More people applied than there are places. We liked your application and have put you on the reserve list. "
            "If a place becomes free, we will contact you and ask whether you still want to come.",
        ),
        (
            deciding.decline,
            "Your application AAA-AAA",
            "More people applied than there are places, and this time we cannot offer you one. "
            "We are sorry to bring you this news.",
        ),
    ],
)
def test_other_letters_say_the_decision_and_not_the_reason(course, olive, decide, subject, sentence):
    application = make.application(course, reference="AAA-AAA")

    decide(application=application, reason="A secret remark.", by=olive)

    letter = Message.objects.get()
    assert letter.subject == subject
    assert letter.text.split("\n\n")[2] == sentence
    assert "secret" not in letter.text


def test_somebody_without_email_gets_a_letter_by_post(course):
    send(course, email="", post="1 High Street\nCamden", preferred="POST")

    letter = Message.objects.get()
    assert (letter.channel, letter.to) == ("POST", "1 High Street, Camden")


def test_somebody_who_prefers_post_gets_post_though_there_is_an_address(course):
    send(course, post="1 High Street", preferred="POST")

    assert Message.objects.get().channel == "POST"


def test_somebody_who_prefers_the_phone_and_has_email_gets_email(course):
    send(course, phone="020 7946 0018", preferred="PHONE")

    assert (Message.objects.get().channel, Message.objects.get().to) == ("EMAIL", "ana@example.org")


def test_somebody_with_a_telephone_only_is_to_be_asked_for_an_address(course):
    send(course, email="", phone="020 7946 0018", preferred="PHONE")

    letter = Message.objects.get()
    assert (letter.channel, letter.to) == ("POST", "Ask for the postal address: 020 7946 0018")
