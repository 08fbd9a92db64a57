"""The application form on paper: the printable twin of the online form."""

import subprocess

import page
import pytest

from recruitment import paper_form
from recruitment.models import Channel
from recruitment.queries.drafting import Facts
from recruitment.steps import Journey
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/apply/london-2017/form.pdf"


def text_of(pdf: bytes) -> str:
    """The words of a PDF with one blank between them, as a reader sees them."""
    found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


@pytest.fixture
def course(london):
    london.place, london.help_phone, london.help_email = "Friends House", "020 7946 0099", "lay@example.org"
    london.save()
    Channel.objects.create(cohort=london, code="news", name="Newsletter of the hospital")
    return london


@pytest.fixture
def printed(course):
    return paper_form.printed(course, paper_form.STANDARD)


def test_paper_asks_every_question_of_the_online_form_in_its_words(course, printed):
    text = text_of(printed)
    forms = dict(Journey(Facts(course, {"roles": [{}]})).forms)
    fields = [
        field
        for step, form in forms.items()
        if step.slug not in paper_form.ON_SCREEN_ONLY
        for field in form.fields.values()
    ]

    assert len(fields) > 30
    assert [str(field.label) for field in fields if " ".join(str(field.label).split()) not in text] == []
    choices = [label for field in fields for value, label in getattr(field, "choices", []) if value != ""]
    assert [str(label) for label in choices if str(label) not in text] == []


def test_paper_has_what_only_paper_needs(printed):
    text = text_of(printed)

    for words in (
        "Where to send it The Laypartner programme office",
        "020 7946 0099",
        "lay@example.org",
        "Thursday 23 November 2017",
        "Signature",
        "Question 1 of 7",
        "Question 7 of 7",
        "Role 3",
        "They are on a separate sheet without your name",
        "Newsletter of the hospital",
    ):
        assert words in text


def test_paper_asks_nothing_about_equality_and_nothing_that_only_a_screen_can_do(printed):
    text = text_of(printed)

    for words in (
        "ethnic group",
        "sexual orientation",
        "religion",
        "opens in a new tab",
        "Choose from the list",
        "upload",
    ):
        assert words not in text.lower() if words.islower() else words not in text


def test_paper_has_three_roles_and_lines_for_each_of_the_seven(course):
    parts = {part.slug: part for part in paper_form.parts_of(course)}

    assert [group.title for group in parts["roles"].groups] == ["", "Role 1", "Role 2", "Role 3"]
    assert [asked.lines for part in parts.values() if part.is_question for group in part.groups for asked in group.asked] == [
        22, 22, 22, 22, 22, 22, 0, 0, 22,
    ]  # fmt: skip


@pytest.mark.parametrize("size", [paper_form.STANDARD, paper_form.LARGE])
def test_paper_meets_the_standards(course, size):
    pdf = paper_form.printed(course, size)

    assert {
        failure.rule_id
        for profile in ("ua1", "3a")
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    } == set()


def test_large_print_is_18_points_or_more(course):
    pdf = paper_form.printed(course, paper_form.LARGE)

    html = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    heights = [
        float(line.split('yMax="')[1].split('"')[0]) - float(line.split('yMin="')[1].split('"')[0])
        for line in html.splitlines()
        if ">name<" in line.lower() or ">spelling<" in line.lower()
    ]
    assert len(heights) > 5
    assert min(heights) >= 18


def test_address_gives_a_pdf_to_anybody(course, client):
    standard, large = client.get(ADDRESS), client.get(ADDRESS, {"print": "large"})

    assert (standard.status_code, standard["Content-Type"]) == (200, "application/pdf")
    assert standard["Content-Disposition"] == 'inline; filename="apply-london-2017.pdf"'
    assert large["Content-Disposition"] == 'inline; filename="apply-london-2017-large-print.pdf"'
    assert standard.content != large.content
    assert client.get(ADDRESS, {"print": "../../etc"}).content == standard.content


def test_form_of_a_cohort_that_never_called_is_not_there(client, db):
    make.cohort("quiet")

    assert client.get("/apply/quiet/form.pdf").status_code == 404
    assert client.post(ADDRESS).status_code == 405


def test_words_of_an_organiser_stay_words(course):
    """T07: nothing in the paper is fetched or run."""
    course.title = '<img src="http://127.0.0.1:1/x"><b>Bold</b>'
    course.save()

    text = text_of(paper_form.printed(course, paper_form.STANDARD))

    assert '<img src="http://127.0.0.1:1/x"><b>Bold</b>' in text


def test_same_form_is_printed_once(course, monkeypatch):
    first = paper_form.printed(course, paper_form.STANDARD)
    monkeypatch.setattr("core.pdf.render", lambda html: b"printed again")

    assert paper_form.printed(course, paper_form.STANDARD) == first
