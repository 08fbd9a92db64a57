"""An application before it is sent, the link that leads back to it, and answers that are spoken."""

import uuid

from django.db import models
from django.db.models import Q

from people.permissions import Permission
from people.querysets import ScopedQuerySet, scoped

ONE_OF_BOTH = Q(draft=None, application__isnull=False) | Q(draft__isnull=False, application=None)


class Draft(models.Model):
    """What an applicant has typed so far, exactly as typed. Becomes an Application with the same key, and is deleted then.

    `values` holds field names and texts (lists for tick boxes; "roles" is a list of the lay roles). `email` is where the
    code for another browser goes.
    """

    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, related_name="drafts")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    values = models.JSONField(default=dict)
    email = models.EmailField(blank=True)
    channel = models.ForeignKey("recruitment.Channel", models.SET_NULL, null=True, blank=True, related_name="drafts")
    nomination = models.OneToOneField(
        "recruitment.Nomination", models.SET_NULL, null=True, blank=True, related_name="draft"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = scoped("cohort", Permission.APPLICATION_ENTER).as_manager()

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class PersonalLinkQuerySet(ScopedQuerySet):
    cohort_path = "application__cohort"
    view_permission = Permission.APPLICATION_ENTER

    def by_token(self, token_hash: str) -> "PersonalLinkQuerySet":
        """The link whose secret has this hash."""
        return self.filter(token_hash=token_hash)


class PersonalLink(models.Model):
    """One secret address for one applicant. It leads to the draft and, once that is sent, to the application.

    Only the hash is kept. It works until it is deleted with what it leads to; a lost one is replaced by another beside it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="links")
    application = models.ForeignKey(
        "recruitment.Application", models.CASCADE, null=True, blank=True, related_name="links"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_link_leads_to_one", condition=ONE_OF_BOTH)]

    def __str__(self) -> str:
        return f"Link {self.pk}"


class Recording(models.Model):
    """A spoken answer. A voice can be recognised, so reviewers never hear it: an organiser writes it down for them."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="recordings")
    application = models.ForeignKey(
        "recruitment.Application", models.CASCADE, null=True, blank=True, related_name="recordings"
    )
    question = models.CharField(max_length=20, blank=True)
    content_type = models.CharField(max_length=40)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = scoped("application__cohort", Permission.APPLICATION_ENTER).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="recruitment_recording_belongs_to_one", condition=ONE_OF_BOTH)]

    def __str__(self) -> str:
        return f"Recording {self.pk}"
