"""May this application be considered, and why (not)?"""

from typing import Any

from django import forms

from core.forms import ChoiceField, Form, OneLineField
from recruitment.models import Application

ELIGIBLE, NOT_ELIGIBLE = "yes", "no"


class EligibilityForm(Form):
    """One application. The two buttons are the answer; the reason stays with it."""

    outcome = ChoiceField(
        label="Eligible?",
        choices=[(ELIGIBLE, "Eligible"), (NOT_ELIGIBLE, "Not eligible")],
        error_messages={"required": "Press “Eligible” or “Not eligible”."},
    )
    reason = OneLineField(
        label="Reason",
        max_length=500,
        error_messages={"required": "Write why, in a sentence. The reason stays with the application."},
    )

    def answer(self) -> dict[str, Any]:
        """What `services.eligibility` asks for."""
        return {
            "is_eligible": self.cleaned_data["outcome"] == ELIGIBLE,
            "reason": self.cleaned_data["reason"],
        }


class ManyEligibleForm(EligibilityForm):
    """Several applications of one cohort, by reference."""

    applications = forms.ModelMultipleChoiceField(
        queryset=Application.objects.none(),
        to_field_name="reference",
        error_messages={
            "required": "Tick the applications first.",
            "invalid_choice": "One of the ticked applications is not in this list. Load the page again.",
            "invalid_list": "Tick the applications first.",
        },
    )

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = applications

    def answer(self) -> dict[str, Any]:
        return super().answer() | {"applications": self.cleaned_data["applications"]}
