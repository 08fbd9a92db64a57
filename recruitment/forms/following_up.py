"""What comes after an application was typed in: the person's agreement, and answers that were spoken."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from core.forms import ChoiceField, Form, LongTextField, MultipleChoiceField
from people.models import Consent
from recruitment.agreement import NEEDED
from recruitment.forms.applying import answer_name
from recruitment.queries import SpokenAnswer
from recruitment.services.agreeing import How


class AgreementForm(Form):
    """What the person agreed to, and how they said so."""

    purposes = MultipleChoiceField(
        label="The person themself said yes to",
        choices=Consent.Purpose.choices,
        hints={purpose: "Needed before anybody may read the application." for purpose in NEEDED},
        small=True,
        error_messages={"required": "Tick what the person agreed to."},
    )
    how = ChoiceField(
        label="How did they say so?",
        choices=How.choices,
        small=True,
        help_text="If somebody helps them to decide, it is still the person who says yes.",
        error_messages={"required": "Choose whether the person signed or said so on the phone."},
    )


class WriteDownForm(Form):
    """The text of each answer that was given by phone or as a recording."""

    submit_label = "Save the answers"
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, spoken: Sequence[SpokenAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spoken = spoken
        for row in spoken:
            self.fields[answer_name(row.criterion)] = LongTextField(
                label=f"{row.criterion.number}. {row.criterion.question}",
                max_length=5000,
                rows=6,
                count=False,
                required=False,
                initial=row.answer.text,
            )

    def rows(self) -> Iterator[tuple[SpokenAnswer, BoundField]]:
        for row in self.spoken:
            yield row, self[answer_name(row.criterion)]

    def texts(self) -> dict[str, str]:
        return {row.criterion.characteristic: self.cleaned_data[answer_name(row.criterion)] for row in self.spoken}
