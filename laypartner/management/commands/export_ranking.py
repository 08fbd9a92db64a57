import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from laypartner.exchange.values import exchange_value
from laypartner.management.refusals import cohort_called
from programmes.models import Cohort
from recruitment.ranking import Place, ranking


class Command(BaseCommand):
    help = "Prints the ranking of a cohort's applications, worked out from the stored scores. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the cohort's short name, as in its address")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = cohort_called(options["slug"])
        places = ranking(cohort)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(cohort, places), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines_of(cohort, places)))


def as_json(cohort: Cohort, places: list[Place]) -> dict[str, Any]:
    lines = [
        {
            "rank": place.rank,
            "ref": place.reference,
            "total": place.total,
            "scores": {exchange_value(item): mark for item, mark in place.scores.items()},
            "decision": place.decision,
        }
        for place in places
    ]
    return {"cohort": cohort.slug, "capacity": cohort.capacity, "ranking": lines}


def lines_of(cohort: Cohort, places: list[Place]) -> list[str]:
    """The same table for people: rank, reference, total, the seven scores, decision."""
    return [
        f"{cohort.slug}: {len(places)} applications with all seven scores, {cohort.capacity} places",
        *(
            f"{place.rank:>4}  {place.reference:<10}{place.total:>4}  "
            f"{' '.join(str(mark) for mark in place.scores.values())}  {place.decision or ''}".rstrip()
            for place in places
        ),
    ]
