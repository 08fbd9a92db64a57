"""What anybody may ask."""

from django.db.models import QuerySet

from programmes.models import Cohort
from recruitment.models import Channel, RecruitmentSettings


def announced() -> QuerySet[Cohort]:
    """Cohorts whose call the public may read about: open, past or announced. One that never opened is not here."""
    return (
        Cohort.objects.filter(applications_open_at__isnull=False).select_related("programme").prefetch_related("days")
    )


def rules_of(cohort: Cohort) -> RecruitmentSettings:
    """What the cohort asks of people. One query."""
    return RecruitmentSettings.objects.of(cohort)


def known_source(cohort: Cohort, code: str) -> str:
    """The code of the channel that a tracked link names; "" for whatever else somebody typed there. One query at most."""
    return code if code and Channel.objects.by_code(cohort, code[:40]).exists() else ""
