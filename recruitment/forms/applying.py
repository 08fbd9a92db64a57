"""The application form: one page, in sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms import BoundField
from django.utils.html import format_html

from core.forms import (
    AgreeField,
    ChoiceField,
    EmailField,
    Form,
    LongTextField,
    OneLineField,
    PhoneField,
    SelectField,
    WholeNumberField,
)
from people.models import InformationFormat, LivedExperience, Route
from programmes.models import Cohort, Experience
from recruitment.rubric import CRITERIA, WRITING_HINT, Criterion

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six")
YES, NO = "yes", "no"
# The field that each way to be contacted needs.
NEEDED = {Route.EMAIL: "email", Route.PHONE: "phone", Route.POST: "post"}


class KeyField(forms.UUIDField):
    """The form's own key, by which a form that is sent twice is known. A broken one is replaced, not refused."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return uuid4()


@dataclass(frozen=True)
class Section:
    """A part of a form under its own heading."""

    title: str
    intro: str
    fields: list[BoundField]


def answer_name(criterion: Criterion) -> str:
    return f"answer_{criterion.characteristic.lower()}"


class ApplicationForm(Form):
    """The short application on one page. `services.applying.submit` takes what `filled_in()` gives."""

    submit_label = "Send my application"

    key = KeyField()
    name = OneLineField(
        label="Your name", max_length=100, help_text="The name you like to be called. It can be a first name only."
    )
    preferred = ChoiceField(label="How should we contact you?", choices=Route.choices)
    email = EmailField(
        label="Email address",
        help_text="We need it if you chose email.",
        error_messages={"required": "Enter your email address, or choose another way for us to contact you."},
    )
    phone = PhoneField(
        label="Phone number",
        help_text="We need it if you chose phone.",
        error_messages={"required": "Enter your phone number, or choose another way for us to contact you."},
    )
    post = LongTextField(
        label="Postal address",
        max_length=200,
        rows=3,
        count=False,
        help_text="We need it if you chose post.",
        error_messages={"required": "Enter your postal address, or choose another way for us to contact you."},
    )
    information_format = SelectField(
        label="How do you like to get information?",
        choices=InformationFormat.choices,
        initial=InformationFormat.STANDARD,
        help_text="We will write to you in this way.",
    )

    area = OneLineField(
        label="Where do you live?",
        max_length=100,
        help_text="Your town, your London borough or the first part of your postcode. We do not need more.",
    )
    organisation_name = OneLineField(
        label="Which organisation or group do you work with as a patient or carer?",
        max_length=200,
        required=False,
        help_text="For example a hospital, a GP patient group, a council or a charity.",
    )
    lived_experience = ChoiceField(
        label="Are you a patient or a carer?",
        choices=LivedExperience.choices,
        help_text="A carer looks after someone without being paid for it.",
    )
    experience = ChoiceField(
        label="How long have you had lay roles?",
        choices=Experience.choices,
        help_text="A lay role is when you speak as a patient or carer in a group, a board or a committee.",
    )
    lay_roles = LongTextField(
        label="Which lay roles do you have, or did you have?",
        max_length=2000,
        rows=4,
        required=False,
        help_text="One on each line. “None yet” is a fine answer.",
    )

    hours_a_month = WholeNumberField(
        label="How many hours a month can you give?",
        max_value=300,
        help_text="All together: meetings, reading, emails and calls. A guess is fine.",
    )
    can_come_every_day = ChoiceField(
        label="Can you come on every day?",
        choices=[(YES, "Yes, I can come on every day"), (NO, "No, or I am not sure")],
    )
    access_needs = LongTextField(
        label="What do you need to take part?",
        max_length=2000,
        rows=4,
        required=False,
        help_text="For example a hearing loop, step-free rooms, large print, breaks, a place for your support worker. "
        "This has no effect on who gets a place. The people who score your answers do not see it.",
    )
    agrees = AgreeField(
        label="I have read how you use my information",
        error_messages={"required": "Read how we use your information and tick the box."},
        help_text=format_html(
            'Our <a href="{}" target="_blank">privacy notice (opens in a new tab)</a> says what we keep, why, and for '
            "how long.",
            "/privacy/",
        ),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in CRITERIA:
            self.fields[answer_name(item)] = LongTextField(
                label=f"{item.number}. {item.question}",
                max_length=5000,
                rows=7,
                help_text=WRITING_HINT,
                error_messages={"required": f"Answer question {item.number}. A few words are enough."},
            )
        if self.is_bound:
            self._need_one_address()
        self._name_the_days(cohort)
        self.order_fields([name for _, _, names in self.outline() for name in names])

    def _need_one_address(self) -> None:
        """Only the address that goes with the chosen way is needed."""
        for route, name in NEEDED.items():
            self.fields[name].required = route == self.data.get("preferred")

    def _name_the_days(self, cohort: Cohort) -> None:
        """“Can you come on all three days?”, with the days spelt out beneath it."""
        days = [f"{day.date:%A} {day.date.day} {day.date:%B %Y}" for day in cohort.days.all()]
        number = NUMBER_WORDS[len(days)] if len(days) < len(NUMBER_WORDS) else str(len(days))
        field = self.fields["can_come_every_day"]
        field.label = f"Can you come on all {number} days?" if len(days) > 1 else "Can you come on the day?"
        field.help_text = f"{'; '.join(days)}. If not, we will talk with you about it." if days else ""

    def outline(self) -> list[tuple[str, str, list[str]]]:
        """The parts of the page: heading, first words, names of the fields."""
        *questions, time = [answer_name(item) for item in CRITERIA]
        contact = ["key", "name", "preferred", "email", "phone", "post", "information_format"]
        background = ["area", "lived_experience", "experience", "lay_roles", "organisation_name"]
        seven = (
            "These are the seven things that matter in the role. We score each answer. "
            "Examples from any part of your life count, and short answers are fine."
        )
        return [
            ("About you", "", contact),
            ("You as a patient or carer", "", background),
            ("Seven questions", seven, [*questions, "hours_a_month", time]),
            ("Taking part", "", ["can_come_every_day", "access_needs"]),
            ("Before you send it", "", ["agrees"]),
        ]

    def sections(self) -> Iterator[Section]:
        for title, intro, names in self.outline():
            yield Section(title, intro, [self[name] for name in names])

    def typed(self) -> list[tuple[str, str]]:
        """Every text that was typed, with its question: for the page that cannot take the form any more."""
        boxes = [box for section in self.sections() for box in section.fields]
        texts = [box for box in boxes if isinstance(box.field, (LongTextField, OneLineField))]
        return [(str(box.label), str(box.value())) for box in texts if (box.value() or "").strip()]

    def filled_in(self) -> dict[str, Any]:
        """The clean values under the names that the service asks for."""
        values = {name: self.cleaned_data[name] for name in self.declared_fields if name != "agrees"}
        return values | {
            "can_come_every_day": values["can_come_every_day"] == YES,
            "answers": {item.characteristic: self.cleaned_data[answer_name(item)] for item in CRITERIA},
        }
