"""Planning tables in the browser, and what a coach sees of it."""

import pytest

from people.models import AccessNeed
from programmes.models import Experience, TablePlan
from programmes.services import cohorts, seating
from tests import make

pytestmark = pytest.mark.django_db
TABLES = "/cohorts/london-2017/tables/"
DAY = f"{TABLES}day/1/"


def fill(london, people=10, coaches=2):
    for number in range(people):
        make.participant(london, experience=Experience.NONE if number < 2 else Experience.OVER_3)
    for _ in range(coaches):
        make.coach(london)
    return london.days.get(number=1)


@pytest.fixture
def day(london):
    return fill(london)


@pytest.fixture
def plan(day):
    return seating.confirm(day=day, proposal=seating.propose(day=day))


# --- looking -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("people", (5, 50))
def test_tables_cost_the_same_for_few_and_many(signed_in, olive, london, people, django_assert_num_queries):
    day = fill(london, people, people // 5)
    seating.confirm(day=day, proposal=seating.propose(day=day))
    browser = signed_in(olive)

    with django_assert_num_queries(14):
        page = browser.get(DAY)

    assert page.context["board"].seated_count == people


@pytest.mark.parametrize("people", (5, 50))
def test_all_days_cost_the_same_for_few_and_many(signed_in, olive, london, people, django_assert_num_queries):
    fill(london, people, people // 5)
    for day in london.days.all():
        seating.confirm(day=day, proposal=seating.propose(day=day))
    browser = signed_in(olive)

    with django_assert_num_queries(14):
        page = browser.get(f"{TABLES}all/")

    assert (len(page.context["rows"]), len(page.context["boards"])) == (people, 3)


def test_tables_before_anybody_has_a_place(signed_in, olive, london):
    assert "Nobody has a place yet." in signed_in(olive).get(DAY).content.decode()


def test_tables_say_what_a_withdrawal_did(signed_in, olive, plan):
    first = plan.tables.first()
    cohorts.withdraw(participant=first.seats.filter(participant__experience="OVER_3").first().participant, by=olive)

    page = signed_in(olive).get(DAY).content.decode()

    assert "Table 1 has 4 people." in page
    assert "9 people cannot sit at tables of 5 or 6: 6 people would fit, and so would 10." in page
    assert "this chair is empty" in page


def test_tables_name_those_without_a_seat(signed_in, olive, london, plan):
    make.participant(london, name="Latecomer")

    page = signed_in(olive).get(DAY)

    assert [person.person.name for person in page.context["board"].unseated] == ["Latecomer"]
    assert "Latecomer has no seat." in page.content.decode()


@pytest.mark.parametrize("number", ("0", "4", "99999999999999999999"))
def test_tables_of_a_day_that_is_not_there(signed_in, olive, day, number):
    assert signed_in(olive).get(f"{TABLES}day/{number}/").status_code == 404


def test_tables_export_has_a_row_a_seat(signed_in, olive, plan):
    page = signed_in(olive).get(f"{TABLES}export/?export=csv")

    rows = page.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Day,Date,Table,Coach,Ref,Name,Experience"
    assert len(rows) == 11
    assert page["Content-Disposition"] == 'attachment; filename="tables-london-2017.csv"'


def test_tables_export_in_another_format_is_refused(signed_in, olive, plan):
    assert signed_in(olive).get(f"{TABLES}export/?export=pdf").status_code == 400


# --- planning ------------------------------------------------------------------------------------------------
def test_plan_shows_a_proposal_and_saves_nothing(signed_in, olive, day):
    page = signed_in(olive).get(f"{DAY}plan/?seed=7")

    assert (page.status_code, page.context["proposal"].seed, TablePlan.objects.count()) == (200, 7, 0)
    assert [len(table.people) for table in page.context["board"].tables] == [5, 5]


@pytest.mark.parametrize("seed", ("", "abc", "-1", "1.5", "٣", "9" * 30))
def test_plan_takes_the_first_arrangement_for_a_seed_it_cannot_read(signed_in, olive, day, seed):
    assert signed_in(olive).get(f"{DAY}plan/", {"seed": seed}).context["proposal"].seed == 1


def test_use_saves_the_plan_that_was_looked_at(signed_in, olive, day):
    browser = signed_in(olive)
    proposal = browser.get(f"{DAY}plan/?seed=3").context["proposal"]

    page = browser.post(f"{DAY}use/", {"seed": "3", "fingerprint": proposal.fingerprint, "newcomers": "yes"})

    saved = TablePlan.objects.get()
    assert (page["Location"], saved.seed, saved.made_by) == (DAY, 3, olive)
    stored = {t.number: sorted(s.participant.ref for s in t.seats.all()) for t in saved.tables.all()}
    assert stored == {table.number: list(table.people) for table in proposal.plan.tables}


def test_use_refuses_a_proposal_that_is_out_of_date(signed_in, olive, london, day):
    browser = signed_in(olive)
    proposal = browser.get(f"{DAY}plan/").context["proposal"]
    make.participant(london)

    page = browser.post(f"{DAY}use/", {"seed": "1", "fingerprint": proposal.fingerprint}, follow=True)

    assert "Nothing was saved: look again." in page.content.decode()
    assert TablePlan.objects.count() == 0


def test_plan_says_in_words_why_there_is_none(signed_in, olive, london):
    fill(london, 10, 1)

    page = signed_in(olive).get(f"{DAY}plan/").content.decode()

    assert "10 people need 2 tables, each with a coach, but only 1 coach can come on day 1." in page


def test_plan_for_a_lone_newcomer_offers_to_leave_the_rule_out(signed_in, olive, london):
    fill(london)
    london.participants.filter(ref="T02").update(experience=Experience.OVER_3)
    browser = signed_in(olive)

    refused = browser.get(f"{DAY}plan/").content.decode()
    page = browser.get(f"{DAY}plan/?without-newcomers")
    browser.post(f"{DAY}use/", {"seed": "1", "fingerprint": page.context["proposal"].fingerprint, "newcomers": "no"})

    assert "Plan without these two rules" in refused
    assert "Rules left out" in page.content.decode()
    assert TablePlan.objects.count() == 1


def test_undo_takes_the_plan_back(signed_in, olive, plan):
    page = signed_in(olive).post(f"{DAY}undo/", {"version": "1"}, follow=True)

    assert "Day 1 has no plan now." in page.content.decode()
    assert seating.latest_plans(plan.day.cohort) == {}


@pytest.mark.parametrize("version", ("", "2", "abc", "9" * 30))
def test_undo_refuses_a_version_that_does_not_stand(signed_in, olive, plan, version):
    page = signed_in(olive).post(f"{DAY}undo/", {"version": version}, follow=True)

    assert "Somebody else changed this plan" in page.content.decode()
    assert seating.latest_plans(plan.day.cohort) == {1: plan}


# --- by hand -------------------------------------------------------------------------------------------------
def seated(plan, table, experience="OVER_3"):
    return plan.seats.filter(table__number=table, participant__experience=experience).first().participant


def test_move_offers_only_what_keeps_the_rules_and_says_why_not(signed_in, olive, plan):
    person = seated(plan, 1)

    page = signed_in(olive).get(f"{DAY}move/{person.pk}/")

    assert list(page.context["form"].fields) == ["other"]
    assert page.context["options"].refused_tables() == [("Table 2", ("Table 1 would have 4 people.",))]


def test_move_lets_two_people_change_places(signed_in, olive, plan):
    person, other = seated(plan, 1), seated(plan, 2)

    page = signed_in(olive).post(f"{DAY}move/{person.pk}/", {"version": "1", "other": other.ref})

    standing = seating.latest_plan(plan.day)
    tables = {seat.participant_id: seat.table.number for seat in standing.seats.select_related("table")}
    assert (page["Location"], standing.version, tables[person.pk], tables[other.pk]) == (DAY, 2, 2, 1)


def test_move_finds_a_seat_for_a_latecomer(signed_in, olive, london, plan):
    late = make.participant(london, experience=Experience.OVER_3)

    page = signed_in(olive).post(f"{DAY}move/{late.pk}/", {"version": "1", "table": "2"})

    assert (page.status_code, seating.latest_plan(plan.day).seats.get(participant=late).table.number) == (302, 2)


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"version": "1"},
        {"version": "1", "table": "9"},
        {"version": "1", "other": "T99"},
        {"version": "7", "table": "2"},
        {"version": "x", "table": "2"},
    ],
)
def test_move_refuses_bad_input_and_changes_nothing(signed_in, olive, london, plan, posted):
    late = make.participant(london, experience=Experience.OVER_3)

    page = signed_in(olive).post(f"{DAY}move/{late.pk}/", posted)

    assert (page.status_code, TablePlan.objects.count()) == (422, 1)


