"""Applications, what people wrote, and whether they may be considered."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from people.models import LivedExperience
from people.permissions import Permission
from people.querysets import ScopedQuerySet, scoped
from programmes.characteristics import Characteristic
from programmes.models import Experience


class ApplicationQuerySet(ScopedQuerySet):
    cohort_path = "cohort"
    view_permission = Permission.APPLICATION_VIEW

    def by_key(self, key: uuid.UUID) -> "ApplicationQuerySet":
        """The application that a form with this key became. The key is known to whoever sent the form."""
        return self.filter(key=key)

    def counting(self) -> "ApplicationQuerySet":
        """Without those that were merged into another one: each person's application once."""
        return self.exclude(state=Application.State.MERGED)

    def for_reviewers(self) -> "ApplicationQuerySet":
        """Those that may be read and scored: agreed to, not ruled out, and still to decide."""
        return self.filter(state=Application.State.SUBMITTED).exclude(eligibility=Application.Eligibility.NOT_ELIGIBLE)

    def to_write_down(self) -> "ApplicationQuerySet":
        """Those still to decide with an answer by phone or recording that nobody has typed in yet."""
        spoken = (CharacteristicAnswer.Mode.PHONE, CharacteristicAnswer.Mode.RECORDING)
        unwritten = CharacteristicAnswer.objects.filter(application=OuterRef("pk"), mode__in=spoken, text="")
        return self.filter(Exists(unwritten), state__in=(Application.State.AWAITING, Application.State.SUBMITTED))


class Application(models.Model):
    """One person's application to one cohort. `key` is made by the form, so that sending twice stays one application.

    `lay_roles` are the roles as lines of text, for readers who must not see a record about the person; `communities` and
    `days_missed` are codes (recruitment.communities, numbers of days). `started_at` is when an online form was begun.
    """

    class Source(models.TextChoices):
        ONLINE = "ONLINE", "Online"
        PAPER = "PAPER", "Paper"
        PHONE = "PHONE", "Phone"
        FILE = "FILE", "From a file"

    class State(models.TextChoices):
        AWAITING = "AWAITING", "Awaiting agreement"
        SUBMITTED = "SUBMITTED", "To decide"
        OFFERED = "OFFERED", "Offered a place"
        ACCEPTED = "ACCEPTED", "Has a place"
        RESERVE = "RESERVE", "On the reserve list"
        DECLINED = "DECLINED", "Declined"
        TURNED_DOWN = "TURNED_DOWN", "Said no to the place"
        LAPSED = "LAPSED", "Did not reply"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"
        MERGED = "MERGED", "Merged into another"

    class Eligibility(models.TextChoices):
        UNCHECKED = "UNCHECKED", "Not checked yet"
        ELIGIBLE = "ELIGIBLE", "Eligible"
        NOT_ELIGIBLE = "NOT_ELIGIBLE", "Not eligible"

    cohort = models.ForeignKey("programmes.Cohort", models.PROTECT, related_name="applications")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=20, unique=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(max_length=10, choices=Source, default=Source.ONLINE)
    state = models.CharField(max_length=15, choices=State, default=State.SUBMITTED)
    eligibility = models.CharField(max_length=15, choices=Eligibility, default=Eligibility.UNCHECKED)
    experience = models.CharField(max_length=15, choices=Experience)
    lived_experience = models.CharField(max_length=10, choices=LivedExperience)
    lay_roles = models.TextField("lay roles held", max_length=4000, blank=True)
    communities = models.JSONField(default=list, blank=True)
    wants = models.TextField("what they want from the course", max_length=2000, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(300)])
    can_come_every_day = models.BooleanField(default=True)
    days_missed = models.JSONField("numbers of the days they cannot come", default=list, blank=True)
    channel = models.ForeignKey(
        "recruitment.Channel", models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    nomination = models.OneToOneField(
        "recruitment.Nomination", models.SET_NULL, null=True, blank=True, related_name="application"
    )
    entered_by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    agreed_at = models.DateTimeField("when the person agreed to how we use it", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="recruitment_application_one_open",
                fields=["cohort", "person"],
                condition=Q(state__in=["AWAITING", "SUBMITTED", "OFFERED", "ACCEPTED", "RESERVE"]),
            ),
            models.CheckConstraint(
                name="recruitment_application_merged_into_another",
                condition=Q(state="MERGED", merged_into__isnull=False) | (~Q(state="MERGED") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="recruitment_application_not_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="application_cohort_state")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("recruitment:application", args=[self.cohort.slug, self.reference])


# People in any other state may apply again.
OPEN_STATES = (
    Application.State.AWAITING,
    Application.State.SUBMITTED,
    Application.State.OFFERED,
    Application.State.ACCEPTED,
    Application.State.RESERVE,
)


class CharacteristicAnswer(models.Model):
    """What the applicant answered to one of the seven questions, and whether in writing, by phone or as a recording.

    An answer by phone or recording is written down by an organiser; until then `text` is empty.
    """

    class Mode(models.TextChoices):
        WRITTEN = "WRITTEN", "In writing"
        PHONE = "PHONE", "By phone"
        RECORDING = "RECORDING", "As a recording"

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    characteristic = models.CharField(max_length=20, choices=Characteristic)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.WRITTEN)
    text = models.TextField(max_length=5000, blank=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recruitment_answer_once", fields=["application", "characteristic"])
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.characteristic}"


class EligibilityCheck(models.Model):
    """Somebody looked whether an application may be considered, and why (not). The newest one counts."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="eligibility_checks")
    is_eligible = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = scoped("application__cohort", Permission.APPLICATION_VIEW).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_eligibility_has_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.application_id} {'eligible' if self.is_eligible else 'not eligible'}"
