"""Finding a person, and one person on one page."""

import pytest
from django.db import transaction

from core.models import AuditEvent
from people.models import AccessNeed, Consent, Person, Route
from people.permissions import Permission
from people.services import consents, details
from tests import make

pytestmark = pytest.mark.django_db
NEED = "CANARY-needs-a-ramp"
ANSWER = "CANARY-answer"


@pytest.fixture
def ada(london):
    """A participant of London with everything that a person can have."""
    person = make.person("Ada Okafor", email="ada@example.org", phone="020 7946 0001", area="Camden")
    make.application(london, person=person)
    make.participant(london, "T01", person=person)
    AccessNeed.objects.create(person=person, description=NEED)
    with transaction.atomic():
        consents.give(person=person, purpose=Consent.Purpose.PRIVACY_NOTICE)
    return person


# --- who sees whom --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["participant", "application", "coach"])
def test_visible_to_who_looks_after_a_cohort_of_theirs(way, london, olive, stranger):
    person = make.person("Bo")
    getattr(make, way)(london, person=person)

    assert list(Person.objects.visible_to(olive)) == [person]
    assert person not in Person.objects.visible_to(stranger)


def test_visible_to_counts_a_person_once(london, kent, amina, ada):
    make.coach(london, person=ada)

    assert list(Person.objects.visible_to(amina)) == [ada]


def test_visible_to_nobody_in_no_cohort(olive):
    make.person("Bo")

    assert list(Person.objects.visible_to(olive)) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("amina", 200),
        ("olive", 200),
        ("alan", 200),
        ("ruth", 404),
        ("moses", 404),
        ("carol", 404),
        ("eve", 404),
        ("connie", 404),
        ("stranger", 404),
    ],
)
def test_person_page_by_role(who, status, ada, request, signed_in):
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get(f"/people/{ada.pk}/").status_code == status


def test_person_page_of_a_foreign_person_reads_as_one_that_is_not_there(ada, stranger, signed_in):
    browser = signed_in(stranger)

    foreign, missing = browser.get(f"/people/{ada.pk}/"), browser.get("/people/999999/")

    assert foreign.status_code == missing.status_code == 404
    hide = [(foreign["X-Request-ID"], str(ada.pk)), (missing["X-Request-ID"], "999999")]
    pages = [
        page.content.decode().replace(number, "N") for page, (number, _) in zip((foreign, missing), hide, strict=True)
    ]
    assert len(pages[0]) == len(pages[1])


@pytest.mark.parametrize("who", ["amina", "olive", "alan"])
def test_access_needs_are_shown_to_who_may_see_them(who, ada, request, signed_in):
    assert NEED in signed_in(request.getfixturevalue(who)).get(f"/people/{ada.pk}/").content.decode()


@pytest.mark.parametrize("who", ["ruth", "moses", "carol", "eve", "connie", "stranger"])
def test_access_needs_never_reach_anybody_else(who, ada, request, signed_in, london):
    """Every page of people/ and the pages around the person, as each role that must not know."""
    browser = signed_in(request.getfixturevalue(who))
    application = ada.applications.get()
    pages = [
        f"/people/{ada.pk}/",
        f"/people/{ada.pk}/edit/",
        "/people/",
        "/people/?q=CANARY",
        "/people/?export=csv",
        "/outbox/",
        f"/cohorts/{london.slug}/applications/",
        f"/cohorts/{london.slug}/applications/{application.reference}/",
        f"/cohorts/{london.slug}/people/",
        f"/cohorts/{london.slug}/tables/",
        "/reviews/",
        "/my-table/",
        "/reports/",
    ]

    for page in pages:
        assert NEED not in browser.get(page).content.decode(errors="replace"), page


def test_access_needs_open_only_for_people_of_that_very_cohort(ada, kent, stranger, signed_in):
    """Sam sees Ada once she coaches in Kent, and her needs too: but not what she did in London."""
    make.coach(kent, person=ada)

    page = signed_in(stranger).get(f"/people/{ada.pk}/").context["page"]

    assert [coaching.cohort for coaching in page.coachings] == [kent]
    assert (page.places, page.applications) == ([], [])


