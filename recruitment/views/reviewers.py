"""Who reviews what: the work of each reviewer, giving out by one button, and changes by hand."""

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
from recruitment.forms import NoteConflictForm, ReviewerForm
from recruitment.models import Application, BulkAction, ConflictOfInterest
from recruitment.reviewer_list import reviewer_table
from recruitment.services import assigning


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_safe
def reviewers(request: HttpRequest, slug: str) -> HttpResponse:
    """How the work stands, and what giving out would change before anybody presses the button."""
    cohort = _cohort(request, slug)
    desk = queries.desk_of(cohort)
    without = _without(request.GET.getlist("without"), desk)
    plan = desk.plan(without)
    applications = Application.objects.visible_to(request.user, Permission.RECRUITMENT_MANAGE).filter(cohort=cohort)
    table = reviewer_table(applications.for_reviewers(), desk, request.GET)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "desk": desk,
        "lines": desk.lines(),
        "plan": plan,
        "plan_in_words": assigning.in_words(plan),
        "loads": queries.loads_of(desk, plan),
        "shortages": queries.shortages_in_words(applications, plan),
        "without": [reviewer for reviewer in desk.reviewers if reviewer.pk in without],
        "table": table,
        "bulk_actions": queries.latest_bulk_actions(cohort, kinds=[BulkAction.Kind.ASSIGN]),
    }
    return table.export() or render(request, "recruitment/reviewers.html", context)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def deal(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    without = _without(request.POST.getlist("without"), queries.desk_of(cohort))
    dealt = assigning.deal(cohort=cohort, by=request.user, without=without)
    said = assigning.in_words(dealt)
    messages.success(
        request, f"{said}." if said else "Nothing to change: every application has the reviewers it can have."
    )
    return redirect("recruitment:reviewers", slug)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_safe
def of_one(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _show(request, _application(request, slug, reference))


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def give(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    found = _application(request, slug, reference)
    form = ReviewerForm(request.POST, reviewers=_choices(found))
    if form.is_valid():
        reviewer = form.cleaned_data["reviewer"]
        try:
            assigning.give(application=found, reviewer=reviewer, by=request.user)
        except DomainError as refusal:
            form.add_error("reviewer", refusal.sentence)
        else:
            messages.success(request, f"{reviewer} reads {reference} now. Giving out again does not change that.")
            return redirect("recruitment:reviewers-of", slug, reference)
    return _show(request, found, give_form=form)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def take(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """With `discard` a review that is begun goes too; the page asks before it sends that."""
    found = _application(request, slug, reference)
    form = ReviewerForm(request.POST, reviewers=_choices(found))
    if form.is_valid():
        reviewer, discard = form.cleaned_data["reviewer"], request.POST.get("discard") == "yes"
        try:
            assigning.take(application=found, reviewer=reviewer, by=request.user, discard=discard)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"{reviewer} no longer has {reference}. Give it to somebody else.")
    return redirect("recruitment:reviewers-of", slug, reference)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def conflict(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    found = _application(request, slug, reference)
    form = NoteConflictForm(request.POST, reviewers=_choices(found), prefix="conflict")
    if not form.is_valid():
        return _show(request, found, conflict_form=form)
    reviewer = form.cleaned_data["reviewer"]
    assigning.note_conflict(
        application=found,
        reviewer=reviewer,
        kind=ConflictOfInterest.Kind.BY_HAND,
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    messages.success(request, f"{reviewer} does not read {reference}, now or when reviews are given out again.")
    return redirect("recruitment:reviewers-of", slug, reference)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def forget_conflict(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    found = _application(request, slug, reference)
    form = ReviewerForm(request.POST, reviewers=_choices(found))
    if form.is_valid():
        reviewer = form.cleaned_data["reviewer"]
        assigning.forget_conflict(application=found, reviewer=reviewer, by=request.user)
        messages.success(request, f"{reviewer} may read {reference} again.")
    return redirect("recruitment:reviewers-of", slug, reference)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(request.user, Permission.RECRUITMENT_MANAGE), slug=slug)


def _application(request: HttpRequest, slug: str, reference: str) -> Application:
    mine = Application.objects.visible_to(request.user, Permission.RECRUITMENT_MANAGE).filter(cohort__slug=slug)
    return get_object_or_404(mine.for_reviewers().select_related("cohort", "person"), reference=reference)


def _without(asked: list[str], desk: queries.Desk) -> frozenset[int]:
    """Who gets nothing this time. Numbers that are nobody of this cohort are left aside."""
    return frozenset(reviewer.pk for reviewer in desk.reviewers if str(reviewer.pk) in asked)


def _choices(found: Application) -> list[tuple[Any, str]]:
    return [(reviewer, "") for reviewer in queries.reviewers_of(found.cohort)]


def _show(
    request: HttpRequest,
    found: Application,
    give_form: ReviewerForm | None = None,
    conflict_form: NoteConflictForm | None = None,
) -> HttpResponse:
    """One application, who has it, and who must not. 422 when one of the forms could not be used."""
    desk = queries.desk_of(found.cohort)
    seats = queries.seats_of(desk, found)
    can_have = [(seat.reviewer, seat.load_words) for seat in seats if seat.is_free]
    may_be_noted = [(seat.reviewer, "") for seat in seats if not seat.conflict]
    refused = next((form for form in (give_form, conflict_form) if form is not None and form.errors), None)
    context = {
        "application": found,
        "cohort": found.cohort,
        "tab": "applications",
        "form": refused,
        "desk": desk,
        "seats": seats,
        "give_form": give_form or ReviewerForm(reviewers=can_have),
        "conflict_form": conflict_form or NoteConflictForm(reviewers=may_be_noted, prefix="conflict"),
    }
    return render(request, "recruitment/reviewers_of.html", context, status=422 if refused else 200)
