"""In the browser: send files, look, agree; take a cohort away. Nothing is stored before the yes, and nothing unsafe."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from laypartner.exchange import staging
from laypartner.models import StagedImport
from people.models import RoleAssignment
from people.roles import Role
from programmes.models import Cohort, Participant
from tests import make
from tests.laypartner.exchange import COHORT, PARTICIPANTS, everything, files, put

pytestmark = pytest.mark.django_db
UPLOAD = "/cohorts/import/"


def zip_of(parts: Mapping[str, bytes], around: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{around}{name}", content)
    return stream.getvalue()


def send(client, content: bytes, name: str = "folder.zip"):
    return client.post(UPLOAD, {"files": SimpleUploadedFile(name, content)})


def digest_in(page) -> str:
    return re.search(r'name="digest" value="([0-9a-f]{64})"', page.content.decode())[1]


def sentences_in(page) -> list[str]:
    """What stands in the last column of the table of problems."""
    return re.findall(r'data-label="What to do">([^<]*)<', page.content.decode())


def agree(client, check_url: str, **more: str):
    return client.post(f"{check_url}confirm/", {"digest": digest_in(client.get(check_url)), **more})


@pytest.mark.parametrize("around", ["", "spring-2018/"])
def test_zip_to_cohort(olive, signed_in, around):
    client = signed_in(olive)

    sent = send(client, zip_of(files(), around))
    before = Participant.objects.count()
    done = agree(client, sent.url)

    assert before == 0
    assert done.url == "/cohorts/spring-2018/"
    assert Participant.objects.filter(cohort__slug="spring-2018").count() == 3
    assert RoleAssignment.objects.filter(user=olive, role=Role.ORGANISER, cohort__slug="spring-2018").count() == 1
    assert StagedImport.objects.count() == 0
    assert "Spring 2018 is here, with 3 people and 2 table coaches." in client.get(done.url).content.decode()


def test_several_files_to_cohort(olive, signed_in):
    client = signed_in(olive)
    parts = [SimpleUploadedFile(name, content) for name, content in files().items()]

    sent = client.post(UPLOAD, {"files": parts})
    agree(client, sent.url)

    assert Cohort.objects.filter(slug="spring-2018").count() == 1


def test_looking_changes_nothing(olive, signed_in):
    client = signed_in(olive)
    sent = send(client, zip_of(files()))
    before = everything()

    page = client.get(sent.url)

    assert page.status_code == 200
    assert '<h1 class="nhsuk-heading-l">Import spring-2018?</h1>' in page.content.decode()
    assert {name: rows for name, rows in everything().items() if rows != before[name]} == {}


def test_every_problem_is_shown_and_nothing_can_be_confirmed(olive, signed_in):
    client = signed_in(olive)
    bad = files({"participants.csv": PARTICIPANTS.replace("1-3", "two").replace("over-3", "<script>")})
    sent = send(client, zip_of(bad))

    page = client.get(sent.url)
    confirmed = client.post(f"{sent.url}confirm/", {"digest": "0" * 64})

    assert sentences_in(page) == [
        "Use none, under-1, 1-3 or over-3. This is “two”.",
        "Use none, under-1, 1-3 or over-3. This is “&lt;script&gt;”.",
    ]
    assert "Nothing was stored." in page.content.decode()
    assert confirmed.status_code == 422
    assert Cohort.objects.filter(slug="spring-2018").count() == 0


def test_changes_are_shown_beside_what_is_stored(olive, signed_in):
    client = signed_in(olive)
    agree(client, send(client, zip_of(files())).url)

    sent = send(client, zip_of(put("participants.csv", "Brent,1-3", "Ealing,1-3")))
    cells = re.findall(
        r'data-label="(?:Which|Column|Now|In your file)">([^<]*)<', client.get(sent.url).content.decode()
    )
    done = agree(client, sent.url)

    assert cells == ["T01", "area", "Brent", "Ealing"]
    assert Participant.objects.get(ref="T01").person.area == "Ealing"
    assert "0 rows were added and 1 were changed." in client.get(done.url).content.decode()


def test_other_encodings_are_recognised_and_asked_about(olive, signed_in):
    client = signed_in(olive)
    odd = files({"participants.csv": PARTICIPANTS.replace(",", ";").encode("cp1252")})
    sent = send(client, zip_of(odd))
    page = client.get(sent.url).content.decode()

    without = agree(client, sent.url)
    stored_without = Cohort.objects.filter(slug="spring-2018").count()
    agree(client, sent.url, agree="on")

    assert "<strong>participants.csv</strong> looks like Windows-1252 (cp1252) with semicolons." in page
    assert "<td>Zoë Ñuñez</td>" in page
    assert (without.status_code, stored_without) == (422, 0)
    assert Participant.objects.get(ref="T01").person.name == "Zoë Ñuñez"


def test_utf16_from_excel(olive, signed_in):
    client = signed_in(olive)
    odd = files({"participants.csv": PARTICIPANTS.replace(",", "\t").encode("utf-16")})
    sent = send(client, zip_of(odd))

    page = client.get(sent.url).content.decode()

    assert "<strong>participants.csv</strong> looks like UTF-16 (“Unicode text”) with tabs." in page


def test_world_that_changed_since_looking_is_shown_again(olive, signed_in):
    client = signed_in(olive)
    agree(client, send(client, zip_of(files())).url)
    sent = send(client, zip_of(put("participants.csv", "Brent,1-3", "Ealing,1-3")))
    seen = digest_in(client.get(sent.url))
    person = Participant.objects.get(ref="T01").person
    person.area = "Harrow"
    person.save()

    refused = client.post(f"{sent.url}confirm/", {"digest": seen})

    assert refused.url == sent.url
    assert "Something has changed since you looked." in client.get(sent.url).content.decode()
    assert Participant.objects.get(ref="T01").person.area == "Harrow"


def test_same_files_twice_change_nothing(olive, signed_in):
    client = signed_in(olive)
    agree(client, send(client, zip_of(files())).url)

    page = client.get(send(client, zip_of(files())).url).content.decode()

    assert "Nothing would change</h1>" in page
    assert 'name="digest"' not in page


# --- who may -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["ruth", "carol", "connie", "alan", "eve", "moses"])
def test_import_is_for_those_who_make_cohorts(who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(UPLOAD).status_code == 404
    assert send(client, zip_of(files())).status_code == 404
    assert StagedImport.objects.count() == 0


def test_upload_of_somebody_else_is_not_there(olive, amina, signed_in):
    sent = send(signed_in(olive), zip_of(files()))
    other = signed_in(amina)

    assert other.get(sent.url).status_code == 404
    assert other.post(f"{sent.url}confirm/").status_code == 404
    assert other.post(f"{sent.url}discard/").status_code == 404
    assert StagedImport.objects.count() == 1


def test_cohort_of_others_looks_like_a_slug_that_is_taken(olive, stranger, signed_in):
    client = signed_in(olive)
    agree(client, send(client, zip_of(files())).url)
    other = signed_in(stranger)

    page = other.get(send(other, zip_of(files())).url)

    assert sentences_in(page) == ["There is already a cohort with the short name “spring-2018”. Choose another one."]


def test_upload_is_gone_after_a_day(olive, signed_in):
    client = signed_in(olive)
    sent = send(client, zip_of(files()))

    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=False):
        late = signed_in(olive).get(sent.url)
        deleted = staging.discard_expired()

    assert (late.status_code, deleted, StagedImport.objects.count()) == (404, 1, 0)


def test_files_can_be_deleted(olive, signed_in):
    client = signed_in(olive)
    sent = send(client, zip_of(files()))

    done = client.post(f"{sent.url}discard/")

    assert (done.url, StagedImport.objects.count()) == (UPLOAD, 0)


# --- what is not opened --------------------------------------------------------------------------------------
def bomb() -> bytes:
    """A zip whose directory claims 10 GB."""
    content = bytearray(zip_of({"cohort.csv": b"x" * 1000}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (4_000_000_000).to_bytes(4, "little")
    return bytes(content)


def with_link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("cohort.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def encrypted() -> bytes:
    content = bytearray(zip_of({"cohort.csv": b"x"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


OUTSIDE = "The zip holds a file whose name points outside its folder, so it was not opened."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zip_of({"../cohort.csv": b"x"}), OUTSIDE),
        (zip_of({"a/../../cohort.csv": b"x"}), OUTSIDE),
        (zip_of({"/etc/cohort.csv": b"x"}), OUTSIDE),
        (zip_of({"..\\cohort.csv": b"x"}), OUTSIDE),
        (zip_of({"C:/cohort.csv": b"x"}), OUTSIDE),
        (zip_of({"\u202ecohort.csv": b"x"}), OUTSIDE),
        (with_link(), "The zip holds a link to another file. Put the file itself in."),
        (encrypted(), "The zip has a password. Make it again without one."),
        (zip_of({"more.zip": zip_of(files())}), "The zip holds another zip. Unpack that one first."),
        (zip_of({"more.dat": zip_of(files())}), "The zip holds another zip. Unpack that one first."),
        (zip_of({f"{number}.csv": b"" for number in range(201)}), "The zip holds 201 files. The limit is 200."),
        (zip_of({"cohort.csv": bytes(60_000_000)}), "The zip unpacks to 60 MB. The limit is 50 MB."),
        (zip_of({"cohort.csv": bytes(20_000_000)}), "The zip unpacks to more than 100 times its size, so it was not opened."),
        (bomb(), "The zip unpacks to 4,000 MB. The limit is 50 MB."),
        (b"PK\x03\x04 no zip at all", "The zip is damaged. Make it again."),
        (zip_of(files())[:-30], "The zip is damaged. Make it again."),
    ],
)  # fmt: skip
def test_unsafe_zip(olive, signed_in, content, sentence):
    page = send(signed_in(olive), content)

    assert page.status_code == 422
    assert page.context["form"].errors["files"] == [sentence]
    assert StagedImport.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("folder.zip", b"", "This file is empty. Choose another file."),
        ("folder.rar", b"x", "Choose a file that ends in .zip or .csv or .xlsx."),
        ("folder.zip", bytes(10_000_001), "Choose a file of 10 MB or less."),
    ],
)
def test_upload_that_cannot_be_used(olive, signed_in, name, content, sentence):
    page = send(signed_in(olive), content, name)

    assert page.status_code == 422
    assert page.context["form"].errors["files"] == [sentence]


def test_upload_of_nothing(olive, signed_in):
    page = signed_in(olive).post(UPLOAD, {})

    assert (page.status_code, page.context["form"].errors["files"]) == (422, ["Choose a file to send."])


def test_zip_beside_other_files(olive, signed_in):
    parts = [SimpleUploadedFile("a.zip", zip_of(files())), SimpleUploadedFile("cohort.csv", b"x")]

    page = signed_in(olive).post(UPLOAD, {"files": parts})

    assert page.context["form"].errors["files"] == ["Send either one zip, or the files themselves."]


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.csv", "../../cohort2.csv", "a\u202eb.csv", "n" * 300 + ".csv"]
)
def test_hostile_file_name(olive, signed_in, name):
    client = signed_in(olive)

    sent = client.post(UPLOAD, {"files": SimpleUploadedFile(name, b"x")})
    page = client.get(sent.url).content.decode()

    assert "<img src=x" not in page
    assert "things to put right" in page


# --- out -----------------------------------------------------------------------------------------------------
def test_export_is_a_zip_that_comes_back_as_it_was(olive, signed_in):
    client = signed_in(olive)
    agree(client, send(client, zip_of(files())).url)

    taken = client.post("/cohorts/spring-2018/export/")
    page = client.get(send(client, taken.content).url).content.decode()

    assert taken["Content-Disposition"] == 'attachment; filename="spring-2018.zip"'
    assert "Nothing would change</h1>" in page
    assert AuditEvent.objects.filter(verb="cohort exported", by=olive).count() == 1


def test_looking_at_the_export_takes_nothing(olive, london, signed_in):
    page = signed_in(olive).get(reverse("cohort-export", args=["london-2017"]))

    assert '<h1 class="nhsuk-heading-l">Take London 2017 away</h1>' in page.content.decode()
    assert AuditEvent.objects.filter(verb="cohort exported").count() == 0


@pytest.mark.parametrize("who", ["stranger", "ruth", "carol", "connie", "alan"])
def test_export_is_for_organisers(who, london, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get("/cohorts/london-2017/export/").status_code == 404
    assert client.post("/cohorts/london-2017/export/").status_code == 404


def test_cohort_with_two_days_cannot_be_taken_away(olive, signed_in):
    cohort = make.cohort("two-days", dates=make.DATES[:2])
    RoleAssignment.objects.create(user=olive, role=Role.ORGANISER, cohort=cohort)
    client = signed_in(olive)

    refused = client.post("/cohorts/two-days/export/")

    assert refused.url == "/cohorts/two-days/export/"
    assert "Two Days has 2 days. A cohort folder holds three, so it cannot be written." in (
        client.get(refused.url).content.decode()
    )


@pytest.mark.parametrize("people", [1, 50])
def test_check_page_costs_the_same_for_any_size(people, olive, signed_in, django_assert_num_queries):
    client = signed_in(olive)
    header = PARTICIPANTS.splitlines()[0]
    rows = "".join(f"P{number},Person {number},,,post,standard,,,none,carer\n" for number in range(people))
    text = {"participants.csv": f"{header}\n{rows}", "cohort.csv": COHORT.replace(",40,", ",60,")}
    parts = files({"seating_rules.csv": None} | text)
    sent = send(client, zip_of(parts))
    agree(client, sent.url)
    sent = send(client, zip_of(parts))

    with django_assert_num_queries(28):
        client.get(sent.url)
