"""Table plans as they are stored: proposed, used, changed by hand, taken back."""

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEvent
from programmes import loading
from programmes.models import Coach, Experience, Seat, SeatingRule, Table, TablePlan
from programmes.services import cohorts, seating
from programmes.services.seating import BreaksRule, Changed, NoPlan
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_room(london):
    """Forty people, six of them new to lay roles, and eight coaches."""
    for number in range(1, 41):
        make.participant(london, experience=Experience.NONE if number <= 6 else Experience.FROM_1_TO_3)
    for _ in range(8):
        make.coach(london)
    return london


@pytest.fixture
def day(full_room):
    return full_room.days.get(number=1)


@pytest.fixture
def planned(day):
    return seating.confirm(day=day, proposal=seating.propose(day=day))


def table_of(plan, participant):
    return plan.seats.get(participant=participant).table.number


def test_propose_saves_nothing(day):
    proposal = seating.propose(day=day)

    assert (len(proposal.plan.tables), proposal.base_version, TablePlan.objects.count()) == (8, 0, 0)
    assert all(check.is_met for check in proposal.checks())


def test_confirm_saves_eight_tables_of_five(day, olive):
    plan = seating.confirm(day=day, proposal=seating.propose(day=day, seed=4), by=olive)

    assert (plan.version, plan.seed, plan.made_by) == (1, 4, olive)
    assert [table.seats.count() for table in plan.tables.all()] == [5] * 8
    assert AuditEvent.objects.get(verb="tables_planned").detail == {"day": 1, "version": 1, "tables": 8}


def test_confirm_refuses_a_proposal_for_people_who_have_changed(day, full_room):
    proposal = seating.propose(day=day)
    cohorts.withdraw(participant=full_room.participants.first(), by=None)

    with pytest.raises(Changed):
        seating.confirm(day=day, proposal=proposal)

    assert TablePlan.objects.count() == 0


def test_confirm_refuses_a_proposal_made_before_another_plan(day):
    early = seating.propose(day=day, seed=2)
    seating.confirm(day=day, proposal=seating.propose(day=day))

    with pytest.raises(Changed):
        seating.confirm(day=day, proposal=early)


def test_propose_after_a_withdrawal_takes_seven_tables(day, full_room):
    cohorts.withdraw(participant=full_room.participants.first(), by=None)

    assert len(seating.propose(day=day).plan.tables) == 7


def test_propose_refuses_in_words(day, full_room):
    Coach.objects.filter(ref__in=["C7", "C8"]).delete()

    with pytest.raises(NoPlan) as refusal:
        seating.propose(day=day)

    sentence = "40 people need 7 or 8 tables, each with a coach, but only 6 coaches can come on day 1."
    assert refusal.value.sentence == sentence


def test_latest_plans_are_the_newest_of_each_day(day, full_room, planned, django_assert_num_queries):
    second = full_room.days.get(number=2)
    seating.confirm(day=second, proposal=seating.propose(day=second))
    newer = seating.confirm(day=day, proposal=seating.propose(day=day, seed=2))

    with django_assert_num_queries(3):
        plans = seating.latest_plans(full_room)
        seats = [seat.participant.person.name for t in plans[1].tables.all() for seat in t.seats.all()]

    assert ({number: plan.version for number, plan in plans.items()}, len(seats)) == ({1: newer.version, 2: 1}, 40)


