"""What applicants correct on their own page. The boxes are those of the application form."""

from typing import Any

from django import forms

from core.forms import EmailField, Form, WholeNumberField
from recruitment.forms.drafting.about import NEEDED, AboutYouForm, CallingForm
from recruitment.forms.drafting.step import NO, YES
from recruitment.forms.drafting.taking_part import TakingPartForm

about, calling = AboutYouForm.base_fields, CallingForm.base_fields


class ContactForm(Form):
    """Name and ways to be reached, over the version that was read."""

    submit_label = "Save"

    version = WholeNumberField(min_value=1, widget=forms.HiddenInput())
    name = about["name"]
    pronunciation = about["pronunciation"]
    preferred = about["preferred"]
    email = EmailField(
        label="Email address",
        help_text="We need it if you chose email.",
        error_messages={"required": "Enter your email address, or choose another way for us to contact you."},
    )
    phone = about["phone"]
    post = about["post"]
    information_format = TakingPartForm.base_fields["information_format"]
    best_time = calling["best_time"]
    may_leave_message = calling["may_leave_message"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.data.get("preferred") if self.is_bound else None
        for route, name in NEEDED.items():
            self.fields[name].required = route == chosen

    def clean_may_leave_message(self) -> bool | None:
        return {YES: True, NO: False}.get(self.cleaned_data["may_leave_message"])
