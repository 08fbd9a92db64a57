"""Text that people typed: what is kept, what is refused, and in which words."""

import unicodedata

from django.core.exceptions import ValidationError

BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


def tidy(value: str) -> str:
    """One form for the same letters (NFC), LF line ends, no direction overrides, no blank made of invisible marks."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").translate(BIDI).strip()
    return text if text.translate(INVISIBLE).strip() else ""


def one_line(value: str) -> str:
    """Tidy text for a field that goes into a subject or a table cell. Refuses line breaks and control characters."""
    text = tidy(value)
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise ValidationError("Use one line of ordinary characters.")
    return text


def fold_email(value: str) -> str:
    """The form under which two addresses are the same: lower case, tidy. "A@X.uk" is "a@x.uk"."""
    return tidy(value).casefold()
