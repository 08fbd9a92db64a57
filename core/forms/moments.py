"""Days, times of day, and moments."""

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.forms.base import SaysWhatToDo
from core.forms.texts import plain_digits
from core.text import tidy

MONTHS = [name.lower() for name in calendar.month_name[1:]]
CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
Bound = date | Callable[[], date] | None


class DateWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    template_name = "nhsuk/widgets/date.html"
    use_fieldset = True
    parts = {"day": 2, "month": 2, "year": 4}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: self._box(width) for name, width in self.parts.items()}, attrs)
        self.wrong: set[str] = set()

    @staticmethod
    def _box(width: int) -> forms.TextInput:
        css = f"nhsuk-input nhsuk-input--width-{width} nhsuk-date-input__input"
        return forms.TextInput(attrs={"class": css, "inputmode": "numeric"})

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None] * 3

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, box in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            box["label"] = part.capitalize()
            box["is_wrong"] = "aria-invalid" in box["attrs"] and (not self.wrong or part in self.wrong)
            box["attrs"] = self._box_attrs(part, box, context["widget"]["attrs"].get("id"))
        return context

    @staticmethod
    def _box_attrs(part: str, box: dict[str, Any], group_id: str | None) -> dict[str, Any]:
        """Each box is named for its part, and only the wrong ones say that they are wrong."""
        attrs = {key: value for key, value in box["attrs"].items() if key not in {"id", "aria-invalid"}}
        if group_id:
            attrs["id"] = f"{group_id}_{part}"
        if box["is_wrong"]:
            attrs |= {"class": f"{attrs['class']} nhsuk-input--error", "aria-invalid": "true"}
        return attrs


class MomentWidget(DateWidget):
    """Three boxes for the day and one for the time."""

    parts = {"day": 2, "month": 2, "year": 4, "time": 5}

    @staticmethod
    def _box(width: int) -> forms.TextInput:
        box = DateWidget._box(width)
        return box if width < 5 else forms.TextInput(attrs={"class": box.attrs["class"]})

    def decompress(self, value: datetime | None) -> list[Any]:
        if not value:
            return [None] * 4
        return [value.day, value.month, value.year, value.strftime("%H:%M")]


class DateField(SaysWhatToDo, forms.Field):
    """A day in three boxes. The month may be a number or a name; the year has four digits.

    `earliest` and `latest` are dates, or functions that give one (for "today").
    """

    widget = DateWidget

    def __init__(self, *, earliest: Bound = date(1900, 1, 1), latest: Bound = date(2100, 12, 31), **kw: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kw)

    def clean(self, value: Any) -> Any:
        if isinstance(value, date):
            return super().clean(value)
        parts = dict(zip(self.widget.parts, (plain_digits(tidy(part or "")) for part in value or []), strict=False))
        self.widget.wrong = set()
        if not any(parts.values()):
            self.widget.wrong = set(self.widget.parts) if self.required else set()
            return super().clean(None)
        return super().clean(self.read(parts))

    def read(self, parts: dict[str, str]) -> Any:
        self._need(parts)
        return self._within(self._day(parts))

    def _need(self, parts: dict[str, str]) -> None:
        missing = [name for name, text in parts.items() if not text]
        if missing:
            self._refuse(f"Enter the {' and the '.join(missing)} as well.", *missing)

    def _day(self, parts: dict[str, str]) -> date:
        month = month_number(parts["month"])
        if not re.fullmatch(r"[0-9]{1,2}", parts["day"]):
            self._refuse("Enter the day as a number, like 23.", "day")
        if month is None:
            self._refuse("Enter the month as a number from 1 to 12, like 11.", "month")
        if not re.fullmatch(r"[0-9]{4}", parts["year"]):
            self._refuse("Enter the year with 4 digits, like 2026.", "year")
        try:
            return date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            return self._refuse("This day is not in the calendar. Check the day, the month and the year.", "day")

    def _within(self, day: date) -> date:
        earliest, latest = (bound() if callable(bound) else bound for bound in (self.earliest, self.latest))
        if earliest and day < earliest:
            self._refuse(f"Enter a date that is {long_date(earliest)} or later.", "day", "month", "year")
        if latest and day > latest:
            self._refuse(f"Enter a date that is {long_date(latest)} or earlier.", "day", "month", "year")
        return day

    def _refuse(self, sentence: str, *wrong: str) -> Any:
        self.widget.wrong = set(wrong)
        raise ValidationError(self.error_messages.get("invalid", sentence), code="invalid")


class MomentField(DateField):
    """A day and a time in the clock of `time_zone` (the site's own when none is given). Gives an aware datetime."""

    widget = MomentWidget

    def __init__(self, *, time_zone: str = "", **kwargs: Any) -> None:
        self.time_zone = time_zone
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self._zone()) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        return forms.Field.clean(self, value) if isinstance(value, datetime) else super().clean(value)

    def read(self, parts: dict[str, str]) -> datetime:
        self._need(parts)
        day = self._within(self._day(parts))
        clock = read_clock(parts["time"])
        if clock is None:
            self._refuse("Enter the time like 9:30am or 14:30.", "time")
        moment = datetime.combine(day, clock, self._zone())
        if moment.astimezone(UTC).astimezone(self._zone()).time() != clock:
            self._refuse("The clocks go forward that night, so this time does not exist. Enter another time.", "time")
        if moment.replace(fold=1).utcoffset() != moment.utcoffset():
            self._refuse("The clocks go back that night, so this time comes twice. Enter another time.", "time")
        return moment

    def _zone(self) -> Any:
        return ZoneInfo(self.time_zone) if self.time_zone else timezone.get_current_timezone()


class TimeField(SaysWhatToDo, forms.Field):
    """A time of day: 9:30am, 09:30, 9.30, 2pm."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "nhsuk-input--width-5"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time):
            return value
        text = tidy(value or "")
        if not text:
            return None
        clock = read_clock(plain_digits(text))
        if clock is None:
            raise ValidationError(
                self.error_messages.get("invalid", "Enter the time like 9:30am or 14:30."), code="invalid"
            )
        return clock


def month_number(text: str) -> int | None:
    """ "11", "November" and "nov" are 11."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    word = text.lower()
    found = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if found else None


def read_clock(text: str) -> time | None:
    """The time of day that `text` means, or None: "9:30am", "9.30 AM", "14:30", "noon"."""
    if text.lower() in {"noon", "midday"}:
        return time(12)
    match = CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif match[2] is None:
        return None  # "9" may be morning or evening
    return time(hour, minute) if hour < 24 and minute < 60 else None


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
