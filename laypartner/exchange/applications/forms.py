"""Which rows, and do it?"""

from typing import Any

from django import forms

from core.forms import AgreeField, FileField, Form, LongTextField
from laypartner.exchange.limits import LARGEST_UPLOAD

MEGABYTES = LARGEST_UPLOAD // 1_000_000
LONGEST_PASTE = 500_000


class RowsForm(Form):
    """A file, or rows copied in a spreadsheet: one of the two."""

    submit_label = "Check the rows"

    file = FileField(
        label="A file",
        help_text=f"CSV or Excel (.xlsx), with the headings in its first row. {MEGABYTES} MB at most.",
        endings=(".csv", ".xlsx"),
        max_megabytes=MEGABYTES,
        required=False,
    )
    pasted = LongTextField(
        label="Or paste rows here",
        help_text="Mark the rows in your spreadsheet with their headings, copy them, and paste them here.",
        max_length=LONGEST_PASTE,
        rows=8,
        count=False,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        if not values.get("file") and not values.get("pasted"):
            self.add_error("file", "Choose a file, or paste rows below.")
        elif values.get("file") and values.get("pasted"):
            self.add_error("pasted", "Send either a file or pasted rows. Empty this box, or take the file away.")
        return values


class BringInForm(Form):
    """`digest` stands for what was shown; `looks_right` is asked only when a file had to be recognised."""

    submit_label = "Bring them in"
    cancel_label = "Choose other rows"

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    looks_right = AgreeField(label="The letters look right to me: read the file that way")
    acknowledge = AgreeField(label="Write to each of them that we have their application", required=False)

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["looks_right"]
