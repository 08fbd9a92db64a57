"""The agreed mark of each characteristic, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.html import format_html

from core.forms import ChoiceField, Form, LongTextField
from programmes.characteristics import Characteristic
from recruitment.queries import Settling
from recruitment.rubric import MARK_WORDS


@dataclass(frozen=True)
class SettlingRow:
    """One characteristic: what the reviewers gave, and the field for the agreed mark."""

    settling: Settling
    mark: BoundField


class ModerationForm(Form):
    """Seven agreed marks, filled in where reviewers agree well enough, and one reason."""

    reason = LongTextField(
        label="Why these are the agreed marks",
        help_text="Write it as if the person will read it, because they may ask to.",
        max_length=1000,
        rows=3,
        error_messages={"required": "Write why these are the agreed marks, in a sentence."},
    )

    def __init__(
        self, *args: Any, lines: list[Settling], standing: list[int | None] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for place, line in enumerate(lines):
            first = standing[place] if standing else line.suggested
            self.fields[f"mark_{line.answered.criterion.characteristic}"] = self._mark_field(line, first)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @staticmethod
    def _mark_field(line: Settling, first: int | None) -> ChoiceField:
        item = line.answered.criterion
        return ChoiceField(
            label=format_html(
                'Agreed mark <span class="nhsuk-u-visually-hidden">for {}</span>', item.short_name.lower()
            ),
            choices=[(str(mark), f"{mark} {words}") for mark, words in enumerate(MARK_WORDS)],
            initial=None if first is None else str(first),
            small=True,
            inline=True,
            error_messages={"required": f"Choose the agreed mark for {item.number}. {item.short_name}."},
        )

    def rows(self) -> Iterator[SettlingRow]:
        for line in self.lines:
            yield SettlingRow(line, self[f"mark_{line.answered.criterion.characteristic}"])

    def marks(self) -> dict[Characteristic, int]:
        return {item: int(self.cleaned_data[f"mark_{item}"]) for item in Characteristic}
