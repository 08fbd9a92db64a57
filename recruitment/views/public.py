"""What anybody may see: the call, the form, and the receipt."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from programmes.models import Cohort
from recruitment import queries
from recruitment.calls import Call, call_of
from recruitment.forms import ApplicationForm
from recruitment.models import Application
from recruitment.services import applying


@login_not_required
@require_http_methods(["GET", "HEAD"])
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What the course is, when, where, and how to apply. An announced or past call stays readable."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    return render(request, "recruitment/call.html", {"cohort": cohort, "call": call_of(cohort).name})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. New ones start while the call is open; the service decides whether one that is sent comes too late."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    call = call_of(cohort)
    if request.method == "POST":
        return _receive(request, cohort, call)
    if call is not Call.OPEN:
        return _not_open(request, cohort)
    form = ApplicationForm(cohort=cohort, initial={"key": uuid4()})
    return form_page(request, "recruitment/form.html", form, cohort=cohort)


def _receive(request: HttpRequest, cohort: Cohort, call: Call) -> HttpResponse:
    form = ApplicationForm(request.POST, cohort=cohort)
    if form.is_valid():
        try:
            application = applying.submit(cohort=cohort, **form.filled_in())
        except applying.CallClosed:
            return _not_open(request, cohort, form)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("recruitment:sent", cohort.slug, application.key)
    elif call not in (Call.OPEN, Call.GRACE):
        return _not_open(request, cohort, form)
    return form_page(request, "recruitment/form.html", form, cohort=cohort)


def _not_open(request: HttpRequest, cohort: Cohort, form: ApplicationForm | None = None) -> HttpResponse:
    """A kind page. Whoever has typed something gets their words back to keep."""
    typed = form.typed() if form else []
    context = {"cohort": cohort, "call": call_of(cohort).name, "typed": typed}
    return render(request, "recruitment/not_open.html", context, status=422 if form else 200)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """The receipt. It shows the reference and nothing that anybody typed."""
    application = get_object_or_404(Application.objects.by_key(key).select_related("cohort"), cohort__slug=slug)
    context = {"cohort": application.cohort, "reference": application.reference}
    return render(request, "recruitment/sent.html", context)
