"""Bad input: each thing gets its own sentence, with the place where a person can put it right."""

import pytest

from laypartner.exchange import ImportErrors
from laypartner.exchange.checking import read_files
from tests.laypartner.exchange import ANSWERS, COACHES, COHORT, PARTICIPANTS, RULES, files, put

ITEMS = "small_groups, table_coaches, patient_leaders, guest_speakers, darzi, managers, impact_on_others, recommend"
NO_COLUMN = "There is no such column. Delete it. The columns are"
NAMES = "cohort.csv, participants.csv, coaches.csv, seating_rules.csv or responses-<wave>.csv"
EMAIL = "Enter an email address in the right form, like name@example.com."
PLACE = "Enter an address that ends in a full name, like example.com."
CONTROL = "Use ordinary characters only: the cell holds a control character. Type the text again."
PEOPLE_COLUMNS = (
    "ref, name, email, phone, contact_route, information_format, organisation, area, experience, lived_experience"
)


def problems(parts: dict[str, bytes]) -> list[str]:
    with pytest.raises(ImportErrors) as refused:
        read_files(parts)
    return [str(problem) for problem in refused.value.problems]


def test_good_folder_is_read():
    folder = read_files(files())

    assert [row.name for row in folder.participants] == ["Zoë Ñuñez", "Kim Ñuñez", "Bob O'Brien"]
    assert [row.days for row in folder.coaches] == [(1, 2, 3), ()]
    assert folder.seating_rules[0].reason == "They are married.\nThey asked for it."
    assert [(form.form, dict(form.answers)) for form in folder.waves[0].forms] == [
        ("F1", {"small_groups": 5, "darzi": None, "recommend": 4}),
        ("F2", {"darzi": 3, "recommend": 5}),
    ]


def test_two_files_are_enough():
    folder = read_files(files({"coaches.csv": None, "seating_rules.csv": None, "responses-immediate.csv": None}))

    assert (len(folder.participants), folder.coaches, folder.waves) == (3, (), ())


@pytest.mark.parametrize("mark", ["6", "0", "4.5", "four", "-1", "70000", "٣", "１", "1e3", "NaN", "=1+1", "N/A"])
def test_mark_that_is_none(mark):
    sentence = f"Use a whole mark from 1 to 5, na, or leave the cell empty. This is “{mark}”."

    assert problems(put("responses-immediate.csv", "F2,paper,,,3,5", f"F2,paper,,,{mark},5")) == [
        f"responses-immediate.csv, row 3, column darzi: {sentence}"
    ]


def test_mark_with_a_space_is_that_mark():
    folder = read_files(put("responses-immediate.csv", "F2,paper,,,3,5", "F2,paper,,,3 ,5"))

    assert folder.waves[0].forms[1].answers["darzi"] == 3


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("form,small_groups,catering", f"column catering: {NO_COLUMN} form, source, pseudonym, {ITEMS}."),
        ("form,small_groups,Darzi", "column Darzi: Write the name of this column exactly so: darzi."),
        ("form,small_groups,darzi ", "column darzi: Write the name of this column exactly so: darzi."),
        ("form,small_groups,", "row 1: Column 3 has no name. Name it or delete it."),
        ("form,darzi,darzi", "column darzi: Two columns have this name. Keep one of them."),
        ("number,small_groups,darzi", "column form: This column is missing. Add it."),
        ("form,source,pseudonym", f"row 1: There is no column with answers. Use {ITEMS}."),
    ],
)  # fmt: skip
def test_header_that_does_not_fit(header, sentence):
    found = problems(files({"responses-immediate.csv": f"{header}\nF1,,\n"}))

    assert [line for line in found if line.endswith(sentence)] != []
    assert {line.split(",")[0] for line in found} == {"responses-immediate.csv"}


@pytest.mark.parametrize("column", PEOPLE_COLUMNS.split(", "))
def test_missing_column(column):
    header = PARTICIPANTS.splitlines()[0]
    fewer = ",".join(name for name in header.split(",") if name != column)

    found = problems(files({"participants.csv": f"{fewer}\n", "seating_rules.csv": None}))

    assert found == [f"participants.csv, row 1, column {column}: This column is missing. Add it."]


