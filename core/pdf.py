"""Turns our own HTML into a tagged PDF (PDF/UA-1 and PDF/A-3a in one file). The only place that knows WeasyPrint.

Nothing is fetched: no address, no file. Text from people could ask for both, so the one fetcher below answers for
`data:` and for our own fonts by name, and refuses the rest (trust.md T07).
"""

import io
import logging
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

FONT_FOLDERS = tuple(
    Path("/usr/share/fonts") / name
    for name in ("truetype/liberation2", "truetype/liberation", "liberation-sans", "liberation-fonts")
)
FACES = {
    "LiberationSans-Regular.ttf": "font-weight: normal; font-style: normal",
    "LiberationSans-Bold.ttf": "font-weight: bold; font-style: normal",
    "LiberationSans-Italic.ttf": "font-weight: normal; font-style: italic",
    "LiberationSans-BoldItalic.ttf": "font-weight: bold; font-style: italic",
}
# The scheme under which a stylesheet of ours asks for a font; it means nothing outside this file.
FONT_SCHEME = "own-font:"
MISSING = "□"
FONT = "Liberation Sans"

# Colour emoji break both the layout and PDF/UA (stack.md trap 17): they are printed as words.
EMOJI = re.compile(
    "([\U0001f300-\U0001f3fa\U0001f400-\U0001faff\U0001f000-\U0001f2ff\u2600-\u27bf\u2b00-\u2bff\u231a\u231b\u23e9-\u23fa])"
    "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
)
FLAG_LETTERS = {code: chr(code - 0x1F1E6 + ord("A")) for code in range(0x1F1E6, 0x1F200)}
# Signs that only change the emoji before them, and characters that no document may hold.
NOTHING = re.compile(
    "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
)
# One paper at a time: it bounds the memory, and the letters that WeasyPrint reports are this paper's own.
ONE_AT_A_TIME = Lock()

PDF_UA = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    b'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    b'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version</pdfaProperty:description></rdf:li>"
    b"</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"
)


def render(html: str) -> bytes:
    """The PDF of one HTML document: same HTML, same bytes. Needs `lang` on <html> and a <title>.

    Emoji are written as words, and letters that no font on this machine has as an empty box, because either would make
    the paper unreadable for a screen reader. Takes about a second; the first call loads WeasyPrint, about one more.
    """
    html = printable(html)
    with ONE_AT_A_TIME, _unknown_letters() as unknown:
        paper = _paper(html)
        if unknown:
            paper = _paper(html.translate(dict.fromkeys(map(ord, unknown), MISSING)))
    return paper


def count_pages(html: str) -> int:
    """How many pages a document would have, without printing it."""
    with ONE_AT_A_TIME, _unknown_letters():
        source, looks = _source(printable(html))
        return len(source.render(**looks).pages)


def printable(text: str) -> str:
    """The text with emoji as words in brackets and without marks that print as nothing: "👍🏽" is "(thumbs up sign)"."""
    text = EMOJI.sub(lambda match: f"({unicodedata.name(match[1], 'picture').lower()})", text.translate(FLAG_LETTERS))
    return NOTHING.sub("", text)


@contextmanager
def _unknown_letters() -> Iterator[set[str]]:
    """Collects the letters for which WeasyPrint says that no font has them, and keeps that line out of the log."""
    letters: set[str] = set()

    def keep(record: logging.LogRecord) -> bool:
        if ".notdef" not in str(record.msg) or not record.args:
            return True
        letters.add(str(record.args[0]))
        return False

    logger = logging.getLogger("weasyprint")
    logger.addFilter(keep)
    try:
        yield letters
    finally:
        logger.removeFilter(keep)


def _paper(html: str) -> bytes:
    source, looks = _source(html)
    with warnings.catch_warnings():
        # WeasyPrint leaves its own colour profile's file to be closed by the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        paper: bytes = source.write_pdf(
            **looks, pdf_variant="pdf/a-3a", xmp_metadata=[io.BytesIO(PDF_UA)], finisher=_plain_metadata
        )
        return paper


def _source(html: str) -> tuple[Any, dict[str, Any]]:
    """The document, and the stylesheet and fonts to lay it out with."""
    # here: weasyprint takes a second and 50 MB to load, and most processes never print
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fetcher, fonts = _fetcher(), FontConfiguration()
    sheet = CSS(string=_font_faces(), url_fetcher=fetcher, font_config=fonts)
    source = HTML(string=html, url_fetcher=fetcher, base_url="about:blank")
    return source, {"stylesheets": [sheet], "font_config": fonts}


def _plain_metadata(document: Any, pdf: Any) -> None:
    """Both standards in one file: metadata uncompressed (PDF/A), in one RDF block, which is all that readers read."""
    for thing in pdf.objects:
        if getattr(thing, "extra", {}).get("Type") == "/Metadata":
            thing.compress = False
            data = b"".join(part if isinstance(part, bytes) else part.data for part in thing.stream)
            end = data.index(b"</rdf:RDF>")
            thing.stream = [data[:end] + data[data.index(b"<rdf:Description", end) :]]


@cache
def _fonts() -> dict[str, Path]:
    """Our four faces by name, where this machine keeps them; none where it does not (then the system chooses)."""
    folder = next((folder for folder in FONT_FOLDERS if all((folder / name).is_file() for name in FACES)), None)
    return {name: folder / name for name in FACES} if folder else {}


def _font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{FONT}"; src: url("{FONT_SCHEME}{name}"); {FACES[name]} }}\n' for name in _fonts()
    )


@cache
def _fetcher() -> Any:
    """The one thing that may bring WeasyPrint something: what stands in the document itself, and our fonts by name."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  here: see _paper

    class OnlyOurs(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix(FONT_SCHEME)
            if name != url and name in _fonts():
                return URLFetcherResponse(url, _fonts()[name].read_bytes(), {"Content-Type": "font/ttf"})
            raise ValueError("A paper brings everything with it: nothing is fetched.")

    return OnlyOurs(allowed_protocols=["data"], allow_redirects=False)
