"""Browsers for the journeys. The world is whatever the test makes; pages come from a live server on this machine."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser import Visitor, chromium

# Playwright's loop runs in this process, and Django would refuse to touch the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Visitor]]:
    """visit(viewport, user) is somebody at a screen, signed in if a user is given."""
    visitors: list[Visitor] = []

    def arrive(viewport: dict[str, int], user: User | None = None) -> Visitor:
        visitor = Visitor(browser, live_server.url, viewport)
        visitors.append(visitor)
        if user is not None:
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            visitor.sign_in(client.cookies[settings.SESSION_COOKIE_NAME].value)
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.close()