def test_rows_of_the_wrong_width():
    few = "T04,Too Few,,,post"
    many = "T05,Too Many,,,post,standard,,,none,carer,and,more"

    assert problems(files({"participants.csv": f"{PARTICIPANTS}{few}\n{many}\n"})) == [
        "participants.csv, row 5: The row has 5 cells, the header has 10. Check for a missing comma.",
        "participants.csv, row 6: The row has 12 cells, the header has 10. "
        "Put quotation marks around a cell that holds a comma.",
    ]


def test_duplicate_form_number():
    assert problems(files({"responses-immediate.csv": ANSWERS + "F1,phone,,1,1,1\n"})) == [
        "responses-immediate.csv, row 4, column form: Form number “F1” stands in row 2 already. Each is used once."
    ]


def test_duplicate_pseudonym():
    text = "form,pseudonym,darzi\nF1,OAK,5\nF2,OAK,4\nF3,,4\nF4,,4\n"

    assert problems(files({"responses-immediate.csv": text})) == [
        "responses-immediate.csv, row 3, column pseudonym: Pseudonym “OAK” stands in row 2 already. Each is used once."
    ]


@pytest.mark.parametrize(
    ("day_2", "day_3", "found"),
    [
        ("2018-02-28", "2018-05-10", ["day_2: Day 2 (2018-02-28) is before day 1 (2018-03-01)."]),
        ("2018-03-01", "2018-05-10", ["day_2: Day 2 (2018-03-01) is the same date as day 1 (2018-03-01)."]),
        ("2018-03-02", "2018-02-01", ["day_3: Day 3 (2018-02-01) is before day 2 (2018-03-02)."]),
        ("2018-02-28", "2018-02-28", [
            "day_2: Day 2 (2018-02-28) is before day 1 (2018-03-01).",
            "day_3: Day 3 (2018-02-28) is the same date as day 2 (2018-02-28).",
        ]),
    ],
)  # fmt: skip
def test_dates_in_the_wrong_order(day_2, day_3, found):
    assert problems(put("cohort.csv", "2018-03-02,2018-05-10", f"{day_2},{day_3}")) == [
        f"cohort.csv, row 2, column {line} Give dates that go up." for line in found
    ]


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("01/03/2018", "Write the date as year-month-day, such as 2017-11-23. This is “01/03/2018”."),
        ("20180301", "Write the date as year-month-day, such as 2017-11-23. This is “20180301”."),
        ("2018-02-31", "“2018-02-31” is not in the calendar. Check the month and the day."),
        ("0001-01-01", "Use a date between 1990 and 2100. This is “0001-01-01”."),
        ("", "The cell is empty. Fill it."),
    ],
)
def test_date_that_is_none(date, sentence):
    assert problems(put("cohort.csv", "2018-03-01", date)) == [f"cohort.csv, row 2, column day_1: {sentence}"]


@pytest.mark.parametrize("capacity", ["0", "-1", "401", "4.5", "forty", "٤٠", "99999999999999999999"])
def test_capacity_that_is_none(capacity):
    assert problems(put("cohort.csv", ",40,", f",{capacity},")) == [
        f"cohort.csv, row 2, column capacity: Use a whole number from 1 to 400. This is “{capacity}”."
    ]


def test_more_people_than_places():
    assert problems(put("cohort.csv", ",40,", ",2,")) == [
        "cohort.csv, row 2, column capacity: There are 3 participants, but only 2 places. Raise the capacity."
    ]


@pytest.mark.parametrize("slug", ["Spring 2018", "SPRING", "../etc", "a--b", "-a", "é", "x" * 61])
def test_slug_that_is_none(slug):
    shown = slug if len(slug) <= 40 else f"{slug[:40]}…"

    assert problems(put("cohort.csv", "spring-2018", slug)) == [
        "cohort.csv, row 2, column slug: Use small letters, digits and hyphens, up to 60: london-2017. "
        f"This is “{shown}”."
    ]


@pytest.mark.parametrize("slug", ["new", "import"])
def test_slug_that_is_another_page(slug):
    assert problems(put("cohort.csv", "spring-2018", slug)) == [
        f"cohort.csv, row 2, column slug: “{slug}” is the address of another page. Choose another short name."
    ]


