"""One application on one page: the answers, what reviewers made of it, whether it may be considered, the decisions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from core.forms import Form
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.calls import was_late
from recruitment.forms import EligibilityForm
from recruitment.lists import applications_table, kept_query, neighbours
from recruitment.models import Application
from recruitment.services import eligibility
from recruitment.views.decision_card import decision_card


@permission_required(Permission.APPLICATION_VIEW)
@require_safe
def application(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return show(request, fetch(request, slug, reference, Permission.APPLICATION_VIEW))


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def check_eligibility(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    found = fetch(request, slug, reference, Permission.APPLICATION_DECIDE)
    form = EligibilityForm(request.POST)
    if form.is_valid():
        try:
            eligibility.check(application=found, by=request.user, **form.answer())
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            words = "may be considered" if form.answer()["is_eligible"] else "is not eligible"
            messages.success(request, f"Saved: {found.person.name} {words}.")
            return redirect(found.get_absolute_url() + kept_query(request.GET))
    return show(request, found, eligibility_form=form)


def fetch(request: HttpRequest, slug: str, reference: str, permission: Permission) -> Application:
    """The application with everything its page shows, or 404."""
    mine = Application.objects.visible_to(request.user, permission).filter(cohort__slug=slug)
    return get_object_or_404(queries.with_everything(mine), reference=reference)


def show(
    request: HttpRequest,
    found: Application,
    reason_form: Form | None = None,
    eligibility_form: EligibilityForm | None = None,
) -> HttpResponse:
    """The page. 422 when one of its two forms could not be used."""
    held = queries.held_in(found.cohort, request.user)
    refused = next((form for form in (reason_form, eligibility_form) if form is not None and form.errors), None)
    context: dict[str, Any] = {
        "application": found,
        "cohort": found.cohort,
        "tab": "applications",
        "form": refused,
        "answers": queries.answered(found),
        "reviewed": queries.reviewed(found),
        "history": queries.history(found),
        "merged_versions": queries.merged_versions(found),
        "to_write_down": Permission.APPLICATION_ENTER in held and queries.is_unwritten(found),
        "is_late": was_late(found.cohort, found.submitted_at),
        **_beside(request, found, held),
        **_person(found, held),
        **_deciding(found, held, reason_form, eligibility_form),
    }
    return render(request, "recruitment/application.html", context, status=422 if refused else 200)


def _beside(request: HttpRequest, found: Application, held: frozenset[Permission]) -> dict[str, str]:
    """The applications before and after this one in the list that one came from; none where that list is no more."""
    table = applications_table(
        cohort=found.cohort,
        applications=Application.objects.visible_to(request.user).filter(cohort=found.cohort),
        params=request.GET,
        settings=queries.settings_of_row(found.cohort),
        held=held,
    )
    query = kept_query(request.GET)
    try:
        before, after = neighbours(table, found.reference)
    except BadRequest:
        before = after = query = ""

    def address(reference: str) -> str:
        where = [found.cohort.slug, reference]
        return reverse("recruitment:application", args=where) + query if reference else ""

    list_url = reverse("recruitment:applications", args=[found.cohort.slug]) + query
    return {"list_url": list_url, "before_url": address(before), "after_url": address(after), "kept_query": query}


def _person(found: Application, held: frozenset[Permission]) -> dict[str, Any]:
    """Who it is, as far as the reader may know."""
    return {
        "facts": queries.facts(found, held),
        "may_open_person": Permission.PEOPLE_VIEW in held,
        "may_correct": Permission.APPLICATION_ENTER in held and found.state != Application.State.MERGED,
        "access_needs": queries.access_needs(found) if Permission.ACCESS_NEEDS_VIEW in held else None,
        "nomination": found.nomination if Permission.RECRUITMENT_MANAGE in held else None,
    }


def _deciding(
    found: Application,
    held: frozenset[Permission],
    reason_form: Form | None,
    eligibility_form: EligibilityForm | None,
) -> dict[str, Any]:
    can_decide = Permission.APPLICATION_DECIDE in held
    is_open = can_decide and found.state in eligibility.CHECKABLE
    return {
        "decision": decision_card(found, held, reason_form),
        "summary": queries.summary(found.cohort),
        "eligibility_form": (eligibility_form or EligibilityForm()) if is_open else None,
        "hints": queries.eligibility_hints(found) if is_open else [],
    }
