"""Deciding on one application. One address each; the answer is the page of the application or of the offers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.exceptions import DomainError
from people.access import permission_required
from people.permissions import Permission
from recruitment.forms import MoreTimeForm, PrepareForm, ReasonForm
from recruitment.models import Application, PendingDecision
from recruitment.services import deciding, offering, preparing, withdrawing
from recruitment.views.application import fetch, show

Outcome = PendingDecision.Outcome
PREPARED = {
    Outcome.ACCEPT: "Prepared: offer a place to {}.",
    Outcome.RESERVE: "Prepared: put {} on the reserve list.",
    Outcome.DECLINE: "Prepared: decline {}.",
}
NOT_TOLD = "Nobody is told before you release the letters."
decides = permission_required(Permission.APPLICATION_DECIDE)


@decides
@require_POST
def offer(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _prepare(request, slug, reference, Outcome.ACCEPT)


@decides
@require_POST
def reserve(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _prepare(request, slug, reference, Outcome.RESERVE)


@decides
@require_POST
def decline(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _prepare(request, slug, reference, Outcome.DECLINE)


@decides
@require_POST
def confirm(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """They said yes, by phone or on paper."""
    return _at_once(request, slug, reference, offering.say_yes, "{} has a place now. A letter confirms it.")


@decides
@require_POST
def turn_down(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """They said no, by phone or on paper."""
    return _at_once(request, slug, reference, offering.say_no, "{} said no. The place is free for the next.")


@decides
@require_POST
def lapse(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Nobody answered: the place goes to somebody else."""
    sentence = "{} keeps no place. No letter says so, so ring them if you can. The place is free for the next."
    return _at_once(request, slug, reference, offering.lapse, sentence)


@decides
@require_POST
def withdraw(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """They asked us, by phone or on paper, to take their application back."""
    return _at_once(request, slug, reference, withdrawing.withdraw, "{} has withdrawn. A letter says so.")


@decides
@require_POST
def reopen(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return _at_once(request, slug, reference, _take_back)


def _take_back(**application_reason_by: Any) -> str:
    """What to tell the organiser: whether the applicant has heard of the decision already."""
    if deciding.reopen(**application_reason_by):
        return "The decision about {} is taken back. No letter had gone out."
    return "The decision about {} is taken back. The letter about it has gone already, so please phone them."


@decides
@require_POST
def extend(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Give more time to reply. A letter says so."""
    found = fetch(request, slug, reference, Permission.APPLICATION_DECIDE)
    form = MoreTimeForm(request.POST, auto_id="more_%s")
    if form.is_valid():
        reply_by = offering.end_of_day(form.cleaned_data["reply_by"], found.cohort)
        try:
            offering.extend(application=found, reply_by=reply_by, by=request.user)
        except DomainError as refusal:
            form.add_error("reply_by", refusal.sentence)
        else:
            messages.success(request, f"{found.person.name} has more time to reply. A letter says so.")
            return _back(request, found)
    return show(request, found, reason_form=form)


def _prepare(request: HttpRequest, slug: str, reference: str, outcome: str) -> HttpResponse:
    found = fetch(request, slug, reference, Permission.APPLICATION_DECIDE)
    typed = request.POST.copy()
    typed["outcome"] = outcome
    form = PrepareForm(typed, auto_id="decide_%s")
    if form.is_valid():
        try:
            preparing.prepare(cohort=found.cohort, applications=[found], by=request.user, **form.decision())
        except preparing.NotSettled as refusal:
            form.add_error("before_settled", refusal.sentence)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{PREPARED[Outcome(outcome)].format(found.person.name)} {NOT_TOLD}")
            return _back(request, found)
    return show(request, found, reason_form=form)


def _at_once(
    request: HttpRequest, slug: str, reference: str, service: Callable[..., Any], sentence: str = ""
) -> HttpResponse:
    """One call to `service`; afterwards `sentence`, or what the service says."""
    found = fetch(request, slug, reference, Permission.APPLICATION_DECIDE)
    form = ReasonForm(request.POST, auto_id="now_%s")
    if form.is_valid():
        try:
            said = service(application=found, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, (sentence or said).format(found.person.name))
            return _back(request, found)
    return show(request, found, reason_form=form)


def _back(request: HttpRequest, found: Application) -> HttpResponse:
    """To the page of offers for whoever came from there."""
    if request.POST.get("back") == "offers":
        return redirect("recruitment:offers", found.cohort.slug)
    return redirect(found)
