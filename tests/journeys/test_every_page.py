"""Every kind of page of the demo, as the first person of the team who has it, looked at once at each width."""

import pytest
from django.core.management import call_command

from laypartner.demo import team
from people.models import User
from tests.browser import PHONE, WIDE
from tests.crawl import crawl_as


def kinds_of_page() -> dict[str, tuple[User | None, str]]:
    """For each kind of page its first visitor and address, found by following links from each person's start."""
    found: dict[str, tuple[User | None, str]] = {}
    for visitor in [None, *(team.account(member.key) for member in team.members())]:
        start = "/today/" if visitor else "/"
        for kind, met in crawl_as(visitor, [start]).items():
            for path, status in met[:1]:
                assert (visitor, path, status) == (visitor, path, 200)
                found.setdefault(kind, (visitor, path))
    return found


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "360"])
def test_every_page_is_accessible_and_asks_nothing_of_others(visit, viewport, capsys):
    call_command("load_demo", "--today", "2026-11-23")
    kinds = kinds_of_page()
    visitors = {user: visit(viewport, user) for user in {user for user, _ in kinds.values()}}

    faults = {}
    for kind, (user, path) in kinds.items():
        visitors[user].open(path)
        faults[f"{kind} {path}"] = visitors[user].faults()

    assert len(kinds) >= 40
    assert {page: found for page, found in faults.items() if found} == {}
