"""Table plans: proposed, used, changed by hand, taken back. Each change is a new version; the old ones stay."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from programmes import allocation, loading
from programmes.models import Coach, Cohort, Day, Participant, Seat, Table, TablePlan
from programmes.queries import latest_plans_of, next_version
from programmes.services.refusals import BreaksRule, Changed, NoPlan

__all__ = [
    "BreaksRule",
    "Changed",
    "NoPlan",
    "Proposal",
    "confirm",
    "confirm_seen",
    "latest_plan",
    "latest_plans",
    "move",
    "propose",
    "swap",
    "undo",
]


@dataclass(frozen=True)
class Proposal:
    """A plan that nobody has saved yet, what it was made for, and which plan stood when it was made (0: none)."""

    seed: int
    plan: allocation.Plan
    problem: allocation.Problem
    base_version: int

    @property
    def fingerprint(self) -> str:
        """Stands for everything the plan was made from: equal only while nobody changed any of it."""
        return f"{self.base_version}-{self.problem.fingerprint()}"

    def checks(self) -> list[allocation.Check]:
        return allocation.checks(self.problem, self.plan)

    def goals(self) -> list[allocation.Goal]:
        return allocation.goals(self.problem, self.plan)


def latest_plans(cohort: Cohort) -> dict[int, TablePlan]:
    """The standing plan of each day that has one, by day number, with tables, coaches and people fetched: 3 queries."""
    return {plan.day.number: plan for plan in latest_plans_of(cohort)}


def latest_plan(day: Day) -> TablePlan | None:
    """The standing plan of one day, or None."""
    return latest_plans_of(day.cohort).filter(day=day).first()


def propose(*, day: Day, seed: int = 1, newcomer_rules: bool = True) -> Proposal:
    """Make a plan without saving it. The same people and the same seed give the same plan. Raises NoPlan."""
    problem = loading.problem_for(day, newcomer_rules=newcomer_rules)
    try:
        plan = allocation.solve(problem, seed)
    except allocation.Impossible as refusal:
        in_the_way = refusal.newcomer_rules_are_in_the_way
        raise NoPlan(refusal.sentence, newcomer_rules_are_in_the_way=in_the_way) from refusal
    return Proposal(seed=seed, plan=plan, problem=problem, base_version=_standing_version(day))


@transaction.atomic
def confirm(*, day: Day, proposal: Proposal, by: Any = None) -> TablePlan:
    """Save a proposal as the day's plan. Raises Changed when people, rules or the standing plan changed meanwhile."""
    Day.objects.select_for_update().get(pk=day.pk)
    now = loading.problem_for(day, newcomer_rules=proposal.problem.rules.newcomers)
    if now != proposal.problem or _standing_version(day) != proposal.base_version:
        raise Changed(
            "The people, the rules or the plan changed after this proposal was made. Nothing was saved: plan again."
        )
    return _save(day, proposal.plan, proposal.seed, by, "tables_planned")


@transaction.atomic
def confirm_seen(*, day: Day, proposal: Proposal, fingerprint: str, by: Any) -> TablePlan:
    """Save a proposal that was made again from its seed, if it is the one that the person looked at. Raises Changed."""
    if proposal.fingerprint != fingerprint:
        raise Changed("The people, the rules or the plan changed after you looked. Nothing was saved: look again.")
    return confirm(day=day, proposal=proposal, by=by)


@transaction.atomic
def move(*, day: Day, version: int, participant: Participant, table_number: int, by: Any) -> TablePlan:
    """Seat somebody at another table. Raises Changed (somebody saved after `version`) and BreaksRule."""
    plan, problem, standing = _to_change(day, version)
    changed = moved(plan, participant.ref, table_number)
    _refuse_new_breaches(problem, plan, changed)
    return _save(day, changed, standing.seed, by, "person_moved")


@transaction.atomic
def swap(*, day: Day, version: int, participant: Participant, other: Participant, by: Any) -> TablePlan:
    """Let two people change places. Raises Changed and BreaksRule."""
    plan, problem, standing = _to_change(day, version)
    changed = swapped(plan, participant.ref, other.ref)
    _refuse_new_breaches(problem, plan, changed)
    return _save(day, changed, standing.seed, by, "people_swapped")


