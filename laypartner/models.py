"""What belongs to no room: files that somebody sent and has not yet agreed to import."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class StagedImportQuerySet(models.QuerySet["StagedImport"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, until they expire. Nobody else's, whatever one's role."""
        return self.filter(owner=user if user.is_authenticated else None, expires_at__gt=timezone.now())


class StagedImport(models.Model):
    """A cohort folder on its way in. Shown to its owner before anything is stored; gone after the import, or a day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    objects = StagedImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Staged import {self.pk}"
