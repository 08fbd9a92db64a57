"""What cells say of each other: refs that are taken or missing, dates in order, people without an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from laypartner.exchange.problems import Problems, quoted
from people.models import Route
from programmes.models import SeatingRule


@dataclass(frozen=True)
class Row:
    """One row's good cells by column; columns whose cell was refused are not in it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)

    def get(self, column: str) -> Any:
        return self.values.get(column)


Tables = Mapping[str, Sequence[Row]]


def check(tables: Tables, names: Mapping[str, str], problems: Problems) -> None:
    """Adds every problem between cells of one row, rows of one file, and files."""
    for row in tables.get("cohort", ()):
        _check_dates(names["cohort"], row, problems)
    for row in tables.get("participants", ()):
        _check_route(names["participants"], row, problems)
    _check_refs(tables, names, problems)
    _check_places(tables, names, problems)
    _check_rules(tables, names, problems)
    for stem, rows in tables.items():
        if stem.startswith("responses-"):
            check_forms(names[stem], rows, problems)


def check_forms(file: str, rows: Sequence[Row], problems: Problems) -> None:
    """Form numbers and pseudonyms stand once in a wave."""
    for column, what in (("form", "Form number"), ("pseudonym", "Pseudonym")):
        _check_unique(file, rows, column, what, {}, problems)


def _check_dates(file: str, row: Row, problems: Problems) -> None:
    for later in (2, 3):
        for earlier in range(later - 1, 0, -1):
            on, before = row.get(f"day_{later}"), row.get(f"day_{earlier}")
            if on and before and on <= before:
                where = "the same date as" if on == before else "before"
                sentence = f"Day {later} ({on}) is {where} day {earlier} ({before}). Give dates that go up."
                problems.add(file, sentence, row=row.number, column=f"day_{later}")
                break


def _check_route(file: str, row: Row, problems: Problems) -> None:
    route = row.get("contact_route")
    for wanted, column in ((Route.EMAIL, "email"), (Route.PHONE, "phone")):
        if route == wanted and row.get(column) == "":
            sentence = f"The contact route is {column}, but the cell is empty. Fill it, or use the route post."
            problems.add(file, sentence, row=row.number, column=column)


def _check_unique(
    file: str, rows: Sequence[Row], column: str, what: str, taken: dict[str, str], problems: Problems
) -> None:
    """Adds to `taken`, which says where each value stands."""
    for row in rows:
        value = row.get(column)
        if not value:
            continue
        if value in taken:
            sentence = f"{what} {quoted(value)} stands in {taken[value]} already. Each is used once."
            problems.add(file, sentence, row=row.number, column=column)
        else:
            taken[value] = f"row {row.number}" if what != "Ref" else f"{file}, row {row.number},"


def _check_refs(tables: Tables, names: Mapping[str, str], problems: Problems) -> None:
    taken: dict[str, str] = {}
    for stem in ("participants", "coaches"):
        if stem in tables:
            _check_unique(names[stem], tables[stem], "ref", "Ref", taken, problems)


def _check_places(tables: Tables, names: Mapping[str, str], problems: Problems) -> None:
    people = len(tables.get("participants", ()))
    for row in tables.get("cohort", ())[:1]:
        capacity = row.get("capacity")
        if capacity and people > capacity:
            sentence = f"There are {people} participants, but only {capacity} places. Raise the capacity."
            problems.add(names["cohort"], sentence, row=row.number, column="capacity")


def _check_rules(tables: Tables, names: Mapping[str, str], problems: Problems) -> None:
    if "seating_rules" not in tables or "participants" not in tables:
        return  # without the people, every rule would look wrong
    participants = {row.get("ref") for row in tables["participants"]}
    everybody = participants | {row.get("ref") for row in tables.get("coaches", ())}
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for row in tables["seating_rules"]:
        a, b, kind = row.get("a"), row.get("b"), row.get("kind")
        where = {"file": names["seating_rules"], "row": row.number}
        if a and a not in participants:
            problems.add(**where, column="a", sentence=f"No participant has the ref {quoted(a)}. Check both files.")
        if b and b not in everybody:
            sentence = f"No participant and no coach has the ref {quoted(b)}. Check the files."
            problems.add(**where, column="b", sentence=sentence)
        if not (a and b and kind):
            continue
        pair = frozenset({a, b})
        if a == b:
            problems.add(**where, column="b", sentence="a and b are the same person. A rule is about two people.")
        elif (kind, pair) in seen:
            problems.add(**where, sentence=f"This rule stands in row {seen[kind, pair]} already. Delete one of them.")
        elif opposite := _opposite(kind, pair, seen):
            sentence = f"Row {opposite} says the opposite of these two people. Keep one of the two rules."
            problems.add(**where, sentence=sentence)
        seen.setdefault((kind, pair), row.number)


def _opposite(kind: str, pair: frozenset[str], seen: Mapping[tuple[str, frozenset[str]], int]) -> int:
    """The row that keeps together whom this one keeps apart, or the other way round; 0 for none."""
    others = {SeatingRule.Kind.APART: SeatingRule.Kind.TOGETHER, SeatingRule.Kind.TOGETHER: SeatingRule.Kind.APART}
    return seen.get((others[kind], pair), 0) if kind in others else 0
