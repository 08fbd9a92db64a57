"""In which encoding and with which separator a text file was written. Recognised by our own rules: csv.Sniffer guesses."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from laypartner.exchange.guarding import unguard

ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252 (cp1252)", "utf-16": "UTF-16 (“Unicode text”)"}
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
HOW_TO_SAVE = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."


class UnknownEncoding(Exception):
    """Bytes that are text in none of the encodings we know."""


@dataclass(frozen=True)
class Dialect:
    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def is_standard(self) -> bool:
        return self == Dialect()

    @property
    def words(self) -> str:
        """ "Windows-1252 (cp1252) with semicolons"."""
        return f"{ENCODINGS[self.encoding]} with {DELIMITERS[self.delimiter]}"

    @property
    def refusal(self) -> str:
        if self.encoding == "utf-8":
            return f"The cells are separated by {DELIMITERS[self.delimiter]}. Use commas. {HOW_TO_SAVE}"
        extra = "" if self.delimiter == "," else f", and its cells are separated by {DELIMITERS[self.delimiter]}"
        return f"The file is written in {ENCODINGS[self.encoding]}, not in UTF-8{extra}. {HOW_TO_SAVE}"

    def decode(self, data: bytes) -> str:
        return data.decode("utf-8-sig" if self.encoding == "utf-8" else self.encoding)


def dialect_of(data: bytes, columns: Collection[str]) -> Dialect:
    """How `data` was written; `columns` are the headings we hope to see. Raises UnknownEncoding."""
    encoding = _encoding_of(data)
    first_line = Dialect(encoding).decode(data).lstrip("\r\n").splitlines()[:1]
    return Dialect(encoding, _delimiter_of(first_line[0] if first_line else "", columns))


def _encoding_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _if_it_decodes(data, "utf-16")
    try:
        data.decode()
    except UnicodeDecodeError:
        return _if_it_decodes(data, "cp1252")
    return "utf-8"


def _if_it_decodes(data: bytes, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        raise UnknownEncoding from None
    return encoding


def _delimiter_of(line: str, columns: Collection[str]) -> str:
    """The separator that gives most of the headings we know; a comma when none is better."""

    def recognised(delimiter: str) -> int:
        try:
            cells = next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
        except csv.Error:
            return 0
        return len({unguard(cell).strip().lower() for cell in cells} & set(columns))

    return max(DELIMITERS, key=recognised)
