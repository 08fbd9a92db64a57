"""Files as they come: encodings, separators, workbooks, things that are none of these. Sentences, never a guess."""

import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from laypartner.exchange import ImportErrors
from laypartner.exchange.checking import read_files
from laypartner.exchange.dialects import Dialect
from tests.laypartner.exchange import (
    ANSWERS,
    COACHES,
    COHORT,
    PARTICIPANTS,
    PARTS,
    RULES,
    as_workbook,
    files,
    workbook,
)

HOW = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."
SAVE_AS = "Save it as CSV UTF-8 or as .xlsx with one sheet."
TOO_MANY = "The file has more than 5,000 rows. Keep to 5,000; delete what is not needed."
NEVER_CLOSED = "A quotation mark was opened in this row and never closed. Close it, or write two to mean one."
FOLLOWS = "Text follows a closing quotation mark. Write two quotation marks to mean one inside a cell."
TOO_LONG = "A cell has more than 131,072 characters, or a quotation mark was opened and never closed."
TOO_WIDE = "The row has more than 100 columns. Delete what stands to the right of the last heading."
BLOWN_UP = "The workbook unpacks to more than 100 times its size, so it was not opened."
WHATEVER = "whatever its name says. Give it the ending"
DAMAGED = "The workbook is damaged. Open it, save it again as .xlsx, and send the new file."


def problems(parts: dict[str, bytes]) -> list[str]:
    with pytest.raises(ImportErrors) as refused:
        read_files(parts)
    return [str(problem) for problem in refused.value.problems]


def problems_of_coaches(name: str, content: bytes) -> list[str]:
    """What is wrong with a coaches file of this content."""
    return problems({name: content} | files({"coaches.csv": None, "seating_rules.csv": None}))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PARTICIPANTS.encode("cp1252"), f"The file is written in Windows-1252 (cp1252), not in UTF-8. {HOW}"),
        (PARTICIPANTS.encode("utf-16"), f"The file is written in UTF-16 (“Unicode text”), not in UTF-8. {HOW}"),
        (
            PARTICIPANTS.replace(",", "\t").encode("utf-16"),
            "The file is written in UTF-16 (“Unicode text”), not in UTF-8, and its cells are separated by tabs. " + HOW,
        ),
        (
            PARTICIPANTS.replace(",", ";").encode("cp1252"),
            "The file is written in Windows-1252 (cp1252), not in UTF-8, and its cells are separated by semicolons. "
            + HOW,
        ),
        (PARTICIPANTS.replace(",", ";").encode(), f"The cells are separated by semicolons. Use commas. {HOW}"),
        (PARTICIPANTS.replace(",", "\t").encode(), f"The cells are separated by tabs. Use commas. {HOW}"),
        (b"ref,name\n\x81\x8d", f"The file is not text in UTF-8, nor in any encoding that we know. {HOW}"),
        (b"", "The file is empty."),
        (b" \r\n\n", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), f"This is a picture (PNG). {SAVE_AS}"),
        (b"%PDF-1.7", f"This is a PDF. {SAVE_AS}"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), f"This is an old Excel workbook (.xls). {SAVE_AS}"),
    ],
)
def test_file_that_is_no_utf8_csv(content, sentence):
    parts = files({"participants.csv": content, "seating_rules.csv": None})

    assert problems(parts) == [f"participants.csv: {sentence}"]


def test_nul_character():
    assert problems(files({"coaches.csv": COACHES.replace("Cy", "C\x00y"), "seating_rules.csv": None})) == [
        f"coaches.csv, row 3: The file holds NUL characters, so it is not plain text. {HOW}"
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends(newline):
    text = COHORT.replace("\n", newline)

    assert read_files(files({"cohort.csv": b"\xef\xbb\xbf" + text.encode()})).cohort.capacity == 40


def test_other_dialect_is_read_when_somebody_agreed():
    content = PARTICIPANTS.replace(",", ";").encode("cp1252")
    agreed = {"participants.csv": Dialect("cp1252", ";")}

    assert read_files(files({"participants.csv": content}), dialects=agreed) == read_files(files())


def test_agreement_to_another_dialect_is_none():
    content = PARTICIPANTS.replace(",", ";").encode("cp1252")

    with pytest.raises(ImportErrors):
        read_files(files({"participants.csv": content}), dialects={"participants.csv": Dialect("cp1252", ",")})


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ('C3,"Open', f"row 4: {NEVER_CLOSED}"),
        ('C3,"a"b,other,1,', f"row 4: {FOLLOWS}"),
        (f'C3,"{"x" * 200_000}",other,1,', f"row 4: {TOO_LONG}"),
        (f"C3,{'x' * 20_000},other,1,", "row 4: Cell 2 has 20,000 characters. The limit is 10,000."),
        ("C3" + "," * 100, f"row 4: {TOO_WIDE}"),
    ],
)  # fmt: skip
def test_broken_csv(row, sentence):
    assert problems_of_coaches("coaches.csv", f"{COACHES}{row}\n".encode()) == [f"coaches.csv, {sentence}"]


