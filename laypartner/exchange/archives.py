"""Zips from strangers. Everything is judged from the directory before a byte is unpacked; nothing is written to disk."""

import io
import stat
import zipfile
import zlib

from laypartner.exchange.limits import MOST_BYTES, MOST_ENTRIES, MOST_TIMES_SMALLER

SMALL_ENOUGH = 1_000_000  # below this, tightly packed entries are harmless: an empty sheet shrinks a lot
MACOS = "__MACOSX/"


class BadArchive(Exception):
    """A zip that is not opened, and why."""


def check_directory(data: bytes) -> list[zipfile.ZipInfo]:
    """The entries of a zip whose sizes are harmless. Raises BadArchive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadArchive("The zip is damaged. Make it again.") from None
    if len(entries) > MOST_ENTRIES:
        raise BadArchive(f"The zip holds {len(entries):,} files. The limit is {MOST_ENTRIES}.")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise BadArchive(f"The zip unpacks to {total // 1_000_000:,} MB. The limit is {MOST_BYTES // 1_000_000} MB.")
    if total > SMALL_ENOUGH and total > MOST_TIMES_SMALLER * len(data):
        raise BadArchive(f"The zip unpacks to more than {MOST_TIMES_SMALLER} times its size, so it was not opened.")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise BadArchive("The zip has a password. Make it again without one.")
    return entries


def files_of(data: bytes) -> dict[str, bytes]:
    """{name: content} of a zipped cohort folder; one folder around everything is taken off. Raises BadArchive."""
    entries = [entry for entry in check_directory(data) if not entry.is_dir()]
    names = [_safe_name(entry) for entry in entries]
    if len(set(names)) < len(names):
        raise BadArchive("The zip holds two files of one name. Keep one of them.")
    around = _folder_around(names)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name.removeprefix(around): _content(archive, entry) for name, entry in zip(names, entries, strict=True)}


def _safe_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if "\\" in name or name.startswith("/") or ".." in name.split("/") or ":" in name or not name.isprintable():
        raise BadArchive("The zip holds a file whose name points outside its folder, so it was not opened.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadArchive("The zip holds a link to another file. Put the file itself in.")
    if name.lower().endswith(".zip"):
        raise BadArchive("The zip holds another zip. Unpack that one first.")
    return name


def _folder_around(names: list[str]) -> str:
    """ "london-2017/" when everything lies in that one folder (leftovers of macOS aside); else nothing."""
    tops = {name.split("/")[0] for name in names if not name.startswith(MACOS)}
    is_folder = all("/" in name for name in names)
    return f"{tops.pop()}/" if len(tops) == 1 and is_folder else ""


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        content = archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise BadArchive("The zip is damaged. Make it again.") from None
    if content.startswith(b"PK") and not entry.filename.lower().endswith((".xlsx", ".csv")):
        raise BadArchive("The zip holds another zip. Unpack that one first.")
    return content
