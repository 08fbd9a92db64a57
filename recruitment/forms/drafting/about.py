"""Who somebody is, how to reach them, where they live."""

import re
from typing import Any

from core.forms import ChoiceField, EmailField, LongTextField, OneLineField, PhoneField, SelectField
from people.models import LivedExperience, Route
from recruitment.forms.drafting.step import NO, YES, StepForm

# The field that each way to be contacted needs.
NEEDED = {Route.EMAIL: "email", Route.PHONE: "phone", Route.POST: "post"}
# A whole postcode, typed although we ask for its first part only.
WHOLE_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?[0-9][A-Z]{2}")
PART_OF_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


class AboutYouForm(StepForm):
    unmarked = tuple(NEEDED.values())

    name = OneLineField(
        label="Your name", max_length=100, help_text="The name you like to be called. It can be a first name only."
    )
    pronunciation = OneLineField(
        label="How do we say your name?",
        max_length=100,
        required=False,
        help_text="For example: “Niamh” sounds like “Neev”.",
    )
    preferred = ChoiceField(label="How should we contact you?", choices=Route.choices)
    email = EmailField(
        label="Email address",
        required=False,
        help_text="We need it if you chose email. We send you a link, so that you can stop and come back.",
        error_messages={"required": "Enter your email address, or choose another way for us to contact you."},
    )
    phone = PhoneField(
        label="Phone number",
        required=False,
        help_text="We need it if you chose phone.",
        error_messages={"required": "Enter your phone number, or choose another way for us to contact you."},
    )
    post = LongTextField(
        label="Postal address",
        max_length=200,
        rows=3,
        count=False,
        required=False,
        help_text="We need it if you chose post.",
        error_messages={"required": "Enter your postal address, or choose another way for us to contact you."},
    )

    def arrange(self) -> None:
        """Only the address that goes with the chosen way is needed."""
        chosen = self.data.get("preferred")
        for route, name in NEEDED.items():
            self.fields[name].required = route == chosen

    def the_email(self) -> str | None:
        self.is_valid()
        return self.cleaned_data.get("email", "") if "email" not in self.errors or self.is_gap("email") else None


class CallingForm(StepForm):
    best_time = OneLineField(
        label="When is a good and safe time to call you?",
        max_length=200,
        required=False,
        help_text="For example: weekdays after 10am, not on Thursdays.",
    )
    may_leave_message = ChoiceField(
        label="May we leave a message?",
        choices=[(YES, "Yes"), (NO, "No")],
        required=False,
        inline=True,
        help_text="On an answering machine, or with somebody else who picks up.",
    )
    helper = OneLineField(
        label="Does someone help you with this?",
        max_length=200,
        required=False,
        help_text="Their name and how you know them, like “Sam Novak, my son”. We may then talk with them about your "
        "application.",
    )

    def filled_in(self) -> dict[str, Any]:
        return self.cleaned_data | {
            "may_leave_message": {YES: True, NO: False}.get(self.cleaned_data["may_leave_message"])
        }


class AreaForm(StepForm):
    area = OneLineField(
        label="Where do you live?",
        max_length=100,
        help_text="Your town, your London borough or the first part of your postcode, like N7. We keep no more than that.",
    )
    lived_experience = ChoiceField(
        label="Are you a patient or a carer?",
        choices=LivedExperience.choices,
        help_text="A carer looks after someone without being paid for it.",
    )
    organisation_name = OneLineField(
        label="Which organisation or group do you work with as a patient or carer?",
        max_length=200,
        required=False,
        help_text="For example a hospital, a GP patient group, a council or a charity.",
    )
    heard = SelectField(label="How did you hear of the course?", required=False)

    def arrange(self) -> None:
        if not self.facts.channels:
            del self.fields["heard"]
            return
        self.fields["heard"].choices = [(channel.code, channel.name) for channel in self.facts.channels]

    def clean_area(self) -> str:
        """Of a whole postcode only the first part is kept: "sw1a 1aa" becomes "SW1A"."""
        area = self.cleaned_data["area"]
        plain = area.upper()
        whole = WHOLE_POSTCODE.fullmatch(plain)
        return whole[1] if whole else plain if PART_OF_POSTCODE.fullmatch(plain) else area

    def filled_in(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "heard"}
