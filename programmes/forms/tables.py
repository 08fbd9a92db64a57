"""Moving somebody to another seat."""

from typing import Any

from core.forms import ChoiceField, Form, SelectField


class MoveForm(Form):
    """One of two: a table with a free chair, or a person to change places with."""

    submit_label = "Move"

    table = ChoiceField(label="Move to a table", required=False)
    other = SelectField(label="Or change places with", required=False, blank="Nobody")

    def __init__(self, *args: Any, tables: list[tuple[str, str]], others: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = tables
        self.fields["other"].choices = [("", "Nobody"), *others]
        for name, choices in (("table", tables), ("other", others)):
            if not choices:
                del self.fields[name]
        if list(self.fields) == ["other"]:
            self.fields["other"].label = "Change places with"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = [name for name in ("table", "other") if cleaned.get(name)]
        if not self.errors and len(chosen) != 1:
            self.add_error(None, "Choose a table or a person, one of the two.")
        return cleaned
