"""The letters about decisions, read whole."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from core.models import Message
from recruitment.models import Application
from recruitment.services import deciding, offering
from tests import make

OFFER = """Dear Ana O'Neill,

We are very pleased to offer you a place on London 2017. Your reference is AAA-AAA.

Please tell us by 11:59pm on Wednesday 8 November 2017 whether you want the place. Open your page and press a button:

{link}

Or ring us on 020 7946 0099 and tell us. If we do not hear from you, we may have to give the place to somebody else.

The dates

- Thursday 23 November 2017
- Friday 24 November 2017
- Tuesday 16 January 2018, Town Hall

The place: Friends House, London

The course is free.

We pay your travel.

If you need something to take part, tell us at any time.

The Laypartner programme office
"""
RESERVE = """Dear Ana O'Neill,

Thank you for applying for London 2017. Your reference is AAA-AAA.

We liked your application and have put you on the reserve list. There are fewer places than people whom we would like to have. If a place becomes free, we will contact you and ask whether you still want to come.

We were glad to read about:
- Willingness to challenge professionals
- Time to read papers, attend meetings and communicate

Please keep these dates free if you can:

- Thursday 23 November 2017
- Friday 24 November 2017
- Tuesday 16 January 2018, Town Hall

You need do nothing now. If you do not want to stay on the list, or have a question, ring us on 020 7946 0099 or write to lay@example.org.

The Laypartner programme office
"""  # noqa: E501
DECLINED = """Dear Ana O'Neill,

Thank you for applying for London 2017, and for the time and thought that you gave to it. Your reference is AAA-AAA.

This time we cannot offer you a place. We are sorry to bring you this news.

We read each application for the same seven things. The places went to people whose answers told us more about:
- Willingness to challenge professionals
- Time to read papers, attend meetings and communicate

What you need to take part had no effect on the choice.

If you would like to hear how your answers were scored, ring us on 020 7946 0099 or write to lay@example.org. You are welcome to apply again for another course.

The Laypartner programme office
"""  # noqa: E501
CRITERIA = ["TIME", "CHALLENGE"]


@pytest.fixture
def application(london, time_machine):
    time_machine.move_to(datetime(2017, 11, 1, 12, tzinfo=UTC), tick=False)
    london.help_phone, london.help_email = "020 7946 0099", "lay@example.org"
    london.place, london.expenses = "Friends House, London", "We pay your travel."
    london.save()
    london.days.filter(number=1).update(venue="Friends House, London")
    london.days.filter(number=3).update(venue="Town Hall")
    made = make.application(london, person=make.person("Ana O'Neill"), reference="AAA-AAA")
    return Application.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    ("decide", "subject", "text"),
    [
        (offering.offer, "Please reply by 11:59pm on Wednesday 8 November 2017: your place on London 2017", OFFER),
        (deciding.put_on_reserve, "You are on the reserve list: London 2017", RESERVE),
        (deciding.decline, "Your application AAA-AAA", DECLINED),
    ],
)
def test_each_letter_read_whole_says_the_criteria_and_not_the_reason(application, olive, decide, subject, text):
    decide(application=application, reason="A secret remark.", criteria=CRITERIA, by=olive)

    letter = Message.objects.get()
    link = f"{settings.SITE_URL}/application/{letter.secrets[0]}/"
    assert letter.subject == subject
    assert letter.text.replace(link, "{link}") == text


def test_somebody_from_the_reserve_list_reads_that_a_place_became_free(application, olive):
    deciding.put_on_reserve(application=application, reason="Close.", by=olive)
    offering.offer(application=application, reason="A place is free.", by=olive)

    letter = Message.objects.latest("pk")
    assert letter.text.split("\n\n")[1] == "You were on our reserve list, and now a place has become free."


def test_a_no_without_ticked_criteria_names_all_seven(application, olive):
    deciding.decline(application=application, reason="Others were stronger.", by=olive)

    assert Message.objects.get().text.count("\n- ") == 7


def test_somebody_not_eligible_reads_that_and_no_scores(application, olive):
    application.eligibility = Application.Eligibility.NOT_ELIGIBLE
    application.save()

    deciding.decline(application=application, reason="Lives elsewhere.", by=olive)

    text = Message.objects.get().text
    assert "The course asks some things of everybody who applies" in text
    assert "told us more about" not in text


def test_times_are_on_the_cohorts_clock(application, london, olive):
    london.time_zone = "America/New_York"
    london.save()

    offering.offer(application=Application.objects.get(), reason="Good.", by=olive)

    assert "by 11:59pm on Wednesday 8 November 2017" in Message.objects.get().text


@pytest.mark.parametrize("name", ["[link]", "{{ cohort.title }}", "[reply by]", "{0.__class__}", "<b>Ana</b>"])
def test_a_hostile_name_stays_a_name(london, olive, name):
    application = make.application(london, name=name)

    deciding.decline(application=application, reason="Others.", by=olive)

    assert Message.objects.get().text.startswith(f"Dear {name},\n")
