"""Files that go out beside an import: the template with its headings, and the rows that could not be used."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse

from core.exports import download
from laypartner.exchange.applications.columns import COLUMNS
from laypartner.exchange.applications.staging import Preview

WHY = "What to put right"


def template() -> HttpResponse:
    """An empty file with every heading and one row of what the cells may look like."""
    return download(
        "csv", "applications-template", [column.heading for column in COLUMNS], [[c.example for c in COLUMNS]]
    )


def failed_rows(seen: Preview) -> HttpResponse:
    """The rows that could not be used, just as they came, with what to put right in a column more."""
    assert seen.rows is not None
    sentences: dict[int, list[str]] = defaultdict(list)
    for problem in seen.problems:
        sentences[problem.row].append(f"{problem.column}: {problem.sentence}" if problem.column else problem.sentence)
    header, width = seen.rows.table.header, len(seen.rows.table.header)
    rows: list[list[Any]] = [
        [*cells[:width], *[""] * (width - len(cells)), " ".join(sentences[number])]
        for number, cells in seen.rows.table.rows
        if number in seen.failed
    ]
    return download("csv", "rows-to-put-right", [*header, WHY], rows)
