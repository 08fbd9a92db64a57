"""Exports that no spreadsheet program runs."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st

from core.exports import RISKY, download, harmless

DANGEROUS = ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_puts_an_apostrophe_before_what_would_run(text):
    response = download("csv", "people", ["Name"], [[text]])

    assert read_csv(response.content)[1] == [f"'{text}"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_xlsx_keeps_the_text_and_makes_no_formula(text):
    response = download("xlsx", "people", ["Name"], [[text]])

    cell = cells(response.content)[1][0]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r").strip() == text.strip()


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_xlsx_gives_any_text_back_as_text(text):
    cell = cells(download("xlsx", "people", ["Name"], [[text]]).content)[1][0]

    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == text


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), min_size=1))
def test_csv_gives_any_text_back_behind_at_most_one_apostrophe(text):
    shown = read_csv(download("csv", "people", ["Name"], [[text]]).content)[1][0]

    assert shown == (f"'{text}" if text.startswith(RISKY) else text)


def test_numbers_stay_numbers():
    response = download("xlsx", "money", ["Amount", "Count"], [[Decimal("-5.50"), -3]])

    assert [cell.value for cell in cells(response.content)[1]] == [-5.5, -3]
    assert read_csv(download("csv", "money", ["Amount"], [[Decimal("-5.50")]]).content)[1] == ["-5.50"]


def test_headings_come_first_and_nothing_is_the_empty_cell():
    response = download("csv", "people", ["Name", "Area"], [["Ada", None]])

    assert read_csv(response.content) == [["Name", "Area"], ["Ada", ""]]
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("kind", ["pdf", "", "CSV", "../csv"])
def test_unknown_kind_is_a_bad_request(kind):
    with pytest.raises(BadRequest):
        download(kind, "people", ["Name"], [])


def test_harmless_leaves_numbers_alone():
    assert harmless(-3) == -3
    assert harmless("name") == "name"
