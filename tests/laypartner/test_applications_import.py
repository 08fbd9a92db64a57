"""Bringing in applications: send or paste rows, look, agree, undo."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEvent, Message
from laypartner.exchange.applications import staging
from laypartner.exchange.applications.columns import COLUMNS
from laypartner.models import StagedApplications
from people.models import AccessNeed, Person
from recruitment.models import Application, BulkAction, Channel
from tests import make

HEADING = "Name,Email,Area,Patient or carer,Lay roles for,Agreements"
ANA = 'Ana Novak,ana@example.org,Camden,Carer,1 to 3 years,"privacy-notice, adult"'
BEN = "Ben Ito,ben@example.org,Brent,Patient,None yet,"
START = "/cohorts/london-2017/applications/import/"


def csv_of(*rows: str, heading: str = HEADING) -> bytes:
    return "\r\n".join([heading, *rows, ""]).encode()


def send(client, content: bytes, name: str = "people.csv"):
    """The page on which somebody looks at what they sent."""
    return client.post(START, {"file": SimpleUploadedFile(name, content)}, follow=True)


def agree(client, page, **ticks: str):
    staged = page.context["staged"]
    address = reverse("applications-import-confirm", args=["london-2017", staged.pk])
    return client.post(address, {"digest": page.context["seen"].digest, **ticks}, follow=True)


def sentences(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def told(page) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.sentence) for problem in page.context["seen"].problems]


@pytest.fixture
def client(olive, signed_in):
    return signed_in(olive)


# --- what comes in -----------------------------------------------------------------------------------------------
def test_rows_are_shown_before_anything_is_stored(client):
    page = send(client, csv_of(ANA, BEN))

    seen = page.context["seen"]
    assert [(number, row.values["name"]) for number, row in seen.new] == [(2, "Ana Novak"), (3, "Ben Ito")]
    assert (seen.waiting, seen.here, seen.problems) == (1, [], [])
    assert Application.objects.count() == 0


def test_rows_become_applications_with_person_source_and_who_entered_them(client, olive):
    response = agree(client, send(client, csv_of(ANA, BEN)))

    assert sentences(response) == ["2 applications brought in from a file. You can undo it below the list."]
    ana, ben = Application.objects.order_by("person__name")
    assert (ana.state, ana.source, ana.entered_by, ana.experience) == ("SUBMITTED", "FILE", olive, "FROM_1_TO_3")
    assert sorted(ana.person.consents.values_list("purpose", flat=True)) == ["ADULT", "PRIVACY_NOTICE"]
    assert (ben.state, ben.agreed_at, ben.person.area) == ("AWAITING", None, "Brent")
    assert ben.answers.count() == 7
    assert AuditEvent.objects.filter(verb="applied", by=olive).count() == 2
    assert StagedApplications.objects.count() == 0


def test_nobody_is_written_to_unless_it_was_ticked(client):
    agree(client, send(client, csv_of(ANA)))

    assert Message.objects.count() == 0


def test_each_gets_one_letter_when_it_was_ticked(client):
    agree(client, send(client, csv_of(ANA, BEN)), acknowledge="on")

    assert sorted(Message.objects.values_list("to", flat=True)) == ["ana@example.org", "ben@example.org"]


def test_every_column_is_read(client, london):
    Channel.objects.create(cohort=london, code="newsletter", name="Our newsletter")
    cells = {
        "Reference": "P-17",
        "Name": "Zoë O’Brien-Łukasz",
        "Email": "Zoe@Example.org",
        "Phone": "020 7946 0018",
        "Postal address": "1 High Street\nCamden",
        "Contact by": "phone",
        "Information format": "LARGE PRINT",
        "Area": "Camden",
        "Patient or carer": "patient and carer",
        "Lay roles for": "over-3",
        "Lay roles held": "Member, panel\nChair, board",
        "Organisation": "Camden Carers",
        "Communities": "carers; Faith groups",
        **{column.heading: f"About {column.heading}" for column in COLUMNS if column.heading.startswith("Answer")},
        "What they want": "=1+1",
        "All days": "no",
        "Days missed": "3, 2",
        "Hours a month": "6",
        "Needs to take part": "A hearing loop",
        "Agreements": "adult, privacy notice, photos",
        "Channel": "Our Newsletter",
        "Sent": "20/10/2017",
    }
    assert set(cells) == {column.heading for column in COLUMNS}
    stream = io.StringIO()
    csv.writer(stream).writerows([cells.keys(), cells.values()])

    agree(client, send(client, stream.getvalue().encode()))

    made = Application.objects.get()
    person = made.person
    assert (person.name, person.information_format, person.organisation.name) == (
        "Zoë O’Brien-Łukasz",
        "LARGE_PRINT",
        "Camden Carers",
    )
    assert {route.kind: (route.value, route.is_preferred) for route in person.contact_routes.all()} == {
        "EMAIL": ("zoe@example.org", False),
        "PHONE": ("020 7946 0018", True),
        "POST": ("1 High Street\nCamden", False),
    }
    assert (made.lived_experience, made.experience, made.hours_a_month) == ("BOTH", "OVER_3", 6)
    assert (made.communities, made.days_missed, made.can_come_every_day) == (["carers", "faith"], [2, 3], False)
    assert (made.lay_roles, made.wants, made.channel.code) == (
        "Member, panel\nChair, board",
        "=1+1",
        "newsletter",
    )
    assert made.answers.get(characteristic="TIME").text == "About Answer: Time"
    assert AccessNeed.objects.get(person=person).description == "A hearing loop"
    assert made.submitted_at.date().isoformat() == "2017-10-20"


def test_pasted_rows_are_read_with_tabs_and_empty_cells_at_the_end_left_out(client):
    pasted = "name\tEMAIL\tpatient or carer\tlay  roles for\tarea\nAna Novak\tana@example.org\tcarer\tnone yet"

    page = client.post(START, {"pasted": pasted}, follow=True)
    agree(client, page)

    assert page.context["is_pasted"] is True
    assert Person.objects.get().name == "Ana Novak"


def test_a_workbook_is_read(client):
    book = openpyxl.Workbook()
    for row in (HEADING.split(","), ["Ana Novak", "ana@example.org", "Camden", "Carer", "1 to 3 years"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)

    agree(client, send(client, stream.getvalue(), "people.xlsx"))

    assert Application.objects.get().person.area == "Camden"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "words"),
    [
        ("cp1252", ";", "Windows-1252 (cp1252) with semicolons"),
        ("utf-16", "\t", "UTF-16 (“Unicode text”) with tabs"),
        ("utf-8", ";", "UTF-8 with semicolons"),
    ],
)
def test_another_encoding_is_recognised_shown_and_asked_about(client, encoding, delimiter, words):
    rows = ["Name,Email,Patient or carer,Lay roles for", "Zoë Ñu,zoe@example.org,Carer,None yet"]
    content = "\r\n".join(rows).replace(",", delimiter).encode(encoding)

    page = send(client, content)
    refused = agree(client, page)

    assert page.context["seen"].dialect.words == words
    assert (refused.status_code, Application.objects.count()) == (422, 0)
    agree(client, page, looks_right="on")
    assert Person.objects.get().name == "Zoë Ñu"


def test_what_was_taken_away_comes_in_again(client, london, kent, olive, signed_in):
    person = make.person(
        "=Ana, “Novak”", area="Camden", email="ana@example.org", organisation=make.organisation("@Sum(1)")
    )
    make.application(london, person=person, hours_a_month=6, wants="-1", lay_roles="Chair\nMember", days_missed=[2])
    taken = client.get("/cohorts/london-2017/applications/?export=csv").content
    olive.assignments.create(role="ORGANISER", cohort=kent)

    page = client.post(
        START.replace("london-2017", "kent"), {"file": SimpleUploadedFile("list.csv", taken)}, follow=True
    )
    address = reverse("applications-import-confirm", args=["kent", page.context["staged"].pk])
    client.post(address, {"digest": page.context["seen"].digest})

    there, here = Application.objects.order_by("pk")
    assert told(page) == []
    assert "Total" in page.context["seen"].rows.left_aside
    assert (here.cohort, here.person.name, here.person.organisation.name) == (kent, "=Ana, “Novak”", "@Sum(1)")
    assert (here.wants, here.lay_roles, here.days_missed, here.submitted_at) == (
        "-1",
        "Chair\nMember",
        [2],
        there.submitted_at,
    )
    texts = [list(row.answers.order_by("characteristic").values_list("text", flat=True)) for row in (there, here)]
    assert texts[0] == texts[1]


# --- again, alike, undone -----------------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing(client):
    agree(client, send(client, csv_of(ANA, BEN)))

    page = send(client, csv_of(BEN, ANA))
    response = agree(client, page)

    assert [(number, row.person.name) for number, row in page.context["seen"].here] == [
        (2, "Ben Ito"),
        (3, "Ana Novak"),
    ]
    assert sentences(response) == ["All of them were here. Nothing changed."]
    assert (Application.objects.count(), BulkAction.objects.count()) == (2, 1)


def test_a_row_with_the_reference_of_an_application_here_is_left_alone(client, london):
    make.application(london, reference="AAA-AAA")

    page = send(client, csv_of(f"AAA-AAA,{ANA}", heading=f"Reference,{HEADING}"))

    assert [row.reference for _, row in page.context["seen"].here] == ["AAA-AAA"]


def test_two_people_who_share_an_address_come_in_as_two(client):
    agree(client, send(client, csv_of(ANA, ANA.replace("Ana", "Peter"))))

    assert Application.objects.count() == 2


def test_somebody_who_may_have_applied_already_is_a_warning(client, london):
    make.application(london, person=make.person("Novak, Ana", email="ana@example.org"), reference="AAA-AAA")

    page = send(client, csv_of(BEN, ANA))

    alike = page.context["seen"].alike
    assert [(row.number, row.name, row.other, row.reference) for row in alike] == [
        (3, "Ana Novak", "Novak, Ana", "AAA-AAA")
    ]
    assert alike[0].why == "Same name, same email address"
    agree(client, page)
    assert Application.objects.count() == 3


def test_two_rows_that_look_alike_are_a_warning(client):
    page = send(client, csv_of(ANA, ANA.replace("Novak", "Maria Novak")))

    assert [(row.number, row.other) for row in page.context["seen"].alike] == [(3, "Ana Novak, row 2")]


def test_too_many_rows_are_not_compared(client, london, monkeypatch):
    monkeypatch.setattr(staging, "MOST_COMPARED", 1)
    make.application(london, person=make.person("Ana Novak", email="ana@example.org"))

    page = send(client, csv_of(ANA, BEN))

    assert (page.context["seen"].is_compared, page.context["seen"].alike) == (False, [])
    assert "These are too many rows to look here for people who applied already." in page.content.decode()


def undo(client) -> list[str]:
    action = BulkAction.objects.get(kind="IMPORT")
    return sentences(client.post(f"/cohorts/london-2017/applications/undo/{action.pk}/", follow=True))


def test_undo_takes_everything_out_and_the_file_can_come_again(client):
    agree(client, send(client, csv_of(ANA, BEN)), acknowledge="on")

    assert undo(client) == ["2 applications are taken out."]
    assert (Application.objects.count(), Person.objects.count(), Message.objects.count()) == (0, 0, 0)

    agree(client, send(client, csv_of(ANA, BEN)))
    assert Application.objects.count() == 2


def test_undo_is_refused_when_somebody_was_reviewed_since(client, ruth):
    agree(client, send(client, csv_of(ANA, BEN)))
    make.review(Application.objects.get(person__name="Ana Novak"), ruth)

    assert undo(client) == [
        "Something has been done since with the application of Ana Novak, so nothing was taken out."
    ]
    assert Application.objects.count() == 2


def test_undo_is_refused_when_the_letter_has_gone(client):
    agree(client, send(client, csv_of(ANA)), acknowledge="on")
    Message.objects.update(state=Message.State.UNCERTAIN)

    assert undo(client) == [
        "Something has been done since with the application of Ana Novak, so nothing was taken out."
    ]


# --- what is refused ------------------------------------------------------------------------------------------------
HEADINGS = ", ".join(column.heading for column in COLUMNS)


@pytest.mark.parametrize(
    ("heading", "row", "problems"),
    [
        (
            f"{HEADING},Shoe size",
            f"{ANA},9",
            [(1, "Shoe size", "There is no such column. Delete it, or name it as one of these: " + HEADINGS + ".")],
        ),
        (HEADING.replace("Name,", ""), ANA.split(",", 1)[1], [(1, "Name", "This column is missing. Add it.")]),
        (f"{HEADING},NAME", f"{ANA},Ana", [(1, "NAME", "Two columns have this name. Keep one of them.")]),
        (f"{HEADING},", f"{ANA},x", [(1, "", "Column 7 has no name. Name it or delete it.")]),
        (
            HEADING,
            "Ana Novak,ana@example.org",
            [(2, "", "The row has 2 cells, the heading has 6. Check for a missing comma.")],
        ),
        (
            HEADING,
            f"{ANA},more",
            [(2, "", "The row has 7 cells, the heading has 6. Put quotation marks around a cell that holds a comma.")],
        ),
        (HEADING, "", [(0, "", "There is no row under the headings.")]),
    ],
)
def test_headings_and_widths_are_named(client, heading, row, problems):
    page = send(client, csv_of(*filter(None, [row]), heading=heading))

    assert told(page) == problems


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (ANA.replace("Ana Novak", " "), "Name", "The cell is empty. Fill it."),
        (ANA.replace("Ana Novak", "A" * 101), "Name", "Use 100 characters or fewer (you have 101)."),
        (
            ANA.replace("Carer", "nurse"),
            "Patient or carer",
            "Use Patient, Carer or Patient and carer. This is “nurse”.",
        ),
        (ANA.replace("1 to 3 years", ""), "Lay roles for", "The cell is empty. Fill it."),
        (
            ANA.replace("ana@example.org", "ana@localhost"),
            "Email",
            "Enter an address that ends in a full name, like example.com.",
        ),
        (ANA.replace("ana@example.org", ""), "Email", "Give an email address, a phone number or a postal address."),
        (
            ANA.replace("adult", "all"),
            "Agreements",
            "Use privacy-notice, adult, code-of-conduct, photos or evaluation-contact, with commas between. This has “all”.",
        ),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_nothing_is_stored(client, row, column, sentence):
    page = send(client, csv_of(BEN, row))
    response = agree(client, page)

    assert told(page) == [(3, column, sentence)]
    assert (response.status_code, Application.objects.count()) == (422, 0)


def test_the_same_person_twice_in_a_file_is_named(client):
    page = send(client, csv_of(ANA, BEN, ANA))

    assert told(page) == [
        (4, "Name", "The same person is in row 2. Delete one of the rows, or give each a reference of its own.")
    ]


def test_rows_to_put_right_come_as_a_file_that_says_why(client):
    page = send(client, csv_of(BEN, ANA.replace("Carer", "=nurse").replace("Camden", "C" * 101)))

    address = reverse("applications-import-failed", args=["london-2017", page.context["staged"].pk])
    rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))

    assert rows == [
        [*HEADING.split(","), "What to put right"],
        [
            "Ana Novak",
            "ana@example.org",
            "C" * 101,
            "'=nurse",
            "1 to 3 years",
            "privacy-notice, adult",
            "Area: Use 100 characters or fewer (you have 101). "
            "Patient or carer: Use Patient, Carer or Patient and carer. This is “=nurse”.",
        ],
    ]


def test_there_is_no_file_of_failed_rows_where_none_failed(client):
    page = send(client, csv_of(ANA))

    assert (
        client.get(reverse("applications-import-failed", args=["london-2017", page.context["staged"].pk])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"file": ["Choose a file, or paste rows below."]}),
        (
            {"file": b"Name", "pasted": "Name"},
            {"pasted": ["Send either a file or pasted rows. Empty this box, or take the file away."]},
        ),
    ],
)
def test_either_a_file_or_pasted_rows(client, data, errors):
    sent = {name: SimpleUploadedFile("a.csv", value) if name == "file" else value for name, value in data.items()}

    response = client.post(START, sent)

    assert (response.status_code, dict(response.context["form"].errors)) == (422, errors)


def test_more_rows_than_the_limit_are_refused_early(client):
    page = send(client, csv_of(*[BEN] * 5001))

    assert told(page) == [(0, "", "The file has more than 5,000 rows. Keep to 5,000; delete what is not needed.")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("people.csv", b"\x89PNG\r\n", "This is a picture (PNG). Save it as CSV UTF-8 or as .xlsx with one sheet."),
        (
            "people.xlsx",
            b"PK\x03\x04broken",
            "This is a zip or an Excel workbook that is damaged. Save it as CSV UTF-8 or as .xlsx with one sheet.",
        ),
        (
            "people.csv",
            b'Name,Email\r\n"Ana',
            "A quotation mark was opened in this row and never closed. Close it, or write two to mean one.",
        ),
    ],
)
def test_what_is_no_table_is_named(client, name, content, sentence):
    assert [problem.sentence for problem in send(client, content, name).context["seen"].problems] == [sentence]


def test_what_has_changed_since_somebody_looked_is_shown_again(client, london):
    page = send(client, csv_of(ANA))
    make.application(london, person=make.person("Ana Novak", email="ana@example.org"))

    response = agree(client, page)

    assert sentences(response) == ["Something has changed since you looked. Here is what would happen now."]
    assert Application.objects.count() == 1


def test_rows_can_be_deleted(client):
    page = send(client, csv_of(ANA))

    client.post(reverse("applications-import-discard", args=["london-2017", page.context["staged"].pk]))

    assert (StagedApplications.objects.count(), Application.objects.count()) == (0, 0)


def test_nobody_else_sees_the_rows(client, amina, signed_in):
    page = send(client, csv_of(ANA))

    for action in ("check", "failed"):
        address = reverse(f"applications-import-{action}", args=["london-2017", page.context["staged"].pk])
        assert signed_in(amina).get(address).status_code == 404


def test_a_moderator_may_not_bring_in_anything(moses, signed_in):
    assert signed_in(moses).get(START).status_code == 404


def test_the_template_has_every_heading_and_its_example_comes_in(client):
    template = client.get(f"{START}template.csv").content

    page = send(client, template)

    assert told(page) == []
    assert [row.values["name"] for _, row in page.context["seen"].new] == ["Ana Novak"]


@pytest.mark.parametrize("rows", (1, 30))
def test_looking_costs_the_same_for_one_row_and_for_thirty(client, rows, django_assert_num_queries):
    page = send(client, csv_of(*(BEN.replace("Ben", f"Ben{n}").replace("ben@", f"ben{n}@") for n in range(rows))))
    address = reverse("applications-import-check", args=["london-2017", page.context["staged"].pk])

    with django_assert_num_queries(10):
        client.get(address)
