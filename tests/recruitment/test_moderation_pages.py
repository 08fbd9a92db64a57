"""The moderator's pages: where reviewers differ, and one application with their marks beside each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.roles import Role
from programmes.characteristics import Characteristic
from recruitment.models import Moderation, Score
from tests import make
from tests.recruitment.test_reviews import CANARIES, KEPT_APART

QUEUE = "/cohorts/london-2017/differences/"
ONE = f"{QUEUE}AAA-AAA/"


@pytest.fixture
def sita(london):
    return make.user("sita@example.org", (Role.REVIEWER, london), name="Sita Second")


@pytest.fixture
def application(london, ruth, sita):
    """Ruth gives 2 throughout, Sita 2 but for 4 in time and 3 in listening."""
    person = make.person("Canary Namesake", email="canary@example.org", organisation=make.organisation("Canary Trust"))
    made = make.application(london, person=person, reference="AAA-AAA")
    make.assigned(made, ruth, sita)
    make.review(made, ruth, 2)
    make.review(made, sita, 2, 2, 2, 2, 3, 2, 4)
    return made


def posted(mark: str = "3", reason: str = "The answer shows a plan.", **changes: str) -> dict[str, str]:
    return {f"mark_{item}": mark for item in Characteristic} | {"reason": reason} | changes


def canaries(response) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in response.content.decode().lower()]


def test_queue_says_why_and_nobodys_name(application, moses, signed_in):
    response = signed_in(moses).get(QUEUE)

    page = response.content.decode()
    assert "2 marks apart on one characteristic" in page
    assert "14 to 17" in page
    assert (canaries(response), "Sita" in page) == ([], False)


def test_queue_when_nothing_differs_says_so(london, olive, signed_in):
    assert "There is nothing to settle." in signed_in(olive).get(QUEUE).content.decode()


@pytest.mark.parametrize("rows", (1, 50))
def test_queue_costs_the_same_for_one_row_and_for_fifty(
    london, ruth, sita, moses, rows, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        made = make.application(london)
        make.review(made, ruth, 0)
        make.review(made, sita, 4)
    client = signed_in(moses)

    with django_assert_num_queries(8):  # session, account, permissions, cohort, settings, applications, reasons, count
        client.get(QUEUE)


def test_one_shows_marks_and_reasons_beside_each_other_and_nobodys_name(application, moses, signed_in):
    response = signed_in(moses).get(ONE)

    page = response.content.decode()
    lines = {row.settling.answered.criterion.characteristic: row.settling for row in response.context["form"].rows()}
    assert [(name, mark) for name, mark, _, _ in lines["TIME"].marks] == [("Reviewer A", 2), ("Reviewer B", 4)]
    assert (lines["TIME"].words, lines["LISTENING"].words, lines["CHALLENGE"].words) == (
        "2 marks apart",
        "1 mark apart",
        "The same mark",
    )
    assert (canaries(response), "Sita" in page, "Ruth" in page) == ([], False, False)


def test_one_is_filled_in_where_reviewers_agree_well_enough(application, moses, signed_in):
    form = signed_in(moses).get(ONE).context["form"]

    assert {item.value: form[f"mark_{item}"].value() for item in Characteristic} == {
        **dict.fromkeys(Characteristic.values, "2"),
        "LISTENING": "3",  # 2 and 3, half up
        "TIME": None,
    }


def test_one_reads_no_table_about_people(application, moses, signed_in):
    client = signed_in(moses)

    with CaptureQueriesContext(connection) as log:
        client.get(ONE)

    sql = " ".join(query["sql"] for query in log.captured_queries)
    assert [table for table in KEPT_APART if f'"{table}' in sql] == []


def test_a_reason_about_a_need_is_marked_where_it_stands(application, moses, signed_in):
    Score.objects.filter(characteristic="TIME", mark=2).update(reason="Needs too much support.")

    page = signed_in(moses).get(ONE).content.decode()

    assert page.count("A reason says “too much support”. What somebody needs must not lower a mark.") == 1


def test_settling_goes_on_to_the_next(application, london, ruth, sita, moses, signed_in):
    other = make.application(london, reference="BBB-BBB")
    make.review(other, ruth, 0)
    make.review(other, sita, 4)

    response = signed_in(moses).post(ONE, posted(next="1"), follow=True)

    assert response.redirect_chain == [(f"{QUEUE}BBB-BBB/", 302)]
    assert "The marks of AAA-AAA are settled." in response.content.decode()
    application.agreed_scores.refresh_from_db()
    assert (application.agreed_scores.total, application.agreed_scores.is_moderated) == (21, True)


def test_settling_without_a_reason_keeps_everything_chosen(application, moses, signed_in):
    response = signed_in(moses).post(ONE, posted("1", reason=""))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"reason": ["Write why these are the agreed marks, in a sentence."]}
    assert response.content.decode().count(" checked") == 7
    assert Moderation.objects.count() == 0


def test_settling_without_a_mark_says_which(application, moses, signed_in):
    response = signed_in(moses).post(ONE, posted(mark_TIME=""))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"mark_TIME": ["Choose the agreed mark for 7. Time."]}


def test_settled_ones_can_be_settled_again_with_the_history_in_sight(application, moses, olive, signed_in):
    signed_in(moses).post(ONE, posted("3", "First reading."))

    client = signed_in(olive)
    response = client.get(ONE)
    assert "First reading." in response.content.decode()
    assert response.context["form"]["mark_TIME"].value() == "3"

    client.post(ONE, posted("4", "Second reading."))
    assert list(Moderation.objects.order_by("pk").values_list("reason", flat=True)) == [
        "First reading.",
        "Second reading.",
    ]


def test_one_whose_reviews_are_not_all_in_is_not_found(application, olive, signed_in):
    make.assigned(application, olive)

    assert signed_in(olive).get(ONE).status_code == 404
    assert signed_in(olive).post(ONE, posted()).status_code == 404


@pytest.mark.parametrize("who", ["ruth", "alan", "connie", "stranger"])
@pytest.mark.parametrize("address", [QUEUE, ONE])
def test_others_find_nothing(application, who, address, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(address).status_code == 404
    assert client.post(ONE, posted()).status_code == 404
    assert Moderation.objects.count() == 0
