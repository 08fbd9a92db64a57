"""Where a person could sit instead, and why not elsewhere: told before anybody tries."""

from dataclasses import dataclass
from typing import Any

from programmes import allocation, loading
from programmes.models import Day, Participant
from programmes.services import seating


@dataclass(frozen=True)
class Option:
    """One place: what it is called, and the sentences why it cannot be had (none: it can)."""

    value: str
    label: str
    why_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """Everything that can be done with one person on one day's plan."""

    version: int
    sits_at: int | None
    tables: list[Option]
    swaps: dict[int, list[Option]]

    def choices(self) -> dict[str, list[Any]]:
        """What the form offers: the places that can be had."""
        return {
            "tables": [(option.value, option.label) for option in self.tables if not option.why_not],
            "others": [
                (f"Table {number}", [(option.value, option.label) for option in options if not option.why_not])
                for number, options in self.swaps.items()
                if any(not option.why_not for option in options)
            ],
        }

    def refused_tables(self) -> list[tuple[str, tuple[str, ...]]]:
        """The tables that cannot be had, those with the same reasons together: ("Tables 1, 2 and 5", reasons)."""
        by_reason: dict[tuple[str, ...], list[str]] = {}
        for option in self.tables:
            if option.why_not:
                by_reason.setdefault(option.why_not, []).append(option.value)
        return [(_numbers(values), reasons) for reasons, values in by_reason.items()]


def options_for(day: Day, participant: Participant) -> Options:
    """Each other table and each other person, tried out on a copy. Ten queries, whatever the size of the cohort."""
    stored = seating.latest_plans(day.cohort)
    standing = stored.get(day.number)
    if standing is None:
        return Options(0, None, [], {})
    plan, problem = (
        loading.plan_of(standing),
        loading.problems_for(day.cohort, [day], stored=stored.values())[day.number],
    )
    ref, here = participant.ref, plan.table_of(participant.ref)
    labels, coaches = problem.labels(), problem.coach_labels()
    tables = [
        Option(
            str(table.number),
            f"Table {table.number}, with {coaches.get(table.coach, table.coach)}: "
            f"{len(table.people)} would be {len(table.people) + 1}",
            _why_not(problem, plan, seating.moved(plan, ref, table.number)),
        )
        for table in plan.tables
        if table is not here
    ]
    swaps = {
        table.number: [
            Option(other, labels.get(other, other), _why_not(problem, plan, seating.swapped(plan, ref, other)))
            for other in sorted(table.people, key=lambda name: labels.get(name, name))
        ]
        for table in plan.tables
        if table is not here
    }
    return Options(standing.version, here.number if here else None, tables, swaps)


def _numbers(values: list[str]) -> str:
    return f"Table {values[0]}" if len(values) == 1 else f"Tables {', '.join(values[:-1])} and {values[-1]}"


def _why_not(problem: allocation.Problem, before: allocation.Plan, after: allocation.Plan) -> tuple[str, ...]:
    return tuple(seating.new_breaches(problem, before, after))
