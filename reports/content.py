"""What a report says: figures and words in the order of the paper, with no markup, no database and no moment.

The same content becomes the page, the HTML file, the PDF and the JSON. Every figure is text or a whole number, so that
it reads back from storage exactly as it went in, and two makings from the same figures have the same hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

# Raised when the shape below changes, so that a later template still knows how to print an old snapshot.
FORMAT = 1

# What stands beside the content in a snapshot and is not part of its hash.
BESIDE = frozenset({"about", "content_hash"})


@dataclass(frozen=True)
class Fact:
    """One line of a summary: what, and which."""

    label: str
    value: str


@dataclass(frozen=True)
class Figure:
    """A figure that is read first, with its words and the n it rests on."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Point:
    """A message: a few words that carry it, and the sentence that bears them out."""

    lead: str
    text: str = ""


# --- blocks: what a section is made of; `kind` tells the template how to draw one ---------------------------
@dataclass(frozen=True)
class Text:
    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Points:
    items: tuple[Point, ...]
    heading: str = ""
    is_numbered: bool = False
    kind: str = "points"


@dataclass(frozen=True)
class Figures:
    items: tuple[Figure, ...]
    kind: str = "figures"


@dataclass(frozen=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of text; the first cell of each names its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    size: str = "full"
    number: int = 0
    kind: str = "table"


@dataclass(frozen=True)
class Bar:
    """The answers to one question, mark 1 to mark 5; None when they are withheld, and `note` says why."""

    label: str
    counts: tuple[int, ...] | None
    note: str = ""


@dataclass(frozen=True)
class Bars:
    title: str
    rows: tuple[Bar, ...]
    note: str = ""
    number: int = 0
    kind: str = "bars"


@dataclass(frozen=True)
class Dot:
    """A share with its interval, as decimals in text ("0.969"), and the words at the end of its row."""

    label: str
    share: str
    low: str
    high: str
    note: str = ""


@dataclass(frozen=True)
class Dots:
    title: str
    rows: tuple[Dot, ...]
    note: str = ""
    number: int = 0
    kind: str = "dots"


@dataclass(frozen=True)
class Step:
    label: str
    count: int


@dataclass(frozen=True)
class Steps:
    title: str
    rows: tuple[Step, ...]
    note: str = ""
    number: int = 0
    kind: str = "steps"


Block = Text | Points | Figures | Table | Bars | Dots | Steps


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Headline:
    """The one number: how large, what it says, how sure it is."""

    value: str
    text: str
    interval: str = ""
    second: str = ""
    second_text: str = ""


@dataclass(frozen=True)
class PageOne:
    """One side for the person who decides: bought, reached, found, changed since, how sure, what next."""

    bought: tuple[Fact, ...]
    reach: tuple[Figure, ...]
    headline: Headline
    messages: tuple[Point, ...]
    change: str
    sureness: tuple[str, ...]
    next_time: str
    decision: str
    main_message: str = ""
    heading: str = "What we learned"


@dataclass(frozen=True)
class CohortReport:
    """The whole report of one cohort for one audience. `figures` and `results` repeat its numbers for machines."""

    cohort: str
    audience: str
    title: str
    subtitle: str
    page_one: PageOne
    sections: tuple[Section, ...]
    figures: Mapping[str, Any]
    results: Mapping[str, Any] | None = None
    format: int = field(default=FORMAT)

    def as_dict(self) -> dict[str, Any]:
        """As it is stored: what JSON can hold and gives back unchanged."""
        plain: dict[str, Any] = json.loads(canonical(asdict(self)))
        return plain


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their tables and their pictures counted from 1, in the order of the paper."""
    tables = pictures = 0
    done = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Table):
                tables += 1
                blocks.append(replace(block, number=tables))
            elif isinstance(block, Bars | Dots | Steps):
                pictures += 1
                blocks.append(replace(block, number=pictures))
            else:
                blocks.append(block)
        done.append(replace(section, blocks=tuple(blocks)))
    return tuple(done)


# --- snapshot -----------------------------------------------------------------------------------------------
def canonical(content: Mapping[str, Any]) -> str:
    """One text for one content, whatever the order in which a database gives its keys back."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the values and words of a content or a snapshot; its moment and its version do not count."""
    kept = {key: value for key, value in content.items() if key not in BESIDE}
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


def snapshot(report: CohortReport, about: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored, and what the JSON file holds: the content, what is known about its making, and its hash."""
    content = report.as_dict()
    return {**content, "about": dict(about), "content_hash": content_hash(content)}
