"""How a cohort recruits: its rules as figures, and the ways by which people hear of it."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import ScopedQuerySet
from recruitment.scoring import CUT, TOP_TOTAL, WIDE_GAP, WIDE_TOTAL_GAP


class SettingsQuerySet(ScopedQuerySet):
    cohort_path = "cohort"
    view_permission = Permission.APPLICATION_VIEW

    def of(self, cohort: Any) -> "RecruitmentSettings":
        """The cohort's settings, or the usual ones where nobody has set any. One query."""
        return self.filter(cohort=cohort).first() or RecruitmentSettings(cohort=cohort)


class RecruitmentSettings(models.Model):
    """The rules of one cohort's recruitment. What is not set is as usual; the dates of the call are the cohort's own."""

    cohort = models.OneToOneField(
        "programmes.Cohort", models.CASCADE, primary_key=True, related_name="recruitment_settings"
    )
    grace_minutes = models.PositiveSmallIntegerField(default=15, validators=[MaxValueValidator(24 * 60)])
    reviews_per_application = models.PositiveSmallIntegerField(
        default=2, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    wide_gap = models.PositiveSmallIntegerField(
        "difference on one characteristic that a moderator looks at", default=WIDE_GAP
    )
    wide_total_gap = models.PositiveSmallIntegerField(
        "difference of totals that a moderator looks at", default=WIDE_TOTAL_GAP
    )
    cut = models.PositiveSmallIntegerField(
        "total from which somebody can have a place", default=CUT, validators=[MaxValueValidator(TOP_TOTAL)]
    )
    reply_days = models.PositiveSmallIntegerField(
        "days to reply to an offer", default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    hours_asked = models.PositiveSmallIntegerField(
        "hours a month that the role asks for", default=8, validators=[MaxValueValidator(300)]
    )
    time_asked = models.CharField("what time we ask, in words", max_length=300, blank=True)
    needs_experience = models.BooleanField("only people who hold or held a lay role", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = SettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "recruitment settings"
        constraints = [
            models.CheckConstraint(
                name="recruitment_settings_reviews_from_1", condition=Q(reviews_per_application__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"Recruitment of {self.cohort_id}"


class ChannelQuerySet(ScopedQuerySet):
    cohort_path = "cohort"
    view_permission = Permission.RECRUITMENT_MANAGE

    def by_code(self, cohort: Any, code: str) -> "ChannelQuerySet":
        """The channel that a tracked link names; what a stranger types there finds nothing."""
        return self.filter(cohort=cohort, code=code)


class Channel(models.Model):
    """A way by which people hear of the call, with a link of its own (?from=code). `reached` is what the sender told us."""

    class Kind(models.TextChoices):
        NEWSLETTER = "NEWSLETTER", "Newsletter"
        ORGANISATION = "ORGANISATION", "Organisation"
        PATIENT_GROUP = "PATIENT_GROUP", "Patient group"
        EVENT = "EVENT", "Event"
        SOCIAL = "SOCIAL", "Social media"
        OTHER = "OTHER", "Other"

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="channels")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.OTHER)
    contact = models.CharField("who placed it", max_length=200, blank=True)
    advertised_on = models.DateField(null=True, blank=True)
    reached = models.PositiveIntegerField("people it reached", null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="recruitment_channel_code", fields=["cohort", "code"])]

    def __str__(self) -> str:
        return self.name