def test_move_refuses_a_table_and_a_person_at_once(signed_in, olive, london):
    day = fill(london, people=11)
    plan = seating.confirm(day=day, proposal=seating.propose(day=day))
    large = next(table for table in plan.tables.all() if table.seats.count() == 6)
    small = next(table for table in plan.tables.all() if table.seats.count() == 5)
    person, other = seated(plan, large.number), seated(plan, small.number)
    both = {"version": "1", "table": str(small.number), "other": other.ref}

    page = signed_in(olive).post(f"{DAY}move/{person.pk}/", both)

    assert (page.status_code, TablePlan.objects.count()) == (422, 1)
    assert "Choose a table or a person, one of the two." in page.content.decode()


def test_move_is_for_people_of_this_cohort(signed_in, olive, plan, kent):
    assert signed_in(olive).get(f"{DAY}move/{make.participant(kent).pk}/").status_code == 404


def test_move_before_there_is_a_plan(signed_in, olive, london, day):
    person = london.participants.first()

    assert "Plan the tables first." in signed_in(olive).get(f"{DAY}move/{person.pk}/").content.decode()


def test_access_lead_looks_and_does_not_plan(signed_in, alan, plan):
    browser = signed_in(alan)
    person = plan.seats.first().participant

    answers = [
        browser.get(DAY).status_code,
        browser.get(f"{DAY}plan/").status_code,
        browser.post(f"{DAY}use/").status_code,
        browser.post(f"{DAY}undo/", {"version": "1"}).status_code,
        browser.post(f"{DAY}move/{person.pk}/", {"version": "1", "table": "2"}).status_code,
    ]

    assert (answers, TablePlan.objects.count()) == ([200, 404, 404, 404, 404], 1)
    assert "Move" not in browser.get(DAY).content.decode()


