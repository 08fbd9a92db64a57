"""Audit lines: written with their change, and never changed afterwards, by Python or by SQL."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from core import audit
from core.models import AppendOnlyError, AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(london, olive):
    return audit.record("accepted", london, by=olive, cohort=london, reason="Because.", number=3)


def test_record_says_who_did_what_to_which(london, olive, line):
    stored = AuditEvent.objects.get(pk=line.pk)

    assert (stored.verb, stored.subject_kind, stored.subject_id) == ("accepted", "programmes.cohort", str(london.pk))
    assert (stored.by, stored.scope, stored.reason, stored.detail) == (
        olive,
        f"cohort:{london.pk}",
        "Because.",
        {"number": 3},
    )


@pytest.mark.parametrize("by", [None, AnonymousUser()])
def test_record_without_an_account_names_nobody(london, by):
    assert audit.record("accepted", london, by=by).by is None


def test_record_goes_with_its_change(london):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("accepted", london)
        raise RuntimeError

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_fails_loudly(london):
    with pytest.raises(AssertionError, match="must run inside the change's transaction"):
        audit.record("accepted", london)


def test_save_refuses_to_change_a_line(line):
    line.reason = "Another"

    with pytest.raises(AppendOnlyError):
        line.save()


def test_delete_refuses(line):
    with pytest.raises(AppendOnlyError):
        line.delete()


@pytest.mark.parametrize("change", [lambda lines: lines.update(reason="x"), lambda lines: lines.delete()])
def test_queryset_refuses_to_change_lines(line, change):
    with pytest.raises(AppendOnlyError):
        change(AuditEvent.objects.all())


def test_database_refuses_to_change_a_line(line):
    with pytest.raises(DatabaseError, match="audit lines are never changed"), transaction.atomic():
        connection.cursor().execute("UPDATE core_auditevent SET reason = 'x' WHERE id = %s", [line.pk])

    assert AuditEvent.objects.get(pk=line.pk).reason == "Because."
