"""Brings a cohort folder in (docs/cohort-folder.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from laypartner.exchange import importing
from laypartner.management.refusals import sentences


class Command(BaseCommand):
    help = "Import a cohort folder: all of it, or nothing and a list of what to put right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with cohort.csv and participants.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        with sentences(self.stderr):
            cohort, plan = importing.apply(importing.read_cohort(options["folder"]))
        if not plan.is_new and plan.changes_nothing:
            self.stdout.write(f"{cohort.slug} is already just as the folder says. Nothing was changed.")
            return
        self.stdout.write(f"{cohort.slug} was {'made' if plan.is_new else 'brought up to date'}.")
        for stem, counts in plan.counts:
            words = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
            self.stdout.write(f"  {plan.folder.name_of(stem)}: {words}")
