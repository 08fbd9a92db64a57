"""The front door, today's page and a cohort's overview."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Message
from laypartner.demo import clock
from laypartner.needs import needs
from laypartner.stages import stages
from laypartner.standing import standings
from programmes.models import Cohort
from programmes.services import cohorts, seating
from recruitment.models import Application, PendingDecision
from recruitment.services import offering
from tests import make

pytestmark = pytest.mark.django_db


def coming(slug="coming", *, in_days=30, **fields):
    first = timezone.localdate() + timedelta(days=in_days)
    return make.cohort(slug, dates=(first, first + timedelta(1), first + timedelta(50)), **fields)


def sentences(cohort, user):
    return [need.sentence for need in needs(standings([cohort], user))]


# --- home ----------------------------------------------------------------------------------------------------
def test_home_shows_open_calls_only(client, london):
    make.cohort("shut", title="A shut one")

    page = client.get("/")

    assert (page.status_code, [row.slug for row in page.context["cohorts"]]) == (200, ["london-2017"])


# --- today ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", (1, 50))
def test_today_costs_the_same_for_one_cohort_and_for_fifty(signed_in, amina, london, rows, django_assert_num_queries):
    for number in range(rows - 1):
        made = coming(f"c-{number}", programme=london.programme)
        make.participant(made)
        make.application(made)
    make.participant(london)
    make.application(london)
    browser = signed_in(amina)

    with django_assert_num_queries(15):
        page = browser.get("/today/")

    assert len(page.context["cards"]) == rows


def test_today_lists_what_waits_most_urgent_first(olive, amina, london):
    cohort = coming(programme=london.programme, in_days=10)
    applications = [make.application(cohort) for _ in range(3)]
    for reviewer in (olive, amina):
        make.review(applications[0], reviewer)
    make.review(applications[1], olive)
    make.participant(cohort)
    Message.objects.create(
        key="a", to="a@x.uk", subject="s", text="t", scope=f"cohort:{cohort.pk}", state="FAILED", due_at=timezone.now()
    )

    assert sentences(cohort, amina) == [
        "1 letter did not go out, or may not have arrived",
        "Tables for day 1 are not planned",
        "3 days have no sessions yet",
        "2 applications wait for reviews",
        "1 application waits for a decision",
    ]


def test_today_follows_an_application_from_agreement_to_answer(olive, amina, london):
    cohort = coming(programme=london.programme)
    make.settings(cohort, reviews_per_application=1)
    awaiting, scored, prepared, offered = (make.application(cohort) for _ in range(4))
    Application.objects.filter(pk=awaiting.pk).update(state="AWAITING")
    for application in (scored, prepared, offered):
        make.review(application, olive)
    PendingDecision.objects.create(application=prepared, outcome="DECLINE", reason="One issue only.", by=olive)
    with clock.at(timezone.now() - timedelta(days=4)):
        offering.offer(application=offered, reason="Strong on all seven.", by=olive)

    assert sentences(cohort, olive) == []  # she organises London only
    assert [line for line in sentences(cohort, amina) if "sessions" not in line] == [
        "1 offer is unanswered after 3 days",
        "1 decision is prepared and not released",
        "1 application waits for the person’s agreement",
        "1 application waits for a decision",
    ]


def test_today_asks_for_feedback_once_the_days_are_over(olive, london):
    make.participant(london)

    assert "The days are over and nobody has been asked for feedback" in sentences(london, olive)


def test_today_says_who_has_no_seat_and_which_table_is_too_small(olive, amina, london):
    cohort = coming(programme=london.programme)
    for _ in range(10):
        make.participant(cohort)
    make.coach(cohort)
    make.coach(cohort)
    day = cohort.days.get(number=1)
    seating.confirm(day=day, proposal=seating.propose(day=day))
    late = make.participant(cohort)
    first = sentences(cohort, amina)
    cohorts.withdraw(participant=late, by=amina)
    cohorts.withdraw(participant=cohort.participants.first(), by=amina)

    assert "1 person has no seat on day 1" in first
    assert "Day 1: 9 people cannot sit at tables of 5 or 6: 6 people would fit, and so would 10" in sentences(
        cohort, amina
    )


def test_today_asks_nobody_for_what_they_may_not_do(alan, london):
    make.participant(london)
    make.application(london)

    assert sentences(london, alan) == []


def test_today_shows_no_others_cohorts(signed_in, stranger, london, kent):
    page = signed_in(stranger).get("/today/")

    assert [card["row"].cohort.slug for card in page.context["cards"]] == ["kent"]
    assert "London 2017" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "link"), [("carol", "/my-table/"), ("connie", "/reports/"), ("ruth", "Applications to score")]
)
def test_today_shows_the_way_to_those_with_one_task(request, signed_in, who, link):
    assert link in signed_in(request.getfixturevalue(who)).get("/today/").content.decode()


def test_today_without_any_role_says_what_to_do(signed_in):
    assert "You have no role yet." in signed_in(make.user("new@example.org")).get("/today/").content.decode()


def test_today_first_time_offers_to_open_a_cohort(signed_in, amina, london):
    Cohort.objects.filter(pk=london.pk).update(programme=make.programme("Another"))

    assert "Open your first cohort." in signed_in(amina).get("/today/").content.decode()


# --- stages --------------------------------------------------------------------------------------------------
def states(cohort, user):
    return [stage["state"] for stage in stages(standings([cohort], user)[0])]


def test_stages_of_a_cohort_that_is_recruiting(amina, london):
    cohort = coming(programme=london.programme, open=True)

    assert states(cohort, amina) == ["current", "todo", "todo", "todo", "todo", "todo"]


def test_stages_of_a_cohort_that_waits_for_decisions(amina, london):
    cohort = coming(programme=london.programme, applications_close_at=timezone.now() - timedelta(days=1))
    make.participant(cohort)
    make.application(cohort)

    assert states(cohort, amina) == ["done", "current", "todo", "todo", "todo", "todo"]


def test_stages_of_a_cohort_whose_days_are_over(amina, london):
    Cohort.objects.filter(pk=london.pk).update(applications_close_at=london.applications_open_at + timedelta(days=1))
    london.refresh_from_db()
    make.participant(london)

    assert states(london, amina) == ["done", "done", "done", "done", "current", "todo"]


# --- overview ------------------------------------------------------------------------------------------------
def test_overview_funnel_counts_how_far_people_got(signed_in, olive, london):
    for _ in range(4):
        make.application(london)
    Application.objects.filter(pk=make.application(london).pk).update(state="WITHDRAWN")
    make.participant(london)

    funnel = signed_in(olive).get("/cohorts/london-2017/").context["overview"].funnel

    assert [(step.label, step.count, step.width, step.share) for step in funnel.steps] == [
        ("Applied", 4, "100.00", ""),
        ("Have a place", 1, "25.00", "25.0 %"),
        ("Have a seat", 0, "0.00", "0.0 %"),
        ("Sent feedback", 0, "0.00", "0.0 %"),
    ]


def test_overview_of_an_empty_cohort_draws_no_bars(signed_in, olive, london):
    funnel = signed_in(olive).get("/cohorts/london-2017/").context["overview"].funnel

    assert [(step.count, step.width, step.share) for step in funnel.steps] == [(0, "0", "")] * 3


def test_overview_tells_the_next_three_dates(signed_in, amina, london):
    cohort = coming(programme=london.programme, open=True)

    dates = signed_in(amina).get("/cohorts/coming/").context["overview"].coming

    days = list(cohort.days.values_list("date", flat=True))
    assert [(entry.on, entry.what) for entry in dates[1:]] == [(days[0], "Day 1"), (days[1], "Day 2")]
    assert dates[0].what == "Applications close"


def test_overview_tells_what_changed_and_by_whom(signed_in, olive, london):
    for _ in range(3):
        cohorts.enrol(cohort=london, person=make.person(), experience="NONE", lived_experience="CARER", by=olive)

    lines = signed_in(olive).get("/cohorts/london-2017/").context["lines"]

    assert [(line.words, line.by, line.count) for line in lines] == [("Gave somebody a place", "Olive", 3)]


@pytest.mark.parametrize("rows", (1, 50))
def test_overview_costs_the_same_for_few_people_and_many(signed_in, olive, london, rows, django_assert_num_queries):
    for _ in range(rows):
        make.participant(london)
        make.application(london)
    browser = signed_in(olive)

    with django_assert_num_queries(18):
        browser.get("/cohorts/london-2017/")
