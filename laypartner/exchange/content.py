"""A cohort folder as values: what is read from files, and what is written to them. Fields bear the columns' names.

Choices hold the stored codes. `row` says where a value was read; it does not count when two are compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Marks = Mapping[str, int | None]


@dataclass(frozen=True)
class CohortRow:
    slug: str
    programme: str
    commissioner: str
    region: str
    capacity: int
    time_zone: str
    day_1: date
    day_2: date
    day_3: date
    row: int = field(default=0, compare=False)

    @property
    def dates(self) -> tuple[date, date, date]:
        return self.day_1, self.day_2, self.day_3


@dataclass(frozen=True)
class ParticipantRow:
    ref: str
    name: str
    email: str
    phone: str
    contact_route: str
    information_format: str
    organisation: str
    area: str
    experience: str
    lived_experience: str
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class CoachRow:
    ref: str
    name: str
    type: str
    day_rate: Decimal
    days: tuple[int, ...]
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class RuleRow:
    kind: str
    a: str
    b: str
    reason: str
    row: int = field(default=0, compare=False)

    @property
    def pair(self) -> tuple[str, frozenset[str]]:
        """What makes two rules the same one: "A apart from B" is "B apart from A"."""
        return self.kind, frozenset({self.a, self.b})


@dataclass(frozen=True)
class FormRow:
    """One form. `source` and `pseudonym` are None where the file says nothing of them; a key that is not in `answers`
    was not answered, and None there means "I was not there".
    """

    form: str
    source: str | None
    pseudonym: str | None
    answers: Marks
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class WaveForms:
    """One wave's forms. `items` are the questions that the file has columns for."""

    wave: str
    items: tuple[str, ...]
    forms: tuple[FormRow, ...]
    file: str = field(default="", compare=False)


@dataclass(frozen=True)
class CohortFolder:
    cohort: CohortRow
    participants: tuple[ParticipantRow, ...]
    coaches: tuple[CoachRow, ...] = ()
    seating_rules: tuple[RuleRow, ...] = ()
    waves: tuple[WaveForms, ...] = ()
    # {"participants": "participants.xlsx"}: what each part was called
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def name_of(self, stem: str) -> str:
        return self.names.get(stem, f"{stem}.csv")
