import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import scoped

LOWEST_MARK, TOP_MARK = 1, 5


class Response(models.Model):
    """One completed form. `form` is its number on paper, or a random one for a form sent online.

    Holds no name, no moment and no address; the key is random, so that rows tell nothing of their order.
    """

    class Source(models.TextChoices):
        ONLINE = "ONLINE", "Online"
        PAPER = "PAPER", "Paper"
        PHONE = "PHONE", "Phone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey("evaluation.Wave", models.PROTECT, related_name="responses")
    form = models.CharField("form number", max_length=20)
    source = models.CharField(max_length=10, choices=Source, default=Source.ONLINE)
    pseudonym = models.CharField(max_length=40, blank=True)
    is_late = models.BooleanField(default=False)

    objects = scoped("wave__cohort", Permission.RESULTS_VIEW).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evaluation_response_form_once", fields=["wave", "form"]),
            models.UniqueConstraint(
                name="evaluation_response_pseudonym_once", fields=["wave", "pseudonym"], condition=~Q(pseudonym="")
            ),
            models.CheckConstraint(name="evaluation_response_has_form", condition=~Q(form="")),
        ]

    def __str__(self) -> str:
        return self.form


class Answer(models.Model):
    """One mark, or "I was not there". No row at all means not answered. The wave stands here too: results read one index."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    wave = models.ForeignKey("evaluation.Wave", models.PROTECT, related_name="answers")
    item = models.ForeignKey("evaluation.Item", models.PROTECT, related_name="answers")
    mark = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(LOWEST_MARK), MaxValueValidator(TOP_MARK)]
    )
    was_absent = models.BooleanField(default=False)

    objects = scoped("wave__cohort", Permission.RESULTS_VIEW).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evaluation_answer_once", fields=["response", "item"]),
            models.CheckConstraint(
                name="evaluation_answer_mark_1_to_5",
                condition=Q(mark=None) | Q(mark__gte=LOWEST_MARK, mark__lte=TOP_MARK),
            ),
            models.CheckConstraint(
                name="evaluation_answer_mark_or_absent",
                condition=Q(mark=None, was_absent=True) | Q(mark__isnull=False, was_absent=False),
            ),
        ]
        indexes = [models.Index(fields=["wave", "item", "mark"], name="answer_wave_item_mark")]

    def __str__(self) -> str:
        return "not there" if self.was_absent else str(self.mark)
