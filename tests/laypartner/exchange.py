"""Cohort folders for tests: a small good one, and ways to spoil it."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from django.apps import apps

COHORT = """\
slug,programme,commissioner,region,capacity,time_zone,day_1,day_2,day_3
spring-2018,The Effective Lay Partner,London Leadership Academy,London,40,Europe/London,2018-03-01,2018-03-02,2018-05-10
"""
PARTICIPANTS = """\
ref,name,email,phone,contact_route,information_format,organisation,area,experience,lived_experience
T01,Zoë Ñuñez,home@example.org,07700 900982,email,standard,Brent Carers,Brent,1-3,patient
T02,Kim Ñuñez,home@example.org,,post,large-print,,,none,carer
T03,Bob O'Brien,,020 7946 0018,phone,bsl,,Camden,over-3,both
"""
COACHES = """\
ref,name,type,day_rate,days
C1,Carol Coachman,doctor,600.00,1 2 3
C2,Cy Other,other,0.00,
"""
RULES = """\
kind,a,b,reason
apart,T01,T02,"They are married.
They asked for it."
near,T03,C1,
"""
ANSWERS = """\
form,source,pseudonym,small_groups,darzi,recommend
F1,online,,5,na,4
F2,paper,,,3,5
"""
PARTS = {
    "cohort.csv": COHORT,
    "participants.csv": PARTICIPANTS,
    "coaches.csv": COACHES,
    "seating_rules.csv": RULES,
    "responses-immediate.csv": ANSWERS,
}


def files(changes: Mapping[str, str | bytes | None] | None = None) -> dict[str, bytes]:
    """The good folder as {name: content}, with some files replaced, or left out by None."""
    parts = PARTS | (changes or {})
    return {name: part.encode() if isinstance(part, str) else part for name, part in parts.items() if part is not None}


def put(file: str, old: str, new: str) -> dict[str, bytes]:
    """The good folder with one text in one file replaced."""
    assert old in PARTS[file]
    return files({file: PARTS[file].replace(old, new, 1)})


def write(parts: Mapping[str, bytes], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    return folder


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx file whose sheets hold these rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_workbook(text: str) -> bytes:
    """A CSV text as a workbook of text cells."""
    return workbook(list(csv.reader(io.StringIO(text, newline=""))))


def row_counts() -> dict[str, int]:
    """How many rows each table has: equal before and after means that nothing was stored."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }
