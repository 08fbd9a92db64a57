from django.db import models


class LivedExperience(models.TextChoices):
    PATIENT = "PATIENT", "Patient"
    CARER = "CARER", "Carer"
    BOTH = "BOTH", "Patient and carer"


class InformationFormat(models.TextChoices):
    STANDARD = "STANDARD", "Standard print or e-mail"
    LARGE_PRINT = "LARGE_PRINT", "Large print"
    EASY_READ = "EASY_READ", "Easy read"
    AUDIO = "AUDIO", "Audio"
    BRAILLE = "BRAILLE", "Braille"
    BSL = "BSL", "British Sign Language"
    OTHER = "OTHER", "Another format"


class Route(models.TextChoices):
    EMAIL = "EMAIL", "E-mail"
    PHONE = "PHONE", "Phone"
    POST = "POST", "Post"


class Person(models.Model):
    """The one record of a human being; applications, seats, roles and answers point at it.

    Two people may share an e-mail address or a telephone, so neither identifies anybody.
    """

    name = models.CharField("name", max_length=100)
    area = models.CharField("area", max_length=100, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="people"
    )
    lived_experience = models.CharField(max_length=10, choices=LivedExperience, blank=True)
    information_format = models.CharField(max_length=15, choices=InformationFormat, default=InformationFormat.STANDARD)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


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
