"""The checks that refuse a database which could lose or lock what people send."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as real
from django.db import connection

from core.checks import connection_check, file_system_of, settings_check, wal_is_safe

SAFE_OPTIONS = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=DELETE"}


@pytest.fixture
def found(monkeypatch):
    """found(OPTIONS=…) gives the ids of what the check says about such a database."""

    def check(**changes: object) -> list[str]:
        base = {"ENGINE": "core.backends.sqlite3", "NAME": "/tmp/x.sqlite3", "OPTIONS": SAFE_OPTIONS}
        monkeypatch.setattr("core.checks.settings", SimpleNamespace(DATABASES={"default": base | changes}))
        return [error.id for error in settings_check()]

    return check


def test_our_own_settings_are_safe():
    assert settings_check() == []


def test_atomic_requests_are_refused(found):
    assert found(ATOMIC_REQUESTS=True) == ["laypartner.E001"]


@pytest.mark.parametrize("mode", [None, "DEFERRED", "EXCLUSIVE"])
def test_any_other_transaction_mode_is_refused(found, mode):
    assert found(OPTIONS=SAFE_OPTIONS | {"transaction_mode": mode}) == ["laypartner.E002"]


def test_wal_is_refused_on_a_sqlite_with_the_bug(found, monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))

    assert found(OPTIONS=SAFE_OPTIONS | {"init_command": "PRAGMA journal_mode=WAL"}) == ["laypartner.E003"]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_is_safe_from_the_fix_on(version, safe):
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p"])
def test_network_file_system_is_refused(found, kind, monkeypatch):
    monkeypatch.setattr("core.checks.file_system_of", lambda path: kind)

    assert found() == ["laypartner.E004"]


def test_postgres_is_not_asked_about_sqlite(found):
    assert found(ENGINE="django.db.backends.postgresql", OPTIONS={}) == []


def test_file_system_of_takes_the_nearest_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw 0 0\nb /srv nfs4 rw 0 0\nc /srv/local ext4 rw 0 0\n")

    assert file_system_of(Path("/srv/data/x"), str(mounts)) == "nfs4"
    assert file_system_of(Path("/srv/local/x"), str(mounts)) == "ext4"
    assert file_system_of(Path("/home"), str(mounts)) == "ext4"
    assert file_system_of(Path("/home"), str(tmp_path / "none")) == ""


@pytest.mark.django_db
def test_open_database_is_as_it_should_be():
    assert connection_check(databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_sqlite_is_opened_with_the_settings_of_the_one_settings_file():
    with connection.cursor() as cursor:
        values = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")}

    assert values == {"synchronous": 3, "secure_delete": 1}
    assert real.DATABASES["default"]["OPTIONS"]["timeout"] == 20
