from django.db import models

from people.permissions import Permission
from people.querysets import scoped


class EqualityTally(models.Model):
    """How often one answer to one equality question was given in a cohort. A count is all that is kept.

    There is no row a person, no moment and no order, so nothing can be joined to an application, not even by us.
    `question_set` is the version of the questions; other versions are counted apart.
    """

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="equality_tallies")
    question_set = models.CharField(max_length=20)
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    objects = scoped("cohort", Permission.EQUALITY_VIEW).as_manager()

    class Meta:
        verbose_name_plural = "equality tallies"
        constraints = [
            models.UniqueConstraint(
                name="recruitment_tally_once", fields=["cohort", "question_set", "question", "answer"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
