"""What a table plan is made from, and what it is. Everything is frozen, so a problem can be compared and hashed."""

import hashlib
from dataclasses import dataclass, field


class Impossible(Exception):
    """There is no plan, or none was found; `sentence` says which rule is in the way and what would help."""

    def __init__(self, sentence: str, *, newcomer_rules_are_in_the_way: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.newcomer_rules_are_in_the_way = newcomer_rules_are_in_the_way


@dataclass(frozen=True)
class Person:
    """A participant who needs a seat. `name` is for sentences only."""

    ref: str
    inexperienced: bool = False
    organisation: str = ""
    area: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or self.ref


@dataclass(frozen=True)
class Coach:
    """A coach of the cohort. `is_available` is about the day that is planned."""

    ref: str
    is_available: bool = True
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or self.ref


@dataclass(frozen=True)
class Rule:
    """`kind` is "apart", "together" or "near". `a` is a participant's ref, `b` a participant's or a coach's."""

    kind: str
    a: str
    b: str
    with_coach: bool = False


@dataclass(frozen=True)
class Rules:
    """The rules about tables as such. `newcomers` are the two about people who are new to lay roles."""

    smallest: int = 5
    largest: int = 6
    newcomers: bool = True


@dataclass(frozen=True)
class Table:
    """One table of a plan: its number, its coach's ref, the refs of its people."""

    number: int
    coach: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """One day's tables, in the order of their numbers."""

    tables: tuple[Table, ...]

    def table_of(self, ref: str) -> Table | None:
        return next((table for table in self.tables if ref in table.people), None)


@dataclass(frozen=True)
class Problem:
    """Everything that decides a plan for one day. Equal problems and seeds give equal plans."""

    day: int
    people: tuple[Person, ...]
    coaches: tuple[Coach, ...]
    pairs: tuple[Rule, ...] = ()
    earlier: tuple[Plan, ...] = ()
    rules: Rules = field(default_factory=Rules)

    @property
    def available_coaches(self) -> tuple[Coach, ...]:
        return tuple(coach for coach in self.coaches if coach.is_available)

    @property
    def live_pairs(self) -> tuple[Rule, ...]:
        """The rules about people who are here: somebody who has left asks for nothing any more."""
        here = {person.ref for person in self.people}
        return tuple(rule for rule in self.pairs if rule.a in here and (rule.with_coach or rule.b in here))

    def labels(self) -> dict[str, str]:
        """What each participant's ref is called in sentences."""
        return {person.ref: person.label for person in self.people}

    def coach_labels(self) -> dict[str, str]:
        return {coach.ref: coach.label for coach in self.coaches}

    def fingerprint(self) -> str:
        """The same for equal problems and for no others: tells whether a proposal is still about today's people."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]
