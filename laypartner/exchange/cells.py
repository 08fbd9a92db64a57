"""The kinds of cell: how each is read, written, described to people and to machines. One cell, no neighbours."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

from core.forms import EmailField, PhoneField
from core.text import tidy
from laypartner.exchange.problems import listed, quoted
from laypartner.exchange.values import exchange_value
from programmes.services.cohort_checks import EARLIEST, LATEST, RESERVED_SLUGS, SLUG

ABSENT = "na"


class CellError(Exception):
    """A cell that cannot be used, and what to do about it."""


class Kind:
    """How the cells of a column are read and written. `read` gets tidy text that is not empty; raises CellError."""

    type: ClassVar[str] = "string"
    words: str
    lines: ClassVar[bool] = False

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> str:
        return str(value)

    def constraints(self) -> dict[str, Any]:
        """For the Table Schema."""
        return {}


def tidy_cell(text: str, *, lines: bool) -> str:
    """A cell as it will be stored. Raises CellError for characters that no field takes."""
    text = tidy(text)
    if not lines and "\n" in text:
        raise CellError("Write this in one line: the cell holds a line break.")
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in text):
        raise CellError("Use ordinary characters only: the cell holds a control character. Type the text again.")
    if not lines and "\t" in text:
        raise CellError("Use ordinary characters only: the cell holds a tab. Put a space there.")
    return text


@dataclass(frozen=True)
class Text(Kind):
    longest: int
    lines: bool = False  # type: ignore[misc]

    @property
    def words(self) -> str:
        return f"text of {self.longest:,} characters or fewer"

    def read(self, text: str) -> str:
        if len(text) > self.longest:
            raise CellError(f"Use {self.longest:,} characters or fewer. This has {len(text):,}.")
        return text

    def constraints(self) -> dict[str, Any]:
        return {"maxLength": self.longest}


@dataclass(frozen=True)
class Choice(Kind):
    values: Mapping[str, str]

    @property
    def words(self) -> str:
        return ", ".join(f"`{value}`" for value in self.values)

    def read(self, text: str) -> str:
        if text not in self.values:
            raise CellError(f"Use {listed(self.values)}. This is {quoted(text)}.")
        return self.values[text]

    def write(self, value: str) -> str:
        return exchange_value(value)

    def constraints(self) -> dict[str, Any]:
        return {"enum": list(self.values)}


@dataclass(frozen=True)
class Whole(Kind):
    lowest: int
    highest: int
    type: ClassVar[str] = "integer"

    @property
    def words(self) -> str:
        return f"whole number from {self.lowest} to {self.highest}"

    def read(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.lowest <= int(text) <= self.highest:
            raise CellError(f"Use a {self.words}. This is {quoted(text)}.")
        return int(text)

    def constraints(self) -> dict[str, Any]:
        return {"minimum": self.lowest, "maximum": self.highest}


class Money(Kind):
    type = "number"
    words = "pounds and pence, such as 600.00"

    def read(self, text: str) -> Decimal:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", text):
            raise CellError(
                f"Use pounds and pence, such as 600.00: 0 or more, without £ or commas. This is {quoted(text)}."
            )
        return Decimal(text).quantize(Decimal("0.01"))

    def write(self, value: Decimal) -> str:
        return f"{value:.2f}"

    def constraints(self) -> dict[str, Any]:
        return {"minimum": 0}


class Day(Kind):
    type = "date"
    words = "date as year-month-day, such as 2017-11-23"

    def read(self, text: str) -> date:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise CellError(f"Write the date as year-month-day, such as 2017-11-23. This is {quoted(text)}.")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise CellError(f"{quoted(text)} is not in the calendar. Check the month and the day.") from None
        if not EARLIEST <= day <= LATEST:
            raise CellError(f"Use a date between {EARLIEST.year} and {LATEST.year}. This is {quoted(text)}.")
        return day

    def write(self, value: date) -> str:
        return value.isoformat()


class Zone(Kind):
    words = "IANA name of a time zone, such as Europe/London"

    def read(self, text: str) -> str:
        if text not in _zones():
            raise CellError(f"Use the name of a time zone, such as Europe/London. This is {quoted(text)}.")
        return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class Slug(Kind):
    words = "small letters, digits and hyphens, up to 60"

    def read(self, text: str) -> str:
        if not SLUG.fullmatch(text) or len(text) > 60:
            raise CellError(f"Use small letters, digits and hyphens, up to 60: london-2017. This is {quoted(text)}.")
        if text in RESERVED_SLUGS:
            raise CellError(f"{quoted(text)} is the address of another page. Choose another short name.")
        return text

    def constraints(self) -> dict[str, Any]:
        return {"pattern": SLUG.pattern, "maxLength": 60}


class _FormField(Kind):
    """A cell judged by the same rule as the form field on the page."""

    field: ClassVar[Any]

    def read(self, text: str) -> str:
        try:
            return self.field.clean(text)
        except ValidationError as error:
            raise CellError(f"{error.messages[0]} This is {quoted(text)}.") from None


class Email(_FormField):
    words = "email address"
    field = EmailField(required=False)


class Phone(_FormField):
    words = "telephone number"
    field = PhoneField(required=False)


@dataclass(frozen=True)
class DayNumbers(Kind):
    days: int = 3

    @property
    def words(self) -> str:
        return f"numbers of days from 1 to {self.days} with a space between, such as `1 3`"

    def read(self, text: str) -> tuple[int, ...]:
        numbers = text.split()
        wrong = [number for number in numbers if number not in {str(day) for day in range(1, self.days + 1)}]
        if wrong:
            raise CellError(f"Use day numbers from 1 to {self.days} with a space between. This has {quoted(wrong[0])}.")
        if len(set(numbers)) < len(numbers):
            raise CellError(f"Name each day once. This is {quoted(text)}.")
        return tuple(sorted(int(number) for number in numbers))

    def write(self, value: tuple[int, ...]) -> str:
        return " ".join(str(day) for day in value)

    def constraints(self) -> dict[str, Any]:
        return {"pattern": f"[1-{self.days}]( [1-{self.days}])*"}


class Mark(Kind):
    """1 to 5, or "na": None stands for "I was not there"."""

    words = "mark from 1 to 5, `na` for “I was not there”, empty for not answered"

    def read(self, text: str) -> int | None:
        if text == ABSENT:
            return None
        if not re.fullmatch("[1-5]", text):
            raise CellError(f"Use a whole mark from 1 to 5, na, or leave the cell empty. This is {quoted(text)}.")
        return int(text)

    def write(self, value: int | None) -> str:
        return ABSENT if value is None else str(value)

    def constraints(self) -> dict[str, Any]:
        return {"enum": ["1", "2", "3", "4", "5", ABSENT]}