def test_person_page_shows_everything_to_the_organiser(ada, olive, signed_in, london):
    response = signed_in(olive).get(f"/people/{ada.pk}/")

    page, html = response.context["page"], response.content.decode()
    assert [(route.kind, route.value) for route in page.routes] == [
        ("EMAIL", "ada@example.org"),
        ("PHONE", "020 7946 0001"),
    ]
    assert [place.ref for place in page.places] == ["T01"]
    assert [application.cohort for application in page.applications] == [london]
    assert [consent.purpose for consent in page.consents] == ["PRIVACY_NOTICE"]
    assert [event.verb for event in page.events] == ["consent_given", "registered"]
    assert "Agreed to how we use personal information" in html


def test_person_page_of_the_access_lead_has_no_applications_and_no_edit(ada, alan, signed_in):
    page = signed_in(alan).get(f"/people/{ada.pk}/").context["page"]

    assert (page.may_edit, page.may_see_applications, page.applications) == (False, False, [])


def test_html_in_a_name_is_shown_as_text(london, olive, signed_in):
    person = make.participant(london, name="<script>alert(1)</script>").person

    for page in (f"/people/{person.pk}/", "/people/"):
        html = signed_in(olive).get(page).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


# --- the search -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("asked", ["okaf", "Camden", "ada@", "7946 0001"])
def test_search_finds_by_name_area_address_and_telephone(asked, ada, london, olive, signed_in):
    make.participant(london, "T02", name="Bo Lind", area="Ealing")

    table = signed_in(olive).get("/people/", {"q": asked}).context["table"]

    assert [row.name for row in table.page] == ["Ada Okafor"]


def test_search_finds_nobody_of_another_region(ada, stranger, signed_in):
    table = signed_in(stranger).get("/people/", {"q": "Ada"}).context["table"]

    assert list(table.page) == []


def test_search_exports_what_it_shows(ada, olive, signed_in):
    response = signed_in(olive).get("/people/", {"export": "csv"})

    assert response.content.decode("utf-8-sig").splitlines() == [
        "Name,Area,Organisation,Cohorts,Email address,Telephone,Best way",
        "Ada Okafor,Camden,,London 2017 (T01),ada@example.org,020 7946 0001,Email",
    ]


@pytest.mark.parametrize("rows", [1, 50])
def test_search_costs_the_same_for_one_and_fifty(rows, london, olive, signed_in, django_assert_num_queries):
    for number in range(rows):
        make.participant(london, f"T{number:02d}")
    browser = signed_in(olive)

    with django_assert_num_queries(7):
        browser.get("/people/")


def test_person_page_costs_the_same_for_one_and_many_cohorts(ada, olive, signed_in, django_assert_num_queries):
    browser = signed_in(olive)

    with django_assert_num_queries(14):
        browser.get(f"/people/{ada.pk}/")


# --- changing details ------------------------------------------------------------------------------------------
def typed(person: Person, **fields: str) -> dict[str, str]:
    return {
        "version": str(person.version),
        "name": "Ada Okafor-Lind",
        "area": "Brent",
        "organisation_name": "Brent Voices",
        "email": "ada.new@example.org",
        "phone": "",
        "post": "1 Sample Street\nLondon",
        "preferred": Route.POST,
        "information_format": "BRAILLE",
    } | fields


def test_edit_saves_everything_and_leaves_a_line_without_words(ada, olive, signed_in):
    response = signed_in(olive).post(f"/people/{ada.pk}/edit/", typed(ada))

    ada.refresh_from_db()
    line = AuditEvent.objects.filter(verb="details_changed").get()
    assert response.url == f"/people/{ada.pk}/"
    assert (ada.name, ada.area, ada.organisation.name, ada.information_format, ada.version) == (
        "Ada Okafor-Lind",
        "Brent",
        "Brent Voices",
        "BRAILLE",
        2,
    )
    assert {(route.kind, route.value, route.is_preferred) for route in ada.contact_routes.all()} == {
        ("EMAIL", "ada.new@example.org", False),
        ("POST", "1 Sample Street\nLondon", True),
    }
    assert (line.by, line.detail) == (olive, {"version": 2})


