"""Letters on paper: in the person's print size, with the address in the window, none on another's sheet."""

import io
import subprocess
from datetime import timedelta
from html import unescape

import page
import pikepdf
import pytest
from django.utils import timezone

from core.models import Message
from people import letter_paper
from people.letter_paper import Block, blocks_of, sheet_of
from tests import make

pytestmark = pytest.mark.django_db
TEXT = """Dear Ana,

We offer you a place.

The dates
- Thursday 23 November 2017
- Friday 24 November 2017
Bring a pen.

http://127.0.0.1:8000/application/TOKEN/
"""


def letter(cohort, **fields):
    fields = {
        "channel": Message.Channel.POST,
        "to": "1 High Street, Camden, London, NW1 0AA",
        "recipient_name": "Ana O'Neill-Łukasz",
        "subject": "Your place",
        "text": TEXT,
        "secrets": ["TOKEN"],
    } | fields
    return make.letter(cohort, **fields)


def pages_of(pdf: bytes) -> list[str]:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode().split("\f")[:-1]


def sizes_of(pdf: bytes) -> dict[str, float]:
    """Each word with the height of its letters in points, and where it stands."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    words = {}
    for line in found.stdout.decode().splitlines():
        if "<word" in line:
            parts = line.split('"')
            words[unescape(line.split(">")[1].split("<")[0])] = tuple(float(parts[n]) for n in (1, 3, 5, 7))
    return words


# --- one letter ---------------------------------------------------------------------------------------------------
def test_letter_reads_back_whole_with_its_link(london):
    text = pages_of(letter_paper.printed([letter(london)]))[0]

    for words in (
        "The Laypartner programme office",
        "Ana O'Neill-Łukasz",
        "NW1 0AA",
        "Your place",
        "We offer you a place.",
        "• Thursday 23 November 2017",
        "http://127.0.0.1:8000/application/TOKEN/",
        "Page 1",
    ):
        assert words in text


@pytest.mark.parametrize("wanted", ["STANDARD", "LARGE_PRINT"])
def test_letter_meets_the_standards(london, wanted):
    pdf = letter_paper.printed([letter(london, information_format=wanted)])

    found = [failure for profile in ("ua1", "3a") for failure in page.validate_pdf_bytes(pdf, profile=profile).failures]
    assert {failure.rule_id for failure in found} == set()


def test_letter_is_tagged_with_its_subject_as_title_and_heading(london):
    with pikepdf.open(io.BytesIO(letter_paper.printed([letter(london)]))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Your place"
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked


def test_large_print_is_20_points_and_others_12(london):
    large = sizes_of(letter_paper.printed([letter(london, information_format="LARGE_PRINT")]))
    small = sizes_of(letter_paper.printed([letter(london)]))

    tall, low = (found["offer"][3] - found["offer"][1] for found in (large, small))
    assert tall >= 20
    assert round(12 * tall / low, 1) == 20


@pytest.mark.parametrize("wanted", ["STANDARD", "LARGE_PRINT"])
def test_address_stands_in_the_window_of_the_envelope(london, wanted):
    to = "Flat 3, 12 Long Acre House, High Street, Camden, London, NW1 0AA"
    found = sizes_of(letter_paper.printed([letter(london, to=to, information_format=wanted)]))

    millimetre = 72 / 25.4
    for word in ("O'Neill-Łukasz", "Flat", "0AA"):
        left, top, right, bottom = (value / millimetre for value in found[word])
        assert 20 <= left < right <= 110, word
        assert 55 <= top < bottom <= 80, word


def test_address_longer_than_the_window_stands_side_by_side_on_its_last_line(london):
    sheet = sheet_of(letter(london, to="A, B, C, D, E, F, G"))

    assert sheet.address == ("Ana O'Neill-Łukasz", "A", "B", "C", "D", "E, F, G")


def test_text_becomes_paragraphs_and_lists():
    assert list(blocks_of(TEXT)) == [
        Block(False, ("Dear Ana,",)),
        Block(False, ("We offer you a place.",)),
        Block(False, ("The dates",)),
        Block(True, ("Thursday 23 November 2017", "Friday 24 November 2017")),
        Block(False, ("Bring a pen.",)),
        Block(False, ("http://127.0.0.1:8000/application/TOKEN/",)),
    ]


def test_words_of_people_stay_words(london):
    """T07: nothing in a letter is fetched or run."""
    text = pages_of(letter_paper.printed([letter(london, recipient_name='<img src="file:///etc/hostname">')]))[0]

    assert '<img src="file:///etc/hostname">' in text


# --- many letters ---------------------------------------------------------------------------------------------------
def test_each_letter_begins_on_a_sheet_of_its_own_and_counts_its_own_pages(london):
    pages = pages_of(letter_paper.printed([letter(london), letter(london, recipient_name="Ben Ito")]))

    assert ["Ana O'Neill" in page for page in pages] == [True, False, False]
    assert [" ".join(page.split()) for page in pages][1] == ""
    assert ("Ben Ito" in pages[2], "Page 1" in pages[2]) == (True, True)


def test_address_of_one_letter(london, olive, signed_in):
    found = letter(london)

    answer = signed_in(olive).get(f"/outbox/{found.pk}/letter.pdf")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store, private"


def test_only_letters_by_post_are_printed(london, olive, signed_in):
    found = letter(london, channel=Message.Channel.EMAIL)

    assert signed_in(olive).get(f"/outbox/{found.pk}/letter.pdf").status_code == 404


def test_page_lists_what_waits_by_name_and_leaves_out_the_rest(london, kent, olive, signed_in):
    letter(london, recipient_name="Zoe")
    letter(london, recipient_name="Ben")
    letter(london, recipient_name="Sent", state="SENT", sent_at=timezone.now())
    letter(london, recipient_name="Later", due_at=timezone.now() + timedelta(minutes=10))
    letter(london, recipient_name="Braille", information_format="BRAILLE")
    letter(london, recipient_name="Nowhere", to="Ask the person how to reach them")
    letter(london, recipient_name="Email", channel="EMAIL")
    letter(kent, recipient_name="Kent")

    context = signed_in(olive).get("/outbox/print/").context

    assert [row.recipient_name for row in context["letters"]] == ["Ben", "Zoe"]
    assert [(row.recipient_name, words) for row, words in context["to_make"]] == [("Braille", "Braille")]
    assert [row.recipient_name for row in context["without_address"]] == ["Nowhere"]


def test_all_in_one_pdf_in_the_order_of_the_page(london, olive, signed_in):
    letters = [letter(london, recipient_name=name) for name in ("Zoe", "Ben")]
    keys = "-".join(str(row.pk) for row in letters)

    answers = [signed_in(olive).get("/outbox/print/letters.pdf", query) for query in ({"letters": keys}, {})]

    for answer in answers:
        pages = pages_of(answer.content)
        assert [("Ben" in page, "Zoe" in page) for page in pages] == [(True, False), (False, False), (False, True)]


def test_another_regions_letter_is_never_printed_or_marked(london, kent, olive, signed_in):
    theirs = letter(kent)
    browser = signed_in(olive)

    assert browser.get("/outbox/print/letters.pdf", {"letters": theirs.pk}).status_code == 404
    assert browser.get(f"/outbox/{theirs.pk}/letter.pdf").status_code == 404
    browser.post("/outbox/print/posted/", {"letters": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.state == "DUE"


def test_mark_all_marks_exactly_what_the_page_showed(london, olive, signed_in):
    browser = signed_in(olive)
    shown = [letter(london, recipient_name="Ben"), letter(london, recipient_name="Zoe")]
    keys = browser.get("/outbox/print/").context["keys"]
    newer = letter(london, recipient_name="New")

    answer = browser.post("/outbox/print/posted/", {"letters": keys}, follow=True)

    states = [Message.objects.get(pk=row.pk).state for row in [*shown, newer]]
    assert states == ["SENT", "SENT", "DUE"]
    assert "2 letters marked as posted." in answer.content.decode()
    assert "TOKEN" not in Message.objects.get(pk=shown[0].pk).text


def test_mark_all_twice_marks_once_and_says_so(london, olive, signed_in):
    browser, row = signed_in(olive), letter(london)

    browser.post("/outbox/print/posted/", {"letters": row.pk})
    again = browser.post("/outbox/print/posted/", {"letters": row.pk}, follow=True)

    assert "1 had changed since you opened the page" in again.content.decode()


@pytest.mark.parametrize("keys", ["", "abc", "1,2", "9" * 400, "-1", "1-", "0"])
def test_mark_all_of_what_nobody_could_have_seen_changes_nothing(london, olive, signed_in, keys):
    row = letter(london)

    answer = signed_in(olive).post("/outbox/print/posted/", {"letters": keys})

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (302, "DUE")


@pytest.mark.parametrize("rows", [1, 50])
def test_page_costs_the_same_for_one_and_fifty(rows, london, olive, signed_in, django_assert_num_queries):
    for _ in range(rows):
        letter(london)
    browser = signed_in(olive)

    with django_assert_num_queries(9):
        browser.get("/outbox/print/")


def test_letter_in_a_format_that_no_printer_makes_says_who_makes_it(london, olive, signed_in):
    row = letter(london, information_format="EASY_READ")

    html = signed_in(olive).get(f"/outbox/{row.pk}/").content.decode()

    assert "This person needs: Easy read." in html
    assert "The access lead of the cohort has this letter made in that format." in html


def test_letter_that_can_still_be_undone_is_not_to_be_posted_yet(london, olive, signed_in):
    row = letter(london, due_at=timezone.now() + timedelta(minutes=10))
    browser = signed_in(olive)

    html = browser.get(f"/outbox/{row.pk}/").content.decode()
    browser.post(f"/outbox/{row.pk}/posted/")

    row.refresh_from_db()
    assert "Until then what it tells can still be undone." in html
    assert "Mark as posted" not in html
    assert row.state == "DUE"