@pytest.mark.parametrize("zone", ["London", "Europe", "../../etc/passwd", "GMT+25"])
def test_time_zone_that_is_none(zone):
    assert problems(put("cohort.csv", "Europe/London", zone)) == [
        f"cohort.csv, row 2, column time_zone: Use the name of a time zone, such as Europe/London. This is “{zone}”."
    ]


def test_two_cohorts_in_one_file():
    assert problems(files({"cohort.csv": COHORT + COHORT.splitlines()[1] + "\n"})) == [
        "cohort.csv, row 3: The file describes one cohort, so it has one row under the header. "
        "Make a folder for each cohort."
    ]


def test_cohort_without_a_row():
    assert problems(files({"cohort.csv": COHORT.splitlines()[0]})) == [
        "cohort.csv: There is no row under the header. Fill the file, or take it out of the folder."
    ]


@pytest.mark.parametrize(
    ("column", "old", "new", "sentence"),
    [
        ("experience", ",1-3,", ",2 years,", "Use none, under-1, 1-3 or over-3. This is “2 years”."),
        ("experience", ",1-3,", ",,", "The cell is empty. Fill it."),
        ("lived_experience", "1-3,patient", "1-3,Patient", "Use patient, carer or both. This is “Patient”."),
        ("contact_route", "900982,email,", "900982,fax,", "Use email, phone or post. This is “fax”."),
        (
            "information_format",
            ",standard,",
            ",large print,",
            "Use standard, large-print, easy-read, audio, braille, bsl or other. This is “large print”.",
        ),
        ("email", "T01,Zoë Ñuñez,home@example.org", "T01,Zoë Ñuñez,home", f"{EMAIL} This is “home”."),
        ("email", "Ñuñez,home@example.org", "Ñuñez,a@localhost", f"{PLACE} This is “a@localhost”."),
        ("phone", "07700 900982", "1234", "Enter a phone number, like 07700 900982 or 020 7946 0018. This is “1234”."),
        ("name", "Zoë Ñuñez", "   ", "The cell is empty. Fill it."),
        ("name", "Zoë Ñuñez", "\u200b\u200b", "The cell is empty. Fill it."),
        ("name", "Zoë Ñuñez", '"Zoë\nÑuñez"', "Write this in one line: the cell holds a line break."),
        ("name", "Zoë Ñuñez", "Zoë\x07Ñuñez", CONTROL),
        ("name", "Zoë Ñuñez", "N" * 101, "Use 100 characters or fewer. This has 101."),
        ("name", "Zoë Ñuñez", "N" * 10_000, "Use 100 characters or fewer. This has 10,000."),
        ("ref", "T01", "T" * 21, "Use 20 characters or fewer. This has 21."),
        ("ref", "T02", "T01", "Ref “T01” stands in participants.csv, row 2, already. Each is used once."),
    ],
)  # fmt: skip
def test_participant_with_one_bad_cell(column, old, new, sentence):
    row = 3 if old == "T02" else 2
    parts = put("participants.csv", old, new) | {"seating_rules.csv": b"kind,a,b,reason\nnear,T03,C1,\n"}

    assert problems(parts) == [f"participants.csv, row {row}, column {column}: {sentence}"]


def test_route_email_without_an_address():
    assert problems(put("participants.csv", "Zoë Ñuñez,home@example.org", "Zoë Ñuñez,")) == [
        "participants.csv, row 2, column email: The contact route is email, but the cell is empty. "
        "Fill it, or use the route post."
    ]


def test_route_phone_without_a_phone():
    assert problems(put("participants.csv", "020 7946 0018", "")) == [
        "participants.csv, row 4, column phone: The contact route is phone, but the cell is empty. "
        "Fill it, or use the route post."
    ]


def test_participant_and_coach_with_one_ref():
    assert problems(put("coaches.csv", "C2", "T03")) == [
        "coaches.csv, row 3, column ref: Ref “T03” stands in participants.csv, row 4, already. Each is used once."
    ]


