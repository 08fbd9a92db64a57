"""People who applied twice: pairs side by side, and a person's judgement about each."""

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
from recruitment.forms import PairForm
from recruitment.models import Application, DuplicateVerdict
from recruitment.services import merging, undoing

# A page of them; the next follow when these are judged.
AT_ONCE = 10
NEITHER = "Choose which of the two applications stays. The other one becomes its second version."


@permission_required(Permission.APPLICATION_DECIDE)
@require_safe
def duplicates(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _cohort(request, slug))


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    form = _form(request, cohort)
    if form.is_valid():
        chosen = form.kept_and_other()
        if chosen is None:
            form.add_error("keep", NEITHER)
        else:
            keep, other = chosen
            try:
                merging.merge(keep=keep, other=other, by=request.user, reason=_reason(form, "One person"))
            except DomainError as refusal:
                form.add_error(None, refusal.sentence)
            else:
                said = f"{other.reference} is a second version of {keep.reference} now. Only {keep.reference} counts."
                messages.success(request, said)
                return redirect("recruitment:duplicates", slug)
    return _page(request, cohort, form)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def different(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    form = _form(request, cohort)
    if form.is_valid():
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        try:
            merging.tell_apart(first=first, second=second, by=request.user, reason=_reason(form, "Two people"))
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{first.reference} and {second.reference} are two people. Both count.")
            return redirect("recruitment:duplicates", slug)
    return _page(request, cohort, form)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def look_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    mine = DuplicateVerdict.objects.visible_to(request.user).filter(first__cohort__slug=slug)
    verdict = get_object_or_404(mine.select_related("first__cohort"), pk=pk)
    merging.look_again(verdict=verdict, by=request.user)
    messages.success(request, "The two applications are compared again.")
    return redirect("recruitment:duplicates", slug)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def unmerge(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_DECIDE).filter(cohort__slug=slug)
    found = get_object_or_404(mine.select_related("cohort"), reference=reference)
    try:
        said = undoing.undo(action=merging.action_of(found), by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect("recruitment:duplicates", slug)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_DECIDE), slug=slug)


def _form(request: HttpRequest, cohort: Cohort) -> PairForm:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_DECIDE).filter(cohort=cohort)
    return PairForm(request.POST, applications=mine.select_related("cohort", "person"))


def _reason(form: PairForm, otherwise: str) -> str:
    return form.cleaned_data["reason"] or otherwise


def _page(request: HttpRequest, cohort: Cohort, form: PairForm | None = None) -> HttpResponse:
    pairs = queries.duplicate_pairs(cohort)
    with_contact = Permission.PEOPLE_VIEW in queries.held_in(cohort, request.user)
    context: dict[str, Any] = {
        "cohort": cohort,
        "tab": "applications",
        "form": form,
        "waiting": len(pairs),
        "pairs": queries.side_by_side(pairs[:AT_ONCE], with_contact=with_contact),
        "verdicts": queries.verdicts_of(cohort),
    }
    return render(request, "recruitment/duplicates.html", context, status=422 if form is not None else 200)
