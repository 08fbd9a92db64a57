"""The organiser's list, and accepting several at once."""

import csv
import io

import openpyxl
import pytest

from core.models import Message
from programmes.models import Participant
from recruitment.models import Application, Decision
from tests import make

LIST = "/cohorts/london-2017/applications/"
BULK = f"{LIST}accept/"


def names(response) -> list[str]:
    return [row.person.name for row in response.context["table"].page.object_list]


def sentences(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def mixed(london, ruth, moses):
    """One of each state; the totals by hand: Ben 28, Ana 21, Cem none."""
    ana = make.application(london, name="Ana", area="Camden", reference="AAA-AAA", experience="NONE")
    ben = make.application(london, name="Ben", area="Brent", reference="BBB-BBB", lived_experience="CARER")
    make.application(london, name="Cem", area="Barnet", reference="CCC-CCC")
    make.review(ana, ruth, 2)
    make.review(ana, moses, 3)
    make.review(ben, ruth, 4)
    make.application(london, name="Dee", state="DECLINED", reference="DDD-DDD")
    make.application(london, name="Eli", state="ACCEPTED", reference="EEE-EEE")
    make.application(london, name="Fay", state="RESERVE", reference="FFF-FFF")
    return london


def test_list_puts_needs_action_first_then_the_strongest(mixed, olive, signed_in):
    response = signed_in(olive).get(LIST)

    assert names(response) == ["Ben", "Ana", "Cem", "Fay", "Eli", "Dee"]
    assert [row.agreed_total for row in response.context["table"].page.object_list] == [28, 21, None, None, None, None]


def test_list_shows_scores_in_words_for_those_who_do_not_see_them(mixed, olive, signed_in):
    page = signed_in(olive).get(LIST).content.decode()

    words = "Lived experience 3, Strategic level 3, Shared vision 3, Challenge 3, Listening 3, Connections 3, Time 3"
    assert page.count(f'aria-label="{words}"') == 1
    assert page.count("Not scored yet</span>") == 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=ACCEPTED", ["Eli"]),
        ("reviews=unscored&state=SUBMITTED", ["Cem"]),
        ("reviews=scored", ["Ben", "Ana"]),
        ("experience=NONE", ["Ana"]),
        ("lived=CARER", ["Ben"]),
        ("area=Brent", ["Ben"]),
        ("q=bbb-b", ["Ben"]),
        ("q=camd", ["Ana", "Fay", "Eli", "Dee"]),
        ("q=cem", ["Cem"]),
        ("sort=name", ["Ana", "Ben", "Cem", "Dee", "Eli", "Fay"]),
        ("sort=-name&reviews=scored", ["Ben", "Ana"]),
        ("sort=total&state=SUBMITTED", ["Cem", "Ana", "Ben"]),
        ("sort=-total&state=SUBMITTED", ["Ben", "Ana", "Cem"]),
        ("q=nobody", []),
    ],
)
def test_list_searches_filters_and_sorts(mixed, olive, signed_in, query, expected):
    assert names(signed_in(olive).get(f"{LIST}?{query}")) == expected


@pytest.mark.parametrize("query", ["state=NO", "area=Nowhere", "sort=person__name", "sort=cohort__capacity"])
def test_list_refuses_what_is_not_on_offer(mixed, olive, signed_in, query):
    assert signed_in(olive).get(f"{LIST}?{query}").status_code == 400


def test_list_searches_organisations(london, olive, signed_in):
    person = make.person("Ana", organisation=make.organisation("Healthwatch Camden"))
    make.application(london, person=person)
    make.application(london, name="Ben")

    assert names(signed_in(olive).get(f"{LIST}?q=healthw")) == ["Ana"]


def test_list_has_the_figures_on_top(mixed, olive, signed_in):
    make.participant(mixed)
    summary = signed_in(olive).get(LIST).context["summary"]

    assert (summary.to_decide, summary.unscored, summary.accepted, summary.on_reserve) == (3, 1, 1, 1)
    assert (summary.taken, summary.left) == (1, 39)


def test_list_without_applications_says_what_comes(london, olive, signed_in):
    page = signed_in(olive).get(LIST).content.decode()

    assert "No applications yet." in page


def test_list_shows_nothing_of_another_cohort(mixed, kent, olive, signed_in):
    make.application(kent, name="Kent Canary", area="Dover")

    page = signed_in(olive).get(LIST).content.decode()

    assert "Canary" not in page
    assert "Dover" not in page


@pytest.mark.parametrize("rows", (1, 50))
def test_list_costs_the_same_for_one_row_and_for_fifty(london, olive, ruth, signed_in, rows, django_assert_num_queries):
    for _ in range(rows):
        person = make.person(area="Camden", organisation=make.organisation("Healthwatch"))
        make.review(make.application(london, person=person), ruth)
    client = signed_in(olive)

    with django_assert_num_queries(10):
        assert len(names(client.get(LIST))) == rows


