"""Refuses to start on a database set up so that it could lose or lock what people send (trust.md 3.3)."""

import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"}
WANTED = {"journal_mode": "delete", "synchronous": 3}


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix for the WAL-reset bug (3.51.3, and 3.50.7 and 3.44.6 as backports)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


@register(Tags.compatibility)
def settings_check(**kwargs: object) -> list[CheckMessage]:
    """What can be seen without opening the database."""
    database = settings.DATABASES["default"]
    errors: list[CheckMessage] = []
    if database.get("ATOMIC_REQUESTS"):
        errors.append(Error("ATOMIC_REQUESTS is on: every page view would take the write lock.", id="laypartner.E001"))
    if "sqlite3" not in database["ENGINE"]:
        return errors
    options = database.get("OPTIONS", {})
    if options.get("transaction_mode") != "IMMEDIATE":
        errors.append(
            Error("transaction_mode is not IMMEDIATE: writers would answer 'database is locked'.", id="laypartner.E002")
        )
    if "journal_mode=WAL" in options.get("init_command", "") and not wal_is_safe(sqlite3.sqlite_version_info):
        errors.append(
            Error(
                f"WAL is set, but SQLite {sqlite3.sqlite_version} has the WAL-reset bug.",
                hint="Use journal_mode=DELETE with synchronous=EXTRA, or SQLite 3.51.3 or later.",
                id="laypartner.E003",
            )
        )
    file_system = file_system_of(Path(database["NAME"]))
    if file_system in NETWORK_FILE_SYSTEMS:
        errors.append(
            Error(
                f"The database lies on a network file system ({file_system}), where locks do not hold.",
                hint="Set DATA_DIR to a local disk, or use PostgreSQL by DATABASE_URL.",
                id="laypartner.E004",
            )
        )
    return errors


@register(Tags.database)
def connection_check(databases: list[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """What SQLite says of itself once it is open. Runs with `manage.py check --database default` and migrate."""
    if not databases or connection.vendor != "sqlite" or connection.is_in_memory_db():
        return []
    if "journal_mode=WAL" in settings.DATABASES["default"]["OPTIONS"]["init_command"]:
        return []
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED}
    return [
        Error(f"SQLite's {name} is {found[name]!r} and should be {wanted!r}.", id="laypartner.E005")
        for name, wanted in WANTED.items()
        if found[name] != wanted
    ]


def file_system_of(path: Path, mounts: str = "/proc/mounts") -> str:
    """The kind of file system that holds `path`; empty where the machine does not tell."""
    try:
        rows = [line.split()[1:3] for line in Path(mounts).read_text().splitlines()]
    except OSError:
        return ""
    holding = [(point, kind) for point, kind in rows if path.is_relative_to(point)]
    return max(holding, key=lambda row: len(row[0]))[1] if holding else ""
