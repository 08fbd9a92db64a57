"""The organiser's list of applications, and saying of several at once whether they may be considered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from core.tables import Table
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.forms import ManyEligibleForm
from recruitment.lists import applications_table, kept_query
from recruitment.models import Application
from recruitment.places import places_in, with_places
from recruitment.rubric import CRITERIA
from recruitment.services import eligibility

SHOWN_ACTIONS = 3


@permission_required(Permission.APPLICATION_VIEW)
@require_safe
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    return show(request, _fetch(request, slug, Permission.APPLICATION_VIEW))


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def check_several(request: HttpRequest, slug: str) -> HttpResponse:
    """The ticked ones are eligible, or are not, for one reason. What was ticked stays ticked when it cannot be saved."""
    cohort = _fetch(request, slug, Permission.APPLICATION_DECIDE)
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_DECIDE).filter(cohort=cohort)
    form = ManyEligibleForm(request.POST, applications=mine.select_related("person", "cohort"))
    if not form.is_valid():
        return show(request, cohort, form)
    try:
        action = eligibility.check_many(cohort=cohort, by=request.user, **form.answer())
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return show(request, cohort, form)
    messages.success(request, f"{action.summary}. You can undo it below the list.")
    return redirect(reverse("recruitment:applications", args=[slug]) + kept_query(request.GET))


def _fetch(request: HttpRequest, slug: str, permission: Permission) -> Cohort:
    """The cohort with its settings and its places, or 404. One query."""
    mine = with_places(Cohort.objects.visible_to(request.user, permission)).select_related("recruitment_settings")
    return get_object_or_404(mine, slug=slug)


def show(request: HttpRequest, cohort: Cohort, form: ManyEligibleForm | None = None) -> HttpResponse:
    """The list, or the file that was asked for. 422 when what was to be done with the ticked ones could not be."""
    settings = queries.settings_of_row(cohort)
    table = applications_table(
        cohort=cohort,
        applications=Application.objects.visible_to(request.user).filter(cohort=cohort),
        params=request.GET,
        settings=settings,
        held=queries.held_in(cohort, request.user),
        selected=form.data.getlist("applications") if form else (),
    )
    return table.export() or _page(request, cohort, table, queries.figures(cohort, settings), form)


def _page(
    request: HttpRequest, cohort: Cohort, table: Table, figures: queries.Figures, form: ManyEligibleForm | None
) -> HttpResponse:
    table.count_of_all = figures.all
    context: dict[str, Any] = {
        "cohort": cohort,
        "tab": "applications",
        "table": table,
        "figures": figures,
        "summary": {"places": places_in(cohort)},
        "bulk_actions": queries.latest_bulk_actions(cohort, SHOWN_ACTIONS),
        "bulk_url": reverse("recruitment:applications-eligible", args=[cohort.slug]) + kept_query(request.GET),
        "form": form,
        "criteria": CRITERIA,
    }
    return render(request, "recruitment/applications.html", context, status=422 if form else 200)
