"""What belongs to no room: files that somebody sent and has not yet agreed to import."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from people.models.user import cohorts_q
from people.permissions import Permission


class StagedImportQuerySet(models.QuerySet["StagedImport"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, until they expire. Nobody else's, whatever one's role."""
        return self.filter(owner=user if user.is_authenticated else None, expires_at__gt=timezone.now())


class StagedApplicationsQuerySet(models.QuerySet["StagedApplications"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, until they expire, in cohorts where one may (still) enter applications."""
        return self.filter(
            cohorts_q(user, Permission.APPLICATION_ENTER, "cohort"),
            owner=user if user.is_authenticated else None,
            expires_at__gt=timezone.now(),
        )


class StagedApplications(models.Model):
    """Rows of applications on their way into one cohort: a file, or what was pasted. Kept like a staged cohort folder."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="+")
    name = models.CharField("name of the file", max_length=150)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    objects = StagedApplicationsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "staged applications"

    def __str__(self) -> str:
        return f"Staged applications {self.pk}"


class StagedImport(models.Model):
    """A cohort folder on its way in. Shown to its owner before anything is stored; gone after the import, or a day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    objects = StagedImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Staged import {self.pk}"
