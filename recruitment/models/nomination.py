"""Organisations propose people; a nomination is not an application (R143)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from people.permissions import Permission
from people.querysets import ScopedQuerySet


class NominationRequestQuerySet(ScopedQuerySet):
    cohort_path = "cohort"
    view_permission = Permission.RECRUITMENT_MANAGE

    def by_token(self, token_hash: str) -> "NominationRequestQuerySet":
        return self.filter(token_hash=token_hash)


class NominationRequest(models.Model):
    """An organisation was asked to nominate people for one area. Its contact writes through a secret link."""

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="nomination_requests")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="nomination_requests")
    area = models.CharField(max_length=100)
    contact_name = models.CharField(max_length=100)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    asked_for = models.PositiveSmallIntegerField(
        "number of people asked for", default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    objects = NominationRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recruitment_asked_once", fields=["cohort", "organisation", "area"])
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.area}"


class NominationQuerySet(ScopedQuerySet):
    cohort_path = "request__cohort"
    view_permission = Permission.RECRUITMENT_MANAGE

    def by_token(self, token_hash: str) -> "NominationQuerySet":
        return self.filter(token_hash=token_hash)


class Nomination(models.Model):
    """A person was proposed, with a few lines of why. Nothing more is done with it until that person agrees."""

    class State(models.TextChoices):
        INVITED = "INVITED", "Asked whether they want to apply"
        AGREED = "AGREED", "Wants to apply"
        DECLINED = "DECLINED", "Does not want to apply"
        EXPIRED = "EXPIRED", "Did not answer; details deleted"

    request = models.ForeignKey(NominationRequest, models.CASCADE, related_name="nominations")
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    why = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    token_hash = models.CharField(max_length=64, unique=True)
    nominated_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Nomination {self.pk}"
