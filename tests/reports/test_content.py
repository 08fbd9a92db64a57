"""Snapshots: the hash counts values and words, not moments; tables and pictures are numbered in order."""

import json
from dataclasses import replace

import pytest

from reports import content
from reports.content import Column, Section, Step, Steps, Table, Text
from reports.sections import compose
from tests.reports import known


def test_hash_does_not_count_moment_or_version():
    report = compose(known.cohort())

    first = content.snapshot(report, known.ABOUT)
    second = content.snapshot(report, known.ABOUT | {"version": 2, "made_at": "2019-01-01T00:00:00+00:00"})

    assert first["content_hash"] == second["content_hash"] == content.content_hash(report.as_dict())
    assert len(first["content_hash"]) == 64


@pytest.mark.parametrize(
    "changes",
    [
        {"applied": 53},
        {"title": "London 2018"},
        {"words": known.Words("Another message.")},
        {"audience": "public"},
        {"wave": known.wave(forms=31)},
        {"areas": (("Camden", 21), ("Brent", 15), ("Ealing", 3), ("Sutton", 1))},
        {"wave": known.wave(items=(replace(known.ITEMS[0], average="4.6"), *known.ITEMS[1:]))},
    ],
    ids=["count", "title", "words", "audience", "forms", "area", "average"],
)
def test_hash_counts_every_value_and_word(changes):
    before, after = compose(known.cohort()), compose(known.cohort(**changes))

    assert content.content_hash(before.as_dict()) != content.content_hash(after.as_dict())


def test_snapshot_survives_storage_whatever_the_order_of_its_keys():
    snapshot = content.snapshot(compose(known.cohort()), known.ABOUT)

    stored = json.loads(json.dumps(snapshot, sort_keys=True))
    reordered = dict(reversed(list(stored.items())))

    assert stored == snapshot
    assert content.content_hash(reordered) == snapshot["content_hash"]


def test_snapshot_holds_no_float():
    def floats(value: object) -> list[float]:
        if isinstance(value, dict):
            return [found for part in value.values() for found in floats(part)]
        if isinstance(value, list):
            return [found for part in value for found in floats(part)]
        return [value] if isinstance(value, float) else []

    assert floats(compose(known.cohort()).as_dict()) == []


def test_tables_and_pictures_are_numbered_through_the_report():
    table, steps = Table("t", (Column("a"),), (("x",),)), Steps("s", (Step("a", 1),))
    sections = (Section("a", "A", (Text("x"), table, steps)), Section("b", "B", (table, steps, table)))

    done = content.numbered(sections)

    assert [getattr(block, "number", None) for section in done for block in section.blocks] == [None, 1, 1, 2, 2, 3]