def test_blank_rows_count_and_are_skipped():
    text = COACHES.replace("C2,", "\n,,,,\nC2,").replace(",0.00", ",x")

    assert problems_of_coaches("coaches.csv", text.encode()) == [
        "coaches.csv, row 5, column day_rate: Use pounds and pence, such as 600.00: 0 or more, without £ or commas. "
        "This is “x”."
    ]


def test_first_row_is_blank():
    assert problems_of_coaches("coaches.csv", b"\n" + COACHES.encode()) == [
        "coaches.csv, row 1: The first row is empty. Put the names of the columns there."
    ]


def test_200_000_rows_are_refused_before_they_are_read():
    content = ("form,darzi\n" + "".join(f"F{number},5\n" for number in range(200_000))).encode()
    started = time.process_time()

    found = problems(files({"responses-immediate.csv": content}))

    assert found == [f"responses-immediate.csv: {TOO_MANY}"]
    assert time.process_time() - started < 2


def test_5_000_rows_are_read():
    content = ("form,darzi\n" + "".join(f"F{number},5\n" for number in range(5_000))).encode()

    assert len(read_files(files({"responses-immediate.csv": content})).waves[0].forms) == 5_000


# --- workbooks -----------------------------------------------------------------------------------------------
def test_workbooks_say_the_same_as_csv():
    sheets = {name.replace(".csv", ".xlsx"): as_workbook(text) for name, text in PARTS.items()}

    assert read_files(sheets) == read_files(files())


def test_typed_cells_say_the_same_as_csv():
    header, row = (line.split(",") for line in COHORT.splitlines())
    dates = [date(2018, 3, 1), date(2018, 3, 2), date(2018, 5, 10)]
    cohort = workbook([header, [*row[:4], 40, "Europe/London", *dates]])
    marks = ["F1", "online", None, 5, "na", 4.0], ["F2", "paper", None, None, 3, 5]
    answers = workbook([ANSWERS.splitlines()[0].split(","), *marks])
    parts = files({"cohort.csv": None, "responses-immediate.csv": None})

    assert read_files(parts | {"cohort.xlsx": cohort, "responses-immediate.xlsx": answers}) == read_files(files())


def test_half_mark_in_a_workbook():
    parts = files({"responses-immediate.csv": None})
    sheet = workbook([["form", "darzi"], ["F1", 4.5], [2, 4]])

    assert problems(parts | {"responses-immediate.xlsx": sheet}) == [
        "responses-immediate.xlsx, row 2, column darzi: "
        "Use a whole mark from 1 to 5, na, or leave the cell empty. This is “4.5”."
    ]


def test_formula_in_a_workbook():
    sheet = workbook([*(row.split(",") for row in COACHES.splitlines()), ["C3", "=A1", "other", "=1+1", ""]])

    assert problems_of_coaches("coaches.xlsx", sheet) == [
        "coaches.xlsx, row 4, column name: The cell holds a formula. Copy it and paste it as a value.",
        "coaches.xlsx, row 4, column day_rate: The cell holds a formula. Copy it and paste it as a value.",
    ]


def test_error_in_a_workbook():
    book = openpyxl.Workbook()
    for row in COACHES.splitlines():
        book.active.append(row.split(","))
    book.active["B2"].value, book.active["B2"].data_type = "#REF!", "e"
    stream = io.BytesIO()
    book.save(stream)

    assert problems_of_coaches("coaches.xlsx", stream.getvalue()) == [
        "coaches.xlsx, row 2, column name: The cell shows an error (#REF!). Put the value itself there."
    ]


