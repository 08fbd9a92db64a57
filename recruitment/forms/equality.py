"""The equality questions as a form. Every one may be left out."""

from typing import Any
from uuid import uuid4

from core.forms import ChoiceField, Form
from recruitment.equality import QUESTIONS
from recruitment.forms.applying import KeyField


class EqualityForm(Form):
    """All questions on one page."""

    submit_label = "Send my answers"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.key] = ChoiceField(
                label=question.text, choices=question.choices(), help_text=question.hint, required=False
            )

    def answers(self) -> dict[str, str]:
        """What was answered, by question; what was left out is not in it."""
        return {question.key: code for question in QUESTIONS if (code := self.cleaned_data[question.key])}


class SheetForm(EqualityForm):
    """One sheet of paper, typed in. `key` makes a sheet that is sent twice one sheet."""

    submit_label = "Count this sheet and go on"

    key = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)
        for question in QUESTIONS:
            self.fields[question.key].small = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.answers():
            self.add_error(
                None, "Choose an answer to at least one question. A sheet without answers needs no counting."
            )
        return cleaned
