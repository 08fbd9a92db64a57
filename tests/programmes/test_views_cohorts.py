"""The list of cohorts, opening one, and its settings."""

import pytest
from django.urls import reverse

from people.models import RoleAssignment
from people.roles import Role
from programmes.models import Cohort
from programmes.services import cohorts
from tests import make

pytestmark = pytest.mark.django_db


def moment(name, *parts):
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year", "time"), parts, strict=False)}


DATES = moment("day_1", "23", "11", "2017") | moment("day_2", "24", "11", "2017") | moment("day_3", "16", "1", "2018")
PLAIN = {"title": "London", "region": "London", "capacity": "40", "time_zone": "Europe/London"}
CLOSES = moment("applications_close_at", "29", "10", "2017", "11:59pm")


def new(**changes):
    return (
        PLAIN
        | DATES
        | {"slug": "second", "programme": "new", "new_programme": "A course", "commissioner": "A body"}
        | changes
    )


# --- the list ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", (1, 50))
def test_cohorts_cost_the_same_for_one_and_for_fifty(amina, london, rows, signed_in, django_assert_num_queries):
    for number in range(rows - 1):
        make.cohort(f"c-{number}", programme=london.programme)
    make.participant(london)
    browser = signed_in(amina)

    with django_assert_num_queries(6):
        page = browser.get("/cohorts/")

    assert len(page.context["table"].page.object_list) == rows


def test_cohorts_show_only_ones_own(signed_in, stranger, london, kent):
    page = signed_in(stranger).get("/cohorts/")

    assert [row.slug for row in page.context["table"].page.object_list] == ["kent"]


def test_cohorts_sort_by_dates_and_export(signed_in, amina, london):
    make.cohort("earlier", programme=london.programme, title="Earlier", dates=(make.DATES[0].replace(year=2016),))
    browser = signed_in(amina)

    listed = [row.slug for row in browser.get("/cohorts/?sort=days").context["table"].page.object_list]
    exported = browser.get("/cohorts/?export=csv").content.decode("utf-8-sig").splitlines()

    assert listed == ["earlier", "london-2017"]
    assert exported[0] == "Cohort,Programme,Commissioner,Region,Days,People"
    assert len(exported) == 3


# --- a new one -----------------------------------------------------------------------------------------------
def test_new_cohort_in_a_new_programme(signed_in, olive):
    page = signed_in(olive).post("/cohorts/new/", new(new_programme="The Effective Lay Partner") | CLOSES)

    cohort = Cohort.objects.get(slug="second")
    assert (page.status_code, page["Location"]) == (302, "/cohorts/second/")
    assert (cohort.programme.commissioner.name, cohort.programme.delivery_principles.count()) == ("A body", 8)
    assert [day.title for day in cohort.days.all()] == ["Co-production", "Collaboration", "Continuing Development"]
    assert cohort.applications_close_at.isoformat() == "2017-10-29T23:59:00+00:00"  # winter time began that night
    assert RoleAssignment.objects.filter(user=olive, cohort=cohort, role=Role.ORGANISER).count() == 1


def test_new_cohort_in_ones_own_programme(signed_in, olive, london):
    signed_in(olive).post("/cohorts/new/", new(programme=str(london.programme_id)))

    assert Cohort.objects.get(slug="second").programme == london.programme


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "4.5"}, "capacity"),
        ({"slug": "london-2017"}, "slug"),
        ({"slug": "Not a slug"}, "slug"),
        ({"title": "x" * 10_000}, "title"),
        ({"title": ""}, "title"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"day_3_year": "2016"}, "day_3"),
        ({"day_2_day": "31"}, "day_2"),
        ({"programme": "999999"}, "programme"),
        ({"new_programme": ""}, "new_programme"),
        ({"commissioner": ""}, "commissioner"),
        (
            moment("applications_open_at", "1", "11", "2017", "9am") | CLOSES,
            "applications_close_at",
        ),
    ],
)
def test_new_cohort_refuses_bad_input_and_keeps_what_was_typed(signed_in, olive, changes, field):
    page = signed_in(olive).post("/cohorts/new/", new(region="Typed region", **changes))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert 'value="Typed region"' in page.content.decode()
    assert Cohort.objects.count() == 1


