from datetime import datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import scoped


class Day(models.Model):
    """One of the session days of a cohort; numbers rise with dates (checked in services/cohorts.py)."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField()
    date = models.DateField()
    title = models.CharField(max_length=100, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    starts_at = models.TimeField("start", default=time(9, 30))

    objects = scoped("cohort", Permission.COHORT_VIEW).as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="programmes_day_number", fields=["cohort", "number"]),
            models.UniqueConstraint(name="programmes_day_date", fields=["cohort", "date"]),
            models.CheckConstraint(name="programmes_day_number_from_1", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Day {self.number}"


class Slot(models.Model):
    """A timed part of a day."""

    class Kind(models.TextChoices):
        TALK = "TALK", "Talk"
        TABLE_WORK = "TABLE_WORK", "Table work"
        CASE_EXERCISE = "CASE_EXERCISE", "Case exercise"
        REFLECTION = "REFLECTION", "Reflection"
        FEEDBACK = "FEEDBACK", "Feedback"
        PLENARY = "PLENARY", "Whole room"
        BREAK = "BREAK", "Break"

    day = models.ForeignKey(Day, models.CASCADE, related_name="slots")
    starts_at = models.TimeField("start")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(480)])
    kind = models.CharField(max_length=15, choices=Kind)
    title = models.CharField(max_length=150)
    led_by = models.CharField("led by", max_length=150, blank=True)
    is_co_delivered = models.BooleanField("co-delivered by a lay partner or patient leader", default=False)

    objects = scoped("day__cohort", Permission.COHORT_VIEW).as_manager()

    class Meta:
        ordering = ["day", "starts_at"]
        constraints = [
            models.UniqueConstraint(name="programmes_slot_one_start", fields=["day", "starts_at"]),
            models.CheckConstraint(name="programmes_slot_has_minutes", condition=Q(minutes__gte=5, minutes__lte=480)),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M} {self.title}"

    @property
    def ends_at(self) -> time:
        """The wall-clock end; a slot never runs past midnight (services/sessions.py refuses it)."""
        start = datetime.combine(datetime.min, self.starts_at)
        return (start + timedelta(minutes=self.minutes)).time()


INTERACTIVE = (Slot.Kind.TABLE_WORK, Slot.Kind.CASE_EXERCISE, Slot.Kind.REFLECTION, Slot.Kind.FEEDBACK)
