"""The organiser's list of applications, and accepting several at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.lists import applications_table
from recruitment.models import Application
from recruitment.rubric import CRITERIA


@permission_required(Permission.APPLICATION_VIEW)
@require_http_methods(["GET", "HEAD"])
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_VIEW), slug=slug)
    table = applications_table(
        cohort=cohort,
        applications=Application.objects.visible_to(request.user).filter(cohort=cohort),
        params=request.GET,
        can_select=False,
    )
    context = {
        "cohort": cohort,
        "tab": "applications",
        "table": table,
        "summary": queries.summary(cohort),
        "criteria": CRITERIA,
    }
    return table.export() or render(request, "recruitment/applications.html", context)
