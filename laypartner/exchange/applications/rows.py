"""One row of a file as a form: the same rules as on the page, with the names of the columns in its sentences."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from core.forms import EmailField, Form, LongTextField, OneLineField, PhoneField, WholeNumberField
from core.text import fold_email, tidy
from laypartner.exchange.applications.cells import DaysField, SentField, WordField, WordsField, YesField, choice, fold
from laypartner.exchange.applications.columns import COLUMNS
from laypartner.exchange.values import exchange_value
from people.models import Consent, InformationFormat, LivedExperience, Route
from programmes.characteristics import Characteristic
from programmes.models import Cohort, Experience
from recruitment.communities import COMMUNITIES
from recruitment.models import Channel

OURS = UUID("6b0b7f0e-6a52-4a5c-9c1e-0d8c5d0f4f3a")
ADDRESSES = {"email": Route.EMAIL, "phone": Route.PHONE, "post": Route.POST}
AGREEMENTS = {fold(exchange_value(purpose)): purpose for purpose in Consent.Purpose.values}
FILL_IT = "The cell is empty. Fill it."


class RowForm(Form):
    """Reads one row after another: give it `data` and call `full_clean`. Building the fields once saves most of the time."""

    reference = OneLineField(max_length=40, required=False)
    name = OneLineField(max_length=100, error_messages={"required": FILL_IT})
    email = EmailField(required=False)
    phone = PhoneField(required=False)
    post = LongTextField(max_length=200, required=False)
    preferred = choice(Route, required=False)
    information_format = choice(InformationFormat, required=False)
    area = OneLineField(max_length=100, required=False)
    lived_experience = choice(LivedExperience, error_messages={"required": FILL_IT})
    experience = choice(Experience, error_messages={"required": FILL_IT})
    lay_roles = LongTextField(max_length=4000, required=False)
    organisation_name = OneLineField(max_length=200, required=False)
    communities = WordsField(
        words={fold(word): code for code, label in COMMUNITIES for word in (code, label)},
        labels=[code for code, _ in COMMUNITIES],
        required=False,
    )
    wants = LongTextField(max_length=2000, required=False)
    can_come_every_day = YesField(empty=True, required=False)
    hours_a_month = WholeNumberField(max_value=300, required=False)
    access_needs = LongTextField(max_length=2000, required=False)
    agreements = WordsField(
        words=AGREEMENTS, labels=[exchange_value(code) for code in Consent.Purpose.values], required=False
    )
    sent = SentField(required=False)

    def __init__(self, *, cohort: Cohort) -> None:
        super().__init__({})
        days = cohort.days.count()
        self.fields["days_missed"] = DaysField(days=days, required=False)
        self.fields["channel"] = _channel_field(cohort)
        for item in Characteristic:
            self.fields[f"answer_{item.lower()}"] = LongTextField(max_length=5000, required=False)
        assert self.fields.keys() == {column.name for column in COLUMNS}

    def clean(self) -> dict[str, Any]:
        """Somebody has to be reachable, and in the way that is preferred."""
        values = super().clean() or self.cleaned_data
        given = [route for name, route in ADDRESSES.items() if values.get(name)]
        broken = ADDRESSES.keys() & self.errors.keys()
        if not given and not broken:
            self.add_error("email", "Give an email address, a phone number or a postal address.")
        elif values.get("preferred") and values["preferred"] not in given and not broken:
            name = next(name for name, route in ADDRESSES.items() if route == values["preferred"])
            self.add_error(name, "They want to be contacted in this way. Fill the cell, or change “Contact by”.")
        else:
            values["preferred"] = values.get("preferred") or next(iter(given), Route.EMAIL)
        if values.get("days_missed"):
            values["can_come_every_day"] = False
        return values

    def filled_in(self) -> dict[str, Any]:
        """The clean values under the names that `applying.submit` asks for."""
        values = {name: self.cleaned_data[name] for name in self.fields if not name.startswith("answer_")}
        for name in ("reference", "channel", "sent"):
            del values[name]
        values["information_format"] = values["information_format"] or InformationFormat.STANDARD
        answers = {item: self.cleaned_data[f"answer_{item.lower()}"] for item in Characteristic}
        return values | {"answers": answers}


def _channel_field(cohort: Cohort) -> WordField:
    channels = list(Channel.objects.filter(cohort=cohort).order_by("name").values_list("code", "name"))
    words = {fold(word): code for code, name in channels for word in (code, name)}
    labels = [code for code, _ in channels] or ["nothing: this cohort has no channels yet"]
    return WordField(words=words, labels=labels, required=False)


def key_of(cohort: Cohort, row: Mapping[str, str]) -> UUID:
    """Made from what the row says of the person, so that sending the same row again is the same application."""
    reference = fold(row.get("reference", ""))
    person = (
        fold(tidy(row.get("name", ""))),
        fold_email(row.get("email", "")),
        row.get("phone", ""),
        row.get("post", ""),
    )
    return uuid5(OURS, repr((cohort.pk, reference or person)))
