"""The demo's people: there once, the same each time, and no page without life."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from core.models import AuditEvent, Message
from evaluation.models import Wave
from evaluation.queries import wave_results
from laypartner import exchange
from laypartner.demo import clock, texts
from laypartner.demo.files import LONDON_FOLDER, rows, words
from laypartner.demo.load import load
from people.models import User
from people.roles import Role
from programmes.characteristics import Characteristic
from programmes.models import INTERACTIVE, Cohort, Slot
from programmes.models.participant import INEXPERIENCED
from programmes.services import seating
from recruitment.models import (
    AgreedScores,
    Application,
    Assignment,
    CharacteristicAnswer,
    ConflictOfInterest,
    Offer,
    PendingDecision,
    Review,
)
from recruitment.places import places_of
from recruitment.queries.duplicates import duplicates_waiting
from recruitment.ranking import ranking
from recruitment.scoring import Rules
from reports.models import Report

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 2)
AVERAGES = {
    "small_groups": (32, "4.7"),
    "table_coaches": (29, "4.6"),
    "patient_leaders": (29, "4.2"),
    "guest_speakers": (32, "4.2"),
    "darzi": (25, "4.1"),
    "managers": (32, "4.3"),
    "impact_on_others": (31, "4.3"),
    "recommend": (32, "4.6"),
}


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The demo, loaded once for this file and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(today=TODAY, say=lambda sentence: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def london_2017(_demo: None, db: None) -> Cohort:
    return Cohort.objects.get(slug="london-2017")


@pytest.fixture
def kss_next(_demo: None, db: None) -> Cohort:
    return Cohort.objects.get(slug="kss-next")


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


# --- loading ------------------------------------------------------------------------------------------------
def test_second_load_changes_nothing(london_2017):
    before = counts()
    out = StringIO()

    call_command("load_demo", "--today", "2027-01-01", stdout=out)

    assert counts() == before
    assert out.getvalue().splitlines() == [
        "London 2017 is there already. Nothing was changed.",
        "Kent, Surrey and Sussex is there already. Nothing was changed.",
        "The demo is ready.",
    ]


@pytest.mark.parametrize("text", ["yesterday", "02/03/2026", "2026-13-01"])
@pytest.mark.django_db
def test_load_refuses_what_is_not_a_date(text):
    before = counts()

    with pytest.raises(CommandError, match="is not a date"):
        call_command("load_demo", "--today", text)

    assert counts() == before


def test_clock_is_put_back(db):
    real = timezone.now

    with pytest.raises(RuntimeError), clock.at(timezone.now() - timedelta(days=1)):
        raise RuntimeError

    assert timezone.now is real


# --- London 2017 -----------------------------------------------------------------------------------------------
def test_london_has_the_published_figures(london_2017):
    results = wave_results(Wave.objects.get(cohort=london_2017, kind=Wave.Kind.IMMEDIATE)).as_dict()

    assert (results["forms"], results["able"], results["response_rate"]) == (32, 40, "80.0")
    assert {item["key"]: (item["n"], item["average"]) for item in results["items"]} == AVERAGES


def test_london_equals_its_cohort_folder(london_2017):
    """Importing the shipped folder finds nothing to change."""
    before = counts()

    exchange.import_cohort(LONDON_FOLDER)

    assert counts() == before


def test_london_people_are_as_the_brief_says(london_2017):
    participants = london_2017.participants.select_related("person")

    assert [participant.ref for participant in participants.order_by("ref")] == [f"T{n:02d}" for n in range(1, 41)]
    assert participants.filter(experience__in=INEXPERIENCED).count() == 6
    assert participants.values("person__area").distinct().count() == 8
    assert set(participants.values_list("lived_experience", flat=True)) == {"PATIENT", "CARER", "BOTH"}
    assert london_2017.coaches.count() == 8
    assert london_2017.programme.commissioner.name == "London Leadership Academy"


def test_london_two_people_share_one_address(london_2017):
    addresses = (
        london_2017.participants.filter(person__contact_routes__kind="EMAIL")
        .values("person__contact_routes__value")
        .annotate(people=Count("pk"))
    )

    assert sorted(addresses.values_list("people", flat=True))[-2:] == [1, 2]


def test_london_applications_are_all_scored_and_decided(london_2017):
    states = dict(london_2017.applications.values_list("state").annotate(Count("pk")))

    assert states == {"ACCEPTED": 40, "RESERVE": 7, "DECLINED": 11}
    assert set(london_2017.applications.annotate(n=Count("reviews")).values_list("n", flat=True)) == {2}


def test_london_sits_at_eight_tables_of_five_on_three_days(london_2017):
    plans = seating.latest_plans(london_2017)

    assert sorted(plans) == [1, 2, 3]
    for plan in plans.values():
        assert sorted(table.seats.count() for table in plan.tables.all()) == [5] * 8


def test_london_days_are_highly_interactive(london_2017):
    for day in london_2017.days.all():
        slots = [slot for slot in day.slots.all() if slot.kind != Slot.Kind.BREAK]
        worked = sum(slot.minutes for slot in slots if slot.kind in INTERACTIVE)
        assert worked / sum(slot.minutes for slot in slots) > 0.6
        assert any(slot.is_co_delivered for slot in slots)


def test_london_happened_in_2017_and_2018(london_2017):
    moments = AuditEvent.objects.filter(scope=f"cohort:{london_2017.pk}").values_list("at", flat=True)
    sent = Application.objects.filter(cohort=london_2017).values_list("submitted_at", flat=True)

    assert (min(moments).year, max(moments).year) == (2017, 2018)
    assert max(sent) < london_2017.applications_close_at
    assert min(sent) > london_2017.applications_open_at
    assert london_2017.applications_close_at.isoformat() == "2017-10-29T23:59:00+00:00"


def test_london_report_was_issued_to_the_commissioner(london_2017):
    report = Report.objects.get()

    commissioner = User.objects.get(email="conrad.bellamy@example.org")
    assert (report.cohort, report.version, report.issued_at.date()) == (london_2017, 1, date(2018, 2, 2))
    assert list(Report.objects.visible_to(commissioner)) == [report]


def test_london_letters_all_went(london_2017):
    states = Message.objects.filter(scope=f"cohort:{london_2017.pk}").values_list("state", flat=True).distinct()

    assert list(states) == ["SENT"]


# --- Kent, Surrey and Sussex ---------------------------------------------------------------------------------------
def test_kent_counts_its_dates_from_today(kss_next):
    dates = [day.date for day in kss_next.days.order_by("number")]

    assert kss_next.applications_open_at.date() == TODAY - timedelta(days=21)
    assert kss_next.applications_close_at.date() == TODAY + timedelta(days=14)
    assert [day.strftime("%a") for day in dates] == ["Thu", "Fri", "Tue"]
    assert timedelta(weeks=10) <= dates[0] - TODAY < timedelta(weeks=11)
    assert dates[-1] - TODAY < timedelta(weeks=19)


def test_kent_is_in_the_middle_of_recruitment(kss_next):
    states = dict(kss_next.applications.values_list("state").annotate(Count("pk")))

    assert states == {
        "ACCEPTED": 16,
        "OFFERED": 9,
        "TURNED_DOWN": 1,
        "LAPSED": 1,
        "RESERVE": 10,
        "DECLINED": 8,
        "AWAITING": 3,
        "SUBMITTED": 44,
    }
    assert set(kss_next.applications.values_list("source", flat=True)) == {"ONLINE", "PAPER", "PHONE"}
    assert kss_next.applications.filter(eligibility="NOT_ELIGIBLE").count() == 2
    assert PendingDecision.objects.filter(application__cohort=kss_next, outcome="ACCEPT").count() == 6
    assert places_of(kss_next).left == 40 - 16 - 9


def test_kent_has_seventy_applications_scored_by_two_of_six_reviewers(kss_next):
    scored = dict(kss_next.applications.values_list("agreed_scores__reviews").annotate(Count("pk")))
    given = Assignment.objects.filter(application__cohort=kss_next).values_list("reviewer").annotate(Count("pk"))
    loads = [load for _, load in given]
    pairs = set(ConflictOfInterest.objects.values_list("application", "reviewer"))

    assert scored == {2: 70, 0: 12, None: 10}
    assert len(ranking(kss_next)) == 70
    assert (len(loads), sum(loads)) == (6, 82 * 2)
    assert max(loads) - min(loads) <= 1
    assert len(pairs) == 3
    assert pairs.isdisjoint(Review.objects.values_list("application", "reviewer"))


def test_kent_has_differences_settled_and_to_settle(kss_next):
    rules = Rules()
    scored = AgreedScores.objects.filter(application__cohort=kss_next, reviews=2, application__state="SUBMITTED")
    waiting = [
        row
        for row in scored.filter(is_moderated=False)
        if row.widest_gap >= rules.wide_gap
        or row.highest_total - row.lowest_total >= rules.wide_total_gap
        or row.lowest_total < rules.cut <= row.highest_total
    ]

    assert scored.filter(is_moderated=True).count() == 4
    assert len(waiting) >= 4


def test_kent_has_silent_offers_reminded_and_none_run_out(kss_next):
    offers = Offer.objects.filter(application__cohort=kss_next, answered_at=None, ended_at=None)

    assert offers.count() == 9
    assert min(offers.values_list("reply_by", flat=True)).date() >= TODAY
    assert set(offers.values_list("reminders_sent", flat=True)) == {1}


def test_kent_has_forms_begun_channels_and_nominations(kss_next):
    assert kss_next.drafts.count() == 5
    assert kss_next.channels.count() == 5
    assert dict(kss_next.nomination_requests.values_list("area").annotate(Count("nominations"))) == {
        "Medway": 2,
        "Hastings": 1,
        "Brighton and Hove": 1,
        "Crawley": 0,
        "Guildford": 0,
    }


def test_kent_has_one_person_who_applied_twice(kss_next):
    pairs = duplicates_waiting(kss_next)

    assert pairs == 1


def test_kent_has_nothing_in_the_future(kss_next):
    for moments in (
        AuditEvent.objects.filter(scope=f"cohort:{kss_next.pk}").values_list("at", flat=True),
        kss_next.applications.values_list("submitted_at", flat=True),
        Review.objects.filter(application__cohort=kss_next).values_list("saved_at", flat=True),
    ):
        assert max(moments).date() < TODAY


def test_kent_has_a_plan_for_day_1_and_an_open_wave_with_answers(kss_next):
    wave = Wave.objects.get(cohort=kss_next)

    assert {number: plan.seats.count() for number, plan in seating.latest_plans(kss_next).items()} == {1: 16}
    assert (wave.kind, wave.responses.count(), wave.invitations.count()) == (Wave.Kind.BEFORE, 5, 16)
    assert wave.invitations.filter(has_answered=True).count() == 5


def test_kent_outbox_has_something_to_decide(kss_next):
    states = set(Message.objects.filter(scope=f"cohort:{kss_next.pk}").values_list("state", "channel"))

    assert {("DUE", "POST"), ("FAILED", "EMAIL"), ("UNCERTAIN", "EMAIL"), ("SENT", "EMAIL")} <= states


# --- everybody -----------------------------------------------------------------------------------------------------
def test_every_role_is_held_by_somebody(london_2017):
    held = {role for user in User.objects.all() for role in user.get_roles()}

    assert held == set(Role)


def test_organiser_of_kent_alone_sees_nothing_of_london(london_2017, kss_next):
    kit = User.objects.get(email="kit.harrowgate@example.org")

    assert list(Cohort.objects.visible_to(kit)) == [kss_next]


def test_coach_is_one_of_the_coaches(london_2017):
    coach = User.objects.get(email="philomena.achterberg@example.org")

    assert coach.person.coachings.get().ref == "C1"


def test_no_two_answers_are_alike(london_2017):
    answers = list(CharacteristicAnswer.objects.values_list("text", flat=True))

    assert len(answers) == (58 + 92) * 7
    assert len(set(answers)) == len(answers)
    assert min(map(len, answers)) > 80


def test_everybody_has_an_invented_address():
    addresses = [row["email"] for name in ("applicants-london.csv", "applicants-kent.csv") for row in rows(name)]
    addresses += [row["email"] for row in rows("london-2017/participants.csv")]
    addresses += [member["email"] for member in words("team")["member"]]

    assert all(address == "" or address.endswith("@example.org") for address in addresses)


def test_texts_are_the_same_each_time():
    first = texts.answers(3, experience="NONE", lived_experience="CARER")

    assert first == texts.answers(3, experience="NONE", lived_experience="CARER")
    assert list(first) == list(Characteristic)
    assert texts.scores(3, level=3.0, reviewer=0) == texts.scores(3, level=3.0, reviewer=0)


def test_scores_are_marks_with_reasons_and_reviewers_sometimes_differ():
    apart = set()
    for number in range(60):
        one, two = (texts.scores(number, level=2.5, reviewer=reviewer) for reviewer in (0, 1))
        for item in Characteristic:
            assert 0 <= one[item][0] <= 4
            assert one[item][1]
            apart.add(abs(one[item][0] - two[item][0]))

    assert apart == {0, 1}


def test_loading_needs_only_a_database_and_says_how_it_goes(tmp_path):
    """In a process of its own, as `make demo` runs it."""
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3", "DEBUG": "1", "PATH": "/usr/bin:/bin"}

    for command in (["migrate", "-v0"], ["load_demo"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")

    assert done.stdout.splitlines() == [
        "London 2017: 58 applications, 40 people, three days, 32 forms, one report …",
        "Kent, Surrey and Sussex: 92 applications so far, 16 people accepted …",
        "The demo is ready.",
    ]
