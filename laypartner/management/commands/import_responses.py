"""Brings one wave's answers in from one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from laypartner.exchange import ImportErrors, import_responses, naming
from laypartner.exchange.comparing import State
from laypartner.exchange.folders import content_of
from laypartner.exchange.problems import Problems
from laypartner.exchange.values import WAVES
from laypartner.management.refusals import cohort_called, sentences


class Command(BaseCommand):
    help = "Import the answers of one wave from a CSV or XLSX file: all of them, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the cohort's short name, as in its address")
        parser.add_argument("wave", help=", ".join(WAVES))
        parser.add_argument("file", type=Path, help="a CSV file in UTF-8, or an .xlsx file with one sheet")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort, wave, path = cohort_called(options["slug"]), options["wave"], options["file"]
        if wave not in WAVES:
            raise CommandError(naming.wave_named(wave))
        with sentences(self.stderr):
            plan = import_responses(cohort=cohort, wave=wave, file=path.name, data=self._content(path))
        new = len(plan.of(f"responses-{wave}", State.NEW))
        same = len(plan.changes) - new
        self.stdout.write(f"{cohort.slug}, {wave}: {new} new, {same} there already.")

    def _content(self, path: Path) -> bytes:
        problems = Problems()
        content = content_of(path, problems)
        if content is None:
            raise ImportErrors(problems.found)
        return content
