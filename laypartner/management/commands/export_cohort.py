"""Takes a cohort out as a folder of files (docs/cohort-folder.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from laypartner.exchange import export_cohort
from laypartner.management.refusals import cohort_called, sentences


class Command(BaseCommand):
    help = "Write a cohort folder. An earlier export in the same place is replaced; other files are never touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the cohort's short name, as in its address")
        parser.add_argument("folder", type=Path, help="where to write; made if it is not there")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort, folder = cohort_called(options["slug"]), options["folder"]
        with sentences(self.stderr):
            export_cohort(cohort, folder)
        self.stdout.write(f"{cohort.slug} was written to {folder}:")
        for path in sorted(folder.iterdir()):
            self.stdout.write(f"  {path.name}")
