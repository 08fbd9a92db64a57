"""Six digits by email, for opening something personal in another browser (trust.md T02: a forwarded link opens nothing)."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from core.models import ShortCode

LASTS, TRIES, DIGITS = timedelta(minutes=10), 3, 6


@transaction.atomic
def new_code(key: str) -> str:
    """A fresh code for `key`; an earlier one stops working. Whoever calls sends it."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    fresh = {"code_hash": _hash(key, code), "expires_at": timezone.now() + LASTS, "tries_left": TRIES}
    ShortCode.objects.update_or_create(key=key, defaults=fresh)
    return code


@transaction.atomic
def is_right(key: str, code: str) -> bool:
    """Whether `code` opens `key` now. A right one is used up; after three wrong ones the code is dead.

    The conditional UPDATE takes a try before it looks, so many guesses at once still get three.
    """
    alive = ShortCode.objects.filter(key=key, expires_at__gt=timezone.now(), tries_left__gt=0)
    if not alive.update(tries_left=F("tries_left") - 1):
        return False
    found = ShortCode.objects.get(key=key)
    if not constant_time_compare(found.code_hash, _hash(key, code)):
        return False
    found.delete()
    return True


def is_alive(key: str) -> bool:
    """Whether there is a code for `key` that somebody could still type."""
    return ShortCode.objects.filter(key=key, expires_at__gt=timezone.now(), tries_left__gt=0).exists()


def discard_expired() -> int:
    """Delete codes that have run out. Returns how many."""
    return ShortCode.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _hash(key: str, code: str) -> str:
    """With the site's own secret, because six digits alone could be guessed from a stolen hash."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:{key}:{code}".encode()).hexdigest()
