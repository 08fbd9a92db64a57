from django.db import models
from django.db.models import F, Q

from people.permissions import Permission
from people.querysets import scoped


class SeatingRule(models.Model):
    """Two people who must, or must not, sit together. The reason is for organisers only."""

    class Kind(models.TextChoices):
        APART = "APART", "Never at one table"
        TOGETHER = "TOGETHER", "Always at one table"
        NEAR = "NEAR", "Same or neighbouring table"

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="seating_rules")
    kind = models.CharField(max_length=10, choices=Kind)
    participant = models.ForeignKey("programmes.Participant", models.CASCADE, related_name="rules_as_first")
    other_participant = models.ForeignKey(
        "programmes.Participant", models.CASCADE, null=True, blank=True, related_name="rules_as_second"
    )
    coach = models.ForeignKey("programmes.Coach", models.CASCADE, null=True, blank=True, related_name="rules")
    reason = models.CharField(max_length=500, blank=True)

    objects = scoped("cohort", Permission.SEATING_EDIT).as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programmes_seating_rule_one_other",
                condition=Q(other_participant=None, coach__isnull=False)
                | Q(other_participant__isnull=False, coach=None),
            ),
            models.CheckConstraint(
                name="programmes_seating_rule_two_people",
                condition=Q(other_participant=None) | ~Q(other_participant=F("participant")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class TablePlan(models.Model):
    """Who sits where on one day. A new plan is a new version; the old one is kept as history.

    The newest version that was not undone is the one that stands (queries.latest_plans_of).
    """

    day = models.ForeignKey("programmes.Day", models.CASCADE, related_name="table_plans")
    version = models.PositiveIntegerField()
    seed = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("day__cohort", Permission.SEATING_VIEW).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="programmes_table_plan_version", fields=["day", "version"])]

    def __str__(self) -> str:
        return f"{self.day}, version {self.version}"


class Table(models.Model):
    """A group of five or six participants with a coach."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    coach = models.ForeignKey("programmes.Coach", models.PROTECT, related_name="tables")

    objects = scoped("plan__day__cohort", Permission.SEATING_VIEW).as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="programmes_table_number", fields=["plan", "number"]),
            models.UniqueConstraint(name="programmes_table_coach_once", fields=["plan", "coach"]),
        ]

    def __str__(self) -> str:
        return f"Table {self.number}"


class Seat(models.Model):
    """One participant at one table. The plan stands on the seat too, so that the database refuses a second seat."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, models.CASCADE, related_name="seats")
    participant = models.ForeignKey("programmes.Participant", models.PROTECT, related_name="seats")

    objects = scoped("plan__day__cohort", Permission.SEATING_VIEW).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="programmes_seat_once_per_plan", fields=["plan", "participant"])]

    def __str__(self) -> str:
        return f"Seat of {self.participant_id} at {self.table_id}"