def test_new_cohort_does_not_slip_into_another_bodys_programme(signed_in, olive, kent):
    theirs = kent.programme
    page = signed_in(olive).post("/cohorts/new/", new(new_programme=theirs.name, commissioner=theirs.commissioner.name))

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["new_programme"])
    assert theirs.cohorts.count() == 1


def test_new_cohort_offers_only_ones_own_programmes(signed_in, olive, london, kent):
    choices = signed_in(olive).get("/cohorts/new/").context["form"].fields["programme"].choices

    assert [key for key, _ in choices] == ["", str(london.programme_id), "new"]


def test_new_cohort_shows_html_as_text(signed_in, olive):
    browser = signed_in(olive)
    browser.post("/cohorts/new/", new(title="<script>alert(1)</script>"))

    page = browser.get("/cohorts/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


# --- settings ------------------------------------------------------------------------------------------------
def typed(cohort, **changes):
    return PLAIN | DATES | {"version": str(cohort.version)} | changes


def test_settings_save(signed_in, olive, london):
    page = signed_in(olive).post(
        "/cohorts/london-2017/settings/", typed(london, title="London again", place="Town hall")
    )

    london.refresh_from_db()
    assert (page.status_code, london.title, london.place, london.version) == (302, "London again", "Town hall", 2)


def test_settings_tell_the_second_of_two_what_the_first_saved(signed_in, olive, amina, london):
    signed_in(amina).post("/cohorts/london-2017/settings/", typed(london, title="Saved first", region="London"))

    page = signed_in(olive).post("/cohorts/london-2017/settings/", typed(london, title="Typed second"))

    text = page.content.decode()
    assert page.status_code == 409
    assert [(row["label"], row["saved"], row["typed"]) for row in page.context["differences"]] == [
        ("Title", "Saved first", "Typed second")
    ]
    assert "These settings were saved by Amina at " in text and 'value="Typed second"' in text
    london.refresh_from_db()
    assert london.title == "Saved first"


def test_settings_second_may_save_over_it_knowingly(signed_in, olive, amina, london):
    signed_in(amina).post("/cohorts/london-2017/settings/", typed(london, title="Saved first"))
    browser = signed_in(olive)
    conflict = browser.post("/cohorts/london-2017/settings/", typed(london, title="Typed second"))

    again = browser.post(
        "/cohorts/london-2017/settings/",
        typed(london, title="Typed second") | {"version": conflict.context["form"].data["version"]},
    )

    london.refresh_from_db()
    assert (again.status_code, london.title, london.version) == (302, "Typed second", 3)


def test_settings_refuse_fewer_places_than_people(signed_in, olive, london):
    make.participant(london)
    make.participant(london)

    page = signed_in(olive).post("/cohorts/london-2017/settings/", typed(london, capacity="1"))

    assert page.status_code == 422
    assert page.context["form"].errors["capacity"] == ["2 people already have a place. Offer at least 2 places."]


# --- doors -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "welcome"),
    [
        ("programmes:settings", {"olive", "amina"}),
        ("programmes:people", {"olive", "amina", "alan"}),
        ("programmes:tables", {"olive", "amina", "alan"}),
        ("programmes:tables-all", {"olive", "amina", "alan"}),
        ("programmes:tables-export", {"olive", "amina", "alan"}),
        ("programmes:days", {"olive", "amina", "alan", "moses", "eve"}),
        ("cohort", {"olive", "amina", "alan", "moses", "eve"}),
    ],
)
def test_cohort_pages_open_to_those_who_may_and_are_absent_to_others(
    request, signed_in, london, stranger, name, welcome
):
    address = reverse(name, args=["london-2017"])
    everybody = ["olive", "amina", "alan", "ruth", "moses", "carol", "eve", "connie", "stranger"]

    answers = {who: signed_in(request.getfixturevalue(who)).get(address).status_code for who in everybody}

    assert answers == {who: 200 if who in welcome else 404 for who in everybody}


@pytest.mark.parametrize("path", ["/cohorts/", "/cohorts/new/", "/cohorts/london-2017/", "/today/", "/my-table/"])
def test_pages_ask_for_a_sign_in(client, london, path):
    assert client.get(path)["Location"] == f"{reverse('account_login')}?next={path}"


def test_settings_of_a_cohort_that_is_not_there(signed_in, olive):
    assert signed_in(olive).get("/cohorts/nowhere/settings/").status_code == 404


def test_service_and_page_agree_on_the_largest_cohort():
    assert cohorts.LARGEST_COHORT == 400