def test_text_that_begins_with_an_equals_sign_is_text():
    assert read_files(files({"coaches.csv": COACHES.replace("Cy Other", "=1+1")})).coaches[1].name == "=1+1"


def test_two_sheets():
    rows = [row.split(",") for row in COACHES.splitlines()]

    assert problems_of_coaches("coaches.xlsx", workbook(rows, rows)) == [
        "coaches.xlsx: The workbook has 2 sheets (“Sheet1”, “Sheet2”). Keep one."
    ]


def test_workbook_of_5_kilobytes_that_claims_17_billion_cells():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "ref", "x"
    stream = io.BytesIO()
    book.save(stream)
    started = time.process_time()

    found = problems_of_coaches("coaches.xlsx", stream.getvalue())

    assert len(stream.getvalue()) < 6_000
    assert found == [f"coaches.xlsx: {TOO_MANY}"]
    assert time.process_time() - started < 1


def test_workbook_as_wide_as_they_come():
    sheet = workbook([["ref", *[None] * 16_382, "x"]])

    assert problems_of_coaches("coaches.xlsx", sheet) == [f"coaches.xlsx: {TOO_WIDE}"]


def test_workbook_of_200_000_rows_is_refused_before_it_is_read():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(200_000):
        sheet.append([number])
    stream = io.BytesIO()
    book.save(stream)
    started = time.process_time()

    assert problems_of_coaches("coaches.xlsx", stream.getvalue()) == [f"coaches.xlsx: {TOO_MANY}"]
    assert time.process_time() - started < 2


def repacked(content: bytes, replace: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replace:
                new.writestr(name, old.read(name))
        for name, part in replace.items():
            new.writestr(name, part)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MACROS = repacked(as_workbook(COACHES), {"xl/vbaProject.bin": b"x"})
PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'


@pytest.mark.parametrize(
    ("replace", "sentence"),
    [
        ({SHEET: b"not XML"}, DAMAGED),
        ({SHEET: BOMB}, "The workbook holds declarations that no spreadsheet needs, so it was not opened."),
        ({"xl/workbook.xml": b"<workbook/>"}, "The workbook has no sheet with cells."),
        ({"xl/media/x.bin": bytes(20_000_000)}, BLOWN_UP),
        ({"xl/media/x.bin": bytes(60_000_000)}, "The workbook unpacks to 60 MB. The limit is 50 MB."),
        ({f"xl/x{number}": b"" for number in range(300)}, "The workbook holds 309 files. The limit is 200."),
    ],
)  # fmt: skip
def test_workbook_that_is_no_honest_workbook(replace, sentence):
    content = repacked(as_workbook(COACHES), replace)

    assert problems_of_coaches("coaches.xlsx", content) == [f"coaches.xlsx: {sentence}"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("coaches.xlsx", COACHES.encode(), f"a text file, {WHATEVER} .csv, or save it again."),
        ("coaches.csv", as_workbook(COACHES), f"an Excel workbook, {WHATEVER} .xlsx, or save it again."),
        ("coaches.xlsx", MACROS, f"an Excel workbook with macros (.xlsm). {SAVE_AS}"),
        ("coaches.xlsx", as_workbook(COACHES)[:40], f"a zip or an Excel workbook that is damaged. {SAVE_AS}"),
        ("coaches.xlsx", PROTECTED, f"an Excel workbook with a password. {SAVE_AS}"),
    ],
    ids=["text as workbook", "workbook as text", "macros", "damaged", "password"],
)
def test_file_under_a_wrong_name(name, content, words):
    assert problems_of_coaches(name, content) == [f"{name}: This is {words}"]


def test_opendocument_under_a_wrong_name():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")

    assert problems_of_coaches("coaches.xlsx", stream.getvalue()) == [
        f"coaches.xlsx: This is an OpenDocument spreadsheet (.ods). {SAVE_AS}"
    ]


def test_rule_with_several_lines_in_a_workbook():
    sheet = as_workbook(RULES)

    folder = read_files(files({"seating_rules.csv": None}) | {"seating_rules.xlsx": sheet})

    assert folder.seating_rules[0].reason == "They are married.\nThey asked for it."
