"""Loads the demo, once."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from laypartner.demo import kent, london
from laypartner.demo.files import KENT, LONDON
from programmes.models import Cohort


@transaction.atomic
def load(*, today: date, say: Callable[[str], object] = print) -> None:
    """Both cohorts, or nothing. A cohort that is there already stays as it is."""
    if Cohort.objects.filter(slug=LONDON).exists():
        say("London 2017 is there already. Nothing was changed.")
    else:
        say("London 2017: 58 applications, 40 people, three days, 32 forms, one report …")
        london.load()
    if Cohort.objects.filter(slug=KENT).exists():
        say("Kent, Surrey and Sussex is there already. Nothing was changed.")
    else:
        say("Kent, Surrey and Sussex: 92 applications so far, 16 people accepted …")
        kent.load(today)
    say("The demo is ready.")
