"""Equality: the questions after an application, sheets of paper, and the figures. Nothing here reads who anybody is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.equality import QUESTION_SET, SMALLEST
from recruitment.equality_paper import printed as equality_paper_of
from recruitment.forms.equality import EqualityForm, SheetForm
from recruitment.paper_form import LARGE, STANDARD
from recruitment.queries.equality import figures_of, may_be_shown
from recruitment.services import equality as service

SKIP = "skip"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def equality_form(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever has just sent an application in this browser, once. Answering and skipping end at the same page."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    if request.session.get(service.DUE) != slug:
        return render(request, "recruitment/equality_not_due.html", {"cohort": cohort})
    form = EqualityForm(request.POST if request.method == "POST" else None)
    if SKIP in request.POST or form.is_valid():
        answers = {} if SKIP in request.POST else form.answers()
        service.count_applicant(cohort=cohort, answers=answers, session=request.session)
        return redirect("recruitment:equality-sent", slug)
    return form_page(request, "recruitment/equality_form.html", form, cohort=cohort)


@login_not_required
@require_safe
def equality_sent(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = get_object_or_404(queries.announced(), slug=slug)
    return render(request, "recruitment/equality_sent.html", {"cohort": cohort})


@login_not_required
@require_safe
def equality_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions to print, for anybody. ?print=large is in large print; anything else is standard."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    size = LARGE if request.GET.get("print") == LARGE else STANDARD
    response = HttpResponse(equality_paper_of(cohort, size), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="equality-{cohort.slug}.pdf"'
    response["Cache-Control"] = "public, max-age=300"
    return response


@permission_required(Permission.EQUALITY_VIEW)
@require_safe
def equality(request: HttpRequest, slug: str) -> HttpResponse:
    """What may be shown of the answers, and why the rest is not."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.EQUALITY_VIEW), slug=slug)
    is_shown = may_be_shown(cohort)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "figures": figures_of(cohort) if is_shown else [],
        "is_shown": is_shown,
        "smallest": SMALLEST,
        "question_set": QUESTION_SET,
    }
    return render(request, "recruitment/equality.html", context)


@permission_required(Permission.APPLICATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def equality_enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Type in sheets of paper, one after the other."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_ENTER), slug=slug)
    form = SheetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_new = service.count_sheet(
            cohort=cohort, answers=form.answers(), session=request.session, key=form.cleaned_data["key"]
        )
        messages.success(
            request, f"{'The sheet is' if is_new else 'This sheet was already'} counted. Take the next one."
        )
        return redirect("recruitment:equality-enter", slug)
    return form_page(request, "recruitment/equality_enter.html", form, cohort=cohort, tab="applications")
