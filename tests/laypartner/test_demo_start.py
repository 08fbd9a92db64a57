"""The buttons of the demo's start page."""

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore

from laypartner.demo import team, views
from people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.laypartner.demo_addresses")]


def pressed(rf, settings, to):
    settings.DEMO = True
    organiser = next(member for member in team.members() if member.key == "organiser")
    User.objects.create_user(organiser.email, name=organiser.name)
    request = rf.post("/demo/become/organiser/", {"to": to})
    request.session, request.user = SessionStore(), None
    request._messages = FallbackStorage(request)
    return views.become(request, "organiser")["Location"]


@pytest.mark.parametrize(
    ("to", "address"),
    [
        ("applications", "/cohorts/kss-next/applications/"),
        ("tables", "/cohorts/london-2017/tables/"),
        ("results", "/cohorts/london-2017/waves/immediate/results/"),
        ("report", "/cohorts/london-2017/report/"),
        ("", "/today/"),
        ("https://example.org/", "/today/"),
    ],
)
def test_button_becomes_the_organiser_and_goes_to_its_page_and_nowhere_else(rf, settings, to, address):
    assert pressed(rf, settings, to) == address
