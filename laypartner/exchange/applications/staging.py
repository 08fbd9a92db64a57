"""Rows wait for a day until whoever sent them has seen what they would do. What is confirmed is what was shown."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from laypartner.exchange.applications import likeness
from laypartner.exchange.applications.columns import BY_NAME, HEADINGS, left_aside, places_of
from laypartner.exchange.applications.resource import ApplicationResource, Incoming, TwiceInFile
from laypartner.exchange.dialects import Dialect, UnknownEncoding, dialect_of
from laypartner.exchange.kinds import TEXT, kind_of
from laypartner.exchange.problems import ImportErrors, Problem, Problems
from laypartner.exchange.reading import Table, read_table
from laypartner.exchange.staging import KEPT_FOR, NotWhatWasShown, discard_expired
from laypartner.models import StagedApplications
from programmes.models import Cohort
from recruitment.models import Application, BulkAction
from recruitment.sentences import counted
from recruitment.services import undoing

PASTED = "pasted rows.csv"
# Rows of one first name and one area are compared each with each; beyond this somebody would wait too long.
MOST_COMPARED = 1_000
PADDED = (PASTED, ".xlsx")


@dataclass(frozen=True)
class Rows:
    """The table of a file with its columns recognised. `numbers` are as a spreadsheet shows them: the heading is row 1."""

    table: Table
    numbers: list[int]
    values: list[dict[str, str]]
    left_aside: list[str]


@dataclass
class Preview:
    """What the owner sees before agreeing. Either problems, or what each row would do; `digest` stands for exactly this."""

    problems: list[Problem]
    dialect: Dialect | None = None
    rows: Rows | None = None
    new: list[tuple[int, Incoming]] = field(default_factory=list)
    here: list[tuple[int, Application]] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)
    alike: list[likeness.Alike] = field(default_factory=list)
    is_compared: bool = True
    digest: str = ""

    @property
    def asks(self) -> bool:
        """Whether the file had to be recognised, so that a person should look at its letters."""
        return self.dialect is not None and not self.dialect.is_standard

    @property
    def waiting(self) -> int:
        """How many of the new ones wait for agreement."""
        return sum(not row.has_agreed for _, row in self.new)


@transaction.atomic
def stage(*, cohort: Cohort, name: str, content: bytes, owner: Any) -> StagedApplications:
    """Keep rows for their owner. Uploads that expired are deleted on this occasion."""
    discard_expired()
    return StagedApplications.objects.create(
        cohort=cohort,
        owner=owner,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        expires_at=timezone.now() + KEPT_FOR,
    )


def preview(staged: StagedApplications, *, by: Any) -> Preview:
    """What an import would do, with a file in another encoding read as it looks. Writes nothing."""
    problems = Problems()
    seen = Preview(problems.found, dialect=_dialect(staged))
    seen.rows = _read(staged, seen.dialect, problems)
    if seen.rows is not None:
        _walk(staged, seen, by)
    seen.digest = _digest(staged, seen)
    return seen


def _walk(staged: StagedApplications, seen: Preview, by: Any) -> None:
    """A dry run: which rows are new, which are here, which cannot be used and why."""
    assert seen.rows is not None
    result = ApplicationResource(cohort=staged.cohort, by=by).run(seen.rows.values, dry_run=True)
    for number, outcome in zip(seen.rows.numbers, result.rows, strict=True):
        if outcome.validation_error is not None:
            seen.failed.add(number)
            seen.problems.extend(_problems(staged.name, number, outcome.validation_error, seen.rows.numbers))
        elif outcome.is_skip():
            seen.here.append((number, outcome.instance))
        else:
            assert not outcome.errors, outcome.errors
            seen.new.append((number, outcome.instance))
    seen.is_compared = len(seen.new) <= MOST_COMPARED
    seen.alike = likeness.of(staged.cohort, seen.new) if seen.is_compared else []


def _problems(file: str, number: int, error: ValidationError, numbers: list[int]) -> list[Problem]:
    found = []
    for name, errors in error.error_dict.items():
        for one in errors:
            sentence = one.messages[0]
            if isinstance(one, TwiceInFile):
                first = numbers[one.first - 1]
                sentence = (
                    f"The same person is in row {first}. Delete one of the rows, or give each a reference of its own."
                )
            column = BY_NAME[name].heading if name in BY_NAME else ""
            found.append(Problem(file, number, column, sentence))
    return found


@transaction.atomic
def confirm(staged: StagedApplications, *, digest: str, acknowledge: bool, by: Any) -> BulkAction | None:
    """Take in what was shown and forget the rows. None when all of them were here already.

    All or nothing. Raises NotWhatWasShown and ImportErrors; then nothing was stored.
    """
    seen = preview(staged, by=by)
    if seen.problems:
        raise ImportErrors(seen.problems)
    if seen.digest != digest:
        raise NotWhatWasShown("Something has changed since you looked. Here is what would happen now.")
    assert seen.rows is not None
    result = ApplicationResource(cohort=staged.cohort, by=by, acknowledge=acknowledge).run(
        seen.rows.values, dry_run=False
    )
    made = [row.instance.made for row in result.rows if row.is_new()]
    cohort = staged.cohort
    staged.delete()
    if not made:
        return None
    return undoing.remember(
        kind=BulkAction.Kind.IMPORT,
        cohort=cohort,
        summary=f"{counted(len(made), 'application')} brought in from a file",
        items=[{"application": application.pk, "person": application.person_id} for application in made],
        by=by,
    )


# --- reading -------------------------------------------------------------------------------------------------
def _dialect(staged: StagedApplications) -> Dialect | None:
    """How a text file was written; None for a workbook, for what was pasted and for what is no text."""
    content = bytes(staged.content)
    if staged.name == PASTED or not staged.name.lower().endswith(".csv") or kind_of(content) is not TEXT:
        return None
    try:
        return dialect_of(content, HEADINGS)
    except UnknownEncoding:
        return None


def _read(staged: StagedApplications, dialect: Dialect | None, problems: Problems) -> Rows | None:
    content = bytes(staged.content)
    if staged.name == PASTED:
        dialect = dialect_of(content, HEADINGS)
    table = read_table(staged.name, content, HEADINGS, problems, dialect)
    if table is None:
        return None
    places = places_of(staged.name, table.header, problems)
    if not table.rows:
        problems.add(staged.name, "There is no row under the headings.")
    values = []
    for number, cells in table.rows:
        full = _as_wide(staged.name, number, cells, len(table.header), problems)
        values.append({column.name: full[place] for place, column in places} if full else {})
    if problems.found:
        return None
    return Rows(table, [number for number, _ in table.rows], values, left_aside(table.header))


def _as_wide(file: str, number: int, cells: list[str], width: int, problems: Problems) -> list[str]:
    """The row with a cell for each heading. A spreadsheet leaves out empty cells at the end; a CSV file does not."""
    if file.lower().endswith(PADDED):
        cells = [*cells, *[""] * (width - len(cells))]
    if len(cells) == width or (len(cells) > width and not any(cell.strip() for cell in cells[width:])):
        return cells[:width]
    cure = "Check for a missing comma" if len(cells) < width else "Put quotation marks around a cell that holds a comma"
    problems.add(file, f"The row has {len(cells)} cells, the heading has {width}. {cure}.", row=number)
    return []


def _digest(staged: StagedApplications, seen: Preview) -> str:
    """Changes when the rows, their reading, or what they would do changes."""
    does = ([number for number, _ in seen.new], [number for number, _ in seen.here], seen.alike, seen.problems)
    return hashlib.sha256(repr((staged.sha256, seen.dialect, does)).encode()).hexdigest()
