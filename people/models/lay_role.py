from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from people.models.organisation import Organisation

EARLIEST, LATEST = 1948, 2100


class LayRole(models.Model):
    """A seat that a person holds or held as a patient, carer or citizen, as they told us. No end year: still there."""

    class Level(models.TextChoices):
        INDIVIDUAL = "INDIVIDUAL", "One’s own care"
        SERVICE = "SERVICE", "How a service is designed"
        STRATEGIC = "STRATEGIC", "Strategy and policy"

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="lay_roles")
    body = models.CharField("group, board or committee", max_length=200)
    kind = models.CharField(max_length=20, choices=Organisation.Kind, blank=True)
    role = models.CharField("what they do there", max_length=200, blank=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    from_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    to_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    hours_a_month = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(300)])

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_lay_role_years_in_order",
                condition=Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year")),
            )
        ]

    def __str__(self) -> str:
        return self.body
