"""What people send: one questionnaire by link, several from paper at once. The pages draw them flat, as plain data,
because widget templates are most of the cost of a page with many boxes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from core.forms import ChoiceField, Form, OneLineField
from evaluation.models import Item, Response
from evaluation.services import answering
from evaluation.statistics.scores import MARKS

NOT_THERE = "na"
SKIPPED = ""


# --- one questionnaire, by link ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Option:
    id: str
    value: str
    label: str
    meaning: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """One question as the page draws it. `stem` is set on the first question of a run that shares it."""

    key: str
    text: str
    stem: str
    low_label: str
    high_label: str
    marks: tuple[Option, ...]
    others: tuple[Option, ...]
    errors: Sequence[str]


class AnswersForm(forms.Form):
    """Checks what somebody sent. `answers()` is what the service takes; `key` is what makes sending twice harmless."""

    def __init__(self, items: Sequence[Item], data: Any = None) -> None:
        super().__init__(data)
        self.items = items
        self.key = _uuid((data or {}).get("key", ""))
        for item in items:
            self.fields[item.key] = forms.ChoiceField(
                required=False,
                choices=[(value, label) for value, label, _ in _choices(item)],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": f"{item.text}: choose a mark from 1 to 5, or skip it."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError("You have not answered a question yet. Answer at least one, then send your form.")
        return cleaned

    def answers(self) -> dict[str, int | None]:
        given = {key: value for key, value in self.cleaned_data.items() if value != SKIPPED}
        return {key: None if value == NOT_THERE else int(value) for key, value in given.items()}

    def questions(self) -> Iterator[Question]:
        stem = ""
        for item in self.items:
            chosen = self.data.get(item.key) if self.is_bound else None
            options = [
                Option(f"id_{item.key}_{position}", value, label, meaning, value == chosen)
                for position, (value, label, meaning) in enumerate(_choices(item))
            ]
            yield Question(
                key=item.key,
                text=item.text,
                stem=item.stem if item.stem != stem else "",
                low_label=item.low_label,
                high_label=item.high_label,
                marks=tuple(options[: len(MARKS)]),
                others=tuple(options[len(MARKS) :]),
                errors=self.errors.get(item.key, ()) if self.is_bound else (),
            )
            stem = item.stem


def _choices(item: Item) -> Iterator[tuple[str, str, str]]:
    """Every answer to one question as (value, label, what else it means)."""
    meanings = {MARKS[0]: item.low_label, MARKS[-1]: item.high_label}
    for mark in MARKS:
        yield str(mark), str(mark), meanings.get(mark, "")
    if item.may_be_absent:
        yield NOT_THERE, "I was not there", ""
    yield SKIPPED, "Skip this question", ""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


# --- several forms, from paper or by telephone ------------------------------------------------------------------
ROWS = 5
WORDS_FOR_NOT_THERE = {"n", "na", "n/a"}
WORDS_FOR_NO_ANSWER = {"", "-", "–"}
HALF_MARKS = ("½", ".5", ",5", "1/2")


@dataclass(frozen=True)
class Cell:
    """One box: where it stands, what was typed, what is wrong with it. `short` labels it on a phone."""

    name: str
    value: str
    label: str
    short: str
    errors: Sequence[str]


@dataclass(frozen=True)
class Row:
    number: int
    form: Cell
    marks: tuple[Cell, ...]


class EntryForm(Form):
    """Up to five forms as typed from paper. `taken` are the form numbers that the wave has already."""

    source = ChoiceField(
        label="How did these forms come in?",
        choices=[(Response.Source.PAPER, "On paper"), (Response.Source.PHONE, "By telephone")],
        initial=Response.Source.PAPER,
        error_messages={"required": "Say how these forms came in."},
    )

    def __init__(self, items: Sequence[Item], taken: Collection[str], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.items, self.taken = items, {number.upper() for number in taken}
        self.completed: list[answering.Form] = []
        self.said_at_the_box: dict[str, str] = {}
        for row in range(1, ROWS + 1):
            self.fields[_name(row)] = OneLineField(label=f"Row {row}: form number", max_length=20, required=False)
            for item in items:
                self.fields[_name(row, item)] = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in range(1, ROWS + 1):
            self._clean_row(row, cleaned)
        if not self.errors and not self.completed:
            raise ValidationError("Type the number of a form and its marks.")
        return cleaned

    def _clean_row(self, row: int, cleaned: dict[str, Any]) -> None:
        number = cleaned.get(_name(row), "").upper()
        typed = {item: cleaned.get(_name(row, item), "") for item in self.items}
        if _name(row) in self.errors or not (number or any(typed.values())):
            return
        if not number:
            self.add_error(_name(row), f"Row {row} has marks but no form number. Type the number on the form.")
        elif number in self.taken:
            self.add_error(_name(row), f"Form {number} has been entered already. Check the number on it.")
        self.taken.add(number)
        answers = dict(self._read_marks(row, number or f"in row {row}", typed))
        if not answers and not any(name.startswith(f"row{row}-") for name in self.errors):
            self.add_error(_name(row), f"Form {number} has no marks. Type them, or leave the form out.")
        self.completed.append(answering.Form(form=number, source=cleaned.get("source", ""), answers=answers))

    def _read_marks(self, row: int, form: str, typed: dict[Item, str]) -> Iterator[tuple[str, Any]]:
        for position, (item, text) in enumerate(typed.items(), start=1):
            try:
                answer = read_mark(text)
            except ValueError as error:
                sentence = str(error)
                self.add_error(_name(row, item), f"Form {form}, question {position}: {sentence}")
                self.said_at_the_box[_name(row, item)] = sentence[0].upper() + sentence[1:]
            else:
                if answer != SKIPPED:
                    yield item.key, answer

    def rows(self) -> Iterator[Row]:
        """The grid as plain data, with everything that was typed."""
        for row in range(1, ROWS + 1):
            cells = [
                self._cell(_name(row, item), f"Row {row}, question {position}: {item.text}", f"{position}. {item.text}")
                for position, item in enumerate(self.items, start=1)
            ]
            yield Row(row, self._cell(_name(row), f"Row {row}: form number", "Form number"), tuple(cells))

    def _cell(self, name: str, label: str, short: str) -> Cell:
        typed = self.data.get(name, "") if self.is_bound else ""
        errors = self.errors.get(name, ()) if self.is_bound else ()
        return Cell(name, typed, label, short, [self.said_at_the_box[name]] if name in self.said_at_the_box else errors)


def _name(row: int, item: Item | None = None) -> str:
    return f"row{row}-{item.key if item else 'form'}"


def read_mark(text: str) -> int | str | None:
    """A mark from 1 to 5, None for "I was not there", "" for not answered. Raises ValueError with a sentence.

    Only the digits 1 to 5 are marks: nothing is rounded, and no other script's digits are guessed at.
    """
    word = text.strip().lower()
    if word in WORDS_FOR_NO_ANSWER:
        return SKIPPED
    if word in WORDS_FOR_NOT_THERE:
        return None
    if word in {"1", "2", "3", "4", "5"}:
        return int(word)
    if word.endswith(HALF_MARKS):
        raise ValueError("a mark is a whole number. Ask the person, or leave the box empty.")
    raise ValueError("type 1, 2, 3, 4 or 5, n for “I was not there”, or leave the box empty.")
