"""The list of participants, and leaving and coming back."""

import pytest

from people.models import InformationFormat
from programmes.models import Experience
from programmes.services import cohorts, seating
from tests import make

pytestmark = pytest.mark.django_db
PEOPLE = "/cohorts/london-2017/people/"


@pytest.mark.parametrize("rows", (1, 50))
def test_people_cost_the_same_for_one_and_for_fifty(signed_in, olive, london, rows, django_assert_num_queries):
    body = make.organisation("A body")
    for number in range(rows):
        make.participant(london, person=make.person(f"Person {number}", organisation=body))
    browser = signed_in(olive)

    with django_assert_num_queries(10):
        page = browser.get(PEOPLE)

    assert len(page.context["table"].page.object_list) == rows


def test_people_show_where_somebody_sits_next(signed_in, olive, london):
    for _ in range(5):
        make.participant(london)
    make.coach(london)
    day = london.days.get(number=3)  # all days are over, so the last one counts
    seating.confirm(day=day, proposal=seating.propose(day=day))

    table = signed_in(olive).get(PEOPLE).context["table"]

    assert [row.table_number for row in table.page.object_list] == [1] * 5


def test_people_sort_by_experience_in_the_order_of_the_bands(signed_in, olive, london):
    for name, experience in (("A", "OVER_3"), ("B", "NONE"), ("C", "FROM_1_TO_3"), ("D", "UNDER_1")):
        make.participant(london, name=name, experience=experience)

    table = signed_in(olive).get(f"{PEOPLE}?sort=experience").context["table"]

    assert [row.person.name for row in table.page.object_list] == ["B", "D", "C", "A"]


def test_people_filter_search_and_export(signed_in, olive, london):
    ana = make.person("Ana", information_format=InformationFormat.LARGE_PRINT, preferred="POST", area="Brent")
    make.participant(london, "T01", person=ana, experience=Experience.NONE, lived_experience="CARER")
    gone = make.participant(london, "T02", name="=Ben")
    cohorts.withdraw(participant=gone, by=olive)
    browser = signed_in(olive)

    rows = browser.get(f"{PEOPLE}?export=csv").content.decode("utf-8-sig").splitlines()
    here = browser.get(f"{PEOPLE}?state=here").context["table"].page.object_list
    found = browser.get(f"{PEOPLE}?q=bren").context["table"].page.object_list

    assert rows == [
        'Ref,Name,Area,Organisation,Experience,Patient or carer,Contact by,Format,"Table, day 3",State',
        "T02,'=Ben,Camden,,1 to 3 years,Patient,Email,Standard,,Withdrawn",
        "T01,Ana,Brent,,None yet,Carer,Post,Large print,,Taking part",
    ]
    assert [row.ref for row in here] == [row.ref for row in found] == ["T01"]


@pytest.mark.parametrize("query", ["sort=person__email", "state=asleep", "experience=ALL", "export=pdf"])
def test_people_refuse_what_the_list_does_not_offer(signed_in, olive, london, query):
    assert signed_in(olive).get(f"{PEOPLE}?{query}").status_code == 400


def test_withdraw_asks_first_and_then_frees_the_place(signed_in, olive, london):
    participant = make.participant(london, name="Ana")
    browser = signed_in(olive)
    address = f"{PEOPLE}{participant.pk}/withdraw/"

    asked = browser.get(address)
    participant.refresh_from_db()
    before = participant.withdrawn_at
    done = browser.post(address, {"reason": "Moved away"})

    participant.refresh_from_db()
    assert (asked.status_code, before, done["Location"]) == (200, None, PEOPLE)
    assert participant.withdrawn_at is not None


def test_withdraw_refuses_a_reason_that_is_too_long(signed_in, olive, london):
    participant = make.participant(london)

    page = signed_in(olive).post(f"{PEOPLE}{participant.pk}/withdraw/", {"reason": "x" * 301})

    participant.refresh_from_db()
    assert (page.status_code, participant.withdrawn_at) == (422, None)


def test_reinstate_puts_back_and_says_when_the_cohort_is_full(signed_in, olive):
    london = olive.assignments.get().cohort
    participant = make.participant(london)
    cohorts.withdraw(participant=participant, by=olive)
    browser = signed_in(olive)
    type(london).objects.filter(pk=london.pk).update(capacity=1)
    other = make.participant(london)

    full = browser.post(f"{PEOPLE}{participant.pk}/reinstate/", follow=True)
    cohorts.withdraw(participant=other, by=olive)
    browser.post(f"{PEOPLE}{participant.pk}/reinstate/")

    participant.refresh_from_db()
    assert "London 2017 has no places left: all 1 are taken." in full.content.decode()
    assert participant.withdrawn_at is None


def test_people_of_another_cohort_cannot_be_withdrawn(signed_in, olive, kent):
    elsewhere = make.participant(kent)

    answers = [
        signed_in(olive).post(f"/cohorts/{slug}/people/{elsewhere.pk}/withdraw/").status_code
        for slug in ("kent", "london-2017")
    ]

    assert answers == [404, 404]


def test_access_lead_sees_people_and_changes_nothing(signed_in, alan, london):
    participant = make.participant(london)
    browser = signed_in(alan)

    assert f"{participant.pk}/withdraw/" not in browser.get(PEOPLE).content.decode()
    assert browser.post(f"{PEOPLE}{participant.pk}/withdraw/").status_code == 404


def test_reinstate_is_not_done_by_looking(signed_in, olive, london):
    participant = make.participant(london)

    assert signed_in(olive).get(f"{PEOPLE}{participant.pk}/reinstate/").status_code == 405
