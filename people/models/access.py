from django.db import models


class AccessNeed(models.Model):
    """What a person needs to take part, in the person's words: what they need, not what they have.

    Behind its own door (Permission.ACCESS_NEEDS_VIEW); reviewers and commissioners never see it.
    """

    class Kind(models.TextChoices):
        NEED = "NEED", "To take part"
        FOOD = "FOOD", "Food"
        ASSISTANT = "ASSISTANT", "Somebody who comes along"

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="access_needs")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEED)
    description = models.TextField(max_length=2000)
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Access need {self.pk}"
