"""Deciding on everybody on one page: the ranking, the mix of the room while one ticks, and preparing decisions."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.forms import MarkForm, TickedForm
from recruitment.models import Application, BulkAction
from recruitment.queries.deciding import TO_DECIDE, ranking_of
from recruitment.queries.mix import Mix, mix_of
from recruitment.sentences import people
from recruitment.services import preparing

TOP = "top"
# What this page did lately, and can undo.
SHOWN = (BulkAction.Kind.MARK, BulkAction.Kind.RELEASE)


def fetch_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, if the reader may decide in it, or 404."""
    return get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_DECIDE), slug=slug)


def mine(request: HttpRequest, cohort: Cohort) -> Any:
    """The applications of the cohort on which the reader may decide."""
    return Application.objects.visible_to(request.user, Permission.APPLICATION_DECIDE).filter(cohort=cohort)


@permission_required(Permission.APPLICATION_DECIDE)
@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """`?tick=top` comes with as many of the best ticked as there are places."""
    return _show(request, fetch_cohort(request, slug), tick_top=request.GET.get("tick") == TOP)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """The page again with the mix of whoever is ticked and everything typed, for browsers without scripts."""
    cohort = fetch_cohort(request, slug)
    kept = {name: request.POST.get(name, "") for name in ("reason", "before_settled")}
    form = MarkForm(applications=mine(request, cohort), initial=kept | {"criteria": request.POST.getlist("criteria")})
    return _show(request, cohort, form, ticked=request.POST.getlist("applications"))


@permission_required(Permission.APPLICATION_DECIDE)
@require_safe
def mix(request: HttpRequest, slug: str) -> HttpResponse:
    """The panel alone, as the page asks for it while somebody ticks."""
    cohort = fetch_cohort(request, slug)
    context = {"mix": _mix(request, cohort, request.GET.getlist("applications")), "cohort": cohort}
    return render(request, "recruitment/_mix.html", context)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def mark(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare one decision for everybody who is ticked. Nobody is told."""
    cohort = fetch_cohort(request, slug)
    form = MarkForm(request.POST, applications=mine(request, cohort))
    if form.is_valid():
        chosen = list(form.cleaned_data["applications"])
        try:
            action = preparing.prepare(cohort=cohort, applications=chosen, by=request.user, **form.decision())
        except preparing.NotSettled as refusal:
            form.add_error("before_settled", refusal.sentence)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{action.summary}. Nobody is told before you release the letters.")
            return redirect("recruitment:decisions", slug)
    return _show(request, cohort, form, ticked=request.POST.getlist("applications"))


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def clear(request: HttpRequest, slug: str) -> HttpResponse:
    """Take away what is prepared for whoever is ticked."""
    cohort = fetch_cohort(request, slug)
    form = TickedForm(request.POST, applications=mine(request, cohort))
    if not form.is_valid():
        messages.error(request, next(error for errors in form.errors.values() for error in errors))
        return redirect("recruitment:decisions", slug)
    cleared = preparing.clear(cohort=cohort, applications=form.cleaned_data["applications"], by=request.user)
    if cleared:
        messages.success(request, f"Taken away. {people(cleared)} to decide again.")
    else:
        messages.error(request, "Nothing was prepared for them.")
    return redirect((request.POST.get("back") == "letters" and "recruitment:letters") or "recruitment:decisions", slug)


def _show(
    request: HttpRequest,
    cohort: Cohort,
    form: MarkForm | None = None,
    *,
    ticked: Collection[str] = (),
    tick_top: bool = False,
) -> HttpResponse:
    """The page; 422 when the form on it could not be used."""
    ranking = ranking_of(cohort, mine(request, cohort))
    on_the_page = {item.application.reference for item in ranking.candidates}
    ticked = on_the_page.intersection(ranking.top_that_fit() if tick_top else ticked)
    form = form or MarkForm(applications=mine(request, cohort))
    context = {
        "cohort": cohort,
        "tab": "applications",
        "ranking": ranking,
        "ticked": ticked,
        "top": len(ranking.top_that_fit()),
        "mix": _mix(request, cohort, ticked),
        "form": form,
        "bulk_actions": queries.latest_bulk_actions(cohort, kinds=SHOWN),
    }
    return render(request, "recruitment/decisions.html", context, status=422 if form.errors else 200)


def _mix(request: HttpRequest, cohort: Cohort, ticked: Collection[str]) -> Mix:
    chosen = mine(request, cohort).filter(reference__in=list(ticked)[:500], state__in=TO_DECIDE)
    with_needs = Permission.ACCESS_NEEDS_VIEW in queries.held_in(cohort, request.user)
    return mix_of(cohort, chosen, with_needs=with_needs)
