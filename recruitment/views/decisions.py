"""Accept, reserve, decline, and taking it back. One address each; the reason comes from the same box."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from people.access import permission_required
from people.permissions import Permission
from recruitment.forms import ReasonForm
from recruitment.services import deciding
from recruitment.views.application import fetch, show


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["POST"])
def reserve(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    sentence = "{} is on the reserve list now. The letter is in the outbox."
    return _decide(request, slug, reference, deciding.put_on_reserve, sentence)


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["POST"])
def decline(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _decide(request, slug, reference, deciding.decline, "{} is declined. The letter is in the outbox.")


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["POST"])
def reopen(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _decide(request, slug, reference, _take_back)


def _take_back(**application_reason_by: Any) -> str:
    """What to tell the organiser: whether the applicant has heard of the decision already."""
    if deciding.reopen(**application_reason_by):
        return "The decision about {} is taken back. No letter had gone out."
    return "The decision about {} is taken back. The letter about it has gone already, so please phone them."


def _decide(
    request: HttpRequest, slug: str, reference: str, service: Callable[..., Any], sentence: str = ""
) -> HttpResponse:
    """One call to `service`; afterwards `sentence`, or what the service says."""
    found = fetch(request, slug, reference, Permission.APPLICATION_DECIDE)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            said = service(application=found, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, (sentence or said).format(found.person.name))
            return redirect(found)
    return show(request, found, reason_form=form)