@pytest.mark.parametrize("count", (5, 40))
def test_problem_costs_the_same_for_few_and_many(london, count, django_assert_num_queries):
    for _ in range(count):
        make.participant(london)
    for _ in range(count // 5):
        make.coach(london)
    first, second = london.days.get(number=1), london.days.get(number=2)
    seating.confirm(day=first, proposal=seating.propose(day=first))

    with django_assert_num_queries(7):
        problem = loading.problem_for(second)

    assert (len(problem.people), len(problem.earlier[0].tables)) == (count, count // 5)


def test_problem_knows_rules_and_availability(day, full_room):
    first, second = full_room.participants.order_by("ref")[:2]
    SeatingRule.objects.create(cohort=full_room, kind="APART", participant=first, other_participant=second)
    full_room.coaches.get(ref="C1").days.remove(day)

    problem = loading.problem_for(day)

    assert [(rule.kind, rule.a, rule.b) for rule in problem.pairs] == [("apart", "T01", "T02")]
    assert [coach.ref for coach in problem.coaches if not coach.is_available] == ["C1"]


# --- by hand -------------------------------------------------------------------------------------------------
def experienced_at(plan, number):
    return plan.seats.filter(table__number=number, participant__experience=Experience.FROM_1_TO_3).first().participant


def test_move_to_a_table_refuses_to_leave_four_behind(day, planned, olive):
    person = experienced_at(planned, 1)

    with pytest.raises(BreaksRule) as refusal:
        seating.move(day=day, version=1, participant=person, table_number=2, by=olive)

    assert refusal.value.sentence == "Table 1 would have 4 people."
    assert TablePlan.objects.count() == 1


def test_move_after_a_withdrawal_mends_the_small_table(full_room, olive):
    """41 people at 8 tables: one table has six, and somebody withdraws from a table of five."""
    cohorts.change(
        cohort=full_room,
        version=1,
        title="London",
        region="London",
        capacity=41,
        time_zone="Europe/London",
        dates=make.DATES,
    )
    make.participant(full_room)
    day = full_room.days.get(number=1)
    plan = seating.confirm(day=day, proposal=seating.propose(day=day))
    large = next(table for table in plan.tables.all() if table.seats.count() == 6)
    small = next(table for table in plan.tables.all() if table.seats.count() == 5)
    cohorts.withdraw(participant=experienced_at(plan, small.number), by=olive)
    mover = experienced_at(plan, large.number)

    changed = seating.move(day=day, version=1, participant=mover, table_number=small.number, by=olive)

    assert (changed.version, table_of(changed, mover), changed.seats.count()) == (2, small.number, 40)


def test_swap_two_people_is_a_new_version(day, planned, olive):
    one, other = experienced_at(planned, 1), experienced_at(planned, 2)

    changed = seating.swap(day=day, version=1, participant=one, other=other, by=olive)

    assert (table_of(changed, one), table_of(changed, other), changed.version) == (2, 1, 2)
    assert (table_of(planned, one), table_of(planned, other)) == (1, 2)  # history stays


def test_swap_refuses_to_break_a_rule_that_holds(day, full_room, planned, olive):
    one, stays = planned.seats.filter(table__number=1)[:2]
    other = planned.seats.filter(table__number=2).first()
    SeatingRule.objects.create(
        cohort=full_room, kind="TOGETHER", participant=one.participant, other_participant=stays.participant
    )

    with pytest.raises(BreaksRule) as refusal:
        seating.swap(day=day, version=1, participant=one.participant, other=other.participant, by=olive)

    names = f"{one.participant.person.name} and {stays.participant.person.name}"
    assert f"{names} must sit together." in refusal.value.sentence


def test_swap_refuses_the_second_of_two_organisers(day, planned, olive):
    one, other = experienced_at(planned, 1), experienced_at(planned, 2)
    seating.swap(day=day, version=1, participant=one, other=other, by=olive)

    with pytest.raises(Changed):
        seating.swap(day=day, version=1, participant=one, other=other, by=olive)

    assert TablePlan.objects.count() == 2


def test_undo_brings_the_one_before_back_and_keeps_the_other(day, planned, olive):
    seating.confirm(day=day, proposal=seating.propose(day=day, seed=2))

    standing = seating.undo(day=day, version=2, by=olive)

    assert (standing, TablePlan.objects.count()) == (planned, 2)
    assert seating.undo(day=day, version=1, by=olive) is None
    newest = seating.confirm(day=day, proposal=seating.propose(day=day))
    assert newest.version == 3  # a version never means two plans


# --- what the database itself refuses --------------------------------------------------------------------------
@pytest.mark.parametrize(
    "breaking",
    [
        lambda plan: Seat.objects.create(
            plan=plan, table=plan.tables.last(), participant=plan.tables.first().seats.first().participant
        ),
        lambda plan: Table.objects.create(plan=plan, number=9, coach=plan.tables.first().coach),
        lambda plan: TablePlan.objects.create(day=plan.day, version=plan.version),
        lambda plan: SeatingRule.objects.create(
            cohort=plan.day.cohort, kind="APART", participant=plan.seats.first().participant
        ),
        lambda plan: SeatingRule.objects.create(
            cohort=plan.day.cohort,
            kind="APART",
            participant=plan.seats.first().participant,
            other_participant=plan.seats.first().participant,
        ),
    ],
)
def test_database_refuses_what_must_not_be(planned, breaking):
    with pytest.raises(IntegrityError), transaction.atomic():
        breaking(planned)
