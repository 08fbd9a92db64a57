from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import scoped


class BulkAction(models.Model):
    """Something that was done to several applications by one button, with what it takes to undo it.

    `items` holds codes and keys only: for each thing that changed, its key and what it was before.
    """

    class Kind(models.TextChoices):
        MARK = "MARK", "Decisions prepared"
        RELEASE = "RELEASE", "Decisions released"
        ELIGIBILITY = "ELIGIBILITY", "Eligibility set"
        ASSIGN = "ASSIGN", "Reviews given out"
        IMPORT = "IMPORT", "Applications brought in"
        MERGE = "MERGE", "Applications merged"
        PROMOTE = "PROMOTE", "Place offered to the next on the reserve list"

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="bulk_actions")
    kind = models.CharField(max_length=15, choices=Kind)
    summary = models.CharField(max_length=200)
    items = models.JSONField(default=list)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = scoped("cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        indexes = [models.Index(fields=["cohort", "-at"], name="bulk_action_cohort_at")]
        constraints = [
            models.CheckConstraint(
                name="recruitment_bulk_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
