"""Closing and opening accounts."""

from typing import Any

from django.db import transaction

from core import audit
from people.models import User


@transaction.atomic
def close(*, user: User, by: Any = None) -> None:
    """The person can no longer sign in, and the pages they have open answer as to a stranger from the next click."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("account_closed", user, by=by)


@transaction.atomic
def reopen(*, user: User, by: Any = None) -> None:
    """The account works again, with the roles it still has."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("account_reopened", user, by=by)
