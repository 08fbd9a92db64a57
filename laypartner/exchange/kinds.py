"""What a file really is, by what stands in it and not by its name."""

import io
import zipfile
from dataclasses import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"{\\rtf", "a text document (RTF)"),
)
SAVE_AS = "Save it as CSV UTF-8 or as .xlsx with one sheet."


@dataclass(frozen=True)
class FileKind:
    """What a file is, in words. `ending` is the one it may have here; none means that we cannot read it."""

    words: str
    ending: str = ""

    def refusal_as(self, name: str) -> str:
        """Why a file called `name` cannot be read; empty when it can."""
        if not self.ending:
            return f"This is {self.words}. {SAVE_AS}"
        if not name.lower().endswith(self.ending):
            return f"This is {self.words}, whatever its name says. Give it the ending {self.ending}, or save it again."
        return ""


TEXT = FileKind("a text file", ".csv")
WORKBOOK = FileKind("an Excel workbook", ".xlsx")


def kind_of(data: bytes) -> FileKind:
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(OLE):
        protected = ENCRYPTED in data
        return FileKind("an Excel workbook with a password" if protected else "an old Excel workbook (.xls)")
    for signature, words in SIGNATURES:
        if data.startswith(signature):
            return FileKind(words)
    return TEXT


def _kind_of_zip(data: bytes) -> FileKind:
    """Reads the zip's directory and no entry."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return FileKind("a zip or an Excel workbook that is damaged")
    if "xl/vbaProject.bin" in names:
        return FileKind("an Excel workbook with macros (.xlsm)")
    if "xl/workbook.xml" in names:
        return WORKBOOK
    if "xl/workbook.bin" in names:
        return FileKind("a binary Excel workbook (.xlsb)")
    if "word/document.xml" in names:
        return FileKind("a Word document")
    if "mimetype" in names and "content.xml" in names:
        return FileKind("an OpenDocument spreadsheet (.ods)")
    return FileKind("a zip")
