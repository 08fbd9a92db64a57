"""Opening cohorts, changing them, and who has a place."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import AuditEvent
from people.models import Organisation, RoleAssignment
from people.roles import Role
from programmes.models import Cohort, Day, Experience, Participant
from programmes.services import cohorts
from programmes.services.cohorts import AlreadyHasPlace, BadCohort, Changed, CohortFull
from tests import make

pytestmark = pytest.mark.django_db
DATES = make.DATES


def settings_of(**changes):
    return {
        "title": "London 2017",
        "region": "London",
        "capacity": 40,
        "time_zone": "Europe/London",
        "dates": DATES,
    } | changes


def create(slug="new-one", **changes):
    return cohorts.create(programme=make.programme(), slug=slug, **settings_of(**changes))


# --- the programme -----------------------------------------------------------------------------------------
def test_programme_named_ships_its_statements_once():
    body = make.organisation()

    programme = cohorts.programme_named(name="The Effective Lay Partner", commissioner=body)
    again = cohorts.programme_named(name="The Effective Lay Partner", commissioner=body)

    counts = [
        related.count() for related in (programme.aims, programme.delivery_principles, programme.learning_objectives)
    ]
    assert (again, counts) == (programme, [3, 8, 6])


def test_programme_named_otherwise_has_no_statements_of_ours():
    programme = cohorts.programme_named(name="Another", commissioner=make.organisation())

    assert programme.aims.count() == 0


# --- create ------------------------------------------------------------------------------------------------
def test_create_makes_the_days_with_titles_and_an_organiser(olive):
    programme = cohorts.programme_named(name="The Effective Lay Partner", commissioner=make.organisation("A body"))

    cohort = cohorts.create(programme=programme, slug="next", by=olive, place="Town hall", **settings_of())

    assert list(cohort.days.values_list("number", "date", "title")) == [
        (1, date(2017, 11, 23), "Co-production"),
        (2, date(2017, 11, 24), "Collaboration"),
        (3, date(2018, 1, 16), "Continuing Development"),
    ]
    assert cohort.place == "Town hall"
    assert RoleAssignment.objects.get(cohort=cohort).role == Role.ORGANISER
    assert AuditEvent.objects.filter(verb="cohort_created", by=olive, subject_id=cohort.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"capacity": 0}, "capacity", "A cohort has from 1 to 400 places."),
        ({"capacity": 401}, "capacity", "A cohort has from 1 to 400 places."),
        ({"slug": "Not A Slug"}, "slug", None),
        ({"slug": "new"}, "slug", "“new” is the address of another page. Choose another short name."),
        ({"slug": "import"}, "slug", "“import” is the address of another page. Choose another short name."),
        (
            {"time_zone": "Mars/Olympus"},
            "time_zone",
            "We do not know the time zone “Mars/Olympus”. Use a name such as Europe/London.",
        ),
        ({"dates": ()}, "day_1", "A cohort has from 1 to 20 days."),
        (
            {"dates": (DATES[0], DATES[2], DATES[1])},
            "day_3",
            "Day 3 is before day 2. Dates go up from day to day.",
        ),
        (
            {"dates": (DATES[1], DATES[2], DATES[0])},
            "day_3",
            "Day 3 is before day 1. Dates go up from day to day.",
        ),
        (
            {"dates": (DATES[0], DATES[0], DATES[2])},
            "day_2",
            "Day 2 is the same date as day 1. Dates go up from day to day.",
        ),
        ({"dates": (date(1, 1, 1),)}, "day_1", "Day 1 must be between 1990 and 2100."),
        (
            {
                "applications_open_at": datetime(2017, 10, 29, tzinfo=UTC),
                "applications_close_at": datetime(2017, 10, 1, tzinfo=UTC),
            },
            "applications_close_at",
            "Applications close before they open. Choose a later closing time.",
        ),
    ],
)
def test_create_refuses_in_words_and_stores_nothing(changes, field, sentence):
    with pytest.raises(BadCohort) as refusal:
        create(**({"slug": "a-slug"} | changes))

    assert refusal.value.field == field
    assert sentence is None or refusal.value.sentence == sentence
    assert (Cohort.objects.count(), Day.objects.count()) == (0, 0)


def test_create_refuses_a_second_cohort_with_one_slug():
    create("one")

    with pytest.raises(BadCohort) as refusal:
        create("one")

    assert refusal.value.sentence == "There is already a cohort with the short name “one”. Choose another one."
    assert Cohort.objects.count() == 1


# --- change ------------------------------------------------------------------------------------------------
def test_change_saves_and_counts_the_version_up(london):
    dates = (date(2017, 11, 24), date(2018, 1, 16), date(2018, 1, 17))

    changed = cohorts.change(cohort=london, version=1, **settings_of(title="London again", dates=dates))

    assert (changed.title, changed.version) == ("London again", 2)
    assert tuple(changed.days.values_list("date", flat=True)) == dates


def test_change_refuses_the_second_of_two_savers(london):
    cohorts.change(cohort=london, version=1, **settings_of(title="The first"))

    with pytest.raises(Changed):
        cohorts.change(cohort=london, version=1, **settings_of(title="The second"))

    london.refresh_from_db()
    assert london.title == "The first"


def test_change_refuses_fewer_places_than_people(london):
    for _ in range(3):
        make.participant(london)

    with pytest.raises(BadCohort) as refusal:
        cohorts.change(cohort=london, version=1, **settings_of(capacity=2))

    assert refusal.value.sentence == "3 people already have a place. Offer at least 3 places."


def test_change_refuses_another_number_of_days(london):
    with pytest.raises(BadCohort) as refusal:
        cohorts.change(cohort=london, version=1, **settings_of(dates=DATES[:2]))

    assert refusal.value.sentence == "This cohort has 3 days. Give a date for each of them."


# --- places ------------------------------------------------------------------------------------------------
def enrol(cohort, **changes):
    person = changes.pop("person", None) or make.person()
    return cohorts.enrol(
        cohort=cohort, person=person, **({"experience": Experience.NONE, "lived_experience": "PATIENT"} | changes)
    )


def test_enrol_gives_the_next_free_ref(london):
    first = enrol(london)
    enrol(london, ref="T99")
    third = enrol(london)

    assert (first.ref, third.ref) == ("T01", "T100")
    assert AuditEvent.objects.filter(verb="enrolled", scope=f"cohort:{london.pk}").count() == 3


def test_enrol_refuses_one_more_than_there_are_places():
    cohort = make.cohort(capacity=2)
    enrol(cohort)
    enrol(cohort)

    with pytest.raises(CohortFull) as refusal:
        enrol(cohort)

    assert refusal.value.sentence == "London 2017 has no places left: all 2 are taken."
    assert cohort.participants.count() == 2


def test_enrol_twice_is_refused(london):
    person = make.person("Ana")
    enrol(london, person=person)

    with pytest.raises(AlreadyHasPlace) as refusal:
        enrol(london, person=person)

    assert refusal.value.sentence == "Ana already has a place in London 2017."


def test_enrol_gives_a_withdrawn_person_the_old_ref_back(london):
    person = make.person()
    first = enrol(london, person=person)
    cohorts.withdraw(participant=first, by=None)

    again = enrol(london, person=person, experience=Experience.OVER_3)

    assert (again.pk, again.ref, again.withdrawn_at, again.experience) == (first.pk, "T01", None, Experience.OVER_3)


def test_withdraw_frees_the_place_and_reinstate_needs_one():
    cohort = make.cohort(capacity=1)
    first = enrol(cohort)
    cohorts.withdraw(participant=first, by=None, reason="Moved away")
    enrol(cohort)

    with pytest.raises(CohortFull):
        cohorts.reinstate(participant=first, by=None)

    assert Participant.objects.able().count() == 1
    assert AuditEvent.objects.get(verb="withdrawn").reason == "Moved away"


def test_withdraw_and_reinstate_twice_change_nothing_more(london):
    participant = enrol(london)
    first = cohorts.withdraw(participant=participant, by=None).withdrawn_at
    second = cohorts.withdraw(participant=participant, by=None).withdrawn_at
    cohorts.reinstate(participant=participant, by=None)
    cohorts.reinstate(participant=participant, by=None)

    verbs = AuditEvent.objects.filter(subject_kind="programmes.participant").values_list("verb", flat=True)
    assert (first, list(verbs.order_by("pk"))) == (second, ["enrolled", "withdrawn", "reinstated"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="an in-memory SQLite cannot be opened twice")
def test_enrol_by_many_at_once_never_gives_a_place_twice():
    cohort = make.cohort(capacity=3)
    crowd = [make.person() for _ in range(12)]
    outcomes = []

    def try_one(person):
        try:
            outcomes.append(enrol(cohort, person=person).ref)
        except CohortFull:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_one, args=(person,)) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["T01", "T02", "T03", *["full"] * 9]


# --- what the database itself refuses ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "breaking",
    [
        lambda c: Cohort.objects.filter(pk=c.pk).update(capacity=0),
        lambda c: Cohort.objects.filter(pk=c.pk).update(applications_close_at=datetime(2000, 1, 1, tzinfo=UTC)),
        lambda c: make.cohort(c.slug),
        lambda c: Day.objects.create(cohort=c, number=1, date=date(2019, 1, 1)),
        lambda c: Day.objects.create(cohort=c, number=4, date=DATES[0]),
        lambda c: Day.objects.create(cohort=c, number=0, date=date(2019, 1, 1)),
        lambda c: make.participant(c, person=make.participant(c).person, ref="T77"),
        lambda c: [make.participant(c, "T05"), make.participant(c, "T05")],
        lambda c: Participant.objects.filter(pk=make.participant(c).pk).update(ref=""),
        lambda c: make.coach(c, day_rate=-1),
        lambda c: make.slot(c.days.first(), minutes=0),
        lambda c: (
            make.programme(c.programme.name).aims.create(number=1, text="a")
            and c.programme.aims.create(number=1, text="b")
        ),
    ],
)
def test_database_refuses_what_must_not_be(london, breaking):
    with pytest.raises(IntegrityError), transaction.atomic():
        breaking(london)


def test_organisation_stays_while_its_programme_does(london):
    with pytest.raises(IntegrityError):
        Organisation.objects.get(pk=london.programme.commissioner_id).delete()
