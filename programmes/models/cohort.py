from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from people.permissions import Permission
from people.querysets import ScopedQuerySet


class CohortQuerySet(ScopedQuerySet):
    cohort_path = ""
    view_permission = Permission.COHORT_VIEW

    def open_for_applications(self, moment: datetime | None = None) -> "CohortQuerySet":
        """Cohorts whose call is open at `moment` (now), by the same rule as Cohort.applications_end_at."""
        now = moment or timezone.now()
        not_over = Q(applications_close_at=None) | Q(applications_close_at__gte=now.replace(second=0, microsecond=0))
        return self.filter(not_over, applications_open_at__lte=now)


class Cohort(models.Model):
    """One run of a programme: its place, dates, people."""

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="cohorts")
    slug = models.SlugField("short name in addresses", max_length=60, unique=True)
    title = models.CharField(max_length=200)
    region = models.CharField(max_length=100)
    capacity = models.PositiveSmallIntegerField("places", validators=[MinValueValidator(1), MaxValueValidator(400)])
    time_zone = models.CharField(max_length=50, default="Europe/London")
    place = models.CharField("where it takes place", max_length=200, blank=True)
    summary = models.TextField("what applicants read first", max_length=2000, blank=True)
    expenses = models.CharField("what is paid to participants", max_length=300, blank=True)
    help_phone = models.CharField("telephone for help", max_length=40, blank=True)
    help_email = models.EmailField("email address for help", blank=True)
    applications_open_at = models.DateTimeField(null=True, blank=True)
    applications_close_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="programmes_cohort_has_places", condition=Q(capacity__gte=1)),
            models.CheckConstraint(
                name="programmes_cohort_call_opens_before_it_closes",
                condition=Q(applications_open_at=None)
                | Q(applications_close_at=None)
                | Q(applications_close_at__gt=F("applications_open_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohort", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def applications_end_at(self) -> datetime | None:
        """The first moment that is too late; None for a call that stays open.

        The whole closing minute counts: a call that closes at 11:59pm takes forms until midnight.
        """
        closes = self.applications_close_at
        return closes.replace(second=0, microsecond=0) + timedelta(minutes=1) if closes else None
