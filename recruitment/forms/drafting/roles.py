"""Lay roles held: as many as somebody has, each in the same seven boxes. "None yet" is a fine answer."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from core.forms import ChoiceField, OneLineField, SelectField, WholeNumberField
from people.models import LayRole, Organisation
from people.models.lay_role import EARLIEST
from programmes.models import Experience
from recruitment.forms.drafting.step import Part, StepForm, kept
from recruitment.queries.drafting import Facts
from recruitment.services.applying import RoleHeld

MOST_ROLES = 20
PARTS = ("body", "kind", "role", "level", "from_year", "to_year", "hours")
LEVELS = (
    (LayRole.Level.INDIVIDUAL, "People’s own care"),
    (LayRole.Level.SERVICE, "How a service is run or designed"),
    (LayRole.Level.STRATEGIC, "Plans and rules for a whole organisation or area"),
)
POSTED = re.compile(rf"role([0-9]{{1,2}})_({'|'.join(PARTS)})")


class RolesForm(StepForm):
    more_buttons = [("add", "Save and add another role")]

    experience = ChoiceField(
        label="How long have you had lay roles?",
        choices=Experience.choices,
        help_text="A lay role is when you speak as a patient or carer in a group, a board or a committee.",
    )

    def __init__(self, data: Mapping[str, Any], *, facts: Facts, more: bool = False, **kwargs: Any) -> None:
        self.roles = list(data.get("roles", []))
        self.number = max(len(self.roles) + more, 1)
        flat = {f"role{n}_{part}": value for n, role in enumerate(self.roles) for part, value in role.items()}
        super().__init__({**data, **flat}, facts=facts, **kwargs)

    def arrange(self) -> None:
        self.unmarked = [f"role{number}_{part}" for number in range(self.number) for part in PARTS]
        for number in range(self.number):
            self.fields.update({f"role{number}_{part}": field for part, field in _role_fields().items()})

    def names(self) -> list[str]:
        return ["experience", "roles"]

    def typed(self, posted: QueryDict) -> dict[str, Any]:
        """The roles as a list without the empty ones, and without the one whose “Remove” was pressed."""
        found: dict[int, dict[str, str]] = {}
        for name in posted:
            if match := POSTED.fullmatch(name):
                found.setdefault(int(match[1]), {})[match[2]] = kept(posted[name])
        removed = posted.get("remove", "")
        roles = [
            role
            for number, role in sorted(found.items())
            if str(number) != removed and any(value.strip() for value in role.values())
        ]
        return {"experience": kept(posted.get("experience", "")), "roles": roles[:MOST_ROLES]}

    def clean(self) -> dict[str, Any]:
        for number in range(len(self.roles)):
            self._check(number)
        return self.cleaned_data

    def _check(self, number: int) -> None:
        """A role needs its body, and years that follow each other."""
        role = self._role(number)
        body, first, last = (f"role{number}_{part}" for part in ("body", "from_year", "to_year"))
        if not role["body"] and body not in self.errors and any(role.values()):
            self.add_error(body, ValidationError("Enter the group, board or committee.", code="required"))
        this_year = timezone.localdate().year
        for name in (first, last):
            if (self.cleaned_data.get(name) or 0) > this_year:
                self.add_error(name, f"Enter a year up to {this_year}.")
        if role["from_year"] and role["to_year"] and role["to_year"] < role["from_year"] and last not in self.errors:
            self.add_error(last, "This year is before the year in which you started. Change one of the two.")

    def _role(self, number: int) -> dict[str, Any]:
        return {part: self.cleaned_data.get(f"role{number}_{part}") for part in PARTS}

    def parts(self) -> list[Part]:
        cards = [self._card(number) for number in range(self.number)]
        return [Part([self["experience"]]), *cards]

    def _card(self, number: int) -> Part:
        """One role. A card that nobody has filled in yet has no button to remove it."""
        boxes = [self[f"role{number}_{part}"] for part in PARTS]
        remove = str(number) if number < len(self.roles) else ""
        return Part(boxes, f"Role {number + 1}", f"role-{number + 1}", remove)

    def rows(self) -> list[tuple[str, str, str]]:
        """The experience, and each role as one row."""
        experience = (str(self.fields["experience"].label), self.shown("experience"), "experience")
        roles = [
            (f"Role {number + 1}", "\n".join(filter(None, self._lines(number))), f"role{number}_body")
            for number in range(len(self.roles))
        ]
        return [experience, *roles]

    def _lines(self, number: int) -> list[str]:
        body, kind, role, level, first, last, hours = (self.shown(f"role{number}_{part}") for part in PARTS)
        years = " to ".join(filter(None, [first, last or ("now" if first else "")]))
        return [body, role, kind, level, years, f"{hours} hours a month" if hours else ""]

    def filled_in(self) -> dict[str, Any]:
        roles = [self._role(number) for number in range(len(self.roles))]
        return {
            "experience": self.cleaned_data["experience"],
            "roles": [RoleHeld(hours_a_month=role.pop("hours"), **role) for role in roles],
        }


def _role_fields() -> dict[str, Any]:
    year = {"min_value": EARLIEST, "max_value": 9999, "required": False}
    sentence = {"invalid": f"Enter a year with four digits, from {EARLIEST} on, like 2019."}
    return {
        "body": OneLineField(label="Group, board or committee", max_length=200, required=False),
        "kind": SelectField(label="What kind of body is it?", choices=Organisation.Kind.choices, required=False),
        "role": OneLineField(
            label="What do you do there?", max_length=200, required=False, help_text="For example: member, chair."
        ),
        "level": SelectField(label="What does it decide about?", choices=LEVELS, required=False),
        "from_year": WholeNumberField(label="From year", error_messages=sentence, help_text="Like 2015.", **year),
        "to_year": WholeNumberField(label="To year", error_messages=sentence, help_text="Empty if now.", **year),
        "hours": WholeNumberField(label="Hours a month", max_value=300, required=False),
    }
