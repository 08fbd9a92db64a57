"""The score sheet: seven marks with their anchors, each with a reason; and what a reviewer notes beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.html import format_html

from core.forms import AgreeField, ChoiceField, Form, LongTextField, MultipleChoiceField
from programmes.characteristics import SHORT_NAMES, Characteristic
from recruitment.queries import Answered
from recruitment.rubric import CRITERIA, MARK_WORDS, Criterion
from recruitment.services.reviewing import Remarks

REMARKS = ("is_single_issue", "development_needs", "development_note")


@dataclass(frozen=True)
class ScoreRow:
    """One characteristic on the score sheet: what was asked and answered, and the two fields beside it."""

    answered: Answered
    mark: BoundField
    reason: BoundField


def _named(word: str, item: Criterion) -> str:
    """A short label that still says which characteristic it belongs to when it is read out alone."""
    return format_html('{} <span class="nhsuk-u-visually-hidden">for {}</span>', word, item.short_name.lower())


def _anchor(number: int, anchor: str) -> str:
    """A mark, what it means everywhere, and what it looks like here: "3 good: Draws general lessons from it"."""
    return format_html(
        '<span class="lp-rev-mark"><strong class="lp-rev-mark__number">{}</strong> <span class="lp-rev-mark__word">{}</span> '
        '<span class="lp-rev-mark__anchor">{}</span></span>',
        number,
        MARK_WORDS[number],
        anchor,
    )


class ScoreForm(Form):
    """Seven marks with their anchors, each with a reason. With `for_later` rows may be empty, but not half filled."""

    is_single_issue = AgreeField(
        label="This person seems to speak for a single issue only",
        help_text="A note for the moderator. It rejects nobody.",
        required=False,
    )
    development_needs = MultipleChoiceField(
        label="Where this person may need support to begin with",
        help_text="It helps us to mix the tables and to brief the coaches. It is never a reason to reject somebody.",
        choices=list(SHORT_NAMES.items()),
        required=False,
        small=True,
    )
    development_note = LongTextField(label="What would help", max_length=500, rows=2, count=False, required=False)

    def __init__(
        self,
        *args: Any,
        answers: list[Answered],
        given: Mapping[str, tuple[int, str]] | None = None,
        remarks: Mapping[str, Any] | None = None,
        for_later: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=remarks, **kwargs)
        self.answers, self.for_later = answers, for_later
        for item in CRITERIA:
            mark, reason = (given or {}).get(item.characteristic, (None, ""))
            self.fields[f"mark_{item.characteristic}"] = self._mark_field(item, mark)
            self.fields[f"reason_{item.characteristic}"] = self._reason_field(item, reason)
        self.order_fields([*(name for name in self.fields if name not in REMARKS), *REMARKS])

    def _mark_field(self, item: Criterion, mark: int | None) -> ChoiceField:
        return ChoiceField(
            label=_named("Score", item),
            choices=[(str(number), _anchor(number, anchor)) for number, anchor in item.marks()],
            initial=None if mark is None else str(mark),
            error_messages={"required": _no_mark(item)},
        )

    def _reason_field(self, item: Criterion, reason: str) -> LongTextField:
        return LongTextField(
            label=_named("Reason", item),
            max_length=1000,
            rows=2,
            count=False,
            initial=reason,
            error_messages={"required": _no_reason(item)},
        )

    def full_clean(self) -> None:
        """Lets an untouched row pass when the sheet is left for later."""
        untouched = [name for name in self._untouched() if self.for_later]
        for name in untouched:
            self.fields[name].required = False
        super().full_clean()
        for name in untouched:
            self.fields[name].required = True

    def _untouched(self) -> Iterator[str]:
        for item in CRITERIA:
            pair = [f"mark_{item.characteristic}", f"reason_{item.characteristic}"]
            if not any(str(self.data.get(name, "")).strip() for name in pair):
                yield from pair

    def rows(self) -> Iterator[ScoreRow]:
        for item in self.answers:
            name = item.criterion.characteristic
            yield ScoreRow(item, self[f"mark_{name}"], self[f"reason_{name}"])

    def scores(self) -> dict[Characteristic, tuple[int, str]]:
        """Mark and reason of each characteristic that has them, for `services.reviewing`."""
        marks = {item: self.cleaned_data[f"mark_{item}"] for item in Characteristic}
        return {item: (int(mark), self.cleaned_data[f"reason_{item}"]) for item, mark in marks.items() if mark}

    def remarks(self) -> Remarks:
        return Remarks(
            is_single_issue=self.cleaned_data["is_single_issue"],
            development_needs=tuple(self.cleaned_data["development_needs"]),
            development_note=self.cleaned_data["development_note"],
        )

    @property
    def is_touched(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.scores()) or self.remarks() != Remarks()


def _no_mark(item: Criterion) -> str:
    return f"Choose a score for {item.number}. {item.short_name}."


def _no_reason(item: Criterion) -> str:
    return f"Write a reason for {item.number}. {item.short_name}."


class ConflictForm(Form):
    """A reviewer knows who wrote an application."""

    reason = LongTextField(
        label="How do you know this person?",
        help_text="A few words are enough. Do not write a name.",
        max_length=500,
        rows=2,
        count=False,
        required=False,
    )
    submit_label = "I know this person"
