"""A cohort as files: the same cohort gives the same bytes, and importing them changes nothing."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from core import audit
from laypartner.exchange import columns, folders, stored
from laypartner.exchange.columns import File
from laypartner.exchange.content import CohortFolder, FormRow, WaveForms
from laypartner.exchange.datapackage import datapackage
from laypartner.exchange.guarding import guard
from laypartner.exchange.naming import NOT_READ
from programmes.models import Cohort

FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)  # so that a zip does not differ by the minute it was made in


@transaction.atomic
def export_cohort(cohort: Cohort, folder: Path, by: Any = None) -> None:
    """Write the cohort's folder, whole or not at all. Raises DomainError when it cannot be written."""
    files = export_files(cohort, by=by)
    folders.save(files, folder)


@transaction.atomic
def export_files(cohort: Cohort, by: Any = None) -> dict[str, bytes]:
    """The files of the cohort's folder: {name: content}. Writes down who took them away."""
    files = files_of(stored.folder_of(cohort))
    audit.record("cohort exported", cohort, by=by, cohort=cohort, files=len(files))
    return files


def zipped(files: dict[str, bytes], around: str) -> bytes:
    """The files as a zip, in one folder called `around`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{around}/{name}", FIXED_MOMENT), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def files_of(folder: CohortFolder) -> dict[str, bytes]:
    """Every part that is not empty, and datapackage.json, which describes them."""
    parts: list[tuple[File, Iterable[Any]]] = [
        (columns.COHORT, [folder.cohort]),
        (columns.PARTICIPANTS, folder.participants),
        (columns.COACHES, folder.coaches),
        (columns.SEATING_RULES, folder.seating_rules),
    ]
    written = [(file, [_cells(file, row) for row in rows]) for file, rows in parts if file.required or rows]
    for wave in folder.waves:
        file = columns.responses(wave.wave, wave.items)
        written.append((file, [_form_cells(file, wave, form) for form in wave.forms]))
    files = {file.csv_name: _csv([list(file.names), *rows]) for file, rows in written}
    package = datapackage(folder.cohort.slug, [file for file, _ in written])
    return files | {NOT_READ: (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()}


def _cells(file: File, row: Any) -> list[str]:
    values = ((column, getattr(row, column.name)) for column in file.columns)
    return ["" if value in ("", ()) else column.kind.write(value) for column, value in values]


def _form_cells(file: File, wave: WaveForms, form: FormRow) -> list[str]:
    marks = [file.column(key).kind.write(form.answers[key]) if key in form.answers else "" for key in wave.items]
    return [form.form, columns.SOURCE.kind.write(form.source), form.pseudonym or "", *marks]


def _csv(rows: Iterable[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([guard(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()
