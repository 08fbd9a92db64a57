import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.models import Wave
from evaluation.models.wave import WAVE_KINDS
from evaluation.queries import WaveResults, wave_results
from evaluation.statistics.suppression import AUDIENCES
from programmes.models import Cohort


class Command(BaseCommand):
    help = "Prints the results of one evaluation wave of a cohort. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the cohort's short name, for example london-2017")
        parser.add_argument("wave", help=", ".join(WAVE_KINDS))
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--audience", choices=AUDIENCES, default="organiser")

    def handle(self, *args: Any, **options: Any) -> None:
        results = wave_results(find_wave(options["slug"], options["wave"]), options["audience"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(results.as_dict(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines_of(results)))


def find_wave(slug: str, name: str) -> Wave:
    if name not in WAVE_KINDS:
        raise CommandError(f"There is no wave called {name}. Waves are: {', '.join(WAVE_KINDS)}.")
    if not Cohort.objects.filter(slug=slug).exists():
        raise CommandError(f"There is no cohort called {slug}.")
    wave = Wave.objects.select_related("cohort").filter(cohort__slug=slug, kind=WAVE_KINDS[name]).first()
    if wave is None:
        raise CommandError(f"Cohort {slug} has no wave {name} yet.")
    return wave


def lines_of(results: WaveResults) -> list[str]:
    """The same table for people: text, number of answers, average."""
    rate = "–" if results.response_rate is None else f"{results.response_rate} %"
    width = max((len(item.text) for item in results.items), default=0)
    return [
        f"{results.cohort}, {results.wave}: {results.forms} forms from {results.able} people ({rate})",
        *(
            f"{item.text:<{width}}  {item.n:>4}  {item.suppressed or ('–' if item.average is None else item.average)}"
            for item in results.items
        ),
    ]
