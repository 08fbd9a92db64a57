"""A board of tables that is dealt out once and then improved by exchanges.

The cost of a plan is the sum over its tables, so an exchange costs two tables to look at. The weights below are the
order in which the goals matter; a broken hard rule outweighs all of them together.
"""

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from programmes.allocation.explain import pairs_of
from programmes.allocation.problem import Coach, Problem

BROKEN = 1000
NOT_NEAR = 30
REPEATED_PAIR = 20
REPEATED_COACH = 6
SAME_ORGANISATION = 6
SAME_AREA = 2
UNEVEN = 1
WARM, COLD = 12.0, 0.3

Group = tuple[str, ...]


class Board:
    """Tables under way. `groups` are the people who stay together, most of them one person."""

    def __init__(self, problem: Problem, groups: Sequence[Group], coaches: Sequence[Coach], rng: random.Random) -> None:
        self.problem = problem
        self.groups = groups
        self.coaches = [coach.ref for coach in coaches]
        self.rng = rng
        self.new = {person.ref for person in problem.people if person.inexperienced}
        self.pair_cost = _pair_costs(problem)
        self.coach_cost = _coach_costs(problem)
        self.near = [rule for rule in problem.live_pairs if rule.kind == "near"]
        self.tables: list[list[Group]] = []

    def fill(self, sizes: Sequence[int]) -> bool:
        """Deal everyone out: larger groups first, then the newcomers in pairs, then the rest. False if they do not fit."""
        self.tables = [[] for _ in sizes]
        room = list(sizes)
        order = sorted(self.groups, key=lambda group: (-len(group), group[0] not in self.new, self.rng.random()))
        for place, group in enumerate(order):
            table = self._seat_for(group, room, place)
            if table is None:
                return False
            self.tables[table].append(group)
            room[table] -= len(group)
        return True

    def _seat_for(self, group: Group, room: Sequence[int], place: int) -> int | None:
        """The next table round from `place` that has room; a newcomer sits where one newcomer already waits."""
        fits = [number for number, left in enumerate(room) if left >= len(group)]
        if not fits:
            return None
        if group[0] in self.new:
            waiting = [number for number in fits if sum(ref in self.new for ref in self._people(number)) == 1]
            if waiting:
                return waiting[0]
        fewest = max(room[number] for number in fits)
        roomy = [number for number in fits if room[number] == fewest]
        return roomy[place % len(roomy)]

    def _people(self, table: int) -> list[str]:
        return [ref for group in self.tables[table] for ref in group]

    # --- cost ----------------------------------------------------------------------------------------------
    def _table_cost(self, table: int, groups: Sequence[Group]) -> int:
        people = [ref for group in groups for ref in group]
        coach = self.coaches[table]
        cost = sum(self.pair_cost.get((a, b), 0) for a, b in combinations(people, 2))
        cost += sum(self.coach_cost.get((ref, coach), 0) for ref in people)
        new = sum(ref in self.new for ref in people)
        if self.problem.rules.newcomers:
            cost += BROKEN * (new == 1) + BROKEN * (new == len(people) and new > 0)
        return cost + UNEVEN * (len(people) - new) ** 2

    def _near_cost(self) -> int:
        """Wishes to be near are about table numbers, so they are looked at over the whole board."""
        if not self.near:
            return 0
        at = {ref: number for number in range(len(self.tables)) for ref in self._people(number)}
        coach_at = {ref: number for number, ref in enumerate(self.coaches)}
        distances = [
            abs(at[rule.a] - (coach_at if rule.with_coach else at).get(rule.b, at[rule.a])) for rule in self.near
        ]
        return NOT_NEAR * sum(distance > 1 for distance in distances)

    # --- improving -----------------------------------------------------------------------------------------
    def improve(self, tries: int) -> list[tuple[str, list[str]]]:
        """Try `tries` exchanges, at first also some that make things worse, and return the best board met."""
        costs = [self._table_cost(number, groups) for number, groups in enumerate(self.tables)]
        near = self._near_cost()
        best, best_cost = self._copy(), sum(costs) + near
        cost = best_cost
        for step in range(tries):
            exchange = self._exchange()
            if exchange is None:
                continue
            first, second, one, other = exchange
            before = (self.tables[first], self.tables[second])
            self.tables[first], self.tables[second] = one, other
            new_costs = self._table_cost(first, one), self._table_cost(second, other)
            new_near = self._near_cost()
            change = sum(new_costs) + new_near - costs[first] - costs[second] - near
            warmth = WARM * (COLD / WARM) ** (step / tries)
            if change > 0 and self.rng.random() >= math.exp(-change / warmth):
                self.tables[first], self.tables[second] = before
                continue
            costs[first], costs[second] = new_costs
            near, cost = new_near, cost + change
            if cost < best_cost:
                best, best_cost = self._copy(), cost
        return best

    def _exchange(self) -> tuple[int, int, list[Group], list[Group]] | None:
        """Two tables after one group changed places with as many people, or with fewer where one table is larger."""
        if len(self.tables) < 2:
            return None
        first, second = self.rng.sample(range(len(self.tables)), 2)
        going = self.rng.choice(self.tables[first])
        spare = sum(map(len, self.tables[first])) - sum(map(len, self.tables[second]))
        wanted = len(going) - (spare if spare in (0, 1) and self.rng.random() < 0.5 else 0)
        coming = self._of_size(self.tables[second], wanted)
        if coming is None:
            return None
        one = [group for group in self.tables[first] if group is not going] + coming
        other = [group for group in self.tables[second] if group not in coming] + [going]
        return first, second, one, other

    def _of_size(self, groups: Sequence[Group], wanted: int) -> list[Group] | None:
        """Some of the groups with `wanted` people in all, picked by chance; None where they do not add up."""
        chosen: list[Group] = []
        for group in self.rng.sample(groups, len(groups)):
            if len(group) <= wanted:
                chosen.append(group)
                wanted -= len(group)
        return chosen if wanted == 0 else None

    def _copy(self) -> list[tuple[str, list[str]]]:
        return [(coach, self._people(number)) for number, coach in enumerate(self.coaches)]


def _pair_costs(problem: Problem) -> dict[tuple[str, str], int]:
    """What it costs that two people share a table, in both orders."""
    costs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for a, b in combinations(problem.people, 2):
        alike = SAME_ORGANISATION * bool(a.organisation and a.organisation == b.organisation)
        alike += SAME_AREA * bool(a.area and a.area == b.area)
        if alike:
            costs[a.ref, b.ref] += alike
    for earlier in problem.earlier:
        for pair in sorted(sorted(pair) for pair in pairs_of(earlier)):
            costs[pair[0], pair[1]] += REPEATED_PAIR
    for rule in problem.live_pairs:
        if rule.kind == "apart" and not rule.with_coach:
            costs[rule.a, rule.b] += BROKEN
    both_ways: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (first, second), cost in costs.items():
        both_ways[first, second] += cost
        both_ways[second, first] += cost
    return dict(both_ways)


def _coach_costs(problem: Problem) -> dict[tuple[str, str], int]:
    """What it costs that a person sits with a coach."""
    costs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for earlier in problem.earlier:
        for table in earlier.tables:
            for ref in table.people:
                costs[ref, table.coach] += REPEATED_COACH
    for rule in problem.live_pairs:
        if rule.with_coach and rule.kind == "apart":
            costs[rule.a, rule.b] += BROKEN
        if rule.with_coach and rule.kind == "together":
            for coach in problem.available_coaches:
                costs[rule.a, coach.ref] += BROKEN * (coach.ref != rule.b)
    return dict(costs)
