"""A folder into the database: all or nothing, and the same folder again changes nothing."""

from decimal import Decimal

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from evaluation.models import Response, Wave
from laypartner.exchange import ImportErrors, import_cohort, import_responses, stored
from laypartner.exchange.importing import import_files
from people.models import Organisation, Person, RoleAssignment, Route
from people.roles import Role
from programmes.models import Cohort, Participant, SeatingRule
from programmes.services import cohorts
from tests import make
from tests.laypartner.exchange import (
    ANSWERS,
    COACHES,
    COHORT,
    PARTICIPANTS,
    RULES,
    as_workbook,
    everything,
    files,
    put,
    row_counts,
    write,
)

pytestmark = pytest.mark.django_db
TAKEN = "cohort.csv, row 2, column slug: There is already a cohort with the short name “{}”. Choose another one."


def refused(parts: dict[str, bytes], by=None) -> list[str]:
    """The problems of an import that is refused; fails if it stored anything."""
    before = row_counts()
    with pytest.raises(ImportErrors) as errors:
        import_files(parts, by=by)
    assert row_counts() == before
    return [str(problem) for problem in errors.value.problems]


def test_folder_becomes_a_cohort(tmp_path):
    cohort = import_cohort(write(files(), tmp_path / "folder"))

    zoe, kim, bob = cohort.participants.order_by("ref")
    assert (cohort.slug, cohort.title, cohort.capacity, cohort.programme.name) == (
        "spring-2018",
        "Spring 2018",
        40,
        "The Effective Lay Partner",
    )
    assert [str(day.date) for day in cohort.days.all()] == ["2018-03-01", "2018-03-02", "2018-05-10"]
    assert (zoe.person.name, zoe.experience, zoe.person.organisation.name) == (
        "Zoë Ñuñez",
        "FROM_1_TO_3",
        "Brent Carers",
    )
    assert kim.person.contact_routes.get(is_preferred=True).kind == Route.POST
    assert bob.person.contact_routes.get().value == "020 7946 0018"
    assert [(coach.ref, coach.day_rate, coach.days.count()) for coach in cohort.coaches.order_by("ref")] == [
        ("C1", Decimal(600), 3),
        ("C2", Decimal(0), 0),
    ]
    assert [(rule.kind, rule.participant.ref) for rule in cohort.seating_rules.order_by("kind")] == [
        ("APART", "T01"),
        ("NEAR", "T03"),
    ]


def test_answers_make_the_wave():
    cohort, _ = import_files(files())

    wave = cohort.waves.get()
    marks = {
        form.form: {answer.item.key: (answer.mark, answer.was_absent) for answer in form.answers.all()}
        for form in wave.responses.all()
    }
    assert (wave.kind, wave.version.frozen_at is not None) == (Wave.Kind.IMMEDIATE, True)
    assert marks == {
        "F1": {"small_groups": (5, False), "darzi": (None, True), "recommend": (4, False)},
        "F2": {"darzi": (3, False), "recommend": (5, False)},
    }
    assert {form.form: form.source for form in wave.responses.all()} == {"F1": "ONLINE", "F2": "PAPER"}


@pytest.mark.parametrize("wave", ["before", "day-1", "day-2", "immediate", "1-month", "3-months"])
def test_each_wave_has_a_file(wave):
    cohort, _ = import_files(files({"responses-immediate.csv": None, f"responses-{wave}.csv": ANSWERS}))

    assert cohort.waves.get().slug == wave


def test_two_people_with_one_address_stay_two():
    cohort, _ = import_files(files())

    people = Person.objects.filter(contact_routes__value="home@example.org")
    assert sorted(people.values_list("name", flat=True)) == ["Kim Ñuñez", "Zoë Ñuñez"]
    assert cohort.participants.count() == 3


def test_same_folder_again_changes_nothing():
    import_files(files())
    before = everything()

    _, plan = import_files(files())

    assert plan.changes_nothing
    assert everything() == before


def test_same_folder_as_workbooks_changes_nothing():
    import_files(files())
    before = everything()
    text = {"participants.xlsx": as_workbook(PARTICIPANTS), "coaches.xlsx": as_workbook(COACHES)}

    import_files(files({"participants.csv": None, "coaches.csv": None}) | text)

    assert everything() == before


