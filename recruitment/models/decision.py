"""What was decided about an application and what the person said to it. Each is a row; the letters' words are data."""

from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import ScopedQuerySet, scoped
from recruitment.models.application import Application


class PendingDecision(models.Model):
    """What an organiser means to decide. Nobody is told and nothing changes until it is released.

    `subject` and `text` are filled in when somebody edited this one letter; empty means the cohort's wording.
    """

    class Outcome(models.TextChoices):
        ACCEPT = "ACCEPT", "Offer a place"
        RESERVE = "RESERVE", "Reserve list"
        DECLINE = "DECLINE", "Decline"

    application = models.OneToOneField("recruitment.Application", models.CASCADE, related_name="pending")
    outcome = models.CharField(max_length=10, choices=Outcome)
    criteria = models.JSONField("characteristics that the reason is tied to", default=list, blank=True)
    reason = models.CharField(max_length=1000)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=10000, blank=True)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_pending_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"


class Decision(models.Model):
    """What happened to an application: what was decided, or what the person said. None is overwritten.

    `by` is None when the person acted by their own link. `criteria` are codes of the characteristics behind the reason.
    """

    class Outcome(models.TextChoices):
        ACCEPT = "ACCEPT", "Offer a place"
        RESERVE = "RESERVE", "Put on the reserve list"
        DECLINE = "DECLINE", "Decline"
        REOPEN = "REOPEN", "Take the decision back"
        CONFIRM = "CONFIRM", "Say yes to the place"
        TURN_DOWN = "TURN_DOWN", "Say no to the place"
        LAPSE = "LAPSE", "Give the place to somebody else"
        WITHDRAW = "WITHDRAW", "Withdraw"
        RETURN = "RETURN", "Come back"

    application = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    state_before = models.CharField(max_length=15, choices=Application.State, blank=True)
    criteria = models.JSONField(default=list, blank=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="decisions")
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_decision_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d}"


class OfferQuerySet(ScopedQuerySet):
    cohort_path = "application__cohort"
    view_permission = Permission.APPLICATION_VIEW

    def waiting(self) -> "OfferQuerySet":
        """Those that hold a place and have no answer yet."""
        return self.filter(answered_at=None, ended_at=None)


class Offer(models.Model):
    """A place held for one applicant until `reply_by`. `ended_at`: it was taken back or given to somebody else."""

    class Answer(models.TextChoices):
        YES = "YES", "Yes"
        NO = "NO", "No"

    application = models.ForeignKey("recruitment.Application", models.CASCADE, related_name="offers")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="offer")
    made_at = models.DateTimeField()
    reply_by = models.DateTimeField()
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="recruitment_offer_one_open",
                fields=["application"],
                condition=Q(answered_at=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="recruitment_offer_answer_has_moment",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Offer {self.pk}"


class LetterWording(models.Model):
    """A cohort's own words for one kind of letter. Where there are none, the shipped words are used."""

    class Kind(models.TextChoices):
        OFFER = "OFFER", "Offer of a place"
        RESERVE = "RESERVE", "Reserve list"
        DECLINE = "DECLINE", "No place this time"

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="letter_wordings")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=10000)
    version = models.PositiveIntegerField(default=1)

    objects = scoped("cohort", Permission.APPLICATION_DECIDE).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="recruitment_wording_once", fields=["cohort", "kind"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
