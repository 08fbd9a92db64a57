"""What anybody may ask."""

from django.db.models import QuerySet

from programmes.models import Cohort


def announced() -> QuerySet[Cohort]:
    """Cohorts whose call the public may read about: open, past or announced. One that never opened is not here."""
    return (
        Cohort.objects.filter(applications_open_at__isnull=False).select_related("programme").prefetch_related("days")
    )
