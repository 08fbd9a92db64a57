"""Undo: what one button did to several applications can be taken back by another, hours later and by somebody else.

Each service that does such a thing calls `remember` in its own transaction and says with `undoes` how it is taken back:

    @undoing.undoes(BulkAction.Kind.ASSIGN, Permission.RECRUITMENT_MANAGE)
    def take_back(action: BulkAction, *, by: Any) -> str:
        ...
        return "12 reviews are taken back."
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from people.permissions import Permission
from programmes.models import Cohort
from recruitment.models import BulkAction

Undo = Callable[..., str]


class CannotUndo(DomainError):
    """Something has moved on meanwhile, or somebody else was quicker."""


@dataclass(frozen=True)
class Way:
    """How one kind of action is taken back, and what one must be allowed to do for it."""

    undo: Undo
    permission: Permission


WAYS: dict[str, Way] = {}


def undoes(kind: str, permission: Permission) -> Callable[[Undo], Undo]:
    """Registers the function that takes back actions of `kind`: (action, *, by) → a sentence for the person.

    It runs in the transaction of the undo and takes back everything or raises DomainError with a sentence that names
    what has moved on: then nothing changes and the action can still be undone.
    """

    def register(undo: Undo) -> Undo:
        assert kind not in WAYS, f"two ways to undo {kind}"
        WAYS[kind] = Way(undo, permission)
        return undo

    return register


def remember(*, kind: str, cohort: Cohort, summary: str, items: Sequence[Any], by: Any) -> BulkAction:
    """Write down what one button did, so that it can be undone. `items` take keys and codes, never a person's words."""
    assert transaction.get_connection().in_atomic_block, "an action is remembered in its own transaction"
    return BulkAction.objects.create(kind=kind, cohort=cohort, summary=summary[:200], items=list(items), by=by)


@transaction.atomic
def undo(*, action: BulkAction, by: Any) -> str:
    """Take the whole action back, once. Returns what to tell the person. Raises DomainError; then nothing has changed.

    The conditional UPDATE lets one of two people who press at once go on.
    """
    standing = BulkAction.objects.filter(pk=action.pk, undone_at=None)
    if action.kind not in WAYS or not standing.update(undone_at=timezone.now(), undone_by=by):
        raise CannotUndo("This is undone already.")
    said = WAYS[action.kind].undo(action, by=by)
    audit.record("undone", action, by=by, cohort=action.cohort, kind=action.kind)
    return said
