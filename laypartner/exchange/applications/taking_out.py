"""Undoing an import: what was made goes away again, as long as nothing else has happened to it."""

from typing import Any

from django.db.models import Q

from core import audit
from core.models import Message
from people.models import Person
from people.permissions import Permission
from recruitment.models import Application, BulkAction
from recruitment.sentences import named
from recruitment.services import undoing

UNTOUCHED = Q(
    state__in=(Application.State.AWAITING, Application.State.SUBMITTED),
    eligibility=Application.Eligibility.UNCHECKED,
    person__version=1,
    reviews=None,
    assignments=None,
    conflicts=None,
    moderations=None,
    decisions=None,
    pending=None,
    eligibility_checks=None,
    merged=None,
)


@undoing.undoes(BulkAction.Kind.IMPORT, Permission.APPLICATION_ENTER)
def take_out(action: BulkAction, *, by: Any) -> str:
    """Delete the applications and people of an import. Raises CannotUndo when something was done with one of them since."""
    keys = [item["application"] for item in action.items]
    here = list(Application.objects.filter(pk__in=keys).select_related("cohort", "person"))
    free = set(Application.objects.filter(UNTOUCHED, pk__in=keys).values_list("pk", flat=True))
    touched = [row.person.name for row in here if row.pk not in free or _was_told(row)]
    if touched:
        raise undoing.CannotUndo(
            f"Something has been done since with the application of {named(touched)}, so nothing was taken out."
        )
    for application in here:
        audit.record("took_out", application, by=by, cohort=application.cohort)
        Message.objects.filter(key=f"acknowledgement:{application.pk}").delete()
    people = [application.person_id for application in here]
    Application.objects.filter(pk__in=keys).delete()
    Person.objects.filter(pk__in=people).delete()
    count = len(here)
    return "1 application is taken out." if count == 1 else f"{count} applications are taken out."


def _was_told(application: Application) -> bool:
    """Whether the acknowledgement has gone, or may have."""
    letters = Message.objects.filter(key=f"acknowledgement:{application.pk}")
    return letters.exclude(state=Message.State.DUE).exists()
