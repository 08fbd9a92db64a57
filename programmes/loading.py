"""The only bridge between the database and programmes/allocation."""

from collections.abc import Iterable, Iterator

from programmes import allocation
from programmes.models import INEXPERIENCED, Coach, Cohort, Day, Participant, SeatingRule, TablePlan
from programmes.queries import latest_plans_of

KINDS = {
    SeatingRule.Kind.APART: "apart",
    SeatingRule.Kind.TOGETHER: "together",
    SeatingRule.Kind.NEAR: "near",
}


def problem_for(day: Day, *, newcomer_rules: bool = True) -> allocation.Problem:
    """What a plan for `day` has to keep: seven queries, whatever the size of the cohort."""
    return problems_for(day.cohort, [day], newcomer_rules=newcomer_rules)[day.number]


def problems_for(
    cohort: Cohort, days: Iterable[Day], *, newcomer_rules: bool = True, stored: Iterable[TablePlan] | None = None
) -> dict[int, allocation.Problem]:
    """The problems of several days, by day number, for the same seven queries; four if the `stored` plans are given."""
    stored = latest_plans_of(cohort) if stored is None else stored
    plans = {plan.day.number: plan_of(plan) for plan in stored}
    people = tuple(_people(cohort))
    coaches = list(Coach.objects.filter(cohort=cohort).select_related("person").prefetch_related("days").order_by("pk"))
    pairs = tuple(_pairs(cohort))
    return {
        day.number: allocation.Problem(
            day=day.number,
            people=people,
            coaches=tuple(_coach(coach, day) for coach in coaches),
            pairs=pairs,
            earlier=tuple(plans[number] for number in sorted(plans) if number < day.number),
            rules=allocation.Rules(newcomers=newcomer_rules),
        )
        for day in days
    }


def plan_of(plan: TablePlan) -> allocation.Plan:
    """A stored plan (with its tables and seats fetched) without those who have withdrawn since."""
    return allocation.Plan(
        tuple(
            allocation.Table(
                table.number,
                table.coach.ref,
                tuple(sorted(s.participant.ref for s in table.seats.all() if s.participant.withdrawn_at is None)),
            )
            for table in plan.tables.all()
        )
    )


def _people(cohort: Cohort) -> Iterator[allocation.Person]:
    rows = Participant.objects.filter(cohort=cohort).able().select_related("person__organisation").order_by("ref")
    for row in rows:
        organisation = row.person.organisation
        yield allocation.Person(
            ref=row.ref,
            inexperienced=row.experience in INEXPERIENCED,
            organisation=organisation.name if organisation else "",
            area=row.person.area,
            name=row.person.name,
        )


def _coach(coach: Coach, day: Day) -> allocation.Coach:
    return allocation.Coach(coach.ref, is_available=day in coach.days.all(), name=coach.person.name)


def _pairs(cohort: Cohort) -> Iterator[allocation.Rule]:
    rules = SeatingRule.objects.filter(cohort=cohort).select_related("participant", "other_participant", "coach")
    for rule in rules.order_by("pk"):
        other = rule.coach or rule.other_participant
        yield allocation.Rule(
            KINDS[SeatingRule.Kind(rule.kind)], rule.participant.ref, other.ref, with_coach=rule.coach is not None
        )
