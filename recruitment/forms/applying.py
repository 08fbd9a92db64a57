"""What every form of an application shares: its own key, and the names of the seven answers."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from recruitment.rubric import Criterion


class KeyField(forms.UUIDField):
    """The form's own key, by which a form that is sent twice is known. A broken one is replaced, not refused."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return uuid4()


def answer_name(criterion: Criterion) -> str:
    return f"answer_{criterion.characteristic.lower()}"
