"""Snapshot → paper. The page, the HTML file and the PDF are all drawn from the stored dictionary and nothing else."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from core import charts, pdf
from core.markup import ours

# The looks, in static/reports/: what screen and paper share, what only a screen has, what only paper has.
SHARED, SCREEN, PAPER = "report.css", "screen.css", "print.css"
FORMATS = ("pdf", "html", "json")
CONTENT_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "json": "application/json"}
# Page 1 prints in the largest type, 12 points, in which it is one side; print.css has the sizes.
TYPES = (1, 2, 3, 4, 5)


def render(snapshot: Mapping[str, Any], format: str) -> bytes:  # noqa: A002  the word of the command line
    """One file: "pdf", "html" (with everything in it) or "json" (the snapshot itself)."""
    if format == "json":
        return (json.dumps(snapshot, ensure_ascii=False, indent=2) + "\n").encode()
    if format == "pdf":
        return pdf.render(_document(snapshot, SHARED, PAPER, type=_type(snapshot)))
    return _document(snapshot, SHARED, SCREEN).encode()


def _document(snapshot: Mapping[str, Any], *styles: str, **context: Any) -> str:
    """The report as one HTML document, with its style inside and no address of anything to fetch."""
    style = ours("\n".join(map(_style, styles)))
    return render_to_string("reports/paper/document.html", {"report": drawn(snapshot), "style": style, **context})


def _type(snapshot: Mapping[str, Any]) -> int:
    """The largest type in which page 1 is one side, whatever people wrote; the smallest when none is small enough."""
    front = {**snapshot, "sections": []}
    for size in TYPES[:-1]:
        if pdf.count_pages(_document(front, SHARED, PAPER, type=size, is_front_only=True)) == 1:
            return size
    return TYPES[-1]


def drawn(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot as the templates want it: pictures drawn, table cells beside their columns, moments as moments."""
    sections = [section | {"blocks": _in_rows(map(_block, section["blocks"]))} for section in snapshot["sections"]]
    about = snapshot["about"]
    moments = {name: datetime.fromisoformat(about[name]) for name in ("made_at", "data_cut_off")}
    return {**snapshot, "sections": sections, "about": about | moments}


def file_name(snapshot: Mapping[str, Any], format: str) -> str:  # noqa: A002
    version = snapshot["about"]["version"]
    return f"{snapshot['cohort']}-report-{f'version-{version}' if version else 'draft'}.{format}"


@cache
def _style(name: str) -> str:
    return (Path(settings.BASE_DIR) / "static/reports" / name).read_text()


def _block(block: dict[str, Any]) -> dict[str, Any]:
    kind, title = block["kind"], block.get("title", "")
    if kind == "table":
        return block | {"lines": [_line(row, block["columns"]) for row in block["rows"]]}
    if kind == "bars":
        rows = [charts.Row(row["label"], row["counts"], row["note"]) for row in block["rows"]]
        return block | {"svg": ours(charts.diverging(rows, title=title))}
    if kind == "dots":
        dots = [_dot(row) for row in block["rows"]]
        return block | {"svg": ours(charts.intervals(dots, title=title))}
    if kind == "steps":
        steps = [(row["label"], row["count"]) for row in block["rows"]]
        return block | {"svg": ours(charts.funnel(steps, title=title))}
    return block


def _in_rows(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks one under the other; neighbours of half the width in two columns, read down the first and then the second."""
    rows: list[dict[str, Any]] = []
    for is_half, group in groupby(blocks, lambda block: block.get("size") == "half"):
        together = list(group)
        middle = (len(together) + 1) // 2
        columns = [column for column in (together[:middle], together[middle:]) if column]
        rows += [{"kind": "row", "columns": columns}] if is_half else together
    return rows


def _line(row: list[str], columns: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": row[0], "cells": list(zip(row[1:], columns[1:], strict=True))}


def _dot(row: dict[str, str]) -> charts.Interval:
    share, low, high = (float(row[name]) for name in ("share", "low", "high"))
    return charts.Interval(row["label"], share, low, high, note=row["note"])
