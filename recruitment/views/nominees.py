"""Public pages of nominations: a contact nominates by a secret link, and whoever was nominated answers by another.

Neither shows anything personal: the contact's page never shows whom they nominated, the nominee's page not who they are.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from core.links import keeps_the_link_secret
from core.pages import form_page
from core.tokens import hash_of
from programmes.models import Cohort
from recruitment.calls import Call, call_of
from recruitment.forms.nominating import NominateForm
from recruitment.models import Nomination, NominationRequest
from recruitment.services import nominating as service

# The demo's bar posts to pages that want to know where the reader comes from, which these pages never tell.
NO_BAR = {"is_demo": False}


@login_not_required
@keeps_the_link_secret
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, token: str) -> HttpResponse:
    """One person at a time. The page says how many were nominated, never whom."""
    asked = (
        NominationRequest.objects.by_token(hash_of(token)).select_related("cohort__programme", "organisation").first()
    )
    if asked is None:
        return _unknown(request)
    received = asked.nominations.count()
    context = {"asked": asked, "cohort": asked.cohort, "token": token, "received": received} | NO_BAR
    if is_over(asked.cohort) or received >= asked.asked_for:
        return render(request, "recruitment/nominate.html", context | {"is_over": is_over(asked.cohort)})
    form = NominateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = service.nominate(request=asked, **form.who_and_why())
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            how = "We write to them" if made.email else "We call them"
            messages.success(request, f"Thank you. {how} and ask whether they want to apply.")
            return redirect("recruitment:nominate", token)
    return form_page(request, "recruitment/nominate.html", form, **context)


@login_not_required
@keeps_the_link_secret
@require_safe
def nominated(request: HttpRequest, token: str) -> HttpResponse:
    """Who nominated the reader, what happens, and two buttons. Opening it changes nothing."""
    found = _find(token)
    return _unknown(request) if found is None else _show(request, found, token)


@login_not_required
@keeps_the_link_secret
@require_POST
def yes(request: HttpRequest, token: str) -> HttpResponse:
    """The reader wants to apply: on to the form, which knows from the session who was nominated."""
    found = _find(token)
    if found is None:
        return _unknown(request)
    try:
        service.say_yes(nomination=found)
    except DomainError as refusal:
        return _show(request, found, token, refusal=refusal.sentence)
    cohort = found.request.cohort
    if not is_open(cohort) or hasattr(found, "application"):
        return redirect("recruitment:nominated", token)
    request.session["nomination"] = found.pk
    return redirect("recruitment:apply-form", cohort.slug)


@login_not_required
@keeps_the_link_secret
@require_POST
def no(request: HttpRequest, token: str) -> HttpResponse:
    """The reader does not want to apply: their details are deleted."""
    found = _find(token)
    if found is None:
        return _unknown(request)
    try:
        service.say_no(nomination=found)
    except DomainError as refusal:
        return _show(request, found, token, refusal=refusal.sentence)
    return redirect("recruitment:nominated", token)


def _find(token: str) -> Nomination | None:
    with_everything = ("request__organisation", "request__cohort__programme", "application")
    return Nomination.objects.by_token(hash_of(token)).select_related(*with_everything).first()


def _show(request: HttpRequest, found: Nomination, token: str, refusal: str = "") -> HttpResponse:
    cohort = found.request.cohort
    context: dict[str, Any] = {
        "asked": found.request,
        "state": found.state,
        "cohort": cohort,
        "token": token,
        "has_applied": hasattr(found, "application"),
        "is_open": is_open(cohort),
        "is_over": is_over(cohort),
        "refusal": refusal,
    } | NO_BAR
    return render(request, "recruitment/nominated.html", context, status=409 if refusal else 200)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "recruitment/nomination_link_unknown.html", NO_BAR, status=404)


def is_open(cohort: Cohort) -> bool:
    """Whether somebody can begin an application now."""
    return cohort.applications_open_at is not None and call_of(cohort) is Call.OPEN


def is_over(cohort: Cohort) -> bool:
    """Whether nobody can begin an application any more."""
    return cohort.applications_open_at is not None and call_of(cohort) in (Call.GRACE, Call.CLOSED)
