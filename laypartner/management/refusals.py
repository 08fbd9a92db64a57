"""How commands refuse: sentences on standard error, one a line, and exit status 1. No traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError

from core.exceptions import DomainError
from laypartner.exchange.problems import ImportErrors
from programmes.models import Cohort


@contextmanager
def sentences(stderr: Any) -> Iterator[None]:
    """What is refused inside is told to the person at the terminal."""
    try:
        yield
    except ImportErrors as errors:
        for problem in errors.problems:
            stderr.write(str(problem))
        raise CommandError(errors.sentence) from None
    except DomainError as refusal:
        raise CommandError(refusal.sentence) from None


def cohort_called(slug: str) -> Cohort:
    cohort = Cohort.objects.filter(slug=slug).first()
    if cohort is None:
        raise CommandError(f"There is no cohort called {slug}. Its short name stands in its address.")
    return cohort
