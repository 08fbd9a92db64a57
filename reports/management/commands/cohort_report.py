"""Writes a cohort's impact report into a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programmes.models import Cohort
from reports import paper
from reports.figures import AUDIENCES
from reports.models import Report
from reports.services import issuing


class Command(BaseCommand):
    help = (
        "Write the impact report of a cohort: the newest issued version for the audience, or a draft from today's data "
        "where none was issued. OUTPUT - is standard output."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", choices=paper.FORMATS, required=True)
        parser.add_argument("--output", required=True, metavar="FILE", help="where to write; - is standard output")
        parser.add_argument("--audience", choices=AUDIENCES, default="organiser")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = Cohort.objects.select_related("programme__commissioner").filter(slug=options["slug"]).first()
        if cohort is None:
            raise CommandError(f"There is no cohort called {options['slug']}. Its short name stands in its address.")
        issued = Report.objects.filter(cohort=cohort, audience=options["audience"].upper()).order_by("-version").first()
        snapshot = issued.snapshot if issued else issuing.draft(cohort, options["audience"])
        self._write(paper.render(snapshot, options["format"]), options["output"])

    def _write(self, paper: bytes, output: str) -> None:
        if output == "-":
            self._to_standard_output(paper)
            return
        try:
            Path(output).write_bytes(paper)
        except OSError as error:
            raise CommandError(f"Could not write {output}: {error.strerror}.") from None

    def _to_standard_output(self, paper: bytes) -> None:
        """Bytes where standard output takes them; text where it was replaced by something that takes text only."""
        binary = getattr(self.stdout._out, "buffer", None)
        if binary:
            binary.write(paper)
            binary.flush()
        else:
            self.stdout._out.write(paper.decode())
