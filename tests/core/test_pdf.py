"""Papers: both standards, the same bytes, no fetching whatever the text asks for, and no letter lost in silence."""

import http.server
import io
import logging
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest

from core import pdf

SECRET = "the-secret-that-must-not-leave-this-file"
ADDRESS, FILE = "http://127.0.0.1:{port}/", "file://{file}"
XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
# Twelve shapes of markup that made an unguarded renderer fetch an address or take a file in (trust.md T07).
SHAPES = {
    "img": '<img alt="a" src="{target}">',
    "stylesheet": '<link rel="stylesheet" href="{target}">',
    "attachment": '<link rel="attachment" href="{target}">',
    "anchor": '<a rel="attachment" href="{target}">x</a>',
    "background": '<div style="background: url({target})">x</div>',
    "import": "<style>@import url({target});</style>",
    "font": "<style>@font-face {{ font-family: q; src: url({target}); }} p {{ font-family: q; }}</style><p>x</p>",
    "svg": f'<svg {XMLNS} width="9" height="9"><title>t</title><image href="{{target}}" width="9" height="9"/></svg>',
    "object": '<object data="{target}">x</object>',
    "embed": '<embed src="{target}">',
    "iframe": '<iframe src="{target}"></iframe>',
    "nested": f"<img alt='a' src='data:image/svg+xml,%3Csvg {XMLNS}%3E%3Cimage href=%22{{target}}%22/%3E%3C/svg%3E'>",
}


def document(body: str, style: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A paper</title><style>{style}</style>'
        f"</head><body><h1>A paper</h1>{body}</body></html>"
    )


def text_of(paper: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True
    ).stdout.decode()


@pytest.fixture
def trap() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that writes down who asks for what."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def log() -> Iterator[list[str]]:
    """What WeasyPrint says."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("weasyprint").addHandler(handler)
    yield lines
    logging.getLogger("weasyprint").removeHandler(handler)


TABLE = (
    "<table><caption>Figures</caption><thead><tr><th scope='col'>Item</th><th scope='col'>n</th></tr></thead>"
    "<tbody><tr><th scope='row'>Table coaches</th><td>29</td></tr></tbody></table>"
)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_paper_meets_the_standard(profile):
    paper = pdf.render(document(f"<p>Łukasz, Ñuñez and Zoë</p>{TABLE}<ul><li>One</li></ul>"))

    report = page.validate_pdf_bytes(paper, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_same_document_gives_the_same_bytes():
    assert pdf.render(document(TABLE)) == pdf.render(document(TABLE))


def test_pages_are_counted_without_printing(log):
    two = document('<p>one</p><p style="break-before: page">two 𒀀</p>')

    assert (pdf.count_pages(document("<p>one</p>")), pdf.count_pages(two)) == (1, 2)
    assert log == []


def test_fonts_are_our_own_and_embedded():
    with pikepdf.open(
        io.BytesIO(pdf.render(document("<p>Plain <b>bold</b></p>", "html { font-family: Liberation Sans }")))
    ) as paper:
        fonts = [font for font in paper.objects if isinstance(font, pikepdf.Dictionary) and "/FontName" in font]

        assert {str(font["/FontName"]).split("+")[1] for font in fonts} == {"Liberation-Sans", "Liberation-Sans-Bold"}
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("target", [ADDRESS, FILE], ids=["address", "file"])
def test_nothing_is_fetched_even_from_markup(shape, target, trap, tmp_path):
    port, asked = trap
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)

    paper = pdf.render(document(shape.format(target=target.format(port=port, file=secret))))

    assert asked == []
    with pikepdf.open(io.BytesIO(paper)) as opened:
        streams = b"".join(
            part.read_bytes() for part in opened.objects if isinstance(part, pikepdf.Stream) and "/Subtype" not in part
        )
        assert SECRET.encode() not in paper + streams
        assert len(opened.attachments) == 0


@pytest.mark.parametrize(
    "url",
    ["own-font:../../etc/passwd", "own-font:/etc/passwd", "OWN-FONT:x", "file:///etc/passwd", "ftp://127.0.0.1/", ""],
)
def test_fetcher_refuses_everything_but_data_and_our_fonts(url):
    with pytest.raises(ValueError, match="nothing is fetched"):
        pdf._fetcher().fetch(url)


def test_names_of_europe_leave_the_log_silent(log):
    text = text_of(pdf.render(document("<p>Łukasz Ñuñez Zoë Ŵyn Kšš Ælfræd Ołena Žižek Δέσποινα Ольга</p>")))

    assert "Łukasz Ñuñez Zoë Ŵyn Kšš Ælfræd Ołena Žižek Δέσποινα Ольга" in text
    assert log == []


def test_letters_that_no_font_has_become_boxes(log):
    paper = pdf.render(document("<p>before \U00012000\U000e1234 after</p>"))

    assert re.search(r"before □+ after", text_of(paper))
    assert log == []
    assert page.validate_pdf_bytes(paper, profile="ua1").is_compliant


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("well done 👍🏽!", "well done (thumbs up sign)!"),
        ("family 👨‍👩‍👧", "family (man)(woman)(girl)"),
        ("flag 🇬🇧", "flag GB"),
        ("yes ✓ and ❤️", "yes (check mark) and (heavy black heart)"),
        ("key 1️⃣", "key 1"),
        ("bell\x07 and null\x00", "bell and null"),
        ("lines\nand\ttabs stay", "lines\nand\ttabs stay"),
        ("£5 – “quoted” € …", "£5 – “quoted” € …"),
    ],
)
def test_emoji_become_words_and_the_rest_stays(typed, printed):
    assert pdf.printable(typed) == printed


def test_emoji_do_not_break_the_standard(log):
    paper = pdf.render(document("<p>great 😀 day 🎉</p>"))

    assert "great (grinning face) day (party popper)" in text_of(paper)
    assert page.validate_pdf_bytes(paper, profile="ua1").is_compliant
    assert log == []


def test_machine_without_our_fonts_still_prints(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONT_FOLDERS", (Path(tmp_path),))
    pdf._fonts.cache_clear()
    try:
        assert "A paper" in text_of(pdf.render(document("<p>x</p>")))
    finally:
        pdf._fonts.cache_clear()
