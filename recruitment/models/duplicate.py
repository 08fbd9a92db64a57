from django.db import models
from django.db.models import F, Q

from people.permissions import Permission
from people.querysets import scoped


class DuplicateVerdict(models.Model):
    """Somebody looked at two applications that look alike and said what they are. `first` is the one with the lower key."""

    class Verdict(models.TextChoices):
        DIFFERENT = "DIFFERENT", "Two people"
        MERGED = "MERGED", "One person, merged"

    first = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="+")
    second = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = scoped("first__cohort", Permission.APPLICATION_DECIDE).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recruitment_verdict_once_a_pair", fields=["first", "second"]),
            models.CheckConstraint(name="recruitment_verdict_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.verdict}"
