import pytest
from django.core.management import CommandError, call_command

from people.models import RoleAssignment, User
from people.roles import Role

pytestmark = pytest.mark.django_db


def test_give_role_makes_the_account_and_the_role(london, capsys):
    call_command("give_role", "Nia@Example.org", "access-lead", "--cohort", "london-2017", "--name", "Nia")

    given = RoleAssignment.objects.get(user__email="nia@example.org")
    assert (given.role, given.cohort, given.user.name) == (Role.ACCESS_LEAD, london, "Nia")
    assert capsys.readouterr().out == "nia@example.org is now access lead of London 2017.\n"


def test_give_role_of_a_programme_reaches_its_cohorts(london):
    call_command("give_role", "nia@example.org", "administrator", "--programme", london.programme.name)

    assert RoleAssignment.objects.get().programme == london.programme


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("x@example.org", "king", "--cohort", "london-2017"), "There is no role called king."),
        (("x@example.org", "coach", "--cohort", "paris"), "There is no cohort called paris."),
        (("x@example.org", "coach", "--programme", "Nothing"), "There is no programme called Nothing"),
        (("not-an-address", "coach", "--cohort", "london-2017"), "not-an-address is not an email address."),
    ],
)
def test_give_role_refuses_in_a_sentence(london, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("give_role", *arguments)

    assert User.objects.count() == 0