def test_changed_rows_are_brought_up_to_date():
    cohort, _ = import_files(files())
    changed = files(
        {
            "cohort.csv": COHORT.replace(",40,", ",42,"),
            "participants.csv": PARTICIPANTS.replace("Brent,1-3", "Ealing,over-3").replace("home@", "zoe@", 1),
            "coaches.csv": COACHES.replace("600.00,1 2 3", "650.50,1 3"),
            "seating_rules.csv": RULES.replace("near,T03,C1,", "near,T03,C1,Hears better"),
        }
    )

    _, plan = import_files(changed)

    zoe = cohort.participants.get(ref="T01")
    coach = cohort.coaches.get(ref="C1")
    assert plan.counts == [
        ("cohort", {"new": 0, "changed": 1, "same": 0}),
        ("participants", {"new": 0, "changed": 1, "same": 2}),
        ("coaches", {"new": 0, "changed": 1, "same": 1}),
        ("seating_rules", {"new": 0, "changed": 1, "same": 1}),
        ("responses-immediate", {"new": 0, "changed": 0, "same": 2}),
    ]
    assert plan.of("participants", "changed")[0].columns == (
        ("email", "home@example.org", "zoe@example.org"),
        ("area", "Brent", "Ealing"),
        ("experience", "1-3", "over-3"),
    )
    assert (zoe.person.area, zoe.experience) == ("Ealing", "OVER_3")
    assert zoe.person.contact_routes.get(kind=Route.EMAIL).value == "zoe@example.org"
    assert (coach.day_rate, [day.number for day in coach.days.all()]) == (Decimal("650.50"), [1, 3])
    assert SeatingRule.objects.get(kind="NEAR").reason == "Hears better"
    assert Cohort.objects.get().capacity == 42


def test_new_rows_are_added_and_missing_ones_stay():
    cohort, _ = import_files(files())
    header = PARTICIPANTS.splitlines()[0]
    only_new = f"{header}\nT04,New Person,,,post,standard,,,none,carer\n"

    import_files(files({"participants.csv": only_new, "seating_rules.csv": None, "responses-immediate.csv": None}))

    assert sorted(cohort.participants.values_list("ref", flat=True)) == ["T01", "T02", "T03", "T04"]


def test_person_who_withdrew_is_not_brought_back():
    cohort, _ = import_files(files())
    cohorts.withdraw(participant=cohort.participants.get(ref="T02"), by=None)
    before = everything()

    import_files(files())

    assert everything() == before


def test_a_postal_address_stays():
    cohort, _ = import_files(files())
    person = cohort.participants.get(ref="T02").person
    person.contact_routes.filter(kind=Route.POST).update(value="1 High Street")

    import_files(put("participants.csv", "large-print", "audio"))

    assert person.contact_routes.get(kind=Route.POST).value == "1 High Street"


# --- what is refused -----------------------------------------------------------------------------------------
def test_bad_input_stores_nothing():
    parts = files({"responses-immediate.csv": ANSWERS.replace("3,5", "6,5")})

    assert refused(parts) == [
        "responses-immediate.csv, row 3, column darzi: "
        "Use a whole mark from 1 to 5, na, or leave the cell empty. This is “6”."
    ]


def test_two_cohorts_with_one_slug_in_two_programmes():
    import_files(files())

    assert refused(put("cohort.csv", "London Leadership Academy", "Kent Health")) == [TAKEN.format("spring-2018")]


def test_two_cohorts_with_one_slug_on_other_dates():
    import_files(files())

    assert refused(put("cohort.csv", "2018-05-10", "2018-06-10")) == [
        "cohort.csv, row 2, column day_3: There is already a cohort “spring-2018”, and its day 3 is 2018-05-10. "
        "For another cohort choose another slug; to move this one, change its settings first."
    ]


def test_another_person_under_a_known_ref():
    import_files(files())

    assert refused(put("participants.csv", "Bob O'Brien", "Ann Smith")) == [
        "participants.csv, row 4, column name: “T03” is “Bob O'Brien” here, not “Ann Smith”. For another person use "
        "another ref; for a new name of the same person, change it on their page first."
    ]


def test_ref_of_a_coach_who_is_here_already():
    import_files(files())
    parts = put("participants.csv", "T03", "C2") | {"seating_rules.csv": b"kind,a,b,reason\nnear,T01,C1,\n"}
    del parts["coaches.csv"]
    parts["seating_rules.csv"] = b"kind,a,b,reason\nnear,T01,T02,\n"

    assert refused(parts) == [
        "participants.csv, row 4, column ref: “C2” is already the ref of a coach here. Use another one."
    ]


def test_other_answers_on_a_known_form():
    import_files(files())

    assert refused(put("responses-immediate.csv", "F2,paper,,,3,5", "F2,paper,,,4,5")) == [
        "responses-immediate.csv, row 3, column darzi: Form “F2” is stored already, with something else here. "
        "Answers are not changed by an import: correct the file, or remove the stored form first."
    ]


