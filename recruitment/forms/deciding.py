"""Why something was decided, for one application or for several."""

from typing import Any

from django import forms

from core.forms import Form, LongTextField
from recruitment.models import Application


class ReasonForm(Form):
    """Why. Every decision needs it."""

    reason = LongTextField(
        label="Reason",
        max_length=1000,
        rows=3,
        count=False,
        help_text="For the record, tied to the seven characteristics. It is not in the letter.",
        error_messages={"required": "Write why, in a sentence. The reason stays with the decision."},
    )


class BulkForm(ReasonForm):
    """Several applications of one cohort, by reference, and one reason for all of them."""

    applications = forms.ModelMultipleChoiceField(
        queryset=Application.objects.none(),
        to_field_name="reference",
        error_messages={
            "required": "Tick the applications that you want to accept first.",
            "invalid_choice": "One of the ticked applications is not in this list. Load the page again.",
            "invalid_list": "Tick the applications that you want to accept first.",
        },
    )

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = applications
        self.order_fields(["applications", "reason"])

    def first_error(self) -> str:
        """One sentence, because the list has one place to say it."""
        return next(error for errors in self.errors.values() for error in errors)
