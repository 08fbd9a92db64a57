"""People who must sit together, as groups that are moved as one."""

from programmes.allocation.problem import Impossible, Problem, Rule


def groups_of(problem: Problem) -> list[tuple[str, ...]]:
    """Everyone, in groups; most are groups of one. Raises Impossible when the rules about pairs clash outright."""
    group = {person.ref: {person.ref} for person in problem.people}
    for rule in problem.live_pairs:
        if rule.kind == "together" and not rule.with_coach and group[rule.a] is not group[rule.b]:
            joined = group[rule.a] | group[rule.b]
            group.update(dict.fromkeys(joined, joined))
    found = {tuple(sorted(members)) for members in group.values()}
    labels = problem.labels()
    for members in sorted(found):
        if len(members) > problem.rules.largest:
            names = ", ".join(labels[ref] for ref in members)
            raise Impossible(
                f"{len(members)} people must sit together ({names}), but a table holds {problem.rules.largest}."
            )
    _refuse_clashes(problem, {ref: tuple(sorted(members)) for ref, members in group.items()})
    return sorted(found)


def _refuse_clashes(problem: Problem, group: dict[str, tuple[str, ...]]) -> None:
    labels = problem.labels() | problem.coach_labels()
    available = {coach.ref for coach in problem.available_coaches}
    coach_of: dict[tuple[str, ...], Rule] = {}
    for rule in problem.live_pairs:
        pair = f"{labels.get(rule.a, rule.a)} and {labels.get(rule.b, rule.b)}"
        if rule.kind == "apart" and not rule.with_coach and group[rule.a] == group[rule.b]:
            raise Impossible(f"{pair} must not sit together, and other rules put them at one table.")
        if rule.kind == "together" and rule.with_coach:
            _refuse_absent_coach(problem, rule, pair, available)
            other = coach_of.setdefault(group[rule.a], rule)
            if other.b != rule.b:
                coaches = f"{labels.get(other.b, other.b)} and {labels.get(rule.b, rule.b)}"
                raise Impossible(f"{labels[rule.a]} must sit with two coaches, {coaches}.")
    for rule in problem.live_pairs:
        if rule.kind == "apart" and rule.with_coach:
            wanted = coach_of.get(group[rule.a])
            if wanted is not None and wanted.b == rule.b:
                raise Impossible(f"{labels[rule.a]} must sit with {labels[rule.b]}, and must not.")


def _refuse_absent_coach(problem: Problem, rule: Rule, pair: str, available: set[str]) -> None:
    if rule.b not in available:
        raise Impossible(f"{pair} must sit together, but this coach cannot come on day {problem.day}.")
