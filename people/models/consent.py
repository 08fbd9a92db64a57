from django.db import models
from django.db.models import F, Q


class Consent(models.Model):
    """What a person agreed to, when, and until when. One row for each purpose: agreements are never bundled."""

    class Purpose(models.TextChoices):
        PRIVACY_NOTICE = "PRIVACY_NOTICE", "Has read how we use personal information"
        ADULT = "ADULT", "Is 18 or over"
        CODE_OF_CONDUCT = "CODE_OF_CONDUCT", "Agrees to the code of conduct"
        PHOTOS = "PHOTOS", "May be in photos"
        EVALUATION_CONTACT = "EVALUATION_CONTACT", "May be asked for feedback after the programme"

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_consent_withdrawn_after_given",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
            ),
            models.UniqueConstraint(
                name="people_consent_one_standing",
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.given_at:%d %B %Y})"
