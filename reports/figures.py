"""What is known about a cohort, as plain values: between the database (build.py) and the words (sections/)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

AUDIENCES = ("organiser", "commissioner", "public")
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SlotFigures:
    time: str
    title: str
    kind: str
    minutes: int
    is_break: bool
    is_interactive: bool
    is_co_delivered: bool


@dataclass(frozen=True)
class DayFigures:
    number: int
    date: date
    title: str
    slots: tuple[SlotFigures, ...]

    def minutes(self) -> int:
        """Taught minutes: breaks do not count."""
        return sum(slot.minutes for slot in self.slots if not slot.is_break)


@dataclass(frozen=True)
class ItemFigures:
    """One question as the audience may see it. Withheld figures are None, and `suppressed` says why."""

    key: str
    text: str
    n: int
    average: str | None
    counts: tuple[int, ...] | None
    share: str | None
    low: str | None
    high: str | None
    suppressed: str | None

    @property
    def is_shown(self) -> bool:
        return self.n > 0 and self.counts is not None

    @property
    def good(self) -> int:
        """How many gave 4 or 5; only where the figures are shown."""
        assert self.counts is not None
        return self.counts[3] + self.counts[4]

    @property
    def total(self) -> int:
        """The sum of the marks; only where the figures are shown."""
        assert self.counts is not None
        return sum(mark * count for mark, count in enumerate(self.counts, start=1))

    def good_percent(self) -> Decimal:
        return Decimal(self.share or 0) * 100


@dataclass(frozen=True)
class WaveFigures:
    instrument: str
    version: int
    source: str
    is_anonymous: bool
    forms: int
    able: int
    rate: str | None
    rate_attended: str | None
    items: tuple[ItemFigures, ...]
    as_json: dict[str, Any]

    @property
    def silent(self) -> int:
        return max(self.able - self.forms, 0)

    def shown(self) -> list[ItemFigures]:
        return [item for item in self.items if item.is_shown]

    def parts(self) -> list[ItemFigures]:
        """The elements of the course; the recommendation is about the whole."""
        return [item for item in self.items if item.key != RECOMMEND]

    def recommend(self) -> ItemFigures | None:
        return next((item for item in self.items if item.key == RECOMMEND and item.is_shown), None)


RECOMMEND = "recommend"


@dataclass(frozen=True)
class Words:
    message: str = ""
    next_time: str = ""
    decision: str = ""


@dataclass(frozen=True)
class CohortFigures:
    slug: str
    title: str
    audience: str
    programme: str
    commissioner: str
    purpose: str
    region: str
    place: str
    capacity: int
    days: tuple[DayFigures, ...]
    aims: tuple[str, ...]
    objectives: tuple[str, ...]
    characteristics: tuple[str, ...]
    source_of_characteristics: str
    applied: int
    accepted: int
    withdrawn: int
    coaches: int
    experience: Counts
    lived_experience: Counts
    areas: Counts
    wave: WaveFigures | None
    follow_ups: tuple[tuple[str, date], ...]
    words: Words

    @property
    def able(self) -> int:
        return self.accepted - self.withdrawn

    @property
    def is_for_organisers(self) -> bool:
        return self.audience == "organiser"

    @property
    def forms(self) -> int:
        return self.wave.forms if self.wave else 0
