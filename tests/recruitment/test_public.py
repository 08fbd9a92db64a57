"""The page of the call, which anybody may read."""

from datetime import UTC, datetime, timedelta

import pytest

from core.models import Message
from people.models import Person
from recruitment.models import Application, Draft

FORM = "/apply/london-2017/form/"
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)


@pytest.fixture
def call(london):
    """London's call as it was: it closed at 11:59pm on Sunday 29 October 2017."""
    london.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    london.applications_close_at = CLOSES
    london.help_phone = "020 7946 0099"
    london.expenses = "We pay your travel."
    london.save()
    return london


@pytest.fixture
def during(call, time_machine):
    time_machine.move_to(datetime(2017, 10, 20, 12, tzinfo=UTC))
    return call


def nothing_stored() -> bool:
    return not (
        Draft.objects.exists() or Application.objects.exists() or Person.objects.exists() or Message.objects.exists()
    )


def words(response) -> str:
    """The page's text with its spaces made even."""
    return " ".join(response.content.decode().split())


def test_call_says_what_when_how_much_and_until_when(during, client):
    page = words(client.get("/apply/london-2017/"))

    for text in (
        "Thursday 23 November 2017",
        "Friday 24 November 2017",
        "Tuesday 16 January 2018",
        "11:59pm on Sunday 29 October 2017",
        "We pay your travel.",
        "020 7946 0099",
        '<dd class="nhsuk-summary-list__value">Free</dd>',
        '<dd class="nhsuk-summary-list__value">40</dd>',
        f'href="{FORM}"',
    ):
        assert text in page


def test_call_before_it_opens_names_the_moment_and_has_no_button(call, client, time_machine):
    time_machine.move_to(datetime(2017, 8, 1, tzinfo=UTC))

    page = words(client.get("/apply/london-2017/"))

    assert "You can apply from <strong>9:00am on Friday 1 September 2017</strong>." in page
    assert f'href="{FORM}"' not in page


def test_call_after_it_closed_says_so_and_has_no_button(call, client, time_machine):
    time_machine.move_to(CLOSES + timedelta(days=3))

    page = words(client.get("/apply/london-2017/"))

    assert "Applications closed at <strong>11:59pm on Sunday 29 October 2017</strong>." in page
    assert f'href="{FORM}"' not in page


def test_unknown_cohort_and_one_never_opened_look_alike(london, client):
    london.applications_open_at = london.applications_close_at = None
    london.save()

    unknown, closed = client.get("/apply/nowhere/"), client.get("/apply/london-2017/")

    assert (unknown.status_code, closed.status_code) == (404, 404)


def test_looking_changes_nothing(during, client):
    client.get("/apply/london-2017/")
    client.head("/apply/london-2017/")

    assert nothing_stored()