@transaction.atomic
def undo(*, day: Day, version: int, by: Any) -> TablePlan | None:
    """Take the newest plan back, so that the one before it stands again; None when there was none before.

    The plan that is taken back is kept and marked. Raises Changed.
    """
    standing = _standing(day, version)
    TablePlan.objects.filter(pk=standing.pk).update(undone_at=timezone.now())
    audit.record("plan_undone", standing, by=by, cohort=day.cohort, day=day.number, version=version)
    return latest_plan(day)


# --- changing a plan by hand: pure -------------------------------------------------------------------------------
def moved(plan: allocation.Plan, ref: str, table_number: int) -> allocation.Plan:
    """The plan with `ref` at that table and nowhere else."""
    return allocation.Plan(
        tuple(
            replace(
                table,
                people=tuple(sorted({*table.people, ref} if table.number == table_number else {*table.people} - {ref})),
            )
            for table in plan.tables
        )
    )


def swapped(plan: allocation.Plan, ref: str, other: str) -> allocation.Plan:
    """The plan with two people in each other's place; one of them may have no seat yet."""
    places = {ref: other, other: ref}
    return allocation.Plan(
        tuple(replace(t, people=tuple(sorted(places.get(name, name) for name in t.people))) for t in plan.tables)
    )


def new_breaches(problem: allocation.Problem, before: allocation.Plan, after: allocation.Plan) -> list[str]:
    """What `after` breaks that `before` did not. A change that leaves an old breach as it was is allowed."""
    standing = {words for check in allocation.checks(problem, before) if check.is_hard for words in check.broken}
    found = [words for check in allocation.checks(problem, after) if check.is_hard for words in check.broken]
    return [_as_consequence(words) for words in found if words not in standing]


def _as_consequence(words: str) -> str:
    """What a check says of a plan, said of a plan that does not exist yet."""
    for now, then in ((" has ", " would have "), (" is the only newcomer", " would be the only newcomer")):
        if words.startswith("Table ") or "only newcomer" in now:
            words = words.replace(now, then, 1)
    return words.replace(" is new to lay roles.", " would be new to lay roles.")


def _refuse_new_breaches(problem: allocation.Problem, before: allocation.Plan, after: allocation.Plan) -> None:
    if before == after:
        raise BreaksRule("Nothing would change: choose another table or another person.")
    breaches = new_breaches(problem, before, after)
    if breaches:
        raise BreaksRule(" ".join(breaches))


# --- reading and writing -----------------------------------------------------------------------------------------
def _standing_version(day: Day) -> int:
    newest = TablePlan.objects.filter(day=day, undone_at=None).order_by("-version").first()
    return newest.version if newest else 0


def _standing(day: Day, version: int) -> TablePlan:
    """The standing plan, locked with its day, if it is still the version that the person saw; else raises Changed."""
    Day.objects.select_for_update().get(pk=day.pk)
    standing = latest_plan(day)
    if standing is None or standing.version != version:
        raise Changed("Somebody else changed this plan after you opened it. Nothing of yours was saved: look again.")
    return standing


def _to_change(day: Day, version: int) -> tuple[allocation.Plan, allocation.Problem, TablePlan]:
    standing = _standing(day, version)
    return loading.plan_of(standing), loading.problem_for(day), standing


def _save(day: Day, plan: allocation.Plan, seed: int, by: Any, verb: str) -> TablePlan:
    """Write a plan as the day's next version: five queries and the audit line."""
    author = by if getattr(by, "is_authenticated", False) else None
    version = next_version(day.pk)
    saved = TablePlan.objects.create(day=day, version=version, seed=seed, made_by=author)
    coaches = dict(Coach.objects.filter(cohort=day.cohort_id).values_list("ref", "pk"))
    people = dict(Participant.objects.filter(cohort=day.cohort_id).values_list("ref", "pk"))
    tables = Table.objects.bulk_create(
        Table(plan=saved, number=table.number, coach_id=coaches[table.coach]) for table in plan.tables
    )
    Seat.objects.bulk_create(
        Seat(plan=saved, table=row, participant_id=people[ref])
        for row, table in zip(tables, plan.tables, strict=True)
        for ref in table.people
    )
    audit.record(verb, saved, by=by, cohort=day.cohort, day=day.number, version=version, tables=len(plan.tables))
    return saved
