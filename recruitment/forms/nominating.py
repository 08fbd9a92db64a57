"""Asking an organisation, and nominating a person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from core.forms import (
    AgreeField,
    EmailField,
    Form,
    LongTextField,
    OneLineField,
    PhoneField,
    SelectField,
    WholeNumberField,
)
from people.models import Organisation
from recruitment.models import Application

MOST = 50


class _Reachable(Form):
    """A form about somebody who can be reached by `routes`: one of the two is enough."""

    routes = ("email", "phone")
    unreachable = "Enter an email address or a phone number. One of the two is enough."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) or name in self.errors for name in self.routes):
            self.add_error(self.routes[0], self.unreachable)
        return cleaned


class AskForm(_Reachable):
    """Whom to ask to nominate people, and for which area."""

    submit_label = "Ask for nominations"
    routes = ("contact_email", "contact_phone")

    organisation_name = OneLineField(max_length=200, label="Organisation", help_text="Its full name.")
    kind = SelectField(choices=Organisation.Kind.choices, label="Kind of organisation")
    area = OneLineField(max_length=100, label="Area", help_text="The borough or town that you want people from.")
    asked_for = WholeNumberField(min_value=1, max_value=MOST, label="How many people?")
    contact_name = OneLineField(max_length=100, label="Name of the contact")
    contact_email = EmailField(required=False, label="Email address of the contact")
    contact_phone = PhoneField(
        required=False,
        label="Phone number of the contact",
        help_text="Without email, phone them and write down whom they nominate.",
    )
    message = LongTextField(
        max_length=2000, rows=4, required=False, label="A few words of your own", help_text="They go into the letter."
    )


class NominateForm(_Reachable):
    """One person, proposed by somebody who has asked them."""

    submit_label = "Nominate this person"

    name = OneLineField(max_length=100, label="Their name")
    email = EmailField(
        required=False,
        label="Their email address",
        help_text="We write to them with a link of their own.",
        error_messages={"invalid": "Enter an email address in the right form, like name@example.com."},
    )
    phone = PhoneField(required=False, label="Their phone number", help_text="If they have no email, we call them.")
    why = LongTextField(
        max_length=2000,
        rows=4,
        label="Why do you nominate them?",
        help_text="A few lines. They may ask to read it. Write nothing about their health.",
    )
    knows = AgreeField(
        label="They know that I give you their details",
        error_messages={"required": "Ask them first. Then tick the box and send the form."},
    )

    def who_and_why(self) -> dict[str, str]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "phone", "why")}


class JoinForm(Form):
    """Which of these applications is the nominated person's, by its reference."""

    submit_label = "This is their application"

    reference = OneLineField(max_length=20, label="Reference of the application", help_text="Like 7K3-M9Q.")

    def __init__(self, *args: Any, applications: QuerySet[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applications = applications
        self.application: Application | None = None

    def clean_reference(self) -> str:
        reference = self.cleaned_data["reference"].upper()
        self.application = self.applications.filter(reference=reference).first()
        if self.application is None:
            raise ValidationError("There is no application with this reference. Check it in the list of applications.")
        return reference
