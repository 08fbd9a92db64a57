"""Fields for cells of a spreadsheet: words from lists however they are capitalised, several of them, yes and no, moments."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.forms import OneLineField
from laypartner.exchange.problems import listed, quoted
from laypartner.exchange.values import exchange_value

DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
EARLIEST_YEAR = 2000


def fold(text: str) -> str:
    """The form in which words of a spreadsheet are compared: "Large_Print", "large print" and "large-print" are one."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def words_of(choices: type[TextChoices]) -> dict[str, str]:
    """What a cell may say for each stored code: the label people read, and the short word of exchange files."""
    return {
        fold(word): code for code, label in choices.choices for word in (str(label), exchange_value(code), str(code))
    }


class WordField(OneLineField):
    """One word from a list. `labels` are named when another word stands there."""

    def __init__(self, *, words: Mapping[str, str], labels: Sequence[str], **kwargs: Any) -> None:
        self.words, self.labels = words, labels
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        if fold(text) not in self.words:
            raise ValidationError(f"Use {listed(self.labels)}. This is {quoted(text)}.", code="word")
        return self.words[fold(text)]


def choice(choices: type[TextChoices], **kwargs: Any) -> WordField:
    return WordField(words=words_of(choices), labels=[str(label) for label in choices.labels], **kwargs)


class WordsField(OneLineField):
    """Several words from a list, with commas or semicolons between. A label that holds a comma needs semicolons."""

    def __init__(self, *, words: Mapping[str, str], labels: Sequence[str], **kwargs: Any) -> None:
        self.words, self.labels = words, labels
        super().__init__(max_length=2000, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        text = super().to_python(value)
        if fold(text) in self.words:
            return [self.words[fold(text)]]
        parts = [part for part in re.split(";" if ";" in text else ",", text) if part.strip()]
        unknown = [part for part in parts if fold(part) not in self.words]
        if unknown:
            sentence = f"Use {listed(self.labels)}, with commas between. This has {quoted(unknown[0])}."
            raise ValidationError(sentence, code="word")
        return list(dict.fromkeys(self.words[fold(part)] for part in parts))


class YesField(OneLineField):
    """Yes or no; an empty cell is what `empty` says."""

    def __init__(self, *, empty: bool, **kwargs: Any) -> None:
        self.empty = empty
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> bool:
        text = super().to_python(value)
        if not text:
            return self.empty
        if fold(text) not in ("yes", "y", "no", "n", "true", "false"):
            raise ValidationError(f"Use yes or no. This is {quoted(text)}.", code="word")
        return fold(text) in ("yes", "y", "true")


class DaysField(OneLineField):
    """Numbers of days, with spaces or commas between."""

    def __init__(self, *, days: int, **kwargs: Any) -> None:
        self.days = days
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[int]:
        numbers = re.split(r"[\s,;]+", super().to_python(value).strip())
        known = {str(day) for day in range(1, self.days + 1)}
        wrong = [number for number in numbers if number and number not in known]
        if wrong:
            sentence = f"Use numbers of days from 1 to {self.days}, such as 1 3. This has {quoted(wrong[0])}."
            raise ValidationError(sentence, code="days")
        return sorted({int(number) for number in numbers if number})


class SentField(forms.CharField):
    """When it was sent: 2026-11-20, 20/11/2026, or a date and a time as our own files write it. Not in the future."""

    HOW = "Write the date as 2026-11-20 or 20/11/2026."

    def to_python(self, value: Any) -> datetime | None:
        text = super().to_python(value).strip()
        if not text:
            return None
        moment = self._read(text)
        if moment is None:
            raise ValidationError(f"{self.HOW} This is {quoted(text)}.", code="moment")
        if moment > timezone.now() or moment.year < EARLIEST_YEAR:
            raise ValidationError(
                f"Write a day that has been, from {EARLIEST_YEAR} on. This is {quoted(text)}.", code="range"
            )
        return moment

    @staticmethod
    def _read(text: str) -> datetime | None:
        """A day without a time counts from its noon, so that no clock makes another day of it."""
        try:
            if found := DAY_FIRST.fullmatch(text):
                day, month, year = map(int, found.groups())
                return timezone.make_aware(datetime.combine(date(year, month, day), time(12)))
            moment = parse_datetime(text) if len(text) > len("2026-11-20") else None
            if moment is None:
                moment = datetime.combine(date.fromisoformat(text), time(12))
        except ValueError:
            return None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
