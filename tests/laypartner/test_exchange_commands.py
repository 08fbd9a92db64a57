"""The three commands: what they print where, and how they refuse."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evaluation.models import Response
from tests.laypartner.exchange import ANSWERS, PARTICIPANTS, files, row_counts, write

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refuse(*arguments: object) -> list[str]:
    """What a refused command says, line by line; fails if it stored anything."""
    before, err = row_counts(), io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(*(str(argument) for argument in arguments), stdout=io.StringIO(), stderr=err)
    assert row_counts() == before
    assert refused.value.returncode == 1
    return [*err.getvalue().splitlines(), str(refused.value)]


def test_import_says_what_it_did(tmp_path):
    folder = write(files(), tmp_path / "folder")

    assert run("import_cohort", folder) == (
        "spring-2018 was made.\n  cohort.csv: 1 new\n  participants.csv: 3 new\n  coaches.csv: 2 new\n"
        "  seating_rules.csv: 2 new\n  responses-immediate.csv: 2 new\n"
    )
    assert run("import_cohort", folder) == ("spring-2018 is already just as the folder says. Nothing was changed.\n")


def test_import_lists_every_problem(tmp_path):
    bad = {"participants.csv": PARTICIPANTS.replace("1-3", "two").replace("over-3", "long"), "notes.txt": "x"}

    assert refuse("import_cohort", write(files(bad), tmp_path / "folder")) == [
        "participants.csv, row 2, column experience: Use none, under-1, 1-3 or over-3. This is “two”.",
        "participants.csv, row 4, column experience: Use none, under-1, 1-3 or over-3. This is “long”.",
        "notes.txt: This is a text file. Save it as CSV UTF-8 or as .xlsx with one sheet.",
        "There are 3 things to put right. Nothing was stored.",
    ]


def test_import_of_a_folder_that_is_not_there(tmp_path):
    assert refuse("import_cohort", tmp_path / "gone") == [
        f"{tmp_path}/gone: There is no such folder. Check the path.",
        "There is 1 thing to put right. Nothing was stored.",
    ]


def test_name_that_is_too_long(london):
    name = "x" * 5000

    assert refuse("import_cohort", name)[0].endswith(": The folder cannot be read: File name too long. Check the path.")
    assert refuse("export_cohort", "london-2017", name)[0].endswith(
        " cannot be written: File name too long. Name another folder."
    )
    assert refuse("import_responses", "london-2017", "day-1", name)[0].endswith(
        ": The file cannot be read. Check who may open it."
    )


@pytest.mark.parametrize("command", [["wave_results", b"\xff", "day-1"], ["import_cohort", b"\xff"]])
def test_bytes_that_are_no_text(command):
    process = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, capture_output=True)

    assert (process.returncode, process.stdout) == (1, b"")
    assert process.stderr.decode() == "The command holds bytes that are not UTF-8 text. Type it again.\n"


def test_folder_in_the_folder(tmp_path):
    folder = write(files(), tmp_path / "folder")
    (folder / "more").mkdir()

    assert refuse("import_cohort", folder)[0] == (
        "more: This is a folder. A cohort folder holds files only. Take it out."
    )


def test_export_then_import(london, tmp_path):
    assert run("export_cohort", "london-2017", tmp_path / "out") == (
        f"london-2017 was written to {tmp_path}/out:\n  cohort.csv\n  datapackage.json\n  participants.csv\n"
    )
    assert run("import_cohort", tmp_path / "out") == (
        "london-2017 is already just as the folder says. Nothing was changed.\n"
    )


@pytest.mark.parametrize(
    "arguments", [["export_cohort", "nowhere", "x"], ["import_responses", "nowhere", "day-1", "x"]]
)
def test_cohort_that_there_is_not(arguments):
    assert refuse(*arguments) == ["There is no cohort called nowhere. Its short name stands in its address."]


def test_export_into_a_folder_with_other_files(london, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    assert refuse("export_cohort", "london-2017", tmp_path) == [
        f"{tmp_path} holds other files. Name a new folder, or an empty one."
    ]


def test_responses(london, tmp_path):
    path = write({"any.csv": ANSWERS.encode()}, tmp_path) / "any.csv"

    assert (
        run("import_responses", "london-2017", "3-months", path) == "london-2017, 3-months: 2 new, 0 there already.\n"
    )
    assert (
        run("import_responses", "london-2017", "3-months", path) == "london-2017, 3-months: 0 new, 2 there already.\n"
    )
    assert Response.objects.count() == 2


def test_published_answers(london):
    path = ROOT / "laypartner/demo/data/london-2017/responses-immediate.csv"

    assert run("import_responses", "london-2017", "immediate", path) == (
        "london-2017, immediate: 32 new, 0 there already.\n"
    )


def test_wave_that_there_is_not(london, tmp_path):
    assert refuse("import_responses", "london-2017", "day-4", tmp_path) == [
        "There is no wave called “day-4”. The waves are before, day-1, day-2, immediate, 1-month or 3-months."
    ]


HOW = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."
SIX = "row 2, column small_groups: Use a whole mark from 1 to 5, na, or leave the cell empty. This is “6”."
NO_ROW = "There is no row under the header. Fill the file, or take it out of the folder."
RENAME = "This is a text file, whatever its name says. Give it the ending .csv, or save it again."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", ANSWERS.replace("5,na", "6,na").encode(), f"a.csv, {SIX}"),
        (
            "a.csv",
            ANSWERS.replace(",", ";").encode(),
            f"a.csv: The cells are separated by semicolons. Use commas. {HOW}",
        ),
        ("a.csv", b"", "a.csv: The file is empty."),
        ("a.csv", b"form,darzi\n", f"a.csv: {NO_ROW}"),
        ("a.pdf", b"%PDF-1.7", "a.pdf: This is a PDF. Save it as CSV UTF-8 or as .xlsx with one sheet."),
        ("a.dat", ANSWERS.encode(), f"a.dat: {RENAME}"),
    ],
)
def test_responses_that_cannot_be_read(london, tmp_path, name, content, said):
    path = write({name: content}, tmp_path) / name

    assert refuse("import_responses", "london-2017", "immediate", path) == [
        said,
        "There is 1 thing to put right. Nothing was stored.",
    ]


def test_responses_file_that_is_not_there(london, tmp_path):
    assert refuse("import_responses", "london-2017", "immediate", tmp_path / "gone.csv")[0] == (
        "gone.csv: There is no such file. Check the path."
    )


def test_refusal_at_the_terminal(tmp_path):
    """The command as a person runs it: sentences on standard error, nothing on standard output, status 1."""
    folder = write(files({"cohort.csv": b"\xff\xfeslug"}), tmp_path / "folder")
    environment = os.environ | {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}

    ended = subprocess.run(
        [sys.executable, "manage.py", "import_cohort", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines()[-1] == "CommandError: There is 1 thing to put right. Nothing was stored."
    assert "Traceback" not in ended.stderr
