from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from laypartner.demo.guide import guide
from laypartner.demo.load import load


class Command(BaseCommand):
    help = "Load two cohorts of invented people: one that is over, one in the middle of recruitment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", metavar="DATE", help="count the second cohort's dates from here (2026-03-01)")
        parser.add_argument(
            "--guide", metavar="ADDRESS", help="load nothing; say who can sign in and what to open first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["guide"]:
            self.stdout.write(guide(options["guide"]))
        else:
            load(today=self._today(options["today"]), say=self.stdout.write)

    def _today(self, text: str | None) -> date:
        if text is None:
            return timezone.localdate()
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"{text} is not a date. Write it like 2026-03-01.") from None
