"""Numbers and names inside a sentence."""

from collections.abc import Sequence


def people(count: int) -> str:
    """ "1 person", "12 people"."""
    return counted(count, "person", "people")


def counted(count: int, one: str, several: str = "") -> str:
    """ "1 letter", "12 letters"."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def named(names: Sequence[str], most: int = 3) -> str:
    """ "Ana Novak", "Ana Novak and Ben Ito", "Ana Novak, Ben Ito, Cy Roe and 4 others"."""
    shown, rest = list(names[:most]), len(names) - most
    if rest > 0:
        return f"{', '.join(shown)} and {counted(rest, 'other')}"
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)
