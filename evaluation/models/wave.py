from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from people.permissions import Permission
from people.querysets import scoped


class Wave(models.Model):
    """A point of data collection of one cohort, with the version of the questionnaire that it asks."""

    class Kind(models.TextChoices):
        BEFORE = "BEFORE", "Before the programme"
        DAY_1 = "DAY_1", "End of day 1"
        DAY_2 = "DAY_2", "End of day 2"
        IMMEDIATE = "IMMEDIATE", "End of day 3"
        ONE_MONTH = "ONE_MONTH", "After 1 month"
        THREE_MONTHS = "THREE_MONTHS", "After 3 months"

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="waves")
    kind = models.CharField(max_length=15, choices=Kind)
    version = models.ForeignKey("evaluation.QuestionnaireVersion", models.PROTECT, related_name="waves")
    is_anonymous = models.BooleanField(default=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("cohort", Permission.RESULTS_VIEW).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evaluation_wave_once_per_cohort", fields=["cohort", "kind"]),
            models.CheckConstraint(
                name="evaluation_wave_opens_before_it_closes",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("evaluation:wave", args=[self.cohort.slug, self.slug])

    @property
    def slug(self) -> str:
        """The wave's name in addresses and files: "immediate", "1-month"."""
        return WAVE_SLUGS[Wave.Kind(self.kind)]

    def is_open(self, moment: datetime | None = None) -> bool:
        now = moment or timezone.now()
        return self.has_opened(now) and not self.is_closed(now)

    def has_opened(self, moment: datetime | None = None) -> bool:
        return self.opens_at is None or self.opens_at <= (moment or timezone.now())

    def is_closed(self, moment: datetime | None = None) -> bool:
        return self.closes_at is not None and self.closes_at <= (moment or timezone.now())


WAVE_SLUGS: dict[Wave.Kind, str] = {
    Wave.Kind.BEFORE: "before",
    Wave.Kind.DAY_1: "day-1",
    Wave.Kind.DAY_2: "day-2",
    Wave.Kind.IMMEDIATE: "immediate",
    Wave.Kind.ONE_MONTH: "1-month",
    Wave.Kind.THREE_MONTHS: "3-months",
}
WAVE_KINDS: dict[str, Wave.Kind] = {slug: kind for kind, slug in WAVE_SLUGS.items()}


class Invitation(models.Model):
    """One participant's link to one wave's form. Only the hash of the token is kept.

    For an anonymous wave it knows *that* an answer came, not which one and not when.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    participant = models.ForeignKey("programmes.Participant", models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    has_answered = models.BooleanField(default=False)

    objects = scoped("wave__cohort", Permission.WAVE_MANAGE).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="evaluation_invitation_once", fields=["wave", "participant"])]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"
