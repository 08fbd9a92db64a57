"""An applicant's browser: one that has opened its own application before, so that no code is asked for."""

from typing import Any

from django.apps import apps
from django.test import Client

from recruitment.models import Application, Draft
from recruitment.views.gate import OPENED
from tests import make


def browser_of(*things: Application | Draft) -> Client:
    """A browser that knows these applications or forms, and nobody else's."""
    client = Client()
    session = client.session
    session[OPENED] = [str(thing.key) for thing in things]
    session.save()
    return client


def own_page(thing: Application | Draft, rest: str = "") -> str:
    """The address of the thing's own page by a fresh link, or of one beneath it: "offer/yes/"."""
    return f"/application/{make.link(thing)}/{rest}"


def everything() -> dict[str, list[Any]]:
    """Every row of every table but the sessions and the cache, to see that nothing changed."""
    tables = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in tables}
