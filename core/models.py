"""The two records that every room writes: what was changed, and what is to be sent."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q


class AppendOnlyError(ImproperlyConfigured):
    """The code tried to change or delete an audit line. It never may."""


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit lines are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Audit lines are never deleted.")


class AuditEvent(models.Model):
    """Who did what to which record, and when. Written in the same transaction as the change (core.audit.record).

    Holds ids and codes, never a copy of personal text: `detail` is for states, counts and numbers.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    scope = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope", "-at"], name="audit_scope_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("Audit lines are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit lines are never deleted.")


class Message(models.Model):
    """One letter to one person, waiting in the outbox until `manage.py work` sends it.

    `key` makes it unique ("invitation:17"): asking for the same letter again changes nothing.
    `information_format` is how the person needs it (a code of the room above: LARGE_PRINT), for letters on paper.
    `secrets` are the parts of the text (a link, a code) that are cut out of the kept copy once it was sent.
    """

    class State(models.TextChoices):
        DUE = "DUE", "Waiting"
        SENDING = "SENDING", "Being sent"
        SENT = "SENT", "Sent"
        UNCERTAIN = "UNCERTAIN", "Not sure whether it arrived"
        FAILED = "FAILED", "Failed"

    class Channel(models.TextChoices):
        EMAIL = "EMAIL", "Email"
        POST = "POST", "Post"
        PHONE = "PHONE", "Phone call"

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    recipient_name = models.CharField(max_length=200, blank=True)
    information_format = models.CharField(max_length=15, blank=True)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    secrets = models.JSONField(default=list, blank=True)
    scope = models.CharField(max_length=60, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="message_state_due")]
        constraints = [
            models.CheckConstraint(
                name="core_message_sent_has_moment",
                condition=Q(state="SENT", sent_at__isnull=False) | ~Q(state="SENT"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class ShortCode(models.Model):
    """Six digits that were sent to the owner of something, to open it in another browser (core.codes).

    `key` names what they open ("applicant:17"); one code at a time. Only the hash is kept, for ten minutes and three tries.
    """

    key = models.CharField(max_length=120, unique=True)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.key
