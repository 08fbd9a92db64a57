from django.db import models
from django.db.models import Q

from people.models import LivedExperience
from people.permissions import Permission
from people.querysets import ScopedQuerySet


class Experience(models.TextChoices):
    """How long somebody has held lay roles. The first two bands count as inexperienced (contract.md)."""

    NONE = "NONE", "None yet"
    UNDER_1 = "UNDER_1", "Under 1 year"
    FROM_1_TO_3 = "FROM_1_TO_3", "1 to 3 years"
    OVER_3 = "OVER_3", "Over 3 years"


INEXPERIENCED = (Experience.NONE, Experience.UNDER_1)


class ParticipantQuerySet(ScopedQuerySet):
    cohort_path = "cohort"
    view_permission = Permission.PEOPLE_VIEW

    def able(self) -> "ParticipantQuerySet":
        """Those who have not withdrawn: the people who can answer and who need a seat."""
        return self.filter(withdrawn_at=None)


class Participant(models.Model):
    """A person with a place in a cohort. `ref` is how files and printed lists call them: "T01"."""

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="participants")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="participations")
    ref = models.CharField(max_length=20)
    experience = models.CharField(max_length=15, choices=Experience)
    lived_experience = models.CharField(max_length=10, choices=LivedExperience)
    development_needs = models.JSONField("characteristics to support, by code", default=list, blank=True)
    enrolled_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="programmes_participant_once_per_cohort", fields=["cohort", "person"]),
            models.UniqueConstraint(name="programmes_participant_ref", fields=["cohort", "ref"]),
            models.CheckConstraint(name="programmes_participant_has_ref", condition=~Q(ref="")),
        ]

    def __str__(self) -> str:
        return self.ref
