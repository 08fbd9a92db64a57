"""Whether an application may be considered: checked by a person, with a reason, and changed by checking again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import audit
from core.exceptions import DomainError
from people.permissions import Permission
from programmes.models import Cohort
from recruitment.models import Application, BulkAction, EligibilityCheck
from recruitment.services import undoing
from recruitment.states import STANDS

State, Eligibility = Application.State, Application.Eligibility
# Later on a place hangs on it, or the question is settled: then the decision is taken back first.
CHECKABLE = (State.AWAITING, State.SUBMITTED, State.RESERVE)


class EligibilityReasonMissing(DomainError):
    """Eligibility was set without saying why."""


class CannotCheck(DomainError):
    """The application stands where its eligibility is no longer a question."""


@transaction.atomic
def check(*, application: Application, is_eligible: bool, reason: str, by: Any) -> EligibilityCheck:
    """Say that an application may be considered, or not, and why. Checking again is how it is taken back.

    One that is not eligible is not shown to reviewers and cannot be offered a place; nobody is told by this alone.
    Raises EligibilityReasonMissing, CannotCheck.
    """
    reason = reason.strip()[:500]
    if not reason:
        raise EligibilityReasonMissing("Write why, in a sentence. The reason stays with the application.")
    eligibility = Eligibility.ELIGIBLE if is_eligible else Eligibility.NOT_ELIGIBLE
    if not Application.objects.filter(pk=application.pk, state__in=CHECKABLE).update(eligibility=eligibility):
        application.refresh_from_db(fields=["state"])
        stands = STANDS[State(application.state)]
        raise CannotCheck(
            f"The application of {application.person.name} {stands}, so its eligibility no longer changes."
        )
    application.eligibility = eligibility
    made = EligibilityCheck.objects.create(application=application, is_eligible=is_eligible, reason=reason, by=by)
    audit.record("checked_eligibility", application, by=by, cohort=application.cohort, is_eligible=is_eligible)
    return made


@transaction.atomic
def check_many(
    *, cohort: Cohort, applications: Iterable[Application], is_eligible: bool, reason: str, by: Any
) -> BulkAction:
    """The same for several of one cohort, all or none. Can be undone. Raises EligibilityReasonMissing, CannotCheck."""
    items = []
    for application in applications:
        before = application.eligibility
        made = check(application=application, is_eligible=is_eligible, reason=reason, by=by)
        items.append({"application": application.pk, "check": made.pk, "before": before})
    many = "1 application is" if len(items) == 1 else f"{len(items)} applications are"
    summary = f"{many} {'eligible' if is_eligible else 'not eligible'}"
    return undoing.remember(kind=BulkAction.Kind.ELIGIBILITY, cohort=cohort, summary=summary, items=items, by=by)


@undoing.undoes(BulkAction.Kind.ELIGIBILITY, Permission.APPLICATION_DECIDE)
def take_back(action: BulkAction, *, by: Any) -> str:
    """Each application is as it was before. Raises CannotUndo when one was checked again or decided since."""
    newest = _newest_checks([item["application"] for item in action.items])
    for item in action.items:
        here = Application.objects.filter(pk=item["application"], state__in=CHECKABLE)
        if newest.get(item["application"]) != item["check"] or not here.update(eligibility=item["before"]):
            raise undoing.CannotUndo(_moved_on(item["application"]))
        audit.record("unchecked_eligibility", here.get(), by=by, cohort=action.cohort)
    EligibilityCheck.objects.filter(pk__in=[item["check"] for item in action.items]).delete()
    count = len(action.items)
    return "1 application is as it was before." if count == 1 else f"{count} applications are as they were before."


def _newest_checks(applications: list[int]) -> dict[int, int]:
    checks = EligibilityCheck.objects.filter(application__in=applications).order_by("pk")
    return dict(checks.values_list("application", "pk"))


def _moved_on(key: int) -> str:
    application = Application.objects.select_related("person").filter(pk=key).first()
    name = application.person.name if application else "somebody"
    return f"The application of {name} was checked again or decided on since. Change it on its own page."
