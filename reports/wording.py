"""Small sentences and the way figures are said. Pure: the same words on the page, in the PDF and in the JSON."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from core.rounding import half_up, percent

DASH = "–"
LONGEST_NAME = 100
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def long_date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def joined(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def dates_in_words(days: Sequence[date]) -> str:
    """ "23 and 24 November 2017, 16 January 2018": each month is said once."""
    months: dict[str, list[str]] = {}
    for day in days:
        months.setdefault(f"{day:%B %Y}", []).append(str(day.day))
    return ", ".join(f"{joined(numbers)} {month}" for month, numbers in months.items())


def number(count: int) -> str:
    """Small numbers as words, as they are said."""
    return SMALL[count] if 0 <= count < len(SMALL) else str(count)


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """ "80.0 %", or a dash when there is no whole."""
    found = percent(part, whole)
    return DASH if found is None else f"{found} %"


def as_percent(decimal: str) -> str:
    """ "0.969" is "96.9"."""
    return str(half_up(Decimal(decimal) * 100))


def interval(low: str, high: str) -> str:
    return f"{as_percent(low)} to {as_percent(high)} %"


def at_least(value: Decimal) -> int:
    """A whole number of per cent that is certainly reached: 84.9 is 84."""
    return int(value.to_integral_value(ROUND_FLOOR))


def hours(minutes: int) -> str:
    """ "5 h 30 min"."""
    parts = [f"{minutes // 60} h"] if minutes >= 60 else []
    if minutes % 60 or not parts:
        parts.append(f"{minutes % 60} min")
    return " ".join(parts)


def name(text: str) -> str:
    """What something is called, where there is room for one line."""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"


def shortened(text: str, limit: int, where: str) -> str:
    """At most about `limit` letters, ending with a whole sentence or a whole word, and saying where the rest is."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[:limit]
    sentence = max(cut.rfind(end) for end in (". ", "! ", "? "))
    kept = cut[: sentence + 1] if sentence > limit // 2 else cut.rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"{kept} ({where})"
