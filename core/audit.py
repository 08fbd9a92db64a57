"""Says who changed what. Call it inside the transaction that makes the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction

from core.models import AuditEvent

_waiting: ContextVar[list[AuditEvent] | None] = ContextVar("audit_lines_waiting", default=None)


def scope_of(cohort: models.Model) -> str:
    """The name under which a cohort's audit lines and letters are filed: "cohort:12"."""
    return f"cohort:{cohort.pk}"


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Any = None,
    cohort: models.Model | None = None,
    reason: str = "",
    **detail: int | str | bool | None,
) -> AuditEvent:
    """Write one audit line. `by` is None when the system or a person without an account acted.

    `detail` takes codes and numbers only, never a person's own words: audit lines outlive erasure.
    Fails loudly outside a transaction, because a line without its change would be a lie.
    """
    assert transaction.get_connection().in_atomic_block, "audit.record must run inside the change's transaction"
    line = AuditEvent(
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        by=by if getattr(by, "is_authenticated", False) else None,
        scope=scope_of(cohort) if cohort is not None else "",
        reason=reason,
        detail=detail,
    )
    waiting = _waiting.get()
    if waiting is None:
        line.save()
    else:
        waiting.append(line)
    return line


@contextmanager
def together() -> Iterator[None]:
    """Lines recorded in here are written at the end of it, by one statement. Inside the transaction of the change."""
    token = _waiting.set([])
    try:
        yield
        AuditEvent.objects.bulk_create(_waiting.get())
    finally:
        _waiting.reset(token)
