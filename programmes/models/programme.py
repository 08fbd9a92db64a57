from django.db import models

from people.permissions import Permission
from people.querysets import scoped


class Programme(models.Model):
    """The designed course, with the body that pays for it. The boundary of access: cohorts lie beneath it."""

    name = models.CharField(max_length=200)
    commissioner = models.ForeignKey("people.Organisation", models.PROTECT, related_name="programmes")
    lead = models.CharField("lead facilitator or designer", max_length=200, blank=True)
    purpose = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="programmes_programme_once_per_commissioner", fields=["name", "commissioner"])
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """A numbered sentence of a programme. Parts of a whole, so they go with their programme."""

    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    objects = scoped("programme__cohorts", Permission.COHORT_VIEW).as_manager()

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Aim(Statement):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="aims")

    class Meta(Statement.Meta):
        constraints = [models.UniqueConstraint(name="programmes_aim_number", fields=["programme", "number"])]


class DeliveryPrinciple(Statement):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="delivery_principles")

    class Meta(Statement.Meta):
        constraints = [models.UniqueConstraint(name="programmes_principle_number", fields=["programme", "number"])]


class LearningObjective(Statement):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="learning_objectives")

    class Meta(Statement.Meta):
        constraints = [models.UniqueConstraint(name="programmes_objective_number", fields=["programme", "number"])]
