"""Answers from a list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.base import SaysWhatToDo

NOT_ON_THE_LIST = {"invalid_choice": "Choose one of the answers on the list."}


class _Hints:
    """Choices that explain themselves: `hints` gives a line under a choice, by its value."""

    verb = "Choose"
    small = False
    inline = False
    hints: Mapping[str, str] = {}

    def __init__(
        self, *, hints: Mapping[str, str] | None = None, inline: bool = False, small: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.hints = hints or {}
        self.inline, self.small = inline, small


class ChoiceField(_Hints, SaysWhatToDo, forms.ChoiceField):
    """One answer, as radio buttons."""

    widget = forms.RadioSelect
    default_error_messages = NOT_ON_THE_LIST


class MultipleChoiceField(_Hints, SaysWhatToDo, forms.MultipleChoiceField):
    """Any number of answers, as tick boxes."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = NOT_ON_THE_LIST | {"invalid_list": "Choose from the answers on the list."}

    def validate(self, value: Any) -> None:
        if self.required and not value and not self._own_required:
            raise ValidationError("Choose at least one answer.", code="required")
        super().validate(value)


class SelectField(SaysWhatToDo, forms.ChoiceField):
    """One answer out of many, as a drop-down list. The first line asks for a choice."""

    verb = "Choose"
    default_error_messages = NOT_ON_THE_LIST

    def __init__(self, *, choices: Any = (), blank: str = "Choose from the list", **kwargs: Any) -> None:
        self.blank = blank
        super().__init__(choices=choices, **kwargs)

    def _set_choices(self, value: Any) -> None:
        listed = list(value() if callable(value) else value)
        has_blank = any(str(choice[0]) == "" for choice in listed)
        forms.ChoiceField.choices.fset(self, listed if has_blank else [("", self.blank), *listed])

    choices = property(forms.ChoiceField.choices.fget, _set_choices)


class AgreeField(SaysWhatToDo, forms.BooleanField):
    """One tick box that has to be ticked (or, when not required, may be)."""

    def validate(self, value: Any) -> None:
        if self.required and not value and not self._own_required:
            raise ValidationError(f"Tick the box to go on: “{self.label}”.", code="required")
        super().validate(value)