def test_list_goes_on_after_fifty(london, olive, signed_in):
    for _ in range(51):
        make.application(london)

    assert len(names(signed_in(olive).get(f"{LIST}?page=2"))) == 1


def test_file_has_a_column_a_characteristic_and_runs_no_formula(london, olive, ruth, signed_in):
    person = make.person('=HYPERLINK("http://x","y")', area="+44", organisation=make.organisation("@SUM(1)"))
    make.review(make.application(london, person=person, reference="AAA-AAA"), ruth, 0, 1, 2, 3, 4, 3, 2)

    response = signed_in(olive).get(f"{LIST}?export=csv")

    row = next(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert row.pop("Sent") != ""
    assert row == {
        "Reference": "AAA-AAA",
        "Name": '\'=HYPERLINK("http://x","y")',
        "Area": "'+44",
        "Lay roles": "1 to 3 years",
        "Patient or carer": "Patient",
        "Organisation": "'@SUM(1)",
        "Lived experience": "0",
        "Strategic level": "1",
        "Shared vision": "2",
        "Challenge": "3",
        "Listening": "4",
        "Connections": "3",
        "Time": "2",
        "Total": "15",
        "Reviews": "1",
        "Hours a month": "",
        "State": "To decide",
        "Came by": "Online",
    }


def test_file_as_xlsx_keeps_text_as_text(london, olive, signed_in):
    make.application(london, name="=1+1")

    response = signed_in(olive).get(f"{LIST}?export=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [(cell.value, cell.data_type) for cell in sheet["B"]] == [("Name", "s"), ("=1+1", "s")]


def test_file_has_what_the_list_was_narrowed_to(mixed, olive, signed_in):
    response = signed_in(olive).get(f"{LIST}?export=csv&reviews=scored&sort=name")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["Ana", "Ben"]


def test_accept_selected_gives_everybody_a_place_and_keeps_the_filters(mixed, olive, signed_in):
    response = signed_in(olive).post(
        f"{BULK}?reviews=scored", {"applications": ["AAA-AAA", "BBB-BBB"], "reason": "Top two."}, follow=True
    )

    assert response.redirect_chain == [(f"{LIST}?reviews=scored", 302)]
    assert sentences(response) == ["2 people have a place now. Their letters are in the outbox."]
    assert Participant.objects.count() == 2
    assert list(Decision.objects.values_list("reason", "by")) == [("Top two.", olive.pk)] * 2


def test_accept_selected_beyond_the_places_accepts_nobody(mixed, olive, signed_in):
    mixed.capacity = 1
    mixed.save()

    response = signed_in(olive).post(BULK, {"applications": ["AAA-AAA", "BBB-BBB"], "reason": "Top."}, follow=True)

    assert sentences(response) == ["There is 1 place left and you selected 2 people. Nobody was accepted."]
    assert (Participant.objects.count(), Decision.objects.count(), Message.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reason": "Top."}, "Tick the applications that you want to accept first."),
        ({"applications": ["AAA-AAA"]}, "Write why, in a sentence. The reason stays with the decision."),
        ({"applications": ["AAA-AAA"], "reason": " "}, "Write why, in a sentence. The reason stays with the decision."),
        (
            {"applications": ["AAA-AAA", "ZZZ-ZZZ"], "reason": "Top."},
            "One of the ticked applications is not in this list. Load the page again.",
        ),
        (
            {"applications": ["AAA-AAA", "EEE-EEE"], "reason": "Top."},
            "The application of Eli already has a place. To change that, take the decision back first.",
        ),
        (
            {"applications": ["AAA-AAA"], "reason": "x" * 1001},
            "Use 1,000 characters or fewer (you have 1,001).",
        ),
    ],
)
def test_accept_selected_refuses_with_a_sentence(mixed, olive, signed_in, data, sentence):
    response = signed_in(olive).post(BULK, data, follow=True)

    assert sentences(response) == [sentence]
    assert (Participant.objects.count(), Decision.objects.count()) == (0, 0)


def test_accept_selected_cannot_reach_another_cohort(mixed, kent, olive, signed_in):
    make.application(kent, reference="KKK-KKK")

    signed_in(olive).post(BULK, {"applications": ["KKK-KKK"], "reason": "Top."})

    assert Application.objects.get(reference="KKK-KKK").state == "SUBMITTED"


def test_accept_selected_by_link_changes_nothing(mixed, olive, signed_in):
    assert signed_in(olive).get(BULK).status_code == 405
