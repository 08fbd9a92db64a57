from typing import Any

from django.db import models
from django.db.models import Q

from core.exceptions import DomainError


class Questionnaire(models.Model):
    """A set of questions known by its key; its wordings are versions. Instruments are shared, so they have no cohort."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """One wording. Once frozen it never changes; a new wording is the next version."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="evaluation_version_number", fields=["questionnaire", "number"])]

    def __str__(self) -> str:
        return f"{self.questionnaire}, version {self.number}"


class Scale(models.TextChoices):
    MARKS_1_TO_5 = "MARKS_1_TO_5", "Marks from 1 to 5"


class Item(models.Model):
    """One question. `key` is stable across versions and is the column name in files. `stem` is printed above a run."""

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    stem = models.CharField(max_length=300, blank=True)
    text = models.CharField(max_length=300)
    low_label = models.CharField("words for mark 1", max_length=60, blank=True)
    high_label = models.CharField("words for mark 5", max_length=60, blank=True)
    scale = models.CharField(max_length=20, choices=Scale, default=Scale.MARKS_1_TO_5)
    may_be_absent = models.BooleanField("offers 'I was not there'", default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="evaluation_item_key", fields=["version", "key"]),
            models.UniqueConstraint(name="evaluation_item_position", fields=["version", "position"]),
            models.CheckConstraint(name="evaluation_item_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def _refuse_if_frozen(self) -> None:
        """Says it in words; the database refuses it too (evaluation/frozen.py)."""
        if self.version.frozen_at is not None:
            raise DomainError("This questionnaire is in use. Make a new version to change its wording.")
