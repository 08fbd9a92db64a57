"""Giving and taking away roles."""

import pytest

from core.models import AuditEvent, Message
from people.models import RoleAssignment, User
from people.roles import Role
from people.services import accounts, roles
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/cohorts/london-2017/roles/"


def held(email: str) -> set[tuple[str, str]]:
    rows = RoleAssignment.objects.filter(user__email=email)
    return {(row.role, "programme" if row.programme_id else "cohort") for row in rows}


def form(**fields: str) -> dict[str, str]:
    return {"name": "Nia New", "email": "nia@example.org", "role": "REVIEWER", "scope": "cohort"} | fields


# --- the services ----------------------------------------------------------------------------------------
def test_give_makes_the_account_writes_to_it_and_leaves_a_line(london, amina):
    given = roles.give(email="Nia@Example.org", name="Nia New", role=Role.REVIEWER, scope=london, by=amina)

    letter, line = Message.objects.get(), AuditEvent.objects.get()
    assert (given.user.email, given.user.name, held("nia@example.org")) == (
        "nia@example.org",
        "Nia New",
        {("REVIEWER", "cohort")},
    )
    assert (letter.to, letter.subject) == ("nia@example.org", "You are now reviewer of London 2017")
    assert "http://127.0.0.1:8000/account/sign-in/" in letter.text
    assert (line.verb, line.by, line.scope, line.detail["role"]) == (
        "role_given",
        amina,
        f"cohort:{london.pk}",
        "REVIEWER",
    )


def test_give_twice_changes_nothing_and_writes_once(london, amina):
    for _ in range(2):
        roles.give(email="nia@example.org", name="Other", role=Role.REVIEWER, scope=london, by=amina)

    assert RoleAssignment.objects.filter(user__email="nia@example.org").count() == 1
    assert Message.objects.count() == 1


def test_give_to_somebody_with_an_account_keeps_the_name(london, olive):
    roles.give(email="olive@example.org", name="Olivia", role=Role.EVALUATOR, scope=london.programme)

    assert User.objects.get(email="olive@example.org").name == "Olive"
    assert held("olive@example.org") == {("ORGANISER", "cohort"), ("EVALUATOR", "programme")}


def test_give_to_a_closed_account_is_refused(london, olive):
    accounts.close(user=olive)

    with pytest.raises(roles.AccountClosed):
        roles.give(email="olive@example.org", name="Olive", role=Role.REVIEWER, scope=london)


def test_take_leaves_a_line(london, amina, olive):
    roles.take(assignment=olive.assignments.get(), by=amina)

    line = AuditEvent.objects.get()
    assert held("olive@example.org") == set()
    assert (line.verb, line.subject_id, line.by) == ("role_taken", str(olive.pk), amina)


def test_take_refuses_the_last_administrator(amina):
    with pytest.raises(roles.LastAdministrator):
        roles.take(assignment=amina.assignments.get(), by=amina)

    assert held("amina@example.org") == {("ADMINISTRATOR", "programme")}


def test_take_counts_only_administrators_who_can_sign_in(london, amina):
    other = make.user("bea@example.org", (Role.ADMINISTRATOR, london.programme))
    accounts.close(user=other)

    with pytest.raises(roles.LastAdministrator):
        roles.take(assignment=amina.assignments.get(), by=amina)


def test_take_one_of_two_administrators(london, amina):
    make.user("bea@example.org", (Role.ADMINISTRATOR, london.programme))

    roles.take(assignment=amina.assignments.get(), by=amina)

    assert held("amina@example.org") == set()


# --- the page -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["olive", "alan", "ruth", "moses", "carol", "eve", "connie", "stranger"])
def test_page_is_for_administrators_only(who, request, signed_in, amina):
    browser = signed_in(request.getfixturevalue(who))
    assignment = amina.assignments.get()

    answers = [
        browser.get(PAGE).status_code,
        browser.post(PAGE, form()).status_code,
        browser.get(f"{PAGE}{assignment.pk}/take/").status_code,
        browser.post(f"{PAGE}{assignment.pk}/take/").status_code,
    ]

    assert answers == [404] * 4
    assert held("nia@example.org") == set()


def test_page_lists_the_roles_of_the_cohort_and_of_its_programme(amina, olive, connie, stranger, signed_in):
    table = signed_in(amina).get(PAGE).context["table"]

    assert [(row.user.name, row.get_role_display()) for row in table.page] == [
        ("Amina", "Administrator"),
        ("Connie", "Commissioner"),
        ("Olive", "Organiser"),
    ]


@pytest.mark.parametrize("scope", ["cohort", "programme"])
def test_page_gives_a_role(scope, amina, signed_in):
    response = signed_in(amina).post(PAGE, form(scope=scope))

    assert response.url == PAGE
    assert held("nia@example.org") == {("REVIEWER", scope)}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nobody"}, "Enter an email address in the right form"),
        ({"name": ""}, "Enter the name."),
        ({"role": "KING"}, "Choose one of the answers on the list."),
        ({"name": "Nia\r\nBcc: z@evil.example"}, "Use one line of ordinary characters."),
        ({"name": "x" * 10_000}, "Use 100 characters or fewer"),
    ],
)
def test_page_says_what_is_wrong_and_keeps_what_was_typed(wrong, sentence, amina, signed_in):
    response = signed_in(amina).post(PAGE, form(**wrong))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "<title>Error: " in page
    assert 'value="REVIEWER"' in page
    assert held("nia@example.org") == set()


def test_administrator_of_one_cohort_gives_and_takes_only_there(london, amina, signed_in):
    beth = make.user("beth@example.org", (Role.ADMINISTRATOR, london))
    browser = signed_in(beth)

    assert browser.post(PAGE, form(scope="programme")).status_code == 422
    assert browser.post(PAGE, form()).status_code == 302
    refused = browser.post(f"{PAGE}{amina.assignments.get().pk}/take/", follow=True)

    assert "This role is for the whole programme." in refused.content.decode()
    assert held("amina@example.org") == {("ADMINISTRATOR", "programme")}


def test_taking_away_asks_first(amina, olive, signed_in):
    browser = signed_in(amina)
    address = f"{PAGE}{olive.assignments.get().pk}/take/"

    page = browser.get(address)
    assert "Take the role away from Olive?" in page.content.decode()
    assert held("olive@example.org") == {("ORGANISER", "cohort")}
    browser.post(address)

    assert held("olive@example.org") == set()


def test_last_administrator_is_told_why(amina, signed_in):
    response = signed_in(amina).post(f"{PAGE}{amina.assignments.get().pk}/take/", follow=True)

    assert "This is the last administrator of the programme." in response.content.decode()


def test_role_of_another_programme_is_not_found(amina, stranger, signed_in):
    foreign = stranger.assignments.get().pk

    assert signed_in(amina).post(f"{PAGE}{foreign}/take/").status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_page_costs_the_same_for_one_and_fifty(rows, london, amina, signed_in, django_assert_num_queries):
    for number in range(rows):
        make.user(f"r{number}@example.org", (Role.REVIEWER, london))
    browser = signed_in(amina)

    with django_assert_num_queries(7):
        browser.get(PAGE)
