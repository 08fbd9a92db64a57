from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import scoped


class Coach(models.Model):
    """A person who coaches tables in a cohort, with a rate per day and the days they can come."""

    class Type(models.TextChoices):
        DOCTOR = "DOCTOR", "Doctor"
        HEALTH_PROFESSIONAL = "HEALTH_PROFESSIONAL", "Other health professional"
        OTHER = "OTHER", "Not a health professional"

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="coaches")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="coachings")
    ref = models.CharField(max_length=20)
    type = models.CharField(max_length=20, choices=Type)
    day_rate = models.DecimalField(
        "rate per day in pounds", max_digits=8, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    days = models.ManyToManyField("programmes.Day", related_name="coaches", blank=True)

    objects = scoped("cohort", Permission.SEATING_VIEW).as_manager()

    class Meta:
        verbose_name_plural = "coaches"
        constraints = [
            models.UniqueConstraint(name="programmes_coach_once_per_cohort", fields=["cohort", "person"]),
            models.UniqueConstraint(name="programmes_coach_ref", fields=["cohort", "ref"]),
            models.CheckConstraint(name="programmes_coach_rate_not_negative", condition=Q(day_rate__gte=0)),
        ]

    def __str__(self) -> str:
        return self.ref
