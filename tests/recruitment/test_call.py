"""The page of the call, which anybody may read."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils.html import strip_tags

from recruitment.models import Channel
from recruitment.telling import LOOKED_FOR
from tests import make
from tests.recruitment.opened import everything

pytestmark = pytest.mark.django_db
PAGE, FORM = "/apply/london-2017/", "/apply/london-2017/form/"
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)
END = datetime(2017, 10, 30, tzinfo=UTC)


@pytest.fixture
def call(london):
    """London's call as it was: it closed at 11:59pm on Sunday 29 October 2017."""
    london.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    london.applications_close_at = CLOSES
    london.help_phone, london.help_email = "020 7946 0099", "lay@example.org"
    london.place, london.expenses = "Friends House, London", "We pay your travel."
    london.save()
    return london


@pytest.fixture
def during(call, time_machine):
    time_machine.move_to(datetime(2017, 10, 20, 12, tzinfo=UTC))
    return call


def words(response) -> str:
    """The page as text with its spaces made even."""
    html = response.content.decode().replace("<br>", " ").replace("</d", " </d")
    return " ".join(unescape(strip_tags(html[html.index("<main") :])).split())


def test_call_says_all_that_an_applicant_asks_first(during, client):
    page = words(client.get(PAGE))

    for text in (
        "When Thursday 23 November 2017 Friday 24 November 2017 Tuesday 16 January 2018",
        "Where Friends House, London",
        "Cost Free",
        "Places 40",
        "Apply by 11:59pm on Sunday 29 October 2017",
        "patients and carers in London who are 18 or over",
        "You need no diploma",
        "Time The days above, and about 8 hours a month",
        "Expenses We pay your travel.",
        "Pay Taking part is unpaid",
        "After Sunday 29 October 2017 reviewers read your answers.",
        "We write to everybody, whether the answer is yes or no, before the first day on Thursday 23 November 2017.",
        "Each form is read by 2 of them",
        "By phone: call 020 7946 0099 or write to lay@example.org.",
        "On paper: print the form in standard print (PDF) or in large print (PDF).",
    ):
        assert text in page


def test_call_says_the_seven_things_in_plain_words(during, client):
    page = words(client.get(PAGE))

    assert len(LOOKED_FOR) == 7
    assert [text for text in LOOKED_FOR.values() if text not in page] == []


def test_call_links_to_the_form_the_paper_and_the_way_back(during, client):
    html = client.get(PAGE).content.decode()

    for address in (FORM, "/apply/london-2017/form.pdf", "/apply/london-2017/form.pdf?print=large"):
        assert f'href="{address}"' in html
    assert 'href="/apply/london-2017/lost-link/"' in html


def test_call_says_what_the_cohort_asks_where_it_asks_more(during, client):
    make.settings(during, needs_experience=True, time_asked="Three days and two evenings.", reviews_per_application=1)

    page = words(client.get(PAGE))

    assert "You should have, or have had, a role in which you speak for patients" in page
    assert "Time Three days and two evenings." in page
    assert "Each form is read by" not in page
    assert "hours a month" not in page


@pytest.mark.parametrize("reviews", [1, 3])
def test_call_says_how_many_read_each_form(during, client, reviews):
    make.settings(during, reviews_per_application=reviews)

    assert ("Each form is read by 3 of them" in words(client.get(PAGE))) == (reviews == 3)


# --- where the call stands ------------------------------------------------------------------------------------------
def test_call_before_it_opens_names_the_moment_and_has_no_button(call, client, time_machine):
    time_machine.move_to(datetime(2017, 8, 1, tzinfo=UTC))

    answer = client.get(PAGE)

    assert "You can apply from 9:00am on Friday 1 September 2017 until 11:59pm on Sunday 29 October 2017" in words(
        answer
    )
    assert f'href="{FORM}"' not in answer.content.decode()


def test_call_in_the_grace_time_says_until_when_a_form_that_was_begun_may_be_sent(call, client, time_machine):
    time_machine.move_to(END + timedelta(minutes=5))

    answer = client.get(PAGE)

    assert "Applications closed at 11:59pm on Sunday 29 October 2017" in words(answer)
    assert "you can still send it until 12:15am on Monday 30 October 2017" in words(answer)
    assert f'href="{FORM}"' not in answer.content.decode()


def test_call_takes_the_grace_of_its_cohort(call, client, time_machine):
    make.settings(call, grace_minutes=60)
    time_machine.move_to(END + timedelta(minutes=59))

    assert "you can still send it until 1:00am on Monday 30 October 2017" in words(client.get(PAGE))


def test_call_after_it_closed_says_so_and_has_no_button(call, client, time_machine):
    time_machine.move_to(CLOSES + timedelta(days=3))

    answer = client.get(PAGE)

    assert "Applications closed at 11:59pm on Sunday 29 October 2017" in words(answer)
    assert "Would you like to come to the next course? Call 020 7946 0099" in words(answer)
    assert f'href="{FORM}"' not in answer.content.decode()
    assert "Apply in another way" not in words(answer)


def test_call_without_a_closing_moment_promises_none(call, client, time_machine):
    time_machine.move_to(datetime(2017, 10, 20, 12, tzinfo=UTC))
    call.applications_close_at = None
    call.save()

    page = words(client.get(PAGE))

    assert "Apply by" not in page
    assert "Start your application" in page


def test_unknown_cohort_and_one_never_opened_look_alike(london, client):
    london.applications_open_at = london.applications_close_at = None
    london.save()

    unknown, closed = client.get("/apply/nowhere/"), client.get(PAGE)

    assert (unknown.status_code, closed.status_code) == (404, 404)


def test_moments_are_on_the_clock_of_the_cohort(during, client):
    during.time_zone = "America/New_York"
    during.save()

    assert "Apply by 7:59pm on Sunday 29 October 2017" in words(client.get(PAGE))


# --- tracked links ----------------------------------------------------------------------------------------------------
def test_tracked_link_is_handed_on_to_the_form(during, client):
    Channel.objects.create(cohort=during, code="newsletter", name="Newsletter")

    html = client.get(PAGE, {"from": "newsletter"}).content.decode()

    assert html.count(f'href="{FORM}?from=newsletter"') == 2


@pytest.mark.parametrize("code", ["", "unknown", '"><script>', "x" * 5000, "newsletter-of-kent"])
def test_what_is_no_tracked_link_of_this_cohort_goes_no_further(during, kent, client, code):
    Channel.objects.create(cohort=kent, code="newsletter-of-kent", name="Newsletter")

    html = client.get(PAGE, {"from": code}).content.decode()

    assert "?from=" not in html
    assert html.count(f'href="{FORM}"') == 2


def test_looking_changes_nothing(during, client):
    Channel.objects.create(cohort=during, code="newsletter", name="Newsletter")
    before = everything()

    for _ in range(2):
        client.get(PAGE, {"from": "newsletter"})
        client.head(PAGE, {"from": "newsletter"})

    assert everything() == before
    assert client.cookies == {}


def test_words_of_an_organiser_are_shown_as_text(during, client):
    during.summary = "<script>alert(1)</script> A course"
    during.save()

    assert "<script>alert" not in client.get(PAGE).content.decode()


def test_call_takes_few_queries(during, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get(PAGE, {"from": "newsletter"})
