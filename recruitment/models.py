"""Applications, the scores they were given, and what was decided. What happens to an application is a row."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.models import LivedExperience
from people.permissions import Permission
from people.querysets import ScopedQuerySet, scoped
from programmes.characteristics import Characteristic
from programmes.models import Experience
from recruitment.scoring import TOP_MARK


class ApplicationQuerySet(ScopedQuerySet):
    cohort_path = "cohort"
    view_permission = Permission.APPLICATION_VIEW

    def by_key(self, key: uuid.UUID) -> "ApplicationQuerySet":
        """The application that a form with this key became. The key is known to whoever sent the form."""
        return self.filter(key=key)


class Application(models.Model):
    """One person's application to one cohort. `key` is made by the form, so that sending twice stays one application."""

    class Source(models.TextChoices):
        ONLINE = "ONLINE", "Online"
        PAPER = "PAPER", "Paper"
        PHONE = "PHONE", "Phone"

    class State(models.TextChoices):
        SUBMITTED = "SUBMITTED", "To decide"
        ACCEPTED = "ACCEPTED", "Accepted"
        RESERVE = "RESERVE", "On the reserve list"
        DECLINED = "DECLINED", "Declined"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="applications")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=20, unique=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(max_length=10, choices=Source, default=Source.ONLINE)
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    experience = models.CharField(max_length=15, choices=Experience)
    lived_experience = models.CharField(max_length=10, choices=LivedExperience)
    lay_roles = models.TextField("lay roles held", max_length=2000, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(300)])
    can_come_every_day = models.BooleanField(default=True)
    submitted_at = models.DateTimeField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="recruitment_application_one_open",
                fields=["cohort", "person"],
                condition=~Q(state__in=["WITHDRAWN", "DECLINED"]),
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="application_cohort_state")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("recruitment:application", args=[self.cohort.slug, self.reference])


# Declined and withdrawn people may apply again.
OPEN_STATES = (Application.State.SUBMITTED, Application.State.ACCEPTED, Application.State.RESERVE)


class CharacteristicAnswer(models.Model):
    """What the applicant wrote to one of the seven questions."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    characteristic = models.CharField(max_length=20, choices=Characteristic)
    text = models.TextField(max_length=5000, blank=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recruitment_answer_once", fields=["application", "characteristic"])
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.characteristic}"


class Review(models.Model):
    """One reviewer's scores of one application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("people.User", models.PROTECT, related_name="reviews")
    saved_at = models.DateTimeField(auto_now=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="recruitment_review_once", fields=["application", "reviewer"])]

    def __str__(self) -> str:
        return f"Review {self.pk}"


class Score(models.Model):
    """A mark from 0 to 4 for one characteristic, and why."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    characteristic = models.CharField(max_length=20, choices=Characteristic)
    mark = models.PositiveSmallIntegerField(validators=[MinValueValidator(0), MaxValueValidator(TOP_MARK)])
    reason = models.TextField(max_length=1000)

    objects = scoped("review__application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recruitment_score_once", fields=["review", "characteristic"]),
            models.CheckConstraint(name="recruitment_score_mark_0_to_4", condition=Q(mark__gte=0, mark__lte=TOP_MARK)),
            models.CheckConstraint(name="recruitment_score_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.characteristic} {self.mark}"


class Decision(models.Model):
    """What was decided about an application, by whom and why. The newest one counts; none is overwritten."""

    class Outcome(models.TextChoices):
        ACCEPT = "ACCEPT", "Accept"
        RESERVE = "RESERVE", "Put on the reserve list"
        DECLINE = "DECLINE", "Decline"
        REOPEN = "REOPEN", "Take the decision back"

    application = models.ForeignKey(Application, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="decisions")
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_decision_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d}"
