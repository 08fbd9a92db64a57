"""Gives somebody a role from the command line: how the first administrator of an installation comes about."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from core.exceptions import DomainError
from people.roles import Role
from people.services import roles
from programmes.models import Cohort, Programme


class Command(BaseCommand):
    help = "Make the account if need be and give it a role in one programme or one cohort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", help=", ".join(role.lower().replace("_", "-") for role in Role))
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--cohort", metavar="SLUG")
        scope.add_argument("--programme", metavar="NAME")
        parser.add_argument("--name", default="", help="how the person is called, for a new account")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = self._cohort(options["cohort"]) if options["cohort"] else self._programme(options["programme"])
        name = options["name"] or options["email"].split("@")[0]
        try:
            validate_email(options["email"])
            given = roles.give(email=options["email"], name=name, role=self._role(options["role"]), scope=scope)
        except ValidationError:
            raise CommandError(f"{options['email']} is not an email address.") from None
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"{given.user.email} is now {given.get_role_display().lower()} of {scope}.")

    def _role(self, word: str) -> Role:
        code = word.upper().replace("-", "_")
        if code not in Role.values:
            raise CommandError(f"There is no role called {word}. The roles are: {', '.join(Role.labels).lower()}.")
        return Role(code)

    def _cohort(self, slug: str) -> Cohort:
        cohort = Cohort.objects.filter(slug=slug).first()
        if cohort is None:
            raise CommandError(f"There is no cohort called {slug}. Its short name stands in its address.")
        return cohort

    def _programme(self, name: str) -> Programme:
        found = list(Programme.objects.filter(name=name)[:2])
        if len(found) != 1:
            raise CommandError(
                f"There is no programme called {name}, or more than one. Give the role by --cohort instead."
            )
        return found[0]
