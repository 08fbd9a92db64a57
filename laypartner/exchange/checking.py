"""Raw tables to a CohortFolder: first each cell by itself, then what cells say of each other. Every problem is listed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from laypartner.exchange import columns, naming, relations
from laypartner.exchange.cells import CellError, tidy_cell
from laypartner.exchange.columns import Column, File
from laypartner.exchange.content import (
    CoachRow,
    CohortFolder,
    CohortRow,
    FormRow,
    ParticipantRow,
    RuleRow,
    WaveForms,
)
from laypartner.exchange.dialects import Dialect
from laypartner.exchange.problems import Problems
from laypartner.exchange.reading import Table, read_table
from laypartner.exchange.relations import Row

Files = Mapping[str, bytes]
Dialects = Mapping[str, Dialect]
# Which questions each wave of the cohort with this slug asks, where it is not the shipped instrument.
ItemsOf = Callable[[str], Mapping[str, Sequence[str]]]
EMPTY: Mapping[str, Any] = {"email": "", "phone": "", "organisation": "", "area": "", "reason": "", "days": ()}


def read_files(files: Files, *, dialects: Dialects | None = None, items_of: ItemsOf = lambda slug: {}) -> CohortFolder:
    """The content of a folder's files, {name: bytes}. Raises ImportErrors with everything that is wrong."""
    problems, agreed = Problems(), dialects or {}
    names = naming.known_files(files, problems)
    tables: dict[str, list[Row]] = {}
    headers: dict[str, list[str]] = {}
    slug = ""
    for stem in columns.FILES:
        if stem not in names:
            continue
        name = names[stem]
        file = _as_asked(columns.FILES[stem], items_of(slug) if slug else {})
        table = read_table(name, files[name], file.names, problems, agreed.get(name))
        if table is not None:
            headers[stem], tables[stem] = table.header, check_table(table, file, problems)
        if stem == "cohort" and tables.get("cohort"):
            slug = tables["cohort"][0].get("slug") or ""
    relations.check(tables, names, problems)
    problems.raise_if_any()
    return _folder(tables, headers, names)


def read_forms(file: str, data: bytes, *, wave: str, items: Sequence[str]) -> WaveForms:
    """One wave's answers from one file, whatever its name. Raises ImportErrors."""
    problems, spec = Problems(), columns.responses(wave, items)
    table = read_table(file, data, spec.names, problems)
    rows = check_table(table, spec, problems) if table is not None else []
    relations.check_forms(file, rows, problems)
    problems.raise_if_any()
    assert table is not None
    return _wave_forms(spec, table.header, rows, file)


def _as_asked(file: File, items: Mapping[str, Sequence[str]]) -> File:
    return columns.responses(file.wave, items[file.wave]) if file.wave in items else file


# --- one table ---------------------------------------------------------------------------------------------
def check_table(table: Table, file: File, problems: Problems) -> list[Row]:
    """The rows with the cells that can be used; problems for the others."""
    places = _places(table, file, problems)
    rows = []
    for number, cells in table.rows:
        if table.file.lower().endswith(".xlsx"):
            cells = [*cells, *[""] * (len(table.header) - len(cells))]
        if len(cells) != len(table.header):
            problems.add(table.file, _wrong_width(len(cells), len(table.header)), row=number)
            continue
        rows.append(_row(table.file, number, cells, places, problems))
    if file.one_row and len(rows) > 1:
        sentence = "The file describes one cohort, so it has one row under the header. Make a folder for each cohort."
        problems.add(table.file, sentence, row=rows[1].number)
    if not table.rows and not file.may_have_no_rows:
        problems.add(table.file, "There is no row under the header. Fill the file, or take it out of the folder.")
    return rows


def _wrong_width(cells: int, headings: int) -> str:
    cure = "Check for a missing comma." if cells < headings else "Put quotation marks around a cell that holds a comma."
    return f"The row has {cells} cells, the header has {headings}. {cure}"


def _places(table: Table, file: File, problems: Problems) -> list[tuple[int, Column]]:
    """Where each known column stands. Unknown, missing, repeated and nameless ones are problems; nothing is guessed."""
    seen: set[str] = set()
    places = []
    for place, name in enumerate(table.header):
        if name in seen and name:
            problems.add(table.file, "Two columns have this name. Keep one of them.", row=1, column=name)
        elif name in file.names:
            places.append((place, file.column(name)))
        else:
            column, sentence = name.strip(), _unknown(name, place, file)
            problems.add(table.file, sentence, row=1, column=column)
        seen.add(name)
    for column in file.columns:
        if column.name not in seen and not column.may_be_missing:
            problems.add(table.file, "This column is missing. Add it.", row=1, column=column.name)
    if file.wave and not seen & set(file.items):
        problems.add(table.file, f"There is no column with answers. Use {', '.join(file.items)}.", row=1)
    return places


def _unknown(name: str, place: int, file: File) -> str:
    if not name.strip():
        return f"Column {place + 1} has no name. Name it or delete it."
    meant = name.strip().lower().replace(" ", "_").replace("-", "_")
    if meant in file.names:
        return f"Write the name of this column exactly so: {meant}."
    return f"There is no such column. Delete it. The columns are {', '.join(file.names)}."


def _row(file: str, number: int, cells: list[str], places: list[tuple[int, Column]], problems: Problems) -> Row:
    row = Row(number)
    for place, column in places:
        try:
            row.values[column.name] = _value(cells[place], column)
        except CellError as error:
            problems.add(file, str(error), row=number, column=column.name)
    return row


def _value(cell: str, column: Column) -> Any:
    """The value of a cell; None for an empty one where that is allowed. Raises CellError."""
    text = tidy_cell(cell, lines=column.kind.lines)
    if not text and not column.may_be_empty:
        raise CellError("The cell is empty. Fill it.")
    return column.kind.read(text) if text else ""


# --- the whole folder ----------------------------------------------------------------------------------------
def _folder(
    tables: Mapping[str, list[Row]], headers: Mapping[str, list[str]], names: Mapping[str, str]
) -> CohortFolder:
    def built(stem: str, kind: type) -> tuple[Any, ...]:
        return tuple(kind(**_filled(row), row=row.number) for row in tables.get(stem, ()))

    waves = tuple(
        _wave_forms(columns.FILES[stem], headers[stem], tables[stem], names[stem])
        for stem in columns.FILES
        if stem in tables and columns.FILES[stem].wave
    )
    return CohortFolder(
        cohort=built("cohort", CohortRow)[0],
        participants=built("participants", ParticipantRow),
        coaches=built("coaches", CoachRow),
        seating_rules=built("seating_rules", RuleRow),
        waves=waves,
        names=names,
    )


def _filled(row: Row) -> dict[str, Any]:
    return {name: EMPTY.get(name, "") if value == "" else value for name, value in row.values.items()}


def _wave_forms(spec: File, header: Sequence[str], rows: Sequence[Row], file: str) -> WaveForms:
    """A cell that was empty is no answer, so its key is left out of `answers`; a mark of None says "not there"."""
    own = {"form", "source", "pseudonym"}
    items = tuple(name for name in header if name not in own)
    forms = tuple(
        FormRow(
            form=row.values["form"],
            source=row.get("source") or None,
            pseudonym=row.get("pseudonym"),
            answers={key: row.values[key] for key in items if row.values[key] != ""},
            row=row.number,
        )
        for row in rows
    )
    return WaveForms(spec.wave, items, forms, file)
