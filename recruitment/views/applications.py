"""The organiser's list of applications, and accepting several at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.forms import BulkForm
from recruitment.lists import applications_table
from recruitment.models import Application
from recruitment.rubric import CRITERIA
from recruitment.services import deciding


@permission_required(Permission.APPLICATION_VIEW)
@require_http_methods(["GET", "HEAD"])
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_VIEW), slug=slug)
    table = applications_table(
        cohort=cohort,
        applications=Application.objects.visible_to(request.user).filter(cohort=cohort),
        params=request.GET,
        can_select=Permission.APPLICATION_DECIDE in queries.held_in(cohort, request.user),
    )
    context = {
        "cohort": cohort,
        "tab": "applications",
        "table": table,
        "summary": queries.summary(cohort),
        "criteria": CRITERIA,
        "bulk_url": _with_filters(request, "recruitment:applications-accept", slug),
    }
    return table.export() or render(request, "recruitment/applications.html", context)


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["POST"])
def accept_selected(request: HttpRequest, slug: str) -> HttpResponse:
    """All that are ticked or none. Goes back to the list as it was filtered."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_DECIDE), slug=slug)
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_DECIDE).filter(cohort=cohort)
    form = BulkForm(request.POST, applications=mine.select_related("cohort", "person"))
    if form.is_valid():
        _accept(request, form)
    else:
        messages.error(request, form.first_error())
    return redirect(_with_filters(request, "recruitment:applications", slug))


def _accept(request: HttpRequest, form: BulkForm) -> None:
    try:
        number = deciding.accept_all(**form.cleaned_data, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        people = "1 person has a place now" if number == 1 else f"{number} people have a place now"
        messages.success(request, f"{people}. Their letters are in the outbox.")


def _with_filters(request: HttpRequest, name: str, slug: str) -> str:
    """An address that keeps the filters of the list."""
    query = request.GET.urlencode()
    return reverse(name, args=[slug]) + (f"?{query}" if query else "")
