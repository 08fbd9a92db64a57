from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.models.user import cohorts_q
from people.permissions import Permission

# How a person comes into a cohort: with a place, by an application, or as a coach.
COHORT_PATHS = ("participations__cohort", "applications__cohort", "coachings__cohort")


class LivedExperience(models.TextChoices):
    PATIENT = "PATIENT", "Patient"
    CARER = "CARER", "Carer"
    BOTH = "BOTH", "Patient and carer"


class InformationFormat(models.TextChoices):
    STANDARD = "STANDARD", "Standard print or email"
    LARGE_PRINT = "LARGE_PRINT", "Large print"
    EASY_READ = "EASY_READ", "Easy read"
    AUDIO = "AUDIO", "Audio"
    BRAILLE = "BRAILLE", "Braille"
    BSL = "BSL", "British Sign Language"
    OTHER = "OTHER", "Another format"


class Route(models.TextChoices):
    EMAIL = "EMAIL", "Email"
    PHONE = "PHONE", "Phone"
    POST = "POST", "Post"


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Any, permission: Permission = Permission.PEOPLE_VIEW) -> Self:
        """People who take part, applied or coach in a cohort where `user` holds `permission`. No query of its own."""
        everybody = self.model._default_manager
        ways = (everybody.filter(cohorts_q(user, permission, path)).values("pk") for path in COHORT_PATHS)
        return self.filter(reduce(or_, (Q(pk__in=way) for way in ways)))


class Person(models.Model):
    """The one record of a human being; applications, seats, roles and answers point at it.

    Two people may share an email address or a telephone, so neither identifies anybody.
    """

    name = models.CharField("name", max_length=100)
    area = models.CharField("area", max_length=100, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="people"
    )
    lived_experience = models.CharField(max_length=10, choices=LivedExperience, blank=True)
    information_format = models.CharField(max_length=15, choices=InformationFormat, default=InformationFormat.STANDARD)
    pronunciation = models.CharField("how to say the name", max_length=100, blank=True)
    best_time = models.CharField("safe times to call", max_length=200, blank=True)
    may_leave_message = models.BooleanField("we may leave a message", null=True, blank=True)
    helper = models.CharField("who helps them, and how they are related", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])


class ContactRoute(models.Model):
    """One way to reach a person. At most one of a kind, and one is the way the person prefers."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_routes")
    kind = models.CharField(max_length=10, choices=Route)
    value = models.CharField(max_length=254, blank=True)
    is_preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="people_contact_route_one_of_a_kind", fields=["person", "kind"]),
            models.UniqueConstraint(
                name="people_contact_route_one_preferred", fields=["person"], condition=models.Q(is_preferred=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"
