"""What recruitment does by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from core.models import ShortCode
from people.models import Person
from recruitment import daily
from recruitment.models import Application, Draft
from recruitment.services import offering
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_run_does_every_chore_and_says_how_many(london, olive):
    london.applications_close_at = NOW - timedelta(days=100)
    london.applications_open_at = NOW - timedelta(days=130)
    london.save()
    old = make.application(london, agreed_at=None)
    Application.objects.filter(pk=old.pk).update(state="AWAITING")
    Person.objects.filter(pk=old.person_id).update(created_at=NOW - timedelta(days=31))
    Draft.objects.create(cohort=london, values={"name": "Ana"})
    ShortCode.objects.create(key="a", code_hash="h", expires_at=NOW - timedelta(days=400), tries_left=3)

    done = daily.run(NOW)

    assert done == {"applications without agreement deleted": 1, "forms that were never sent deleted": 1}
    assert (Application.objects.count(), Draft.objects.count(), ShortCode.objects.count()) == (0, 0, 0)


def test_run_twice_does_nothing_more(london, olive):
    application = make.application(london)
    offer = offering.offer(application=application, reason="Strong.", by=olive)
    moment = offer.made_at + (offer.reply_by - offer.made_at) * 0.6

    first, again = daily.run(moment.replace(hour=12)), daily.run(moment.replace(hour=12))

    assert (first, again) == ({"reminders written": 1}, {})


def test_run_goes_on_when_one_chore_fails(monkeypatch, caplog):
    def fails(now):
        raise RuntimeError("broken")

    monkeypatch.setitem(daily.CHORES, "reminders written", fails)
    monkeypatch.setitem(daily.CHORES, "nominated people forgotten", lambda now: 2)

    assert daily.run(NOW) == {"nominated people forgotten": 2}
    assert [record.message for record in caplog.records] == [
        "A chore failed and will be tried again within the hour: reminders written"
    ]


def test_run_tells_the_worker_that_the_database_is_away(monkeypatch):
    def is_away(now):
        raise OperationalError

    monkeypatch.setitem(daily.CHORES, "reminders written", is_away)

    with pytest.raises(OperationalError):
        daily.run(NOW)
