"""datapackage.json: the exported files described for machines (Frictionless Table Schema). Written, never read."""

from collections.abc import Sequence
from typing import Any

from laypartner.exchange.columns import Column, File

APOSTROPHE = (
    "A text that begins with = + - or @ is written with an apostrophe in front, so that no spreadsheet runs it. "
    "Take one apostrophe away to get the text."
)


def datapackage(slug: str, files: Sequence[File]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": slug,
        "title": f"Cohort folder of {slug}",
        "description": APOSTROPHE,
        "resources": [resource(file) for file in files],
    }


def resource(file: File) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.stem.replace("_", "-"),
        "title": file.title,
        "path": file.csv_name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(file),
    }


def _schema(file: File) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, file) for column in file.columns], "missingValues": [""]}
    if file.unique:
        schema["primaryKey"] = file.unique
    if file.stem == "seating_rules":
        reference = {"resource": "participants", "fields": "ref"}
        schema["foreignKeys"] = [{"fields": "a", "reference": reference}]
    return schema


def _field(column: Column, file: File) -> dict[str, Any]:
    constraints = column.kind.constraints()
    if not column.may_be_empty:
        constraints["required"] = True
    if column.name == file.unique:
        constraints["unique"] = True
    described = {"name": column.name, "type": column.kind.type, "description": column.description}
    return described | ({"constraints": constraints} if constraints else {})
