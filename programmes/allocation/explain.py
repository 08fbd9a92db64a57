"""What a plan keeps and what it does not, in words and figures. Reads the plan only; knows nothing of how it was made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from programmes.allocation.problem import Plan, Problem, Rule, Table


@dataclass(frozen=True)
class Check:
    """One rule: what it asks, and each place where the plan breaks it. A rule that is not `is_hard` is a wish."""

    asks: str
    broken: tuple[str, ...] = ()
    is_hard: bool = True
    is_left_out: bool = False

    @property
    def is_met(self) -> bool:
        return not self.broken and not self.is_left_out


@dataclass(frozen=True)
class Goal:
    """One thing the plan should be good at, as a whole number: smaller is better."""

    name: str
    words: str
    value: int


def checks(problem: Problem, plan: Plan) -> list[Check]:
    """Every rule of the problem, hard ones first."""
    return [
        _everyone_once(problem, plan),
        _sizes(problem, plan),
        _coaches(problem, plan),
        _nobody_alone(problem, plan),
        _somebody_experienced(problem, plan),
        *(check for kind in ("apart", "together", "near") for check in _pairs(problem, plan, kind)),
    ]


def broken_rules(problem: Problem, plan: Plan) -> list[str]:
    """The sentences of every hard rule that the plan breaks; empty for a plan that may be used."""
    return [words for check in checks(problem, plan) if check.is_hard for words in check.broken]


def _everyone_once(problem: Problem, plan: Plan) -> Check:
    seated = Counter(ref for table in plan.tables for ref in table.people)
    labels = problem.labels()
    missing = [f"{label} has no seat." for ref, label in labels.items() if ref not in seated]
    twice = [f"{labels.get(ref, ref)} has {count} seats." for ref, count in seated.items() if count > 1]
    strangers = [f"{ref} has a seat and no place in the cohort." for ref in seated if ref not in labels]
    return Check("Everyone has one seat", (*missing, *twice, *strangers))


def _sizes(problem: Problem, plan: Plan) -> Check:
    rules = problem.rules
    broken = tuple(
        f"Table {table.number} has {len(table.people)} {'person' if len(table.people) == 1 else 'people'}."
        for table in plan.tables
        if not rules.smallest <= len(table.people) <= rules.largest
    )
    return Check(f"{rules.smallest} or {rules.largest} people at each table", broken)


def _coaches(problem: Problem, plan: Plan) -> Check:
    known = {coach.ref: coach for coach in problem.coaches}
    tables = Counter(table.coach for table in plan.tables)
    broken = [
        f"{known[table.coach].label if table.coach in known else table.coach} cannot come on day {problem.day}"
        f" and has table {table.number}."
        for table in plan.tables
        if table.coach not in known or not known[table.coach].is_available
    ]
    doubled = [f"{known[ref].label} has {count} tables." for ref, count in tables.items() if count > 1 and ref in known]
    return Check("One coach at each table, who can come that day", (*broken, *doubled))


def _newcomers(problem: Problem, table: Table) -> list[str]:
    new = {person.ref: person.label for person in problem.people if person.inexperienced}
    return [new[ref] for ref in table.people if ref in new]


def _nobody_alone(problem: Problem, plan: Plan) -> Check:
    asks = "Nobody is the only one at their table who is new to lay roles"
    found = [(table, _newcomers(problem, table)) for table in plan.tables]
    broken = tuple(f"{new[0]} is the only newcomer at table {table.number}." for table, new in found if len(new) == 1)
    return _unless_left_out(problem, asks, broken)


def _somebody_experienced(problem: Problem, plan: Plan) -> Check:
    asks = "Each table has somebody with experience"
    broken = tuple(
        f"Everybody at table {table.number} is new to lay roles."
        for table in plan.tables
        if table.people and len(_newcomers(problem, table)) == len(table.people)
    )
    return _unless_left_out(problem, asks, broken)


def _unless_left_out(problem: Problem, asks: str, broken: tuple[str, ...]) -> Check:
    if problem.rules.newcomers:
        return Check(asks, broken)
    return Check(asks, broken, is_hard=False, is_left_out=True)


PAIR_WORDS = {
    "apart": ("People who must not sit together sit apart", "{a} and {b} must not sit together."),
    "together": ("People who must sit together do", "{a} and {b} must sit together."),
    "near": ("People who should be near are at the same or the next table", "{a} and {b} should be nearer."),
}


def _pairs(problem: Problem, plan: Plan, kind: str) -> Iterable[Check]:
    """One check for all rules of a kind; none where there is no such rule."""
    rules = [rule for rule in problem.live_pairs if rule.kind == kind]
    if not rules:
        return
    asks, words = PAIR_WORDS[kind]
    names = problem.labels() | problem.coach_labels()
    broken = tuple(
        words.format(a=names.get(rule.a, rule.a), b=names.get(rule.b, rule.b))
        for rule in rules
        if not _is_kept(plan, rule)
    )
    yield Check(asks, broken, is_hard=kind != "near")


def _is_kept(plan: Plan, rule: Rule) -> bool:
    """Whether one pair is where its rule wants it. A person without a seat or a coach without a table breaks nothing
    but "together": the other rules are about two who are both there."""
    first = plan.table_of(rule.a)
    second = _coach_table(plan, rule.b) if rule.with_coach else plan.table_of(rule.b)
    if first is None or second is None:
        return rule.kind != "together"
    distance = abs(first.number - second.number)
    return {"apart": distance > 0, "together": distance == 0, "near": distance <= 1}[rule.kind]


def _coach_table(plan: Plan, ref: str) -> Table | None:
    return next((table for table in plan.tables if table.coach == ref), None)


def goals(problem: Problem, plan: Plan) -> list[Goal]:
    """The figures of a plan, most important first. The first two only when there are earlier days."""
    found = []
    if problem.earlier:
        found += [
            _goal("repeated_pairs", repeated_pairs(problem, plan)),
            _goal("repeated_coaches", repeated_coaches(problem, plan)),
        ]
    return [
        *found,
        _goal("same_organisation", _alike(problem, plan, "organisation")),
        _goal("same_area", _alike(problem, plan, "area")),
        _goal("experience_spread", _spread(problem, plan)),
    ]


# What each figure counts, for one and for any other number.
GOAL_WORDS = {
    "repeated_pairs": ("pair met on an earlier day", "pairs met on an earlier day"),
    "repeated_coaches": ("person has a coach again", "people have a coach again"),
    "same_organisation": ("pair from one organisation", "pairs from one organisation"),
    "same_area": ("pair from one area", "pairs from one area"),
    "experience_spread": (
        "more experienced person at one table than at another",
        "more experienced people at one table than at another",
    ),
}


def _goal(name: str, value: int) -> Goal:
    one, many = GOAL_WORDS[name]
    return Goal(name, one if value == 1 else many, value)


def pairs_of(plan: Plan) -> set[frozenset[str]]:
    """Every two people who share a table."""
    return {frozenset(pair) for table in plan.tables for pair in combinations(table.people, 2)}


def repeated_pairs(problem: Problem, plan: Plan) -> int:
    """Pairs of this plan who shared a table on an earlier day, those who must sit together included."""
    met: set[frozenset[str]] = set()
    for earlier in problem.earlier:
        met |= pairs_of(earlier)
    return len(pairs_of(plan) & met)


def repeated_coaches(problem: Problem, plan: Plan) -> int:
    had = {(ref, table.coach) for earlier in problem.earlier for table in earlier.tables for ref in table.people}
    return sum((ref, table.coach) in had for table in plan.tables for ref in table.people)


def _alike(problem: Problem, plan: Plan, quality: str) -> int:
    value = {person.ref: getattr(person, quality) for person in problem.people}
    return sum(
        bool(value.get(a)) and value.get(a) == value.get(b)
        for table in plan.tables
        for a, b in combinations(table.people, 2)
    )


def _spread(problem: Problem, plan: Plan) -> int:
    experienced = [len(table.people) - len(_newcomers(problem, table)) for table in plan.tables]
    return max(experienced) - min(experienced) if experienced else 0
