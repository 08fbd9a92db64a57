"""What goes out comes back as it was, is harmless in a spreadsheet, and describes itself."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exceptions import DomainError
from core.text import tidy
from evaluation.services import answering, waves
from laypartner.exchange import columns, export_cohort, import_cohort, stored
from laypartner.exchange.checking import read_files
from laypartner.exchange.content import FormRow, RuleRow, WaveForms
from laypartner.exchange.exporting import export_files, files_of, zipped
from laypartner.exchange.guarding import guard, unguard
from laypartner.exchange.importing import import_files
from people.models import InformationFormat, LivedExperience, Route
from people.services import registering
from programmes.models import Experience, SeatingRule
from tests import make
from tests.laypartner.exchange import COHORT, everything, files

HEADER = COHORT.splitlines()[0].split(",")
AWKWARD = [
    "=1+1",
    "-5",
    "+44",
    "@SUM(A1)",
    "'=1+1",
    "''",
    "O'Brien",
    '"quoted"',
    "a,b;c",
    "Łukasz Ñuñez 李",
    "سارة",
    "＝1",
]
# What people can type, after it has been tidied as every field tidies it.
one_line = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40),
).map(tidy).filter(lambda text: 0 < len(text) <= 40)  # fmt: skip
several_lines = st.one_of(one_line, st.lists(one_line, min_size=2, max_size=3).map("\n".join)).map(tidy)


@given(st.text())
def test_guard_comes_off_as_it_went_on(text):
    assert unguard(guard(text)) == text


@given(st.text())
def test_nothing_that_is_written_begins_with_a_formula(text):
    assert guard(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠"}


@given(name=one_line, area=one_line, organisation=one_line, reason=several_lines, form=one_line)
def test_any_text_comes_back_as_it_was(name, area, organisation, reason, form):
    good = read_files(files())
    first, *others = good.participants
    folder = replace(
        good,
        participants=(replace(first, name=name, area=area, organisation=organisation), *others),
        seating_rules=(RuleRow("APART", "T01", "T02", reason),),
        waves=(WaveForms("immediate", ("darzi",), (FormRow(tidy(form[:20]) or "F", "PAPER", "", {"darzi": None}),)),),
    )

    back = read_files(files_of(folder))

    assert (back.participants, back.seating_rules) == (folder.participants, folder.seating_rules)
    assert back.waves[0].forms == folder.waves[0].forms


@pytest.fixture
def world(london):
    """A cohort with everything that a folder can hold, made on the pages and not by an import."""
    people = [
        make.participant(
            london,
            person=registering.register(
                name=name,
                email="shared@example.org" if number % 2 else "",
                phone="07700 900982" if number % 3 else "",
                preferred=route,
                information_format=information_format,
                area=AWKWARD[number % len(AWKWARD)],
            ),
            experience=list(Experience)[number % 4],
            lived_experience=list(LivedExperience)[number % 3],
        )
        for number, (name, route, information_format) in enumerate(
            zip(AWKWARD, list(Route) * 4, list(InformationFormat) * 2, strict=False)
        )
    ]
    coach = make.coach(london, "C1", day_rate="650.50", person=make.person("=Carol"))
    coach.days.remove(london.days.get(number=2))
    SeatingRule.objects.create(
        cohort=london, kind="APART", participant=people[0], other_participant=people[1], reason="-\n="
    )
    SeatingRule.objects.create(cohort=london, kind="NEAR", participant=people[2], coach=coach)
    form = answering.Form(form="=F1", source="PHONE", answers={"darzi": None, "recommend": 5})
    answering.record_forms(wave=waves.ensure(cohort=london, kind="IMMEDIATE"), forms=[form])
    linked = answering.Form(form="F1", source="PAPER", pseudonym="-OAK", answers={"small_groups": 1})
    answering.record_forms(wave=waves.ensure(cohort=london, kind="ONE_MONTH"), forms=[linked])
    waves.ensure(cohort=london, kind="BEFORE")
    return london


def test_importing_what_was_exported_changes_nothing(world, tmp_path):
    export_cohort(world, tmp_path / "folder")
    before = everything()

    import_cohort(tmp_path / "folder")

    assert {name for name, rows in everything().items() if rows != before[name]} == set()


def test_another_installation_gets_the_same_cohort(world):
    """Under another slug and programme, which is as good as an empty database."""
    files_out = export_files(world)
    moved = files_out | {
        "cohort.csv": files_out["cohort.csv"]
        .replace(b"london-2017", b"elsewhere")
        .replace(b"London Leadership Academy", b"Kent Council")
    }

    cohort, _ = import_files(moved)

    again = export_files(cohort)
    assert {name: again[name] for name in again if not name.startswith(("cohort", "datapackage"))} == {
        name: files_out[name] for name in files_out if not name.startswith(("cohort", "datapackage"))
    }


def test_same_cohort_gives_the_same_bytes(world):
    first, second = export_files(world), export_files(world)

    assert first == second
    assert zipped(first, "london-2017") == zipped(second, "london-2017")


def test_no_cell_of_an_export_can_be_run(world):
    cells = [
        cell
        for name, content in export_files(world).items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(content.decode(), newline=""))
        for cell in row
    ]

    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))] == []


def test_files_of_a_cohort_with_nobody_in_it(london):
    assert list(export_files(london)) == ["cohort.csv", "participants.csv", "datapackage.json"]
    assert import_files(export_files(london))[1].changes_nothing


def test_datapackage_describes_each_file(world):
    out = export_files(world)

    package = json.loads(out["datapackage.json"])

    described = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]
    }
    headers = {
        name: content.decode().splitlines()[0].split(",") for name, content in out.items() if name.endswith(".csv")
    }
    assert described == headers
    assert described["cohort.csv"] == HEADER


def test_datapackage_fits_the_files():
    """Each exported cell keeps the constraints that the package states."""
    package = json.loads(files_of(read_files(files()))["datapackage.json"])
    fields = {
        (resource["path"], field["name"]): field
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }

    assert fields["participants.csv", "experience"]["constraints"] == {
        "enum": ["none", "under-1", "1-3", "over-3"],
        "required": True,
    }
    assert fields["participants.csv", "ref"]["constraints"] == {"maxLength": 20, "required": True, "unique": True}
    assert fields["coaches.csv", "day_rate"]["type"] == "number"
    assert fields["cohort.csv", "day_1"]["type"] == "date"
    assert fields["responses-immediate.csv", "darzi"]["constraints"] == {"enum": ["1", "2", "3", "4", "5", "na"]}


def test_route_without_an_address_goes_out_as_post(london):
    person = registering.register(name="Nobody Knows", email="", preferred=Route.EMAIL)
    make.participant(london, person=person)

    assert stored.folder_of(london).participants[0].contact_route == Route.POST


def test_cohort_of_two_days_is_refused(db):
    cohort = make.cohort("short", dates=(make.DATES[0], make.DATES[0] + timedelta(days=1)))

    with pytest.raises(DomainError, match=r"Short has 2 days. A cohort folder holds three, so it cannot be written."):
        stored.folder_of(cohort)


# --- into a folder -------------------------------------------------------------------------------------------
def test_earlier_export_is_replaced_whole(london, tmp_path):
    target = tmp_path / "folder"
    export_cohort(london, target)
    (target / "coaches.csv").write_text("left over")

    export_cohort(london, target)

    assert sorted(path.name for path in target.iterdir()) == ["cohort.csv", "datapackage.json", "participants.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_folder_with_other_files_is_left_alone(london, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(DomainError, match=r"holds other files. Name a new folder, or an empty one."):
        export_cohort(london, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_folder_that_cannot_be_made(london, tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(DomainError, match=r"cannot be written: File exists. Name another folder."):
        export_cohort(london, tmp_path / "file" / "folder")


def test_every_column_of_the_spec_is_a_field_of_its_row():
    folder = read_files(files())
    rows = {"cohort": folder.cohort, "participants": folder.participants[0], "coaches": folder.coaches[0]}

    for stem, row in {**rows, "seating_rules": folder.seating_rules[0]}.items():
        assert columns.FILES[stem].names == tuple(name for name in vars(row) if name != "row")
