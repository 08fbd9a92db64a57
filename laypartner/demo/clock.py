"""The demo's past: what happened in 2017 is written down with the moments of 2017."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, django.utils.timezone.now() says `moment`. For the command that loads the demo, and nothing else."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
