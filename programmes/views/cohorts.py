"""The list of cohorts, opening one, its settings."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from core.tables import Column, Filter, Table
from people.access import permission_required
from people.permissions import Permission
from people.services.registering import organisation_named
from programmes import queries
from programmes.forms import CohortForm, SettingsForm
from programmes.models import Cohort, Programme
from programmes.services import cohorts as service
from programmes.services.refusals import BadCohort, Changed


@require_http_methods(["GET"])
@permission_required(Permission.COHORT_VIEW, Permission.COHORT_CREATE)
def cohorts(request: HttpRequest) -> HttpResponse:
    """Every cohort that the reader may see."""
    mine = queries.with_places_taken(Cohort.objects.visible_to(request.user)).select_related("programme__commissioner")
    programmes = sorted({(str(row.programme_id), row.programme.name) for row in mine}, key=lambda row: row[1])
    table = Table(
        name="cohorts",
        caption="Cohorts",
        columns=[
            Column(
                "title", "Cohort", lambda row: row.title, ("title",), "programmes/_cohort_name.html", is_heading=True
            ),
            Column("programme", "Programme", lambda row: row.programme.name, ("programme__name",)),
            Column("commissioner", "Commissioner", lambda row: row.programme.commissioner.name),
            Column("region", "Region", lambda row: row.region, ("region",)),
            Column("days", "Days", lambda row: row.first_day, ("first_day",), "programmes/_cohort_days.html"),
            Column("taken", "People", lambda row: row.taken, ("taken",), "programmes/_cohort_places.html", "number"),
        ],
        rows=mine,
        params=request.GET,
        search=("title", "region", "programme__name"),
        search_label="Search cohorts",
        filters=[Filter("programme", "Programme", programmes, "programme")],
        default_sort="-days",
        empty="No cohorts yet.",
        empty_next="Open the first one: its dates, its places, and when applications close.",
    )
    return table.export() or render(request, "programmes/cohorts.html", {"table": table})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_CREATE)
def new(request: HttpRequest) -> HttpResponse:
    """Open a cohort; whoever does becomes its organiser."""
    programmes = queries.programmes_of(request.user, Permission.COHORT_CREATE)
    first = {"time_zone": "Europe/London", "capacity": 40}
    form = CohortForm(request.POST or None, initial=first, programmes=programmes)
    if form.is_valid():
        try:
            cohort = _open(form, request.user)
        except BadCohort as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{cohort.title} is open. You are its organiser.")
            return redirect(cohort)
    return form_page(request, "programmes/cohort_new.html", form)


@transaction.atomic
def _open(form: CohortForm, user: Any) -> Cohort:
    return service.create(
        programme=form.chosen_programme or _new_programme(form, user),
        slug=form.cleaned_data["slug"],
        by=user,
        **form.values(),
    )


def _new_programme(form: CohortForm, user: Any) -> Programme:
    name, commissioner = form.cleaned_data["new_programme"], organisation_named(form.cleaned_data["commissioner"])
    if queries.is_others_programme(name, commissioner, user):
        raise BadCohort(
            "This commissioner already has a programme of that name. Ask its administrator to give you a role in it.",
            "new_programme",
        )
    return service.programme_named(name=name, commissioner=commissioner, by=user)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_EDIT)
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """A cohort's settings. The second of two people who save is shown what the first one saved."""
    mine = Cohort.objects.visible_to(request.user, Permission.COHORT_EDIT)
    cohort = get_object_or_404(mine.select_related("programme__commissioner").prefetch_related("days"), slug=slug)
    form = SettingsForm(request.POST, days=len(cohort.days.all())) if request.POST else SettingsForm.of(cohort)
    context: dict[str, Any] = {"cohort": cohort, "tab": "settings"}
    if form.is_valid():
        try:
            service.change(cohort=cohort, version=form.cleaned_data["version"], by=request.user, **form.values())
        except Changed as refusal:
            return _show_both(request, cohort, form, refusal)
        except BadCohort as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Your changes are saved.")
            return redirect("programmes:settings", slug)
    return form_page(request, "programmes/settings.html", form, **context)


def _show_both(request: HttpRequest, cohort: Cohort, form: SettingsForm, refusal: DomainError) -> HttpResponse:
    """What was typed, what is saved now, and a form that saves over it knowingly. Answers 409."""
    now = SettingsForm.of(Cohort.objects.visible_to(request.user).prefetch_related("days").get(pk=cohort.pk))
    differences = [
        {"label": form.fields[name].label, "saved": now.initial.get(name), "typed": form.cleaned_data.get(name)}
        for name in form.fields
        if name != "version" and (now.initial.get(name) or "") != (form.cleaned_data.get(name) or "")
    ]
    typed = request.POST.copy()
    typed["version"] = str(now.initial["version"])
    again = SettingsForm(typed, days=len(form.days))
    again.is_valid()
    who = queries.last_to_change(cohort)
    again.add_error(
        None, f"These settings were saved by {who}, after you opened this page." if who else refusal.sentence
    )
    context = {"cohort": cohort, "tab": "settings", "form": again, "differences": differences, "conflict": True}
    return render(request, "programmes/settings.html", context, status=409)
