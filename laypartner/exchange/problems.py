"""What is wrong with files, said so that a person can find the cell and put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.exceptions import DomainError


@dataclass(frozen=True)
class Problem:
    """One thing to put right. Rows count as a spreadsheet shows them: the header is row 1. 0 and "" mean the whole."""

    file: str
    row: int
    column: str
    sentence: str

    @property
    def place(self) -> str:
        parts = [self.file, f"row {self.row}" if self.row else "", f"column {self.column}" if self.column else ""]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


FIRST = ("cohort.", "participants.", "coaches.", "seating_rules.")


def _rank(file: str) -> tuple[int, str]:
    """The order in which a person fills the files, and all others after them."""
    return next((place for place, start in enumerate(FIRST) if file.startswith(start)), len(FIRST)), file


class ImportErrors(DomainError):
    """Files that cannot be imported, with everything that was found. Nothing was stored."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(dict.fromkeys(problems), key=lambda problem: (_rank(problem.file), problem.row))
        count = len(self.problems)
        things = "There is 1 thing" if count == 1 else f"There are {count:,} things"
        super().__init__(f"{things} to put right. Nothing was stored.")


class Problems:
    """A list that fills up while files are read."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, file: str, sentence: str, *, row: int = 0, column: str = "") -> None:
        self.found.append(Problem(file, row, column, sentence))

    def raise_if_any(self) -> None:
        if self.found:
            raise ImportErrors(self.found)


def quoted(text: str, longest: int = 40) -> str:
    """What stands in a cell, for a sentence: in quotes, on one line, not too long."""
    flat = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return f"“{flat}”" if len(flat) <= longest else f"“{flat[:longest]}…”"


def listed(words: Iterable[str]) -> str:
    """ "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
