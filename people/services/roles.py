"""Giving and taking away roles. They bite at the next request, because rights are read from the database each time."""

from typing import Any

from django.db import models, transaction

from core import audit, outbox
from core.exceptions import DomainError
from core.text import fold_email
from people.models import RoleAssignment, User
from people.roles import Role


class AccountClosed(DomainError):
    """The account of that address was closed."""


class LastAdministrator(DomainError):
    """Nobody would be left to give roles in the programme."""


@transaction.atomic
def give(
    *,
    email: str,
    name: str,
    role: str,
    scope: models.Model,
    by: Any = None,
) -> RoleAssignment:
    """Give one role in `scope`, which is a cohort or a whole programme, and write to the person.

    Makes the account if the address has none; an account that is there keeps its name. Giving a role twice changes
    nothing and writes no second letter. Raises AccountClosed.
    """
    user = User.objects.filter(email=fold_email(email)).first() or User.objects.create_user(email, name=name)
    if not user.is_active:
        raise AccountClosed("The account of this address is closed. Use another address, or ask us to open it again.")
    where = {"cohort": None, "programme": None, scope._meta.model_name: scope}
    assignment, is_new = RoleAssignment.objects.get_or_create(user=user, role=role, **where)
    if is_new:
        audit.record("role_given", user, by=by, cohort=where["cohort"], role=str(role), assignment=assignment.pk)
        _write_to(assignment)
    return assignment


@transaction.atomic
def take(*, assignment: RoleAssignment, by: Any = None) -> None:
    """Take one role away. Raises LastAdministrator when nobody would be left to look after the programme."""
    if assignment.role == Role.ADMINISTRATOR and assignment.programme_id and not _other_administrators(assignment):
        raise LastAdministrator(
            "This is the last administrator of the programme. Make somebody else an administrator first."
        )
    audit.record("role_taken", assignment.user, by=by, cohort=assignment.cohort, role=assignment.role)
    assignment.delete()


def _other_administrators(assignment: RoleAssignment) -> list[RoleAssignment]:
    """The other people who could give this role back; their rows stay locked, so that two cannot leave at once."""
    of_programme = RoleAssignment.objects.select_for_update(of=("self",)).filter(
        programme_id=assignment.programme_id, role=Role.ADMINISTRATOR, user__is_active=True
    )
    return [other for other in of_programme if other.pk != assignment.pk]


def _write_to(assignment: RoleAssignment) -> None:
    scope = assignment.cohort or assignment.programme
    outbox.write(
        "people/emails/role_given",
        {"name": assignment.user.name, "role": assignment.get_role_display(), "scope": str(scope)},
        key=f"role:{assignment.pk}",
        to=assignment.user.email,
        recipient_name=assignment.user.name,
        cohort=assignment.cohort,
    )
