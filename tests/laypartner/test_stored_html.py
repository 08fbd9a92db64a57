"""Whatever people typed stays text on every page: each stored text is turned into markup, then every page is opened."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client

from laypartner.demo import team
from tests.crawl import crawl

MARKUP = "<script>alert(1)</script>"
ROOMS = ("people", "programmes", "recruitment", "reports", "core")
# Audit lines never change, and hold codes; the rest are keys, addresses and choices, which no form takes as free text.
KEPT = {"core.AuditEvent"}


def texts(model: type[models.Model]) -> list[str]:
    """The model's free texts: no choices, nothing unique, long enough for the markup."""
    unique = {name for constraint in model._meta.constraints for name in getattr(constraint, "fields", ())}
    return [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or field.name in unique)
        and not isinstance(field, models.EmailField)
        and (field.max_length or 1000) > len(MARKUP)
        and field.name not in {"time_zone", "password", "scope", "content_hash", "to", "value"}
    ]


def spoil_every_text() -> list[str]:
    spoilt = []
    for model in (model for room in ROOMS for model in apps.get_app_config(room).get_models()):
        if model._meta.label not in KEPT and texts(model):
            model._default_manager.update(**dict.fromkeys(texts(model), MARKUP))
            spoilt += [f"{model._meta.label}.{name}" for name in texts(model)]
    return spoilt


@pytest.mark.django_db
def test_no_stored_text_becomes_markup_on_any_page():
    call_command("load_demo", "--today", "2026-11-23")
    accounts = {member.key: team.account(member.key) for member in team.members()}
    spoilt = spoil_every_text()
    raw, shown = [], set()
    for key, account in accounts.items():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

        def get(path: str, client: Client = client, key: str = key) -> tuple[int, str]:
            response = client.get(path, follow=True)
            html = response.content.decode() if response.headers["Content-Type"].startswith("text/html") else ""
            if MARKUP in html:
                raw.append((key, path))
            if "&lt;script&gt;alert(1)" in html:
                shown.add(path)
            return response.status_code, html

        crawl(get, ["/today/"])

    assert len(spoilt) >= 20
    assert len(shown) >= 20
    assert raw == []