def test_more_people_than_places_with_those_who_are_here():
    import_files(put("cohort.csv", ",40,", ",3,"))
    header = PARTICIPANTS.splitlines()[0]
    parts = files(
        {
            "cohort.csv": COHORT.replace(",40,", ",3,"),
            "participants.csv": f"{header}\nT04,New Person,,,post,standard,,,none,carer\n",
            "seating_rules.csv": None,
        }
    )

    assert refused(parts) == [
        "cohort.csv, row 2, column capacity: With those who are here already there are 4 participants. "
        "Raise the capacity."
    ]


def test_pseudonyms_in_a_wave_that_is_anonymous():
    import_files(files())
    text = "form,pseudonym,darzi\nF3,OAK,5\n"

    assert refused(files({"responses-immediate.csv": text})) == [
        "responses-immediate.csv: People were told that this wave is anonymous, so it takes no forms with pseudonyms."
    ]


def test_database_that_fails_late_leaves_nothing():
    before = row_counts()

    def disk_full(execute, sql, *rest):
        if sql.startswith('INSERT INTO "evaluation_answer"'):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(disk_full), pytest.raises(OperationalError):
        import_files(files())

    assert row_counts() == before


# --- who may -------------------------------------------------------------------------------------------------
def test_maker_becomes_organiser(olive):
    cohort, _ = import_files(files(), by=olive)

    assert RoleAssignment.objects.filter(user=olive, role=Role.ORGANISER, cohort=cohort).exists()
    assert AuditEvent.objects.filter(verb="cohort imported", by=olive, subject_id=str(cohort.pk)).count() == 1


def test_cohort_of_others_looks_like_a_slug_that_is_taken(stranger):
    import_files(files())

    assert refused(put("cohort.csv", ",40,", ",41,"), by=stranger) == [TAKEN.format("spring-2018")]


def test_programme_of_others_takes_no_cohort_from_a_stranger(london, stranger):
    assert refused(files(), by=stranger) == [
        "cohort.csv, row 2, column programme: You cannot add a cohort to this programme. Check both names, "
        "or ask its administrator for a role there."
    ]


def test_new_programme_is_made(stranger):
    cohort, _ = import_files(put("cohort.csv", "London Leadership Academy", "Kent Council"), by=stranger)

    assert cohort.programme.commissioner == Organisation.objects.get(name="Kent Council", kind="COMMISSIONER")


def test_organiser_updates_a_cohort_of_her_own(olive):
    import_files(files(), by=olive)

    cohort, _ = import_files(put("cohort.csv", ",40,", ",41,"), by=olive)

    assert cohort.capacity == 41


# --- one wave ------------------------------------------------------------------------------------------------
def test_responses_alone(london):
    plan = import_responses(cohort=london, wave="1-month", file="any name.csv", data=ANSWERS.encode())

    assert [change.state for change in plan.changes] == ["new", "new"]
    assert london.waves.get().responses.count() == 2


def test_responses_in_two_parts(london):
    """Columns that a file has not are none of its business."""
    import_responses(cohort=london, wave="immediate", file="a.csv", data=ANSWERS.encode())
    before = everything()

    import_responses(cohort=london, wave="immediate", file="b.csv", data=b"form,darzi\nF1,na\nF2,3\n")

    assert everything() == before


def test_5_000_forms_cost_few_queries(london):
    rows = "".join(f"F{number},5,4,3,na\n" for number in range(5_000))
    data = f"form,small_groups,darzi,managers,recommend\n{rows}".encode()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        import_responses(cohort=london, wave="immediate", file="a.csv", data=data)

    assert Response.objects.count() == 5_000
    assert len(queries) < 400


@pytest.mark.parametrize("count", [1, 30])
def test_reading_what_is_stored_costs_the_same_for_any_size(count, django_assert_num_queries):
    cohort, _ = import_files(files())
    for _ in range(count):
        make.participant(cohort)
        make.coach(cohort)

    with django_assert_num_queries(12):
        stored.folder_of(cohort)


def test_withdrawn_people_are_not_written(london):
    make.participant(london, "T01")
    gone = make.participant(london, "T02")
    SeatingRule.objects.create(
        cohort=london, kind="APART", participant=gone, other_participant=Participant.objects.get(ref="T01")
    )
    cohorts.withdraw(participant=gone, by=None)

    folder = stored.folder_of(london)

    assert ([row.ref for row in folder.participants], folder.seating_rules) == (["T01"], ())
