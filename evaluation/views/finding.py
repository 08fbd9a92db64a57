"""What the working pages start from."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from evaluation.models import Wave
from people.permissions import Permission
from programmes.models import Cohort


def get_cohort(request: HttpRequest, slug: str, permission: Permission) -> Cohort:
    """The cohort, if the reader holds `permission` there; otherwise 404."""
    return get_object_or_404(Cohort.objects.visible_to(request.user, permission).select_related("programme"), slug=slug)


def get_wave(request: HttpRequest, slug: str, kind: Wave.Kind, permission: Permission) -> Wave:
    """The wave with its cohort and programme, if the reader holds `permission` there; otherwise 404."""
    waves = Wave.objects.visible_to(request.user, permission).select_related("cohort__programme", "version")
    return get_object_or_404(waves, cohort__slug=slug, kind=kind)


def in_cohort(cohort: Cohort, **context: Any) -> dict[str, Any]:
    """What layouts/cohort.html needs, and the rest."""
    return {"cohort": cohort, "tab": "evaluation", **context}
