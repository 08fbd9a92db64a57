"""A report that was issued: the frozen values behind one version, and nothing else. The paper is made from them."""

from django.db import models

from people.permissions import Permission
from people.querysets import scoped


class ReportWords(models.Model):
    """What the organiser writes for a cohort's report: the part that no figure can say."""

    cohort = models.OneToOneField("programmes.Cohort", models.CASCADE, related_name="report_words")
    message = models.TextField("main message for the commissioner", max_length=1000, blank=True)
    next_time = models.TextField("what we will change next time", max_length=2000, blank=True)
    decision_asked = models.TextField("the decision we ask for", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = scoped("cohort", Permission.REPORT_EDIT).as_manager()

    def __str__(self) -> str:
        return f"Words for {self.cohort_id}"


class Report(models.Model):
    """One issued version. `snapshot` holds every figure and word that the paper prints; it never changes."""

    class Audience(models.TextChoices):
        ORGANISER = "ORGANISER", "Organisers"
        COMMISSIONER = "COMMISSIONER", "Commissioner"

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="reports")
    audience = models.CharField(max_length=15, choices=Audience, default=Audience.COMMISSIONER)
    version = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    snapshot = models.JSONField()
    content_hash = models.CharField(max_length=64)

    objects = scoped("cohort", Permission.REPORT_READ_ISSUED).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="reports_report_version", fields=["cohort", "audience", "version"])]

    def __str__(self) -> str:
        return f"Version {self.version}"
