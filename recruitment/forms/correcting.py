"""What an application says beside the seven answers, to be put right by an organiser."""

from typing import Any

from django import forms

from core.forms import ChoiceField, Form, LongTextField, MultipleChoiceField, SelectField, WholeNumberField
from core.templatetags.laypartner import long_date
from people.models import LivedExperience
from programmes.models import Experience
from recruitment.models import Application

YES, NO = "yes", "no"


class CorrectForm(Form):
    """The facts, with the version that was read."""

    submit_label = "Save"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    lived_experience = SelectField(label="Patient or carer", choices=LivedExperience.choices)
    experience = SelectField(label="How long they have had lay roles", choices=Experience.choices)
    lay_roles = LongTextField(
        label="Lay roles", max_length=4000, rows=4, required=False, help_text="One on each line. Reviewers see them."
    )
    hours_a_month = WholeNumberField(label="Hours a month", max_value=300, required=False)
    can_come_every_day = ChoiceField(
        label="Can they come on every day?", choices=[(YES, "Yes"), (NO, "No, or not sure")], inline=True
    )
    days_missed = MultipleChoiceField(label="If not: on which days can they not come?", required=False)
    wants = LongTextField(label="What they want from the course", max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        names = ("version", "lived_experience", "experience", "lay_roles", "hours_a_month", "wants")
        kwargs.setdefault("initial", {name: getattr(application, name) for name in names})
        kwargs["initial"] |= {
            "can_come_every_day": YES if application.can_come_every_day else NO,
            "days_missed": [str(number) for number in application.days_missed],
        }
        super().__init__(*args, **kwargs)
        self.fields["days_missed"].choices = [
            (str(day.number), f"Day {day.number}, {long_date(day.date)}") for day in application.cohort.days.all()
        ]

    def corrected(self) -> dict[str, Any]:
        """The clean values as `services.correcting.correct` takes them."""
        can_come = self.cleaned_data["can_come_every_day"] == YES
        missed = [] if can_come else [int(number) for number in self.cleaned_data["days_missed"]]
        return self.cleaned_data | {"can_come_every_day": can_come, "days_missed": missed}
