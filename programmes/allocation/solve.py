"""A simple, honest allocator: deal people out by experience, then exchange them while that makes the plan better.

It proves nothing about the best plan. What it returns keeps every hard rule, checked by explain.py, or it says why not.
"""

import random

from programmes.allocation.explain import broken_rules
from programmes.allocation.groups import groups_of
from programmes.allocation.improve import Board
from programmes.allocation.problem import Coach, Impossible, Plan, Problem, Table
from programmes.allocation.sizes import possible_table_counts, sizes_for, why_not

TRIES = 6000
STARTS = 4


def solve(problem: Problem, seed: int = 1) -> Plan:
    """A plan that keeps every hard rule; the same problem and seed always give the same plan.

    Takes as many tables as there are coaches that day, within what five or six at a table allows; where no plan was
    found, a middle number and the fewest. Bounded by a number of tries, never by the clock. Raises Impossible.
    """
    counts = _table_counts(problem)
    _refuse_hopeless_newcomers(problem, counts[0])
    _refuse_too_many_apart(problem, counts[-1])
    groups = groups_of(problem)
    closest: list[str] | None = None
    for tables in sorted({counts[-1], counts[len(counts) // 2], counts[0]}, reverse=True):
        for start in range(STARTS):
            board = Board(problem, groups, _coaches_for(problem, tables), random.Random(f"{seed}/{tables}/{start}"))
            if not board.fill(sizes_for(len(problem.people), tables)):
                continue
            plan = _numbered(board.improve(TRIES))
            broken = broken_rules(problem, plan)
            if not broken:
                return plan
            closest = broken if closest is None or len(broken) < len(closest) else closest
    raise Impossible(_closest(closest), newcomer_rules_are_in_the_way=_is_about_newcomers(closest))


def _table_counts(problem: Problem) -> range:
    """The numbers of tables that people and coaches allow, never empty."""
    people, coaches = len(problem.people), len(problem.available_coaches)
    refusal = why_not(people, rules=problem.rules)
    if refusal:
        raise Impossible(refusal)
    counts = possible_table_counts(people, problem.rules)
    if coaches < counts[0]:
        need = f"{counts[0]} or {counts[-1]}" if len(counts) == 2 else f"at least {counts[0]}"
        need = str(counts[0]) if len(counts) == 1 else need
        tables = "table" if need == "1" else "tables"
        can = {0: "no coach", 1: "only 1 coach"}.get(coaches, f"only {coaches} coaches")
        raise Impossible(
            f"{people} people need {need} {tables}, each with a coach, but {can} can come on day {problem.day}."
        )
    return range(counts[0], min(counts[-1], coaches) + 1)


def _refuse_hopeless_newcomers(problem: Problem, fewest: int) -> None:
    """The two arithmetic reasons why the rules about newcomers cannot be kept at any exchange of seats."""
    new = [person.label for person in problem.people if person.inexperienced]
    if not problem.rules.newcomers:
        return
    if len(new) == 1:
        raise Impossible(
            f"Only one person, {new[0]}, is new to lay roles, and nobody should be the only newcomer at a table.",
            newcomer_rules_are_in_the_way=True,
        )
    experienced = len(problem.people) - len(new)
    if experienced < fewest:
        share = f"{experienced} of {len(problem.people)} people {'has' if experienced == 1 else 'have'}"
        raise Impossible(
            f"{share} experience, and each of {fewest} tables needs somebody who has.",
            newcomer_rules_are_in_the_way=True,
        )


def _refuse_too_many_apart(problem: Problem, most: int) -> None:
    """More people who must all sit apart from one another than there can be tables: no exchange will help."""
    apart: dict[str, set[str]] = {}
    for rule in problem.live_pairs:
        if rule.kind == "apart" and not rule.with_coach:
            apart.setdefault(rule.a, set()).add(rule.b)
            apart.setdefault(rule.b, set()).add(rule.a)
    found: list[str] = []
    for ref in sorted(apart, key=lambda name: (-len(apart[name]), name)):
        if all(ref in apart[other] for other in found):
            found.append(ref)
    if len(found) > most:
        labels = problem.labels()
        names = ", ".join(labels[ref] for ref in sorted(found))
        tables = "1 table" if most == 1 else f"{most} tables"
        raise Impossible(
            f"{len(found)} people must all sit apart from one another ({names}), but there can be at most {tables}."
        )


def _coaches_for(problem: Problem, tables: int) -> list[Coach]:
    """The coaches who take a table: first those whom somebody must sit with, then those with fewest to keep apart."""

    def urgency(coach: Coach) -> tuple[int, int]:
        kinds = [rule.kind for rule in problem.live_pairs if rule.with_coach and rule.b == coach.ref]
        return (-kinds.count("together"), kinds.count("apart"))

    order = {coach.ref: place for place, coach in enumerate(problem.coaches)}
    chosen = sorted(problem.available_coaches, key=urgency)[:tables]
    return sorted(chosen, key=lambda coach: order[coach.ref])


def _numbered(tables: list[tuple[str, list[str]]]) -> Plan:
    return Plan(
        tuple(Table(number, coach, tuple(sorted(refs))) for number, (coach, refs) in enumerate(tables, start=1))
    )


def _closest(broken: list[str] | None) -> str:
    if broken is None:
        return "The people who must sit together do not fit at tables of 5 or 6. Take one of those rules away."
    listed = " ".join(broken[:3]) + (f" And {len(broken) - 3} more." if len(broken) > 3 else "")
    return f"We found no plan that keeps every rule. The closest one breaks this: {listed}"


def _is_about_newcomers(broken: list[str] | None) -> bool:
    return bool(broken) and any("newcomer" in words or "new to lay roles" in words for words in broken or ())
