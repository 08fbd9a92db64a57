from django.db import models
from django.db.models import F, Q


class Organisation(models.Model):
    """A body: an NHS organisation, a council, a charity. Names of NHS bodies are dated data, so none is in the code."""

    class Kind(models.TextChoices):
        COMMISSIONER = "COMMISSIONER", "Commissioning body"
        PROVIDER = "PROVIDER", "Hospital or care provider"
        PRIMARY_CARE = "PRIMARY_CARE", "GP practice or patient group"
        VOLUNTARY = "VOLUNTARY", "Charity or voluntary group"
        COUNCIL = "COUNCIL", "Council"
        OTHER = "OTHER", "Other"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_organisation_valid_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name
