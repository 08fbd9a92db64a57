"""The form that every form extends, and the sentence for an empty box."""

from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import pretty_name


class Renderer(DjangoTemplates):
    """Widget templates: those in core/templates come before Django's own."""


class Form(forms.Form):
    """A form as people meet it: NHS look, no browser bubbles, one button.

    `{% crispy form %}` draws it with `submit_label` on the button and, where `cancel_url` is set, a link beside it.
    """

    use_required_attribute = False
    submit_label = "Save"
    submit_style = ""
    cancel_url = ""
    cancel_label = "Cancel"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = pretty_name(name)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        return helper


class SaysWhatToDo:
    """Gives a field its sentence for an empty box, made from its label: "Enter your full name."."""

    verb = "Enter"

    def validate(self, value: Any) -> None:
        if self.required and value in self.empty_values and not self._own_required:
            raise ValidationError(required_sentence(self.verb, self.label), code="required")
        super().validate(value)

    @property
    def _own_required(self) -> bool:
        """Whether whoever wrote the form gave a sentence of their own."""
        return self.error_messages["required"] != forms.Field.default_error_messages["required"]


def required_sentence(verb: str, label: str | None) -> str:
    """What to do about an empty box: "Enter your name.", "Answer “Will you come?”." or "Fill in “Town”."."""
    text = str(label or "").strip()
    if text.endswith("?"):
        return f"Answer “{text}”."
    if text.startswith(("Your ", "The ", "A ", "An ")):
        return f"{verb} {text[0].lower()}{text[1:]}."
    return f"Choose an answer for “{text}”." if verb == "Choose" else f"Fill in “{text}”."
