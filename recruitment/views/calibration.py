"""How alike reviewers score."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.calibration_pictures import agreement_picture, severity_picture

MOST_SHIFTS = 20


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_safe
def calibration(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.RECRUITMENT_MANAGE), slug=slug)
    found = queries.calibration_of(cohort)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "calibration": found,
        "severity_picture": severity_picture(found.reviewers),
        "agreement_picture": agreement_picture(found.agreements),
        "shifts": found.shifts[:MOST_SHIFTS],
        "smaller_shifts": len(found.shifts[MOST_SHIFTS:]),
    }
    return render(request, "recruitment/calibration.html", context)
