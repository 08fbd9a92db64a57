"""Whole numbers and money."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.base import SaysWhatToDo
from core.forms.texts import plain_digits
from core.text import one_line

WHOLE = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})")
AMOUNT = re.compile(r"(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,2})?")


class WholeNumberField(SaysWhatToDo, forms.Field):
    """A whole number between two others. Takes "1,000" and digits of other scripts; no "1e3", no "3.5"."""

    def __init__(self, *, min_value: int = 0, max_value: int = 1_000_000, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        width = 2 if len(str(max_value)) <= 2 else 4 if len(str(max_value)) <= 4 else 10
        attrs = {"inputmode": "numeric", "class": f"nhsuk-input--width-{width}"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = plain_digits(one_line(str(value or "")))
        if not text:
            return None
        sentence = f"Enter a whole number from {self.min_value:,} to {self.max_value:,}."
        if not WHOLE.fullmatch(text) or not self.min_value <= int(text.replace(",", "")) <= self.max_value:
            raise ValidationError(self.error_messages.get("invalid", sentence), code="invalid")
        return int(text.replace(",", ""))


class MoneyField(SaysWhatToDo, forms.Field):
    """Pounds and pence. Takes "£1,000.50" and "5"; nothing below nought, no third decimal."""

    prefix = "£"

    def __init__(self, *, max_value: Decimal = Decimal("9999999.99"), **kwargs: Any) -> None:
        self.max_value = max_value
        attrs = {"inputmode": "decimal", "class": "nhsuk-input--width-5"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, Decimal):
            return value
        text = plain_digits(one_line(str(value or ""))).removeprefix("£").strip()
        if not text:
            return None
        sentence = f"Enter an amount in pounds from £0 to £{self.max_value:,}, like 25 or 25.50."
        if not AMOUNT.fullmatch(text) or Decimal(text.replace(",", "")) > self.max_value:
            raise ValidationError(self.error_messages.get("invalid", sentence), code="invalid")
        return Decimal(text.replace(",", "")).quantize(Decimal("0.01"))
