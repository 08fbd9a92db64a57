"""Who reads an application, what they give it, and how differences are settled."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import scoped
from programmes.characteristics import Characteristic
from recruitment.scoring import TOP_MARK

Mark = (MinValueValidator(0), MaxValueValidator(TOP_MARK))


class Assignment(models.Model):
    """One application is for one reviewer to read. Those given out by hand stay when the button deals anew."""

    application = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey("people.User", models.PROTECT, related_name="assignments_to_review")
    is_by_hand = models.BooleanField(default=False)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="recruitment_assignment_once", fields=["application", "reviewer"])]

    def __str__(self) -> str:
        return f"{self.application_id} to {self.reviewer_id}"


class ConflictOfInterest(models.Model):
    """A reviewer must not read an application, and why."""

    class Kind(models.TextChoices):
        DECLARED = "DECLARED", "Declared by the reviewer"
        BY_HAND = "BY_HAND", "Written down by an organiser"

    application = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="conflicts")
    reviewer = models.ForeignKey("people.User", models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DECLARED)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        verbose_name_plural = "conflicts of interest"
        constraints = [models.UniqueConstraint(name="recruitment_conflict_once", fields=["application", "reviewer"])]

    def __str__(self) -> str:
        return f"{self.reviewer_id} about {self.application_id}"


class Review(models.Model):
    """One reviewer's scores of one application.

    `development_needs` are codes of characteristics in which the person would need support: they feed the table mix and
    never a rejection. `is_single_issue` is a concern for the moderator and rejects nobody.
    """

    application = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("people.User", models.PROTECT, related_name="reviews")
    is_single_issue = models.BooleanField("speaks for a single issue only", default=False)
    development_needs = models.JSONField(default=list, blank=True)
    development_note = models.CharField(max_length=500, blank=True)
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
    mark = models.PositiveSmallIntegerField(validators=Mark)
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


class Moderation(models.Model):
    """Differences between reviewers were settled, and why. The newest one counts; the reviewers' scores stay."""

    application = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="moderations")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="moderations")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(max_length=1000)

    objects = scoped("application__cohort", Permission.APPLICATION_MODERATE).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_moderation_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"Moderation {self.pk}"


class AgreedMark(models.Model):
    """The agreed mark of one characteristic, as a moderator set it."""

    moderation = models.ForeignKey(Moderation, models.CASCADE, related_name="marks")
    characteristic = models.CharField(max_length=20, choices=Characteristic)
    mark = models.PositiveSmallIntegerField(validators=Mark)

    objects = scoped("moderation__application__cohort", Permission.APPLICATION_MODERATE).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recruitment_agreed_mark_once", fields=["moderation", "characteristic"]),
            models.CheckConstraint(name="recruitment_agreed_mark_0_to_4", condition=Q(mark__gte=0, mark__lte=TOP_MARK)),
        ]

    def __str__(self) -> str:
        return f"{self.characteristic} {self.mark}"


class AgreedScores(models.Model):
    """What the scores of one application come to: kept beside it so that lists need no arithmetic.

    Worked out from Review, Score and Moderation by services.standing_scores.refresh and by nothing else; a test holds
    the two together (docs/decisions/0007-scores-beside-the-application.md). Empty marks: nobody has scored it yet.
    """

    application = models.OneToOneField(
        "recruitment.Application", models.CASCADE, primary_key=True, related_name="agreed_scores"
    )
    lived_experience = models.PositiveSmallIntegerField(null=True)
    strategic_level = models.PositiveSmallIntegerField(null=True)
    shared_vision = models.PositiveSmallIntegerField(null=True)
    challenge = models.PositiveSmallIntegerField(null=True)
    listening = models.PositiveSmallIntegerField(null=True)
    connections = models.PositiveSmallIntegerField(null=True)
    time = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True, db_index=True)
    reviews = models.PositiveSmallIntegerField(default=0)
    widest_gap = models.PositiveSmallIntegerField(default=0)
    lowest_total = models.PositiveSmallIntegerField(null=True)
    highest_total = models.PositiveSmallIntegerField(null=True)
    single_issue = models.PositiveSmallIntegerField("reviewers who noted a single issue", default=0)
    is_moderated = models.BooleanField(default=False)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        verbose_name_plural = "agreed scores"

    def __str__(self) -> str:
        return f"{self.application_id}: {self.total}"
