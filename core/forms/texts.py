"""Words, addresses and telephone numbers."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.forms.base import SaysWhatToDo
from core.text import fold_email, one_line, tidy

DIGITS = re.compile(r"[0-9]")
PHONE = re.compile(r"\+?[0-9 ()./\-]+(?:\s*(?:ext|extension|x)\.?\s*[0-9]{1,6})?", re.IGNORECASE)


class _Text(SaysWhatToDo, forms.CharField):
    """Text in one form (core/text.py), counted as people count: by characters."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        self.longest = max_length
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = self.clean_text(super().to_python(value))
        if len(text) > self.longest:
            raise ValidationError(
                f"Use {self.longest:,} characters or fewer (you have {len(text):,}).", code="max_length"
            )
        return text

    def clean_text(self, value: str) -> str:
        raise NotImplementedError


class OneLineField(_Text):
    """One line: a name, a title, a town."""

    def __init__(self, *, max_length: int = 100, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def clean_text(self, value: str) -> str:
        return one_line(value)


class LongTextField(_Text):
    """Several lines. Line ends become LF; with `count` the page says how many characters are left."""

    def __init__(self, *, max_length: int = 5000, rows: int = 5, count: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        self.count = count

    def clean_text(self, value: str) -> str:
        text = tidy(value)
        if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in text):
            raise ValidationError("Use ordinary characters only. Type the text again if it was pasted.")
        return text


class EmailField(SaysWhatToDo, forms.CharField):
    """One email address that mail can reach, folded: "A@X.uk" and "a@x.uk" are the same person."""

    default_error_messages = {
        "invalid": "Enter an email address in the right form, like name@example.com.",
        "many": "Enter one email address only, like name@example.com.",
        "quoted": "We cannot write to an address with quotation marks. Enter another email address.",
        "letters": "The part before the @ must have plain letters and numbers only. Enter another email address.",
        "local": "The part before the @ is too long. Use 64 characters or fewer.",
        "place": "Enter an address that ends in a full name, like example.com.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        address = one_line(super().to_python(value))
        if not address:
            return ""
        local, at, domain = address.rpartition("@")
        self._refuse(address, local, domain)
        try:
            folded = fold_email(f"{local}{at}{domain.encode('idna').decode('ascii')}")
            validate_email(folded)
        except (UnicodeError, ValidationError):
            raise self._error("invalid") from None
        if len(folded) > 254:
            raise self._error("invalid")
        return folded

    def _refuse(self, address: str, local: str, domain: str) -> None:
        """Raises the sentence that fits best; what is left is judged by Django's own rule."""
        if '"' in local:
            raise self._error("quoted")
        if "," in address or ";" in address or "@" in local:
            raise self._error("many")
        if local and not local.isascii():
            raise self._error("letters")
        if len(local) > 64:
            raise self._error("local")
        if local and ("." not in domain or domain.startswith("[") or domain.replace(".", "").isdigit()):
            raise self._error("place")

    def _error(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class PhoneField(SaysWhatToDo, forms.CharField):
    """A telephone number, kept as typed; `plain_phone` gives the form in which two are compared."""

    default_error_messages = {"invalid": "Enter a phone number, like 07700 900982 or 020 7946 0018."}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = plain_digits(one_line(super().to_python(value)))
        if not text:
            return ""
        number = re.split(r"ext|x", text, flags=re.IGNORECASE)[0]
        if not PHONE.fullmatch(text) or not 7 <= len(DIGITS.findall(number)) <= 18 or len(text) > 40:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text


def plain_phone(text: str) -> str:
    """Digits only, in the international form for United Kingdom numbers: "07700 900982" → "+447700900982"."""
    number = re.split(r"ext|x", text, flags=re.IGNORECASE)[0].replace("(0)", "")
    digits = "".join(DIGITS.findall(number)).removeprefix("18001")
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if number.strip().startswith("+"):
        return f"+{digits}"
    return f"+44{digits[1:]}" if digits.startswith("0") else digits


def plain_digits(text: str) -> str:
    """Digits of other scripts and full-width digits as 0–9; everything else as it is."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
