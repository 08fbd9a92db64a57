"""Lists as files that no spreadsheet program runs: text stays text, numbers stay numbers (trust.md T06).

The formats extend django-import-export's, whose own escaping takes one "=" away and leaves the rest.
"""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import tablib
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from import_export.formats.base_formats import CSV, XLSX
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
NUMBER = (int, float, Decimal)


def harmless(value: object) -> object:
    """A text that a spreadsheet might run gets an apostrophe in front; numbers are left alone.

    So does one that begins with apostrophes before it, so that a reader who takes one away has the text as it was.
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(RISKY) else value


class SafeCSV(CSV):
    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        """Past tablib, which would copy every row twice."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream)
        writer.writerow(dataset.headers)
        writer.writerows([harmless(cell) for cell in row] for row in dataset)
        return "\ufeff" + stream.getvalue()


class SafeXLSX(XLSX):
    """Every cell is typed, so nothing has to be altered: a text that begins with "=" is still a text."""

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("List")
        for row in [dataset.headers, *dataset]:
            sheet.append([self._cell(sheet, value) for value in row])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    @staticmethod
    def _cell(sheet: Any, value: object) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, value=None)
        if isinstance(value, NUMBER) and not isinstance(value, bool):
            cell.value = value
        elif value is not None:
            cell.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", str(value))
            cell.data_type = "s"
        return cell


FORMATS = {"csv": SafeCSV, "xlsx": SafeXLSX}


def download(kind: str, name: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> HttpResponse:
    """The rows as a file called `name`. Raises BadRequest when `kind` is neither "csv" nor "xlsx"."""
    if kind not in FORMATS:
        raise BadRequest("Lists can be taken away as CSV or XLSX.")
    file_format = FORMATS[kind]()
    plain = [
        [value if isinstance(value, (*NUMBER, str)) or value is None else str(value) for value in row] for row in rows
    ]
    content = file_format.export_data(tablib.Dataset(*plain, headers=list(headers)))
    response = HttpResponse(content, content_type=file_format.get_content_type())
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
