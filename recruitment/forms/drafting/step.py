"""The form of one step: it keeps what was typed exactly as it was typed, and judges it apart from that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from core.forms import Form
from recruitment.queries.drafting import Facts

YES, NO = "yes", "no"
# A text longer than this was not typed; its beginning is kept, and the field says that it is too long.
LONGEST_KEPT, MOST_TICKS = 50_000, 100
# What a database cannot hold or nobody can read becomes this sign, so that the person sees where it stood.
UNREADABLE = "\ufffd"


def kept(text: str) -> str:
    return text.replace("\x00", UNREADABLE)[:LONGEST_KEPT]


def refuse_unreadable(value: Any) -> None:
    if UNREADABLE in str(value):
        raise ValidationError(
            f"There is a sign in it that we cannot read ({UNREADABLE}). Take it out or type it again."
        )


@dataclass(frozen=True)
class Part:
    """Fields that belong together. With a title they are a card with an id; `remove` is the value of its button."""

    fields: list[BoundField]
    title: str = ""
    html_id: str = ""
    remove: str = ""


class StepForm(Form):
    """One page of the application. `data` are the draft's values; what is empty or wrong is kept all the same."""

    submit_label = "Save and go on"
    # What stands there before somebody chooses something else.
    defaults: Mapping[str, Any] = {}
    # Fields that may stay empty without saying “optional”, because their hint or their place says it.
    unmarked: Sequence[str] = ()
    # Buttons beside the one that goes on: name and label.
    more_buttons: Sequence[tuple[str, str]] = ()

    def __init__(self, data: Mapping[str, Any], *, facts: Facts, **kwargs: Any) -> None:
        self.facts = facts
        super().__init__({**self.defaults, **data}, **kwargs)
        self.arrange()
        for name, field in self.fields.items():
            field.is_unmarked = name in self.unmarked
            if isinstance(field, forms.CharField):
                field.validators = [*field.validators, refuse_unreadable]

    def arrange(self) -> None:
        """What depends on the cohort or on other answers."""

    def typed(self, posted: QueryDict) -> dict[str, Any]:
        """What a browser sent, under the names of this step's fields, for the draft to keep."""
        return {name: _sent(posted, name, field) for name, field in self.fields.items()}

    def names(self) -> list[str]:
        """Under which names the draft keeps this step."""
        return list(self.fields)

    def is_visited(self) -> bool:
        return any(name in self.facts.values for name in self.names())

    def forgive_gaps(self) -> None:
        """Say nothing (yet) about what is only missing; what cannot be right is still said."""
        for name in [name for name in self.errors if self.is_gap(name)]:
            del self.errors[name]

    def is_gap(self, name: str) -> bool:
        return all(error.code == "required" for error in self.errors.as_data()[name])

    def has_wrong(self) -> bool:
        """Whether something was typed that cannot be taken as it is."""
        return any(not self.is_gap(name) for name in self.errors)

    def the_email(self) -> str | None:
        """The address to which a link can go, "" for none; None on a page that asks for no address, or gets none."""
        return None

    def parts(self) -> list[Part]:
        """The page in parts."""
        return [Part(list(self))]

    def note(self) -> str:
        """A word above the boxes, or none."""
        return ""

    def shown(self, name: str) -> str:
        """An answer in words for the page that checks all of them; "" for none."""
        field, value = self.fields[name], self[name].value()
        if name in getattr(self, "cleaned_data", {}) and isinstance(value, str) and not hasattr(field, "choices"):
            value = self.cleaned_data[name]
        if hasattr(field, "choices"):
            chosen = [str(item) for item in (value if isinstance(value, list) else [value])]
            return "\n".join(str(label) for code, label in field.choices if code and str(code) in chosen)
        if isinstance(field, forms.BooleanField):
            return "Yes" if value else ""
        return "" if value is None else str(value)

    def rows(self) -> list[tuple[str, str, str]]:
        """Label, answer in words and name of the field, for the page that checks all answers."""
        return [(str(field.label), self.shown(field.name), field.name) for field in self.visible_fields()]

    def filled_in(self) -> dict[str, Any]:
        """The clean values under the names of applying.FilledIn. Ask only a valid form."""
        return dict(self.cleaned_data)


def _sent(posted: QueryDict, name: str, field: forms.Field) -> Any:
    if getattr(field.widget, "allow_multiple_selected", False):
        return [kept(value) for value in posted.getlist(name)[:MOST_TICKS]]
    return kept(posted.get(name, ""))