def test_edit_page_starts_with_what_is_stored(ada, olive, signed_in):
    form = signed_in(olive).get(f"/people/{ada.pk}/edit/").context["form"]

    assert (form.initial["email"], form.initial["phone"], form.initial["preferred"], form.initial["version"]) == (
        "ada@example.org",
        "020 7946 0001",
        "EMAIL",
        1,
    )


def test_edit_after_somebody_else_saved_keeps_the_text_and_says_so(ada, olive, signed_in):
    browser = signed_in(olive)
    browser.post(f"/people/{ada.pk}/edit/", typed(ada))

    response = browser.post(f"/people/{ada.pk}/edit/", typed(ada, name="Ada Second"))

    assert response.status_code == 422
    assert "Somebody else changed this person" in response.content.decode()
    assert 'value="Ada Second"' in response.content.decode()
    assert Person.objects.get(pk=ada.pk).name == "Ada Okafor-Lind"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"preferred": "EMAIL", "email": ""}, "Enter this, or choose another best way than “Email”."),
        ({"preferred": "PHONE"}, "Enter this, or choose another best way than “Phone”."),
        ({"email": "ada"}, "Enter an email address in the right form"),
        ({"name": ""}, "Enter the name."),
        ({"post": "x" * 300}, "Use 254 characters or fewer"),
        ({"version": "x"}, "Enter a whole number"),
    ],
)
def test_edit_says_what_is_wrong(wrong, sentence, ada, olive, signed_in):
    response = signed_in(olive).post(f"/people/{ada.pk}/edit/", typed(ada, **wrong))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Person.objects.get(pk=ada.pk).name == "Ada Okafor"


@pytest.mark.parametrize("who", ["alan", "ruth", "moses", "carol", "eve", "connie", "stranger"])
def test_edit_is_for_organisers_and_administrators(who, ada, request, signed_in):
    response = signed_in(request.getfixturevalue(who)).post(f"/people/{ada.pk}/edit/", typed(ada))

    assert response.status_code == 404
    assert Person.objects.get(pk=ada.pk).name == "Ada Okafor"


def test_edit_takes_only_the_fields_of_the_form(ada, olive, signed_in):
    signed_in(olive).post(f"/people/{ada.pk}/edit/", typed(ada, id="77", lived_experience="CARER", created_at="2000"))

    ada.refresh_from_db()
    assert ada.lived_experience == ""


def test_change_of_an_old_version_is_refused(ada, olive):
    values = typed(ada) | {"by": olive, "version": 7}

    with pytest.raises(details.ChangedMeanwhile):
        details.change(person=ada, **values)


# --- consents -------------------------------------------------------------------------------------------------
def test_consent_given_twice_keeps_the_first(ada):
    first = ada.consents.get()

    assert consents.give(person=ada, purpose=Consent.Purpose.PRIVACY_NOTICE) == first


def test_consent_withdrawn_and_given_again_keeps_both(ada):
    consents.withdraw(person=ada, purpose=Consent.Purpose.PRIVACY_NOTICE)
    consents.give(person=ada, purpose=Consent.Purpose.PRIVACY_NOTICE)

    assert [consent.withdrawn_at is None for consent in ada.consents.order_by("pk")] == [False, True]


def test_consent_that_was_not_given_cannot_be_withdrawn(ada):
    with pytest.raises(consents.NothingToWithdraw):
        consents.withdraw(person=ada, purpose=Consent.Purpose.EVALUATION_CONTACT)


def test_permission_of_the_page_is_people_view():
    assert Permission.PEOPLE_VIEW.value == "see a cohort's participants and how to reach them"
