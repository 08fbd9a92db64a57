"""A whole application on one page, for whoever types in paper forms and telephone calls.

Choices carry numbers: in a list that has the focus a digit picks the line, so that hands stay on the keyboard.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from core.forms import (
    AgreeField,
    ChoiceField,
    DateField,
    EmailField,
    Form,
    LongTextField,
    MultipleChoiceField,
    OneLineField,
    PhoneField,
    SelectField,
    WholeNumberField,
)
from people.models import Consent, InformationFormat, LivedExperience, Route
from programmes.models import Cohort, Experience
from recruitment.adjustments import GROUPS, LABELS
from recruitment.agreement import NEEDED
from recruitment.communities import COMMUNITIES
from recruitment.forms.applying import KeyField, answer_name
from recruitment.forms.drafting import AreaForm
from recruitment.forms.drafting.taking_part import agreement_name
from recruitment.models import Application, Channel, CharacteristicAnswer
from recruitment.rubric import CRITERIA

Mode, Purpose, Source = CharacteristicAnswer.Mode, Consent.Purpose, Application.Source
YES, NO = "yes", "no"
# The field that each way to be contacted needs, in the order in which one is taken when none was named.
ADDRESSES = {Route.EMAIL: "email", Route.PHONE: "phone", Route.POST: "post"}
LONGEST_WAY_BACK = timedelta(days=366)
LATER = [(Mode.PHONE, "Somebody phones for them"), (Mode.RECORDING, "They come as a recording")]


def numbered(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """ "Carer" as "2 Carer": the digit picks it."""
    return [(value, f"{number} {label}") for number, (value, label) in enumerate(choices, start=1)]


def _pick(label: str, choices: Sequence[tuple[str, str]], **more: Any) -> SelectField:
    return SelectField(label=label, choices=numbered(choices), blank="–", required=False, **more)


def _line(label: str, max_length: int = 100, **more: Any) -> OneLineField:
    return OneLineField(label=label, max_length=max_length, required=False, **more)


def _text(label: str, max_length: int, rows: int = 2, **more: Any) -> LongTextField:
    return LongTextField(label=label, max_length=max_length, rows=rows, count=False, required=False, **more)


class NumbersField(forms.Field):
    """Ticked boxes of a paper form by their numbers: "1 3 5". Gives the codes of the choices."""

    def __init__(self, *, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        self.codes = [value for value, _ in choices]
        kwargs.setdefault("help_text", " · ".join(label for _, label in numbered(choices)))
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        typed = str(value or "")
        numbers = [int(digits) for digits in re.findall(r"[0-9]{1,3}", typed)]
        if re.sub(r"[0-9\s,;.]", "", typed) or any(not 1 <= number <= len(self.codes) for number in numbers):
            raise ValidationError(f"Type the numbers of the ticked boxes, from 1 to {len(self.codes)}, like 1 2.")
        return [self.codes[number - 1] for number in sorted(set(numbers))]


@dataclass(frozen=True)
class Block:
    """A part of the page with its heading; `kind` says how closely its boxes are set."""

    title: str
    kind: str
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        """Whether something is in it that must not be folded away."""
        return any(field.value() or field.errors for field in self.fields)


class EntryForm(Form):
    """Everything that the online form asks. Only the name and one way to reach the person are needed."""

    key = KeyField()
    source = ChoiceField(
        label="How did it come?", choices=[(item, item.label) for item in (Source.PAPER, Source.PHONE)], inline=True
    )
    received_on = DateField(label="Day it came", latest=lambda: timezone.localdate())

    name = OneLineField(label="Name", max_length=100, error_messages={"required": "Enter the name."})
    pronunciation = _line("How to say it")
    helper = _line("Who helps them, and how related", 200)
    preferred = _pick("Contact by", Route.choices)
    email = EmailField(label="Email", required=False)
    phone = PhoneField(label="Phone", required=False)
    best_time = _line("Safe time to call", 200)
    may_leave_message = _pick("May we leave a message?", [(YES, "Yes"), (NO, "No")])
    post = _text("Postal address", 200, rows=3)
    information_format = _pick("Gets information as", InformationFormat.choices)

    area = _line("Area or start of postcode")
    lived_experience = _pick("Patient or carer", LivedExperience.choices)
    experience = _pick("Lay roles for", Experience.choices)
    organisation_name = _line("Organisation or group", 200)
    channel = _pick("Heard of it by", ())
    lay_roles = _text("Lay roles, one a line", 2000, rows=3)
    communities = NumbersField(label="Communities in touch with", choices=COMMUNITIES)

    hours_a_month = WholeNumberField(label="Hours a month", max_value=300, required=False)
    later = _pick("Answers that are still to come", LATER, help_text="Leave their boxes empty. They wait in a list.")
    wants = _text("What they want from the course", 2000)

    can_come_every_day = _pick("Can they come every day?", [(YES, "Yes"), (NO, "No, or not sure")])
    days_missed = NumbersField(label="Days they cannot come", choices=())
    food = _line("Food", 500)
    assistant = _line("Who comes along", 300)
    access_needs = _text("What else they need to take part", 2000)

    # A whole postcode is cut to its first part here too.
    clean_area = AreaForm.clean_area

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        for item in CRITERIA:
            self.fields[answer_name(item)] = _text(f"{item.number}. {item.question}", 5000, rows=3)
        for group in GROUPS:
            field = MultipleChoiceField(label=group.question, choices=group.needs, required=False)
            self.fields[f"needs_{group.code}"] = field
        for purpose in Purpose:
            self.fields[agreement_name(purpose)] = AgreeField(label=purpose.label, required=False)
        self._of_the_cohort()
        if not self.is_bound:  # what is wrong, or who looks the same, comes first then
            self.fields["name"].widget.attrs["autofocus"] = True
        for name in ("email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def _of_the_cohort(self) -> None:
        """The days by number, and the ways by which people heard of the call."""
        days = [(str(day.number), f"{day.date:%A} {day.date.day} {day.date:%B}") for day in self.cohort.days.all()]
        self.fields["days_missed"] = NumbersField(label="Days they cannot come", choices=days)
        self.channels = {str(channel.pk): channel for channel in self.cohort.channels.order_by("name")}
        self.fields["channel"].choices = numbered([(key, channel.name) for key, channel in self.channels.items()])

    def clean_received_on(self) -> date:
        day = self.cleaned_data["received_on"]
        if day < timezone.localdate() - LONGEST_WAY_BACK:
            raise ValidationError("This day is more than a year ago. Check the year.")
        return day

    def clean(self) -> dict[str, Any]:
        given = [name for name in ADDRESSES.values() if self.cleaned_data.get(name)]
        broken = [name for name in ADDRESSES.values() if name in self.errors]
        wanted = ADDRESSES.get(self.cleaned_data.get("preferred") or "")
        if wanted and wanted not in (*given, *broken):
            what = self.fields[wanted].label.lower()
            self.add_error(wanted, f"Enter the {what}, or choose another way to contact the person.")
        elif not given and not broken:
            self.add_error("email", "Enter an email address, a phone number or a postal address.")
        if self.cleaned_data.get("can_come_every_day") == YES and self.cleaned_data.get("days_missed"):
            self.add_error("days_missed", "Empty this box, or choose that they cannot come every day.")
        self._need_an_adult()
        return self.cleaned_data

    def _need_an_adult(self) -> None:
        privacy, adult = (self.cleaned_data.get(agreement_name(purpose)) for purpose in NEEDED)
        if privacy and not adult:
            self.add_error(
                agreement_name(Purpose.ADULT),
                "The course is for adults: tick that the person is 18 or over. If you do not know, take the tick from "
                "the privacy notice as well. Then the application waits until somebody has asked.",
            )

    def blocks(self) -> Iterator[Block]:
        *six, time_answer = [answer_name(item) for item in CRITERIA]
        for title, kind, names in (
            ("Who it is", "close", ["name", "pronunciation", "helper"]),
            (
                "How to reach them",
                "close",
                ["preferred", "email", "phone", "best_time", "may_leave_message", "information_format", "post"],
            ),
            (
                "Area and roles",
                "close",
                ["area", "lived_experience", "experience", "organisation_name", "channel", "lay_roles", "communities"],
            ),
            ("Seven questions", "wide", [*six, "hours_a_month", time_answer, "wants", "later"]),
            ("Taking part", "close", ["can_come_every_day", "days_missed", "food", "assistant", "access_needs"]),
            ("Needs from the list", "needs", [f"needs_{group.code}" for group in GROUPS]),
            ("Agreements", "ticks", [agreement_name(purpose) for purpose in Purpose]),
        ):
            yield Block(title, kind, [self[name] for name in names])

    def received_at(self, now: datetime) -> datetime:
        """The moment it came: now, or noon of an earlier day on the cohort's clock."""
        day = self.cleaned_data["received_on"]
        if day == timezone.localdate(now, self.cohort.zone):
            return now
        return datetime.combine(day, time(12), self.cohort.zone)

    def chosen_channel(self) -> Channel | None:
        return self.channels.get(self.cleaned_data["channel"])

    def answers(self) -> dict[str, str]:
        return {item.characteristic: self.cleaned_data[answer_name(item)] for item in CRITERIA}

    def filled_in(self) -> dict[str, Any]:
        """The clean values under the names that applying.submit asks for."""
        typed = self.cleaned_data
        as_they_are = (
            "key name pronunciation helper email phone post best_time area lived_experience experience "
            "organisation_name lay_roles communities hours_a_month wants access_needs food assistant"
        )
        first = next(route for route, name in ADDRESSES.items() if typed[name])
        return {name: typed[name] for name in as_they_are.split()} | {
            "preferred": typed["preferred"] or first,
            "may_leave_message": {YES: True, NO: False}.get(typed["may_leave_message"]),
            "information_format": typed["information_format"] or InformationFormat.STANDARD,
            "can_come_every_day": typed["can_come_every_day"] != NO and not typed["days_missed"],
            "needs": [LABELS[code] for group in GROUPS for code in typed[f"needs_{group.code}"]],
            "days_missed": [int(number) for number in typed["days_missed"]],
            "answers": self.answers(),
            "modes": {item: self._mode(text) for item, text in self.answers().items()},
            "agreements": [purpose for purpose in Purpose if typed[agreement_name(purpose)]],
        }

    def _mode(self, text: str) -> str:
        """How an answer came: an empty one is still to come, if somebody said so, and otherwise was left out."""
        if not text:
            return self.cleaned_data["later"] or Mode.WRITTEN
        return Mode.PHONE if self.cleaned_data["source"] == Source.PHONE else Mode.WRITTEN
