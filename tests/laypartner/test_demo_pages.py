"""No link of the demo leads its reader to a shut door, and no list of it is empty."""

import pytest
from django.core.management import call_command

from laypartner.demo import team
from people.models import User
from tests.crawl import crawl_as


@pytest.fixture
def everybody(db: None) -> dict[str, User | None]:
    call_command("load_demo", "--today", "2026-11-23")
    return {"nobody": None} | {member.key: team.account(member.key) for member in team.members()}


def test_every_link_opens_for_whoever_is_shown_it(everybody):
    shut = {
        (key, path): status
        for key, user in everybody.items()
        for met in crawl_as(user, ["/today/" if user else "/"]).values()
        for path, status in met
        if status != 200
    }

    assert shut == {}
