"""Uploads wait in the database until their owner has seen what they would do: for a day, and for nobody else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.exceptions import DomainError
from laypartner.exchange import checking, importing, stored
from laypartner.exchange.archives import BadArchive, files_of
from laypartner.exchange.columns import FILES
from laypartner.exchange.comparing import Plan
from laypartner.exchange.content import CohortFolder
from laypartner.exchange.dialects import Dialect, UnknownEncoding, dialect_of
from laypartner.exchange.exporting import zipped
from laypartner.exchange.kinds import TEXT, kind_of
from laypartner.exchange.naming import known_files
from laypartner.exchange.problems import ImportErrors, Problem, Problems
from laypartner.exchange.reading import read_table
from laypartner.models import StagedApplications, StagedImport
from programmes.models import Cohort

KEPT_FOR = timedelta(hours=24)
SHOWN_ROWS = 5


class NotWhatWasShown(DomainError):
    """Something changed between looking and agreeing."""


@dataclass(frozen=True)
class Preview:
    """What the owner sees before agreeing: either problems, or a plan. `digest` stands for exactly this."""

    problems: list[Problem]
    plan: Plan | None
    odd: dict[str, Dialect]
    samples: dict[str, list[list[str]]]
    digest: str


@transaction.atomic
def stage(*, files: Mapping[str, bytes], owner: Any) -> StagedImport:
    """Keep an upload for its owner. Uploads that expired are deleted on this occasion."""
    discard_expired()
    content = zipped(dict(files), "folder")
    return StagedImport.objects.create(
        owner=owner,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        expires_at=timezone.now() + KEPT_FOR,
    )


def discard_expired() -> int:
    """Delete uploads that nobody agreed to within a day. Returns how many."""
    over = {"expires_at__lte": timezone.now()}
    return sum(model.objects.filter(**over).delete()[0] for model in (StagedImport, StagedApplications))


def unpacked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an upload: several files as they are, or what is in one zip. Raises ImportErrors."""
    zips = [name for name in files if name.lower().endswith(".zip")]
    if not zips:
        return dict(files)
    name = zips[0]
    if len(files) > 1:
        raise ImportErrors([Problem(name, 0, "", "Send either one zip, or the files themselves.")])
    try:
        return files_of(files[name])
    except BadArchive as refusal:
        raise ImportErrors([Problem(name, 0, "", str(refusal))]) from None


def preview(staged: StagedImport, *, by: Any) -> Preview:
    """What an import would do, with files in other encodings read as they look. Writes nothing."""
    files = files_of(bytes(staged.content))
    odd = odd_dialects(files)
    problems: list[Problem] = []
    plan = None
    try:
        folder = _read(files, odd)
        plan = importing.plan_of(folder, by=by)
    except ImportErrors as errors:
        problems = errors.problems
    return Preview(problems, plan, odd, _samples(files, odd), _digest(staged, plan, odd))


@transaction.atomic
def confirm(staged: StagedImport, *, digest: str, by: Any) -> tuple[Cohort, Plan]:
    """Import what was shown, and forget the upload. Raises NotWhatWasShown and ImportErrors; then nothing was stored."""
    seen = preview(staged, by=by)
    if seen.digest != digest:
        raise NotWhatWasShown("Something has changed since you looked. Here is what would happen now.")
    result = importing.apply(_read(files_of(bytes(staged.content)), seen.odd), by=by)
    staged.delete()
    return result


def odd_dialects(files: Mapping[str, bytes]) -> dict[str, Dialect]:
    """The text files that are not UTF-8 with commas, and what they look like."""
    found = {}
    for stem, name in known_files(files, Problems()).items():
        if name.endswith(".csv") and kind_of(files[name]) is TEXT:
            try:
                dialect = dialect_of(files[name], FILES[stem].names)
            except UnknownEncoding:
                continue
            if not dialect.is_standard:
                found[name] = dialect
    return found


def _read(files: Mapping[str, bytes], dialects: Mapping[str, Dialect]) -> CohortFolder:
    return checking.read_files(files, dialects=dialects, items_of=stored.items_of)


def _samples(files: Mapping[str, bytes], dialects: Mapping[str, Dialect]) -> dict[str, list[list[str]]]:
    """The first rows of each file as they would be stored, the header first."""
    samples = {}
    names = known_files(files, Problems())
    for stem, name in ((stem, names[stem]) for stem in FILES if stem in names):
        table = read_table(name, files[name], FILES[stem].names, Problems(), dialects.get(name))
        if table is not None:
            samples[name] = [table.header, *(cells for _, cells in table.rows[:SHOWN_ROWS])]
    return samples


def _digest(staged: StagedImport, plan: Plan | None, odd: Mapping[str, Dialect]) -> str:
    """Changes when the file, its reading, or what it would do changes."""
    does = [(change.stem, change.key, change.state.value, change.columns) for change in plan.changes] if plan else None
    return hashlib.sha256(repr((staged.sha256, sorted(odd.items(), key=str), does)).encode()).hexdigest()
