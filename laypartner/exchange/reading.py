"""Files to raw tables: rows of text, numbered as a spreadsheet shows them. Knows nothing of what the cells mean."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from laypartner.exchange import workbooks
from laypartner.exchange.dialects import HOW_TO_SAVE, Dialect, UnknownEncoding, dialect_of
from laypartner.exchange.guarding import unguard
from laypartner.exchange.kinds import kind_of
from laypartner.exchange.limits import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_BIG,
    TOO_MANY_ROWS,
    TOO_WIDE,
)
from laypartner.exchange.problems import Problems


@dataclass(frozen=True)
class Table:
    """What stands in one file. `rows` are (row number, cells); blank rows are left out but counted."""

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(
    file: str, data: bytes, columns: Collection[str], problems: Problems, dialect: Dialect | None = None
) -> Table | None:
    """The table in a file, or None with problems added. Text in another dialect than UTF-8 with commas is refused,
    unless `dialect` says that somebody looked at it and agreed.
    """
    before = len(problems.found)
    if _is_unreadable(file, data, problems):
        return None
    if file.lower().endswith(".xlsx"):
        rows = workbooks.rows_of(file, data, problems)
    else:
        rows = _rows_of_text(file, data, columns, problems, dialect)
    if len(problems.found) > before:
        return None
    used = [(number, [unguard(cell) for cell in cells]) for number, cells in rows if any(c.strip() for c in cells)]
    if not used or used[0][0] != 1:
        problems.add(file, "The first row is empty. Put the names of the columns there.", row=1)
        return None
    return Table(file, used[0][1], used[1:])


def _is_unreadable(file: str, data: bytes, problems: Problems) -> bool:
    """Adds a problem for a file that is empty, too big, or not what its name says."""
    if not data.strip():
        problems.add(file, "The file is empty.")
    elif len(data) > MOST_BYTES:
        problems.add(file, TOO_BIG)
    elif sentence := kind_of(data).refusal_as(file):
        problems.add(file, sentence)
    else:
        return False
    return True


def _rows_of_text(
    file: str, data: bytes, columns: Collection[str], problems: Problems, agreed: Dialect | None
) -> list[tuple[int, list[str]]]:
    try:
        dialect = dialect_of(data, columns)
    except UnknownEncoding:
        problems.add(file, f"The file is not text in UTF-8, nor in any encoding that we know. {HOW_TO_SAVE}")
        return []
    if not dialect.is_standard and dialect != agreed:
        problems.add(file, dialect.refusal)
        return []
    text = dialect.decode(data)
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        problems.add(file, f"The file holds NUL characters, so it is not plain text. {HOW_TO_SAVE}", row=row)
        return []
    return _parse(file, text, dialect.delimiter, problems)


def _parse(file: str, text: str, delimiter: str, problems: Problems) -> list[tuple[int, list[str]]]:
    """Stops at the first row beyond the limit: a file of 200,000 rows costs no more than one of 5,001."""
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS + 1:
                problems.add(file, TOO_MANY_ROWS)
                break
            if len(cells) > MOST_COLUMNS:
                problems.add(file, TOO_WIDE, row=number)
                break
            _check_lengths(file, number, cells, problems)
            rows.append((number, cells))
    except csv.Error as error:
        problems.add(file, _broken(str(error)), row=number + 1)
    return rows


def _check_lengths(file: str, row: int, cells: list[str], problems: Problems) -> None:
    for number, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_CELL:
            sentence = f"Cell {number} has {len(cell):,} characters. The limit is {LONGEST_CELL:,}."
            problems.add(file, sentence, row=row)


def _broken(error: str) -> str:
    """The csv module's complaint in words for a person."""
    if "field limit" in error:
        return "A cell has more than 131,072 characters, or a quotation mark was opened and never closed."
    if "unexpected end of data" in error:
        return "A quotation mark was opened in this row and never closed. Close it, or write two to mean one."
    if "expected after" in error:
        return "Text follows a closing quotation mark. Write two quotation marks to mean one inside a cell."
    return f"This row cannot be read as CSV. {HOW_TO_SAVE}"
