"""Two applications that look alike."""

from typing import Any

from django import forms

from core.forms import Form, OneLineField
from recruitment.models import Application


class PairForm(Form):
    """Two applications that look alike, by reference; which of them stays, where one does; and why."""

    first = forms.ModelChoiceField(queryset=Application.objects.none(), to_field_name="reference")
    second = forms.ModelChoiceField(queryset=Application.objects.none(), to_field_name="reference")
    keep = forms.ModelChoiceField(queryset=Application.objects.none(), to_field_name="reference", required=False)
    reason = OneLineField(label="Why (for the record)", max_length=500, required=False)

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second", "keep"):
            self.fields[name].queryset = applications
            self.fields[name].error_messages |= dict.fromkeys(
                ("invalid_choice", "required"), "One of the two applications is not here any more. Load the page again."
            )

    def kept_and_other(self) -> tuple[Application, Application] | None:
        """Which of the two stays and which goes into it; None where none of the two was chosen."""
        first, second, keep = (self.cleaned_data[name] for name in ("first", "second", "keep"))
        if keep is None or keep not in (first, second):
            return None
        return keep, second if keep == first else first

    def first_error(self) -> str:
        return next(error for errors in self.errors.values() for error in errors)
