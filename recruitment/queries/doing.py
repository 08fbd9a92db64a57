"""What was done lately by one button, for the list from which it can be undone."""

from programmes.models import Cohort
from recruitment.models import BulkAction

LATEST = 5


def latest_bulk_actions(cohort: Cohort, most: int = LATEST) -> list[BulkAction]:
    """The newest actions, undone ones too. One query."""
    actions = BulkAction.objects.filter(cohort=cohort).select_related("by", "undone_by")
    return list(actions.order_by("-at", "-pk")[:most])
