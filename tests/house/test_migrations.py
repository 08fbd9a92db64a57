"""Migrations have names that a person would give, and none is missing."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]


def test_migrations_are_named():
    names = [path.stem for path in ROOT.glob("*/migrations/0*.py")]

    assert len(names) >= 9
    assert [name for name in names if re.search(r"_auto_|^\d{4}_[a-z]+_\d{8}", name)] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
