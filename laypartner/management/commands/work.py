"""The worker: sends what waits in the outbox, and tidies up. One process is enough; two do no harm."""

import signal
import time
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from core import outbox
from laypartner.exchange import staging
from recruitment import daily

PAUSE = 1.0
TIDY_EVERY = 3600.0


class Command(BaseCommand):
    help = "Send the letters that are due, every second, until told to stop (SIGTERM or Ctrl+C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")

    is_stopping = False
    tidied_at = float("-inf")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self._work()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self.stdout.write("The worker sends what is due. Stop it with Ctrl+C.")
        while not self.is_stopping:
            self._work_or_wait()
            time.sleep(PAUSE)
        self.stdout.write("The worker has stopped.")

    def _stop(self, *args: Any) -> None:
        """Finish the letter in hand, then end: a letter cut off half way would be one nobody is sure of."""
        self.is_stopping = True

    def _work_or_wait(self) -> None:
        """A database that is away for a moment does not end the worker."""
        close_old_connections()
        try:
            self._work()
        except OperationalError as error:
            self.stderr.write(f"The database did not answer ({type(error).__name__}). Trying again.")
            time.sleep(5 * PAUSE)

    def _work(self) -> None:
        """The chores come first, so that a reminder that is due goes out in the same round."""
        if time.monotonic() - self.tidied_at > TIDY_EVERY:
            self.tidied_at = time.monotonic()
            _tidy()
            for what, number in daily.run().items():
                self.stdout.write(f"{number} {what}.")
        sent = outbox.deliver_due(is_stopping=lambda: self.is_stopping)
        if sent:
            self.stdout.write(f"{sent} letter{'' if sent == 1 else 's'} sent.")


def _tidy() -> None:
    """What has run out is deleted: sessions, and uploads that nobody agreed to import."""
    SessionStore.clear_expired()
    staging.discard_expired()
