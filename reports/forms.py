from typing import Any, Self

from django import forms

from core.forms import Form, LongTextField
from reports.models import ReportWords


class WordsForm(Form):
    """What no figure can say. `version` is the one the writer saw."""

    submit_label = "Save the words"

    message = LongTextField(
        label="Main message",
        help_text="One or two sentences that the commissioner should remember.",
        max_length=1000,
        rows=3,
        required=False,
    )
    next_time = LongTextField(
        label="What you will change next time",
        help_text="Say what you keep, what you change, and why.",
        max_length=2000,
        rows=4,
        required=False,
    )
    decision_asked = LongTextField(
        label="The decision you ask for",
        help_text="Say what should be decided, by whom, and by when.",
        max_length=1000,
        rows=3,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_action = action

    @classmethod
    def of(cls, words: ReportWords | None, *, action: str) -> Self:
        """The form filled with what is saved."""
        if words is None:
            return cls(initial={"version": 0}, action=action)
        return cls(initial={name: getattr(words, name) for name in cls.base_fields}, action=action)