@pytest.mark.parametrize("rate", ["-1.00", "0.001", "1e5", "£600", "1,000.00", "NaN", "six"])
def test_day_rate_that_is_none(rate):
    assert problems(files({"coaches.csv": COACHES.replace("600.00", f'"{rate}"')})) == [
        "coaches.csv, row 2, column day_rate: Use pounds and pence, such as 600.00: 0 or more, without £ or commas. "
        f"This is “{rate}”."
    ]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("1 4", "Use day numbers from 1 to 3 with a space between. This has “4”."),
        ("1-3", "Use day numbers from 1 to 3 with a space between. This has “1-3”."),
        ("0", "Use day numbers from 1 to 3 with a space between. This has “0”."),
        ("1 1", "Name each day once. This is “1 1”."),
    ],
)
def test_coach_days_that_are_none(days, sentence):
    assert problems(put("coaches.csv", "1 2 3", days)) == [f"coaches.csv, row 2, column days: {sentence}"]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("apart,T09,T01,", ["column a: No participant has the ref “T09”. Check both files."]),
        ("apart,C1,T01,", ["column a: No participant has the ref “C1”. Check both files."]),
        ("apart,T01,C9,", ["column b: No participant and no coach has the ref “C9”. Check the files."]),
        ("apart,T01,T01,", ["column b: a and b are the same person. A rule is about two people."]),
        ("beside,T01,T03,", ["column kind: Use apart, together or near. This is “beside”."]),
    ],
)
def test_rule_about_nobody(rule, found):
    text = f"kind,a,b,reason\n{rule}\n"

    assert problems(files({"seating_rules.csv": text})) == [f"seating_rules.csv, row 2, {line}" for line in found]


def test_rule_twice_and_its_opposite():
    assert problems(files({"seating_rules.csv": RULES + "apart,T02,T01,\ntogether,T01,T02,\n"})) == [
        "seating_rules.csv, row 4: This rule stands in row 2 already. Delete one of them.",
        "seating_rules.csv, row 5: Row 2 says the opposite of these two people. Keep one of the two rules.",
    ]


def test_every_problem_is_listed_in_the_order_of_the_files():
    parts = files(
        {
            "cohort.csv": COHORT.replace(",40,", ",0,"),
            "participants.csv": PARTICIPANTS.replace("T02,Kim", "T01,Kim").replace("over-3", "ages"),
            "coaches.csv": COACHES.replace("0.00,\n", "x,\n"),
            "seating_rules.csv": None,
        }
    )

    found = problems(parts)

    assert [line.split(":")[0] for line in found] == [
        "cohort.csv, row 2, column capacity",
        "participants.csv, row 3, column ref",
        "participants.csv, row 4, column experience",
        "coaches.csv, row 3, column day_rate",
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("notes.csv", f"A cohort folder has no file of this name. Take it out. The files are {NAMES}."),
        ("participant.csv", "A cohort folder has no file of this name. Did you mean participants.csv?"),
        ("Coaches.CSV", "A cohort folder has no file of this name. Did you mean coaches.csv?"),
        ("responses-day-4.csv", "A cohort folder has no file of this name. Did you mean responses-day-2.csv?"),
        ("coaches.xls", "This is an old Excel workbook. Save it as CSV UTF-8 or as .xlsx with one sheet."),
        ("coaches.ods", "This is an OpenDocument spreadsheet. Save it as CSV UTF-8 or as .xlsx with one sheet."),
        (".DS_Store", "This is a leftover of the computer it was made on. Take it out of the folder."),
        ("~$coaches.xlsx", "This is a leftover of the computer it was made on. Take it out of the folder."),
        ("coaches.xlsx", "coaches.csv is here too. Keep one of the two."),
    ],
)  # fmt: skip
def test_file_that_does_not_belong(name, sentence):
    assert problems(files({name: b"x"})) == [f"{name}: {sentence}"]


@pytest.mark.parametrize("name", ["cohort.csv", "participants.csv"])
def test_required_file_is_missing(name):
    parts = files({name: None, "seating_rules.csv": None})

    assert problems(parts) == [f"{name}: This file is missing. Every cohort folder needs it."]


def test_datapackage_is_not_read():
    assert read_files(files({"datapackage.json": b"not even JSON"})).cohort.slug == "spring-2018"


def test_html_is_kept_as_typed():
    text = PARTICIPANTS.replace("Zoë Ñuñez", "<script>alert(1)</script>").replace("Brent,1-3", "{{ 7*7 }},1-3")

    row = read_files(files({"participants.csv": text})).participants[0]

    assert (row.name, row.area) == ("<script>alert(1)</script>", "{{ 7*7 }}")
