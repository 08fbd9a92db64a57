"""The score sheet: seven marks with their anchors, each with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.html import format_html

from core.forms import ChoiceField, Form, LongTextField
from programmes.characteristics import Characteristic
from recruitment.queries import Answered
from recruitment.rubric import CRITERIA, Criterion


@dataclass(frozen=True)
class ScoreRow:
    """One characteristic on the score sheet: what was asked and answered, and the two fields beside it."""

    answered: Answered
    mark: BoundField
    reason: BoundField


def _named(word: str, item: Criterion) -> str:
    """A short label that still says which characteristic it belongs to when it is read out alone."""
    return format_html('{} <span class="nhsuk-u-visually-hidden">for {}</span>', word, item.short_name.lower())


class ScoreForm(Form):
    """Seven marks with their anchors, each with a reason."""

    submit_label = "Save scores"

    def __init__(
        self, *args: Any, answers: list[Answered], given: Mapping[str, tuple[int, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        for item in CRITERIA:
            mark, reason = (given or {}).get(item.characteristic, (None, ""))
            self.fields[f"mark_{item.characteristic}"] = self._mark_field(item, mark)
            self.fields[f"reason_{item.characteristic}"] = self._reason_field(item, reason)

    @staticmethod
    def _mark_field(item: Criterion, mark: int | None) -> ChoiceField:
        return ChoiceField(
            label=_named("Score", item),
            choices=[(str(number), f"{number} – {anchor}") for number, anchor in item.marks()],
            initial=None if mark is None else str(mark),
            small=True,
            error_messages={"required": f"Choose a score for {item.number}. {item.short_name}."},
        )

    @staticmethod
    def _reason_field(item: Criterion, reason: str) -> LongTextField:
        return LongTextField(
            label=_named("Reason", item),
            max_length=1000,
            rows=2,
            count=False,
            initial=reason,
            error_messages={"required": f"Write a reason for {item.number}. {item.short_name}."},
        )

    def rows(self) -> Iterator[ScoreRow]:
        for item in self.answers:
            name = item.criterion.characteristic
            yield ScoreRow(item, self[f"mark_{name}"], self[f"reason_{name}"])

    def scores(self) -> dict[Characteristic, tuple[int, str]]:
        """Mark and reason of each characteristic, for `services.reviewing.save_review`."""
        return {
            item: (int(self.cleaned_data[f"mark_{item}"]), self.cleaned_data[f"reason_{item}"])
            for item in Characteristic
        }
