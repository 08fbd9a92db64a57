"""What was done lately by one button, for the list from which it can be undone."""

from collections.abc import Sequence

from programmes.models import Cohort
from recruitment.models import BulkAction

LATEST = 5


def latest_bulk_actions(cohort: Cohort, most: int = LATEST, kinds: Sequence[str] = ()) -> list[BulkAction]:
    """The newest actions, undone ones too; those of `kinds` where some are given. One query."""
    actions = BulkAction.objects.filter(cohort=cohort).select_related("by", "undone_by")
    actions = actions.filter(kind__in=kinds) if kinds else actions
    return list(actions.order_by("-at", "-pk")[:most])