# --- a coach's own table -----------------------------------------------------------------------------------------
@pytest.fixture
def carols_plan(carol, london):
    day = fill(london, coaches=1)
    return seating.confirm(day=day, proposal=seating.propose(day=day))


def test_my_table_shows_who_sits_with_me_and_nobody_else(signed_in, carol, carols_plan):
    mine = carols_plan.tables.get(coach__person=carol.person)
    others = carols_plan.tables.exclude(pk=mine.pk).get()

    page = signed_in(carol).get("/my-table/").content.decode()

    assert all(seat.participant.person.name in page for seat in mine.seats.all())
    assert not any(seat.participant.person.name in page.split() for seat in others.seats.all())


def test_my_table_tells_no_contact_details_and_no_needs(signed_in, carol, carols_plan):
    person = carols_plan.tables.get(coach__person=carol.person).seats.first().participant.person
    AccessNeed.objects.create(person=person, description="A canary in the access needs")

    page = signed_in(carol).get("/my-table/").content.decode()

    assert "canary" not in page
    assert "@example.org" not in page


def test_my_table_follows_the_plan_that_stands(signed_in, carol, carols_plan):
    seating.undo(day=carols_plan.day, version=1, by=None)

    assert "You have no table yet." in signed_in(carol).get("/my-table/").content.decode()


@pytest.mark.parametrize("people", (10, 50))
def test_my_table_costs_the_same_for_few_and_many(signed_in, carol, london, people, django_assert_num_queries):
    fill(london, people, people // 5 - 1)
    for day in london.days.all():
        seating.confirm(day=day, proposal=seating.propose(day=day))
    browser = signed_in(carol)

    with django_assert_num_queries(5):
        page = browser.get("/my-table/")

    assert len(page.context["past"]) == 3


@pytest.mark.parametrize("who", ("olive", "alan", "ruth", "connie", "stranger"))
def test_my_table_is_for_coaches(request, signed_in, who):
    assert signed_in(request.getfixturevalue(who)).get("/my-table/").status_code == 404
