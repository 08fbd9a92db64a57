"""The paper itself: figures read back out of the PDF, its structure, its first page, and that text stays text."""

import io
import json
import re
import subprocess
from typing import Any

import page
import pikepdf
import pytest

from reports import content, paper
from reports.figures import Words
from reports.sections import compose
from reports.sections.page_one import ROOM
from tests.core.test_pdf import ADDRESS, FILE, SECRET, SHAPES, log, trap  # noqa: F401  fixtures
from tests.evaluation import golden
from tests.reports import known


def snapshot_of(**changes: Any) -> dict[str, Any]:
    return content.snapshot(compose(known.cohort(**changes)), known.ABOUT)


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-layout", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def pages_of(pdf: bytes) -> list[str]:
    return text_of(pdf).split("\f")[:-1]


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The published report as a PDF, made once."""
    return paper.render(snapshot_of(), "pdf")


# --- the published table -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_table_reads_back_from_the_stored_forms(published):
    from reports.services import issuing  # noqa: PLC0415  here: the only test in this file that touches the database

    text = text_of(paper.render(issuing.draft(published, "commissioner"), "pdf"))

    table = text[text.index("Number of answers and average mark") : text.index("Figure 1.")]
    for key, n, average, *_ in golden.TABLE:
        name = golden.TEXTS[[row[0] for row in golden.TABLE].index(key)][:40]
        assert re.search(rf"{re.escape(name)}.*?\s{n}\s+{average}\n", table), key
    assert re.search(r"32 of 40 = 80\.0 %", text)
    assert "Working in small groups" in table


def test_shares_and_intervals_read_back(printed):
    text = text_of(printed)

    assert re.search(r"Working in small groups\s+31\s+32\s+96\.9 %\s+84\.3 to 99\.4 %", text)
    assert re.search(r"Darzi Fellow exercise\s+20\s+25\s+80\.0 %\s+60\.9 to 91\.1 %", text)


def test_question_without_answers_prints_n_0_and_a_dash():
    items = (known.empty(known.ITEMS[0]), *known.ITEMS[1:])

    text = text_of(paper.render(snapshot_of(wave=known.wave(items=items)), "pdf"))

    assert re.search(r"Working in small groups\s+0\s+–\n", text)


# --- page 1 -----------------------------------------------------------------------------------------------
SEVEN = (
    "Commissioned by",
    "applied",
    "What we learned",
    "would be likely to recommend it",
    "What changed afterwards",
    "How sure we are",
    "What we will change next time",
    "The decision we ask for",
)


def test_page_1_has_all_that_a_commissioner_needs_on_one_side(printed):
    first, second, *_ = pages_of(printed)

    assert [words for words in SEVEN if words not in first] == []
    assert "In this report" not in first
    assert second.strip().startswith("In this report")


LONGEST = "Wonderful words without any end " * 90


@pytest.mark.parametrize(
    "changes",
    [
        {"words": Words(LONGEST, LONGEST, LONGEST)},
        {"words": Words("W" * 1000, "W" * 2000, "W" * 1000)},
        {"programme": "W" * 200, "title": "W" * 200, "commissioner": "W" * 200, "place": "W" * 200},
        {
            "words": Words(LONGEST, LONGEST, LONGEST),
            "programme": LONGEST[:200],
            "title": LONGEST[:200],
            "place": LONGEST[:200],
        },
    ],
    ids=["words", "endless", "names", "all"],
)
def test_page_1_stays_one_side_whatever_people_wrote(changes):
    first, second, *_ = pages_of(paper.render(snapshot_of(**changes), "pdf"))

    assert [words for words in SEVEN if words not in first] == []
    assert second.strip().startswith("In this report")


def test_shortened_words_stand_in_full_further_on():
    text = paper.render(snapshot_of(words=Words(message="Beginning. " + "x" * ROOM + " the very end")), "html").decode()

    assert "the very end" in text
    assert "in full further on" in text


# --- structure ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_report_meets_the_standards(printed, profile):
    report = page.validate_pdf_bytes(printed, profile=profile)

    assert {failure.rule_id for failure in report.failures} == set()


def elements(node: Any) -> list[Any]:
    """Every structure element beneath a node, in reading order."""
    if not isinstance(node, pikepdf.Dictionary):
        return []
    children = node.get("/K", [])
    found = [node] if "/S" in node else []
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        found += elements(child)
    return found


def test_structure_has_title_language_headings_tables_and_figures_with_words(printed):
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        root = elements(pdf.Root.StructTreeRoot)
        kinds = [str(element["/S"]) for element in root]
        figures = [str(element.get("/Alt", "")) for element in root if element["/S"] == "/Figure"]

        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]).startswith("The Effective Lay Partner: London 2017")
        assert kinds.count("/H1") == 1
        assert kinds.count("/Table") == 9  # three breakdowns, three days, averages, shares, about
        assert kinds.count("/Caption") == 11  # each table but the last, and the three pictures
        assert kinds.count("/TH") > 40
        assert figures == [
            "Between 80.0 % and 96.9 % gave 4 or 5 out of 5",
            "The intervals overlap: with so few answers the questions are hard to tell apart",
            "From 52 applications to 32 forms",
        ]


def test_every_page_says_what_it_is_of(printed):
    pages = pages_of(printed)

    assert [f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, start=1)] == [True] * len(
        pages
    )
    assert all("The Effective Lay Partner: London 2017" in text for text in pages)


def test_report_says_its_version_date_cut_off_and_hash(printed):
    text = " ".join(text_of(printed).split())

    assert "Version 1, issued" in text
    assert "Made on Thursday 1 February 2018, 9:30am" in text
    assert "Data up to Thursday 1 February 2018, 9:30am" in text
    assert snapshot_of()["content_hash"] in text


def test_draft_says_that_it_is_one():
    snapshot = content.snapshot(compose(known.cohort()), known.ABOUT | {"version": 0, "status": "draft"})

    assert "Draft, not issued" in paper.render(snapshot, "html").decode()


def test_same_snapshot_gives_the_same_bytes(printed):
    stored = json.loads(json.dumps(snapshot_of(), sort_keys=True))

    assert paper.render(stored, "pdf") == printed


# --- text stays text -----------------------------------------------------------------------------------------
def with_everywhere(text: str) -> dict[str, Any]:
    """The same text in every place where people write."""
    return {
        "title": text,
        "programme": text,
        "commissioner": text,
        "purpose": text,
        "place": text,
        "aims": (text,),
        "objectives": (text,),
        "areas": ((text, 40),),
        "words": Words(text, text, text),
        "days": tuple(known.replace(day, title=text) for day in known.DAYS),
        "wave": known.wave(
            instrument=text, source=text, items=tuple(known.replace(item, text=text) for item in known.ITEMS)
        ),
    }


@pytest.mark.parametrize("target", [ADDRESS, FILE], ids=["address", "file"])
def test_twelve_shapes_of_bait_are_printed_and_not_obeyed(target, trap, log, tmp_path):  # noqa: F811
    port, asked = trap
    secret = tmp_path / "s"
    secret.write_text(SECRET)
    bait = " ".join(shape.format(target=target.format(port=port, file=secret)) for shape in SHAPES.values())

    pdf = paper.render(snapshot_of(**with_everywhere(bait)), "pdf")

    assert asked == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.attachments) == 0
    text = text_of(pdf)
    assert SECRET not in text
    assert "<iframe" in text
    assert log == []


def test_html_is_one_file_with_every_text_escaped():
    nasty = """<script>alert("x")</script><img src=x onerror='alert(1)'>"""

    html = paper.render(snapshot_of(**with_everywhere(nasty)), "html").decode()

    tags = " ".join(re.findall(r"<[^>]+>", html))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert re.findall(r"""(?:src|href|onerror)=["']?(?!#)[^"'\s>]+""", tags) == []
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("audience", ["organiser", "commissioner", "public"])
def test_names_and_emoji_print_in_silence(audience, log):  # noqa: F811
    words = Words("Łukasz Ñuñez and Zoë 👍🏽", "Ŵyn \U00012000", "Οδυσσέας")

    text = text_of(paper.render(snapshot_of(audience=audience, words=words), "pdf"))

    assert "Łukasz Ñuñez and Zoë (thumbs up sign)" in text
    assert "Ŵyn □" in text
    assert log == []


def test_early_cohort_prints_too():
    pdf = paper.render(snapshot_of(wave=None, accepted=0, applied=0, days=(), words=Words(), areas=()), "pdf")

    assert len(pages_of(pdf)) >= 2
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant


def test_json_is_the_snapshot():
    assert json.loads(paper.render(snapshot_of(), "json")) == snapshot_of()


def test_file_names_tell_cohort_and_version():
    snapshot = snapshot_of()

    assert paper.file_name(snapshot, "pdf") == "london-2017-report-version-1.pdf"
    assert (
        paper.file_name({**snapshot, "about": known.ABOUT | {"version": 0}}, "html") == "london-2017-report-draft.html"
    )
