"""The organiser's list: what stands first, what it is narrowed to, what leaves as a file, eligibility of several."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from programmes.characteristics import SHORT_NAMES, Characteristic
from recruitment import queries
from recruitment.lists import in_the_file
from recruitment.models import (
    Application,
    BulkAction,
    Channel,
    CharacteristicAnswer,
    EligibilityCheck,
    Nomination,
    NominationRequest,
    PendingDecision,
    RecruitmentSettings,
)
from tests import make

LIST = "/cohorts/london-2017/applications/"
BULK = f"{LIST}eligible/"


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


def one(reference: str) -> Application:
    return Application.objects.get(reference=reference)


# --- the page ---------------------------------------------------------------------------------------------------
def test_list_puts_needs_action_first_then_the_strongest(mixed, olive, signed_in):
    make.application(mixed, name="Gus", state="AWAITING", agreed_at=None)
    make.application(mixed, name="Hal", state="OFFERED")

    response = signed_in(olive).get(LIST)

    assert names(response) == ["Gus", "Ben", "Ana", "Cem", "Hal", "Fay", "Eli", "Dee"]
    rows = response.context["table"].page.object_list
    assert [queries.scores_of_row(row).total for row in rows] == [None, 28, 21, None, None, None, None, None]


def test_list_shows_scores_in_words_for_those_who_do_not_see_them(mixed, olive, signed_in):
    page = signed_in(olive).get(LIST).content.decode()

    words = "Lived experience 3, Strategic level 3, Shared vision 3, Challenge 3, Listening 3, Connections 3, Time 3"
    assert page.count(f'aria-label="{words}"') == 1
    assert page.count("Not scored yet</span>") == 4


def test_list_shows_reviews_of_those_wanted_prepared_decision_hours_and_single_issue(mixed, olive, ruth, signed_in):
    make.settings(mixed, hours_asked=10)
    ana = one("AAA-AAA")
    Application.objects.filter(pk=ana.pk).update(hours_a_month=6)
    make.assigned(ana, ruth, make.user("x@example.org"), make.user("y@example.org"))
    ana.agreed_scores.single_issue = 1
    ana.agreed_scores.save()
    PendingDecision.objects.create(application=ana, outcome="ACCEPT", reason="Strong.", by=olive)

    page = signed_in(olive).get(f"{LIST}?q=AAA").content.decode()

    assert '2/3 <strong class="nhsuk-tag nhsuk-tag--orange">Single issue</strong>' in page
    assert 'data-label="Hours of 10 asked">6</td>' in page
    assert '<strong class="nhsuk-tag nhsuk-tag--white">Prepared: offer</strong>' in page


def test_text_of_a_stranger_stays_text_in_every_cell(london, olive, signed_in):
    hostile = '<script>alert("1")</script>'
    channel = Channel.objects.create(cohort=london, code="c", name=hostile)
    person = make.person(hostile, area=hostile, organisation=make.organisation(hostile))
    make.application(london, person=person, channel=channel)

    page = signed_in(olive).get(LIST).content.decode()

    assert hostile not in page
    assert page.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;") >= 8


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
        ("eligibility=NOT_ELIGIBLE", []),
        ("source=PAPER", []),
        ("nomination=yes", []),
        ("channel=-&state=ACCEPTED", ["Eli"]),
        ("sort=name", ["Ana", "Ben", "Cem", "Dee", "Eli", "Fay"]),
        ("sort=-name&reviews=scored", ["Ben", "Ana"]),
        ("sort=total&state=SUBMITTED", ["Cem", "Ana", "Ben"]),
        ("sort=-total&state=SUBMITTED", ["Ben", "Ana", "Cem"]),
        ("q=nobody", []),
    ],
)
def test_list_searches_filters_and_sorts(mixed, olive, signed_in, query, expected):
    assert names(signed_in(olive).get(f"{LIST}?{query}")) == expected


def test_list_filters_by_where_people_come_from(london, olive, signed_in):
    channel = Channel.objects.create(cohort=london, code="news", name="Newsletter")
    healthwatch = make.organisation("Healthwatch Camden")
    asked = NominationRequest.objects.create(
        cohort=london,
        organisation=healthwatch,
        area="Camden",
        contact_name="Kit",
        token_hash="1",
        asked_at="2017-10-01T12:00Z",
        by=olive,
    )
    nominated = Nomination.objects.create(request=asked, name="Ana", token_hash="2", nominated_at="2017-10-02T12:00Z")
    person = make.person("Ana", organisation=healthwatch)
    make.application(
        london, person=person, channel=channel, nomination=nominated, source="PHONE", eligibility="ELIGIBLE"
    )
    make.application(london, name="Ben")
    client = signed_in(olive)

    for query in (
        "q=healthw",
        "organisation=Healthwatch+Camden",
        "channel=news",
        "nomination=yes",
        "source=PHONE",
        "eligibility=ELIGIBLE",
    ):
        assert names(client.get(f"{LIST}?{query}")) == ["Ana"], query


@pytest.mark.parametrize(
    "query", ["state=NO", "area=Nowhere", "needs=money", "channel=x", "sort=person__name", "sort=cohort__capacity"]
)
def test_list_refuses_what_is_not_on_offer(mixed, olive, signed_in, query):
    assert signed_in(olive).get(f"{LIST}?{query}").status_code == 400


@pytest.fixture
def waiting(london, olive, ruth, moses):
    """One application for each thing that can wait, named after it."""
    make.application(london, name="agreement", state="AWAITING", agreed_at=None)
    make.application(london, name="eligibility")
    spoken = make.application(london, name="answers", eligibility="ELIGIBLE")
    CharacteristicAnswer.objects.filter(application=spoken, characteristic="TIME").update(mode="PHONE", text="")
    make.application(london, name="reviewer", eligibility="ELIGIBLE")
    in_review = make.application(london, name="reviews", eligibility="ELIGIBLE")
    make.assigned(in_review, ruth, moses)
    make.review(in_review, ruth, 3)
    for name, marks in (("difference", (1, 3)), ("ready", (3, 3)), ("prepared", (2, 2))):
        row = make.application(london, name=name, eligibility="ELIGIBLE")
        make.review(row, ruth, marks[0])
        make.review(row, moses, marks[1])
    PendingDecision.objects.create(application=row, outcome="DECLINE", reason="Full.", by=olive)
    make.application(london, name="offer", state="OFFERED", eligibility="ELIGIBLE")
    make.application(london, name="ruled out", eligibility="NOT_ELIGIBLE")
    make.application(london, name="done", state="DECLINED")
    return london


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        ("agreement", ["agreement"]),
        ("eligibility", ["eligibility"]),
        ("answers", ["answers"]),
        ("reviewer", ["answers", "eligibility", "reviewer"]),
        ("reviews", ["reviews"]),
        ("difference", ["difference"]),
        ("ready", ["ready"]),
        ("prepared", ["prepared"]),
        ("offer", ["offer"]),
    ],
)
def test_list_shows_what_needs_action(waiting, olive, signed_in, need, expected):
    response = signed_in(olive).get(f"{LIST}?needs={need}")

    assert sorted(names(response)) == expected
    assert dict((item.key, number) for item, number in response.context["figures"].by_need)[need] == len(expected)


def test_what_differs_follows_the_rules_of_the_cohort(london, olive, ruth, moses, signed_in):
    row = make.application(london, name="Ana", eligibility="ELIGIBLE")
    make.review(row, ruth, 2)
    make.review(row, moses, 3, 2, 2, 2, 2, 2, 2)
    client = signed_in(olive)

    assert names(client.get(f"{LIST}?needs=difference")) == []

    for rules in ({"cut": 15}, {"wide_total_gap": 1}, {"wide_gap": 1}):
        RecruitmentSettings.objects.all().delete()
        make.settings(london, **rules)
        assert names(client.get(f"{LIST}?needs=difference")) == ["Ana"], rules


def test_list_has_the_figures_on_top_as_links(mixed, olive, signed_in):
    make.participant(mixed)

    response = signed_in(olive).get(LIST)

    figures = response.context["figures"]
    assert (figures.all, figures.states()) == (
        6,
        [
            ("SUBMITTED", "to decide", 3),
            ("RESERVE", "on the reserve list", 1),
            ("ACCEPTED", "with a place", 1),
            ("DECLINED", "declined", 1),
        ],
    )
    places = response.context["summary"]["places"]
    assert (places.taken, places.left) == (1, 39)
    assert '<a href="?state=RESERVE"><strong>1</strong> on the reserve list</a>' in response.content.decode()


def test_list_leaves_out_what_was_merged_unless_asked(mixed, olive, signed_in):
    make.application(mixed, name="Gus", state="MERGED", merged_into=one("AAA-AAA"))
    client = signed_in(olive)

    whole = client.get(LIST)

    assert (len(names(whole)), whole.context["figures"].all, whole.context["table"].page.paginator.count) == (6, 6, 6)
    assert names(client.get(f"{LIST}?state=MERGED")) == ["Gus"]


def test_list_without_applications_says_what_comes(london, olive, signed_in):
    page = signed_in(olive).get(LIST).content.decode()

    assert "No applications yet." in page


def test_list_shows_nothing_of_another_cohort(mixed, kent, olive, signed_in):
    make.application(kent, name="Kent Canary", area="Dover")

    page = signed_in(olive).get(LIST).content.decode()

    assert "Canary" not in page
    assert "Dover" not in page


@pytest.mark.parametrize("rows", (1, 50, 120))
def test_list_costs_the_same_for_one_row_and_for_many(london, olive, ruth, signed_in, rows, django_assert_num_queries):
    for number in range(rows):
        person = make.person(area=f"Area {number}", organisation=make.organisation(f"Body {number}"))
        make.review(make.application(london, person=person), ruth)
    client = signed_in(olive)

    with django_assert_num_queries(9):
        assert len(names(client.get(LIST))) == min(rows, 50)


@pytest.mark.parametrize("rows", (1, 50))
def test_a_narrowed_list_costs_one_count_more(london, olive, signed_in, rows, django_assert_num_queries):
    for _ in range(rows):
        make.application(london)
    client = signed_in(olive)

    with django_assert_num_queries(10):
        assert len(names(client.get(f"{LIST}?needs=eligibility&q=person"))) == rows


def test_list_goes_on_after_fifty(london, olive, signed_in):
    for _ in range(51):
        make.application(london)

    assert len(names(signed_in(olive).get(f"{LIST}?page=2"))) == 1


# --- the file ---------------------------------------------------------------------------------------------------
def test_file_has_everything_in_a_column_of_its_own_and_runs_no_formula(london, olive, ruth, signed_in):
    person = make.person(
        '=HYPERLINK("http://x","y")',
        area="+44",
        email="ana@example.org",
        phone="020 7946 0018",
        organisation=make.organisation("@SUM(1)"),
    )
    make.review(
        make.application(london, person=person, reference="AAA-AAA", hours_a_month=6, lay_roles="Chair\nMember"),
        ruth, 0, 1, 2, 3, 4, 3, 2,
    )  # fmt: skip

    response = signed_in(olive).get(f"{LIST}?export=csv")

    row = next(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    answers = {key: row.pop(key) for key in list(row) if key.startswith("Answer: ")}
    assert answers == {
        f"Answer: {SHORT_NAMES[item]}": f"What I did about {item.label.lower()}." for item in Characteristic
    }
    assert row == {
        "Reference": "AAA-AAA",
        "Name": '\'=HYPERLINK("http://x","y")',
        "Area": "'+44",
        "Email": "ana@example.org",
        "Phone": "020 7946 0018",
        "Postal address": "",
        "Contact by": "Email",
        "Information format": "Standard print or email",
        "Patient or carer": "Patient",
        "Lay roles for": "1 to 3 years",
        "Lay roles held": "Chair\nMember",
        "Organisation": "'@SUM(1)",
        "What they want": "",
        "All days": "yes",
        "Days missed": "",
        "Hours a month": "6",
        "Hours asked": "8",
        "Agreements": "",
        "Channel": "",
        "Came by": "Online",
        "Nominated": "no",
        "Sent": "2017-10-20 12:00:00+00:00",
        **{f"Score: {name}": mark for name, mark in zip(SHORT_NAMES.values(), "0123432", strict=True)},
        "Total": "15",
        "Reviews": "1",
        "Single issue": "no",
        "Eligibility": "Not checked yet",
        "State": "To decide",
        "Prepared": "",
    }


def test_file_of_the_moderator_does_not_say_how_to_reach_people(mixed, moses, signed_in):
    header = next(csv.reader(io.StringIO(signed_in(moses).get(f"{LIST}?export=csv").content.decode("utf-8-sig"))))

    none = queries.other_tables(mixed)
    assert {"Email", "Phone", "Postal address", "Contact by", "Information format"} & set(header) == set()
    assert header == [column.label for column in in_the_file(RecruitmentSettings(cohort=mixed), frozenset(), none)]


def test_file_as_xlsx_keeps_text_as_text(london, olive, signed_in):
    make.application(london, name="=1+1")

    response = signed_in(olive).get(f"{LIST}?export=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [(cell.value, cell.data_type) for cell in sheet["B"]] == [("Name", "s"), ("=1+1", "s")]


def test_file_has_what_the_list_was_narrowed_to(mixed, olive, signed_in):
    response = signed_in(olive).get(f"{LIST}?export=csv&reviews=scored&sort=name")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["Ana", "Ben"]


@pytest.mark.parametrize("rows", (1, 50))
def test_file_costs_the_same_for_one_row_and_for_fifty(london, olive, ruth, signed_in, rows, django_assert_num_queries):
    for _ in range(rows):
        make.review(make.application(london), ruth)
    client = signed_in(olive)

    with django_assert_num_queries(10):
        client.get(f"{LIST}?export=csv")


# --- eligibility of several --------------------------------------------------------------------------------------
def test_several_are_found_eligible_and_the_filters_stay(mixed, olive, signed_in):
    response = signed_in(olive).post(
        f"{BULK}?reviews=scored",
        {"applications": ["AAA-AAA", "BBB-BBB"], "outcome": "yes", "reason": "Lay roles and all three days."},
        follow=True,
    )

    assert response.redirect_chain == [(f"{LIST}?reviews=scored", 302)]
    assert sentences(response) == ["2 applications are eligible. You can undo it below the list."]
    assert [row.eligibility for row in (one("AAA-AAA"), one("BBB-BBB"), one("CCC-CCC"))] == [
        "ELIGIBLE",
        "ELIGIBLE",
        "UNCHECKED",
    ]
    assert (
        list(EligibilityCheck.objects.values_list("is_eligible", "reason", "by"))
        == [(True, "Lay roles and all three days.", olive.pk)] * 2
    )


def test_what_was_done_to_several_can_be_undone_from_the_list(mixed, olive, signed_in):
    client = signed_in(olive)
    client.post(BULK, {"applications": ["AAA-AAA", "BBB-BBB"], "outcome": "no", "reason": "Live elsewhere."})
    action = BulkAction.objects.get()

    address = reverse("recruitment:undo", args=["london-2017", action.pk])
    assert f'action="{address}"' in client.get(LIST).content.decode()
    response = client.post(address, follow=True)

    assert sentences(response) == ["2 applications are as they were before."]
    assert set(Application.objects.values_list("eligibility", flat=True)) == {"UNCHECKED"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"outcome": "yes", "reason": "Fine."}, "Tick the applications first."),
        ({"applications": ["AAA-AAA"], "reason": "Fine."}, "Press “Eligible” or “Not eligible”."),
        (
            {"applications": ["AAA-AAA"], "outcome": "yes", "reason": " "},
            "Write why, in a sentence. The reason stays with the application.",
        ),
        (
            {"applications": ["AAA-AAA", "ZZZ-ZZZ"], "outcome": "yes", "reason": "Fine."},
            "One of the ticked applications is not in this list. Load the page again.",
        ),
        (
            {"applications": ["AAA-AAA", "EEE-EEE"], "outcome": "no", "reason": "Fine."},
            "The application of Eli already has a place, so its eligibility no longer changes.",
        ),
        (
            {"applications": ["AAA-AAA"], "outcome": "yes", "reason": "x" * 501},
            "Use 500 characters or fewer (you have 501).",
        ),
    ],
)
def test_several_are_refused_with_a_sentence_and_stay_ticked(mixed, olive, signed_in, data, sentence):
    response = signed_in(olive).post(BULK, data)

    page = response.content.decode()
    assert response.status_code == 422
    assert [error for errors in response.context["form"].errors.values() for error in errors] == [sentence]
    assert ('value="AAA-AAA" checked' in page) == ("AAA-AAA" in data.get("applications", ()))
    assert EligibilityCheck.objects.count() == 0


def test_eligibility_of_several_cannot_reach_another_cohort(mixed, kent, olive, signed_in):
    make.application(kent, reference="KKK-KKK")

    signed_in(olive).post(BULK, {"applications": ["KKK-KKK"], "outcome": "no", "reason": "Far away."})

    assert one("KKK-KKK").eligibility == "UNCHECKED"


def test_eligibility_of_several_by_link_changes_nothing(mixed, olive, signed_in):
    assert signed_in(olive).get(BULK).status_code == 405
