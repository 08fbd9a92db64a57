"""Applications on paper and by telephone: typed in, read back, agreed to."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.agreement import waits_until
from recruitment.duplicates import Pair
from recruitment.forms import AgreementForm, EntryForm
from recruitment.models import Application
from recruitment.services import agreeing, applying

# What the session keeps from one form to the next: how it came and on which day, until midnight.
REMEMBERED = "entering"


@permission_required(Permission.APPLICATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """One form after the other. Somebody who is there already is shown before a second application is made."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_ENTER), slug=slug)
    alike: list[tuple[Application, Pair]] = []
    form = EntryForm(request.POST or None, cohort=cohort, initial=_as_before(request, cohort))
    if request.method == "POST" and form.is_valid():
        alike = _alike(request, cohort, form)
        if not alike and (saved := _save(request, cohort, form)):
            return redirect(_where_next(request, saved))
    about = _around(request, cohort) | {"alike": alike}
    answer = form_page(request, "recruitment/enter.html", form, **about)
    answer.status_code = 422 if alike else answer.status_code
    return answer


def _alike(request: HttpRequest, cohort: Cohort, form: EntryForm) -> list[tuple[Application, Pair]]:
    """Those who look like the same person, unless the organiser has seen them, or this very form was saved before."""
    typed = form.cleaned_data
    if "anyway" in request.POST or Application.objects.by_key(typed["key"]).exists():
        return []
    about = {name: typed[name] for name in ("name", "email", "phone", "post", "area")}
    return queries.look_alikes(
        cohort, answers=list(form.answers().values()), organisation=typed["organisation_name"], **about
    )


def _save(request: HttpRequest, cohort: Cohort, form: EntryForm) -> Application | None:
    source, day = form.cleaned_data["source"], form.cleaned_data["received_on"]
    try:
        saved = applying.submit(
            cohort=cohort,
            source=source,
            by=request.user,
            moment=form.received_at(timezone.now()),
            channel=form.chosen_channel(),
            **form.filled_in(),
        )
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return None
    today = timezone.localdate(timezone=cohort.zone).isoformat()
    request.session[REMEMBERED] = {"source": source, "received_on": day.isoformat(), "typed_on": today}
    return saved


def _as_before(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """The form for the next: its own key, and what was said of the one before on the same day."""
    today = timezone.localdate(timezone=cohort.zone)
    kept = request.session.get(REMEMBERED, {})
    day = date.fromisoformat(kept["received_on"]) if kept.get("typed_on") == today.isoformat() else today
    return {"key": uuid4(), "source": kept.get("source", Application.Source.PAPER), "received_on": day}


def _where_next(request: HttpRequest, saved: Application) -> str:
    if "next" in request.POST:
        return f"{reverse('recruitment:enter', args=[saved.cohort.slug])}?saved={saved.reference}"
    messages.success(request, f"The application of {saved.person.name} is saved. Its reference is {saved.reference}.")
    return reverse("recruitment:read-back", args=[saved.cohort.slug, saved.reference])


def _around(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """What stands beside the form: the one saved last, and what waits for a telephone call."""
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_ENTER).filter(cohort=cohort)
    saved = mine.filter(reference=request.GET.get("saved", "")[:20])
    return {
        "cohort": cohort,
        "tab": "applications",
        "saved": saved.select_related("person", "cohort").first(),
        "waiting": queries.waiting_for_agreement(cohort),
        "to_write_down": list(mine.to_write_down().select_related("person", "cohort").order_by("submitted_at", "pk")),
    }


@permission_required(Permission.APPLICATION_ENTER)
@require_safe
def read_back(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """What was typed, in the order of the form, to read it back to the person and to note that they agree."""
    return _read_back(request, _fetch(request, slug, reference), AgreementForm(initial=_usual(request)))


@permission_required(Permission.APPLICATION_ENTER)
@require_POST
def agree(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    found = _fetch(request, slug, reference)
    form = AgreementForm(request.POST)
    if form.is_valid():
        try:
            agreeing.record_agreement(application=found, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"{found.person.name} has agreed. Reviewers can read the application now.")
            return redirect("recruitment:read-back", slug, reference)
    return _read_back(request, found, form)


def _fetch(request: HttpRequest, slug: str, reference: str) -> Application:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_ENTER).filter(cohort__slug=slug)
    return get_object_or_404(queries.with_everything(mine), reference=reference)


def _usual(request: HttpRequest) -> dict[str, str]:
    """Who has just typed in a phone call is still on the phone."""
    by_phone = request.session.get(REMEMBERED, {}).get("source") == Application.Source.PHONE
    return {"how": agreeing.How.SPOKEN if by_phone else ""}


def _read_back(request: HttpRequest, found: Application, form: AgreementForm) -> HttpResponse:
    held = queries.held_in(found.cohort, request.user)
    context = {
        "application": found,
        "cohort": found.cohort,
        "tab": "applications",
        "form": form,
        "parts": queries.read_back(found, with_needs=Permission.ACCESS_NEEDS_VIEW in held),
        "letter": queries.letter_in_words(found),
        "agreed": queries.agreements_of(found),
        "waits": found.state == Application.State.AWAITING,
        "until": waits_until(found.person),
    }
    return render(request, "recruitment/read_back.html", context, status=422 if form.errors else 200)
