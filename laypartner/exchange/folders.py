"""Folders on this machine: their files in memory, and files into a folder, all at once."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from core.exceptions import DomainError
from laypartner.exchange.columns import FILES
from laypartner.exchange.limits import MOST_BYTES, MOST_ENTRIES, TOO_BIG
from laypartner.exchange.naming import ENDINGS, NOT_READ
from laypartner.exchange.problems import ImportErrors, Problem, Problems

OURS = {NOT_READ, *(f"{stem}{ending}" for stem in FILES for ending in ENDINGS)}


def load(folder: Path) -> dict[str, bytes]:
    """{name: content} of every file. Raises ImportErrors for what cannot be a cohort folder."""
    problems, files = Problems(), {}
    entries = _entries(folder)
    if len(entries) > MOST_ENTRIES:
        raise ImportErrors([Problem(str(folder), 0, "", f"The folder holds more than {MOST_ENTRIES} files.")])
    for entry in entries:
        if entry.is_dir():
            problems.add(entry.name, "This is a folder. A cohort folder holds files only. Take it out.")
        elif (content := content_of(entry, problems)) is not None:
            files[entry.name] = content
    problems.raise_if_any()
    return files


def _entries(folder: Path) -> list[Path]:
    try:
        if folder.is_dir():
            return sorted(folder.iterdir())
    except OSError as error:
        raise ImportErrors(
            [Problem(str(folder), 0, "", f"The folder cannot be read: {error.strerror}. Check the path.")]
        ) from None
    raise ImportErrors([Problem(str(folder), 0, "", "There is no such folder. Check the path.")])


def content_of(path: Path, problems: Problems) -> bytes | None:
    """What is in a file; None, with a problem added, for one that is too big or cannot be read."""
    try:
        if not path.is_file():
            problems.add(path.name, "There is no such file. Check the path.")
            return None
        if path.stat().st_size > MOST_BYTES:
            problems.add(path.name, TOO_BIG)
            return None
        return path.read_bytes()
    except OSError:
        problems.add(path.name, "The file cannot be read. Check who may open it.")
        return None


def save(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a folder at once: it is whole, or as it was before. Raises DomainError.

    A folder that is there is replaced if it holds nothing but an earlier export.
    """
    folder = folder.absolute()
    try:
        if folder.exists() and (not folder.is_dir() or not {path.name for path in folder.iterdir()} <= OURS):
            raise DomainError(f"{folder} holds other files. Name a new folder, or an empty one.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as work:
            fresh, old = Path(work) / "new", Path(work) / "old"
            fresh.mkdir(mode=0o700)
            for name, content in files.items():
                _write(fresh / name, content)
            if folder.exists():
                folder.rename(old)
            _put_in_place(fresh, folder, old)
    except OSError as error:
        raise DomainError(f"{folder} cannot be written: {error.strerror}. Name another folder.") from None


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(fresh: Path, folder: Path, old: Path) -> None:
    """The last step; if it fails, the earlier folder comes back."""
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            shutil.move(old, folder)
        raise
