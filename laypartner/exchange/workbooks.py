"""Excel workbooks (.xlsx) with one sheet, read row by row. Sizes are checked in the zip's directory first, and rows are
counted in the raw sheet, because a file of 5 KB can claim a sheet of 17 billion cells (trust.md §5, 46).
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from laypartner.exchange.archives import BadArchive, check_directory
from laypartner.exchange.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, TOO_MANY_ROWS, TOO_WIDE
from laypartner.exchange.problems import Problems, quoted

Rows = list[tuple[int, list[str]]]
ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
CHUNK = 1 << 20
# Blank, formatted cells at the end of a row cost time even when they are skipped.
WIDEST_ROW = 1_000


class Unreadable(Exception):
    """A workbook that we do not read, and why."""


def rows_of(file: str, data: bytes, problems: Problems) -> Rows:
    """The rows of the only sheet as text: whole numbers without ".0", dates as year-month-day. Problems are added."""
    try:
        _check_before_opening(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that do not concern us
            return _read(file, data, problems)
    except Unreadable as refusal:
        problems.add(file, str(refusal))
    except BadArchive as refusal:
        problems.add(file, str(refusal).replace("The zip", "The workbook"))
    except Exception:  # a broken workbook makes openpyxl raise whatever it trips over
        problems.add(file, "The workbook is damaged. Open it, save it again as .xlsx, and send the new file.")
    return []


def _check_before_opening(data: bytes) -> None:
    entries = check_directory(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    _check_part(entry.filename, part)


def _check_part(name: str, part: Any) -> None:
    head = part.read(CHUNK)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("The workbook holds declarations that no spreadsheet needs, so it was not opened.")
    if not name.startswith("xl/worksheets/"):
        return
    count = 0
    while head:
        count += len(ROW.findall(head))
        if count > MOST_ROWS + 1:
            raise Unreadable(TOO_MANY_ROWS)
        head = part.read(CHUNK)


def _read(file: str, data: bytes, problems: Problems) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        if len(book.sheetnames) > 1:
            titles = ", ".join(quoted(title) for title in book.sheetnames[:5])
            raise Unreadable(f"The workbook has {len(book.sheetnames)} sheets ({titles}). Keep one.")
        if not book.worksheets:
            raise Unreadable("The workbook has no sheet with cells.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        return list(_rows(file, sheet, problems))
    finally:
        book.close()


def _rows(file: str, sheet: Any, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    header: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS + 1:
            raise Unreadable(TOO_MANY_ROWS)
        if len(cells) > WIDEST_ROW:
            raise Unreadable(TOO_WIDE)
        names = [*header, *(get_column_letter(place) for place in range(len(header) + 1, len(cells) + 1))]
        texts = [_text(file, number, name, cell, problems) for name, cell in zip(names, cells, strict=False)]
        header = header or texts
        while texts and not texts[-1].strip():
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise Unreadable(TOO_WIDE)
        yield number, texts


def _text(file: str, row: int, column: str, cell: Any, problems: Problems) -> str:
    """The cell as it will be stored. Formulas and errors add a problem: their values are not in the file for sure."""
    if cell.data_type == "f":
        problems.add(file, "The cell holds a formula. Copy it and paste it as a value.", row=row, column=column)
        return "?"
    if cell.data_type == "e":
        sentence = f"The cell shows an error ({cell.value}). Put the value itself there."
        problems.add(file, sentence, row=row, column=column)
        return "?"
    text = as_text(cell.value)
    if len(text) > LONGEST_CELL:
        sentence = f"The cell has {len(text):,} characters. The limit is {LONGEST_CELL:,}."
        problems.add(file, sentence, row=row, column=column)
    return text


def as_text(value: Any) -> str:
    """A typed value of a workbook as a CSV file would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
