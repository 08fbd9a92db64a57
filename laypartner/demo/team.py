"""The accounts of the demo and what each may do."""

from dataclasses import dataclass
from typing import Any

from laypartner.demo.files import words
from people.models import User
from people.services import roles
from programmes.models import Coach, Cohort


@dataclass(frozen=True)
class Member:
    """One account of the demo, and the button that turns the visitor into it."""

    key: str
    name: str
    email: str
    roles: list[dict[str, str]]
    cohorts: list[str]
    in_bar: bool = True

    @property
    def label(self) -> str:
        """The button's words: "Access lead"."""
        return "Organiser, Kent only" if self.key == "organiser-kss" else self.key.replace("-", " ").capitalize()


def members() -> list[Member]:
    return [Member(**row) for row in words("team")["member"]]


def in_bar() -> list[Member]:
    """Those with a button of their own; the others fill the room (more reviewers)."""
    return [member for member in members() if member.in_bar]


def account(key: str) -> User:
    """The account of one member. Raises User.DoesNotExist before the demo is loaded."""
    email = next(member.email for member in members() if member.key == key)
    return User.objects.get(email=email)


def give_roles(cohort: Cohort) -> None:
    """Give the team its roles in one cohort (a role that is there already stays as it is)."""
    for member in members():
        if cohort.slug in member.cohorts:
            for row in member.roles:
                _give(member, row["role"], cohort.programme if row["of"] == "programme" else cohort)


def _give(member: Member, role: str, scope: Any) -> None:
    roles.give(email=member.email, name=member.name, role=role, scope=scope, by=None)


def know_the_coach(cohort: Cohort) -> None:
    """The coach's account and the coach on the table plan are one human being."""
    user = account("coach")
    coach = Coach.objects.get(cohort=cohort, person__name=user.name)
    user.person = coach.person
    user.save(update_fields=["person"])
