"""What recruitment does by itself, each hour and without anybody pressing: reminders, and forgetting what is over.

`manage.py work` calls it. Every part may run again at once and then finds nothing more to do.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError
from django.utils import timezone

from core import codes
from recruitment.services import agreeing, drafting, nominating, reminding

CHORES: dict[str, Callable[[datetime], int]] = {
    "reminders written": reminding.remind_due,
    "applications without agreement deleted": agreeing.discard_unagreed,
    "forms that were never sent deleted": drafting.discard_expired,
    "nominated people forgotten": nominating.discard_unanswered,
}


log = logging.getLogger(__name__)


def run(now: datetime | None = None) -> dict[str, int]:
    """Do the chores that are due at `now`. Returns how many of each, those with none left out.

    One that fails is logged and keeps neither the others nor the letters waiting. Raises OperationalError when the
    database is away, because then nothing else would work either.
    """
    moment = now or timezone.now()
    codes.discard_expired()
    done = {what: _try(what, chore, moment) for what, chore in CHORES.items()}
    return {what: number for what, number in done.items() if number}


def _try(what: str, chore: Callable[[datetime], int], moment: datetime) -> int:
    try:
        return chore(moment)
    except OperationalError:
        raise
    except Exception:
        log.exception("A chore failed and will be tried again within the hour: %s", what)
        return 0
