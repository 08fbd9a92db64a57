"""How a table plan and a day look on a page: plain values, ready to be drawn. No queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.rounding import percent
from programmes import allocation
from programmes.loading import plan_of
from programmes.models import INTERACTIVE, Participant, Slot, TablePlan


@dataclass(frozen=True)
class BoardTable:
    """A table with its coach on top. `gone` are those who had a seat and withdrew."""

    number: int
    coach: str
    coach_type: str
    people: list[Participant]
    gone: list[Participant] = field(default_factory=list)

    @property
    def is_in_size(self) -> bool:
        return 5 <= len(self.people) <= 6


@dataclass(frozen=True)
class Board:
    """One day's plan with what it keeps and how good it is."""

    tables: list[BoardTable]
    unseated: list[Participant]
    checks: list[allocation.Check]
    goals: list[allocation.Goal]
    size_advice: str = ""

    @property
    def broken(self) -> list[str]:
        return [words for check in self.checks if check.is_hard for words in check.broken]

    @property
    def has_left_out(self) -> bool:
        return any(check.is_left_out for check in self.checks)

    @property
    def seated_count(self) -> int:
        return sum(len(table.people) for table in self.tables)


def board_of(plan: TablePlan, problem: allocation.Problem, people: Iterable[Participant]) -> Board:
    """The board of a stored plan. `people` are the cohort's participants who have not withdrawn."""
    tables = []
    for table in plan.tables.all():
        sitting = [seat.participant for seat in table.seats.all()]
        tables.append(
            BoardTable(
                table.number,
                table.coach.person.name,
                table.coach.get_type_display(),
                by_name(person for person in sitting if person.withdrawn_at is None),
                by_name(person for person in sitting if person.withdrawn_at is not None),
            )
        )
    at_table = {person.pk for table in tables for person in table.people}
    standing = plan_of(plan)
    return Board(
        tables=tables,
        unseated=by_name(person for person in people if person.pk not in at_table),
        checks=allocation.checks(problem, standing),
        goals=allocation.goals(problem, standing),
        size_advice=allocation.why_not(len(problem.people), len(tables)),
    )


def proposed_board(plan: allocation.Plan, problem: allocation.Problem, people: Iterable[Participant]) -> Board:
    """The board of a plan that nobody has saved."""
    by_ref = {person.ref: person for person in people}
    coaches = problem.coach_labels()
    tables = [
        BoardTable(table.number, coaches[table.coach], "", by_name(by_ref[ref] for ref in table.people))
        for table in plan.tables
    ]
    return Board(tables, [], allocation.checks(problem, plan), allocation.goals(problem, plan))


def by_name(people: Iterable[Participant]) -> list[Participant]:
    return sorted(people, key=lambda person: (person.person.name.casefold(), person.ref))


@dataclass(frozen=True)
class Piece:
    """A part of the bar that shows how a day is spent."""

    kind: str
    label: str
    minutes: int
    x: str
    width: str


@dataclass(frozen=True)
class DayShape:
    """How many minutes a day gives to what. Breaks count for nothing in the share."""

    pieces: list[Piece]
    interactive: int
    total: int

    @property
    def share(self) -> str:
        found = percent(self.interactive, self.total)
        return "–" if found is None else f"{found} %"


def shape_of(slots: Iterable[Slot], width: int = 600) -> DayShape:
    """The bar of a day, in the order of the kinds, `width` units long, breaks at the end."""
    minutes = dict.fromkeys(Slot.Kind, 0)
    for slot in slots:
        minutes[Slot.Kind(slot.kind)] += slot.minutes
    everything = sum(minutes.values())
    order = [*INTERACTIVE, *(kind for kind in Slot.Kind if kind not in INTERACTIVE)]
    pieces, x = [], 0.0
    for kind in order:
        if minutes[kind]:
            size = width * minutes[kind] / everything
            pieces.append(Piece(kind.value, kind.label, minutes[kind], f"{x:.2f}", f"{size:.2f}"))
            x += size
    return DayShape(pieces, sum(minutes[kind] for kind in INTERACTIVE), everything - minutes[Slot.Kind.BREAK])
