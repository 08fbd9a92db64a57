"""The cast that every test knows, and the walls around the tests: no network, an empty cache."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from people.models import User
from people.roles import Role
from programmes.models import Cohort
from tests import make

# The same examples on every machine and every run, and no stop-watch: this suite shares its cores.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("house")

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """A database for each test process: named on PostgreSQL; on SQLite each process has its own memory anyway.

    (pytest-django knows SQLite by Django's engine name only, and would make files of our memory.)
    """
    if connection.vendor != "sqlite" and (worker := request.getfixturevalue("worker_id")) != "master":
        connection.settings_dict["TEST"]["NAME"] = f"test_laypartner_{worker}"


@pytest.fixture(autouse=True)
def _no_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that tries to leave this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def london(db: None) -> Cohort:
    """The cohort that the cast works on: three days, open for applications, nobody in it."""
    return make.cohort("london-2017", title="London 2017", open=True)


@pytest.fixture
def kent(db: None) -> Cohort:
    """Another region's cohort, under another programme. The London cast must see nothing of it."""
    other = make.programme("Lay Partners in Kent", commissioner=make.organisation("Kent Health Alliance"))
    return make.cohort("kent", programme=other, title="Kent", region="Kent, Surrey and Sussex", open=True)


@pytest.fixture
def amina(london: Cohort) -> User:
    """Administrator of the London programme."""
    return make.user("amina@example.org", (Role.ADMINISTRATOR, london.programme), name="Amina")


@pytest.fixture
def olive(london: Cohort) -> User:
    """Organiser of London."""
    return make.user("olive@example.org", (Role.ORGANISER, london), name="Olive")


@pytest.fixture
def alan(london: Cohort) -> User:
    """Access lead of London."""
    return make.user("alan@example.org", (Role.ACCESS_LEAD, london), name="Alan")


@pytest.fixture
def ruth(london: Cohort) -> User:
    """Reviewer of London."""
    return make.user("ruth@example.org", (Role.REVIEWER, london), name="Ruth")


@pytest.fixture
def moses(london: Cohort) -> User:
    """Moderator of London."""
    return make.user("moses@example.org", (Role.MODERATOR, london), name="Moses")


@pytest.fixture
def carol(london: Cohort) -> User:
    """Table coach in London, with a Coach record behind her account."""
    coach = make.coach(london, "C1", person=make.person("Carol Coachman"))
    account = make.user("carol@example.org", (Role.COACH, london), name="Carol")
    account.person = coach.person
    account.save()
    return account


@pytest.fixture
def eve(london: Cohort) -> User:
    """Evaluator of London."""
    return make.user("eve@example.org", (Role.EVALUATOR, london), name="Eve")


@pytest.fixture
def connie(london: Cohort) -> User:
    """Commissioner of the London programme."""
    return make.user("connie@example.org", (Role.COMMISSIONER, london.programme), name="Connie")


@pytest.fixture
def stranger(kent: Cohort) -> User:
    """Organiser of the other region: signed in, and a stranger to everything in London."""
    return make.user("sam@example.org", (Role.ORGANISER, kent), name="Sam Stranger")


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """signed_in(olive) is a browser in which Olive has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
