"""The organiser's pages about nominations: where the gaps are, whom to ask, whom to phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from recruitment.forms.nominating import AskForm, JoinForm, NominateForm
from recruitment.models import Application, Nomination, NominationRequest
from recruitment.nomination_list import nominees_table, requests_table
from recruitment.queries.nominating import grid_of, to_call
from recruitment.services import nominating as service
from recruitment.views.setting_up import find_cohort

PAGE, PEOPLE = "recruitment:nominations", "recruitment:nominees"


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_safe
def nominations(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = find_cohort(request, slug)
    requests = NominationRequest.objects.visible_to(request.user).filter(cohort=cohort)
    table = requests_table(cohort=cohort, requests=requests, params=request.GET)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "table": table,
        "grid": grid_of(requests),
        "to_call": to_call(Nomination.objects.visible_to(request.user).filter(request__cohort=cohort)),
    }
    return table.export() or render(request, "recruitment/nominations.html", context)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who was nominated, and what they said. Those who said no have no name any more."""
    cohort = find_cohort(request, slug)
    found = Nomination.objects.visible_to(request.user).filter(request__cohort=cohort)
    table = nominees_table(cohort=cohort, nominations=found, params=request.GET)
    context = {"cohort": cohort, "tab": "applications", "table": table}
    return table.export() or render(request, "recruitment/nominees.html", context)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one organisation. An empty cell of the grid leads here with kind and area filled in."""
    cohort = find_cohort(request, slug)
    first = {"kind": request.GET.get("kind", ""), "area": request.GET.get("area", "")[:100], "asked_for": 1}
    form = AskForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            asked = service.ask(cohort=cohort, by=request.user, **form.cleaned_data)
        except service.AskedAlready as refusal:
            form.add_error("organisation_name", refusal.sentence)
        else:
            how = "The letter is in the outbox." if asked.contact_email else "Phone them: they have no email."
            messages.success(request, f"{asked.organisation.name} is asked for {asked.area}. {how}")
            return redirect(PAGE, slug)
    form.cancel_url = reverse(PAGE, args=[slug])
    return form_page(request, "recruitment/nomination_ask.html", form, cohort=cohort, tab="applications")


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    asked = _find(request, slug, pk)
    try:
        service.remind(request=asked, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"A reminder with a new link for {asked.organisation.name} is in the outbox.")
    return redirect(PAGE, slug)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    asked = _find(request, slug, pk)
    is_gone = service.withdraw(request=asked, by=request.user)
    stays = "" if is_gone else " The people whom they nominated stay on the list."
    messages.success(request, f"{asked.organisation.name} is not asked any more. Their link is dead.{stays}")
    return redirect(PAGE, slug)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down a nomination that the contact makes by phone."""
    asked = _find(request, slug, pk)
    form = NominateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = service.nominate(request=asked, by=request.user, **form.who_and_why())
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            how = "A letter to them is in the outbox." if made.email else "Phone them: they are on the list below."
            messages.success(request, f"{made.name} is nominated. {how}")
            return redirect(PAGE, slug)
    form.cancel_url = reverse(PAGE, args=[slug])
    context = {"asked": asked, "cohort": asked.cohort, "tab": "applications"}
    return form_page(request, "recruitment/nomination_enter.html", form, **context)


def _find(request: HttpRequest, slug: str, pk: int) -> NominationRequest:
    mine = NominationRequest.objects.visible_to(request.user).filter(cohort__slug=slug)
    return get_object_or_404(mine.select_related("organisation", "cohort"), pk=pk)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def said_yes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody said on the phone that they want to apply."""
    found = _find_person(request, slug, pk)
    try:
        service.say_yes(nomination=found, by=request.user)
    except DomainError:
        messages.error(request, "This person has said no, or was forgotten. Load the list again.")
    else:
        messages.success(
            request, f"{found.name} wants to apply. Fill in the form with them, then say here which one is theirs."
        )
        return redirect("recruitment:nominee-applied", slug, pk)
    return redirect(PEOPLE, slug)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_POST
def said_no(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody said on the phone that they do not want to apply: their details are deleted."""
    found = _find_person(request, slug, pk)
    try:
        service.say_no(nomination=found, by=request.user)
    except DomainError:
        messages.error(request, "This person has applied. Withdraw the application instead, if they want that.")
    else:
        messages.success(request, "Written down. Their details are deleted.")
    return redirect(PAGE, slug)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def applied(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody who was nominated applied on paper or by phone: say which application is theirs."""
    found = _find_person(request, slug, pk)
    cohort = found.request.cohort
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_VIEW).filter(cohort=cohort)
    form = JoinForm(request.POST if request.method == "POST" else None, applications=mine)
    if form.is_valid():
        try:
            service.join(nomination=found, application=form.application, by=request.user)
        except DomainError as refusal:
            form.add_error("reference", refusal.sentence)
        else:
            messages.success(request, f"{form.application.reference} is the application of {found.name}.")
            return redirect(PEOPLE, slug)
    form.cancel_url = reverse(PEOPLE, args=[slug])
    context = {"nominee": found, "cohort": cohort, "tab": "applications"}
    return form_page(request, "recruitment/nominee_applied.html", form, **context)


def _find_person(request: HttpRequest, slug: str, pk: int) -> Nomination:
    mine = Nomination.objects.visible_to(request.user).filter(request__cohort__slug=slug)
    return get_object_or_404(mine.select_related("request__cohort", "request__organisation"), pk=pk)
