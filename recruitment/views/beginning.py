"""The first page of the form, before there is a draft: opening it changes nothing, saving it begins the form."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programmes.models import Cohort
from recruitment import queries
from recruitment.calls import Call
from recruitment.forms.drafting import StepForm
from recruitment.queries import drafting as asking
from recruitment.queries.drafting import Facts
from recruitment.services import drafting
from recruitment.steps import STEPS, Journey
from recruitment.views.gate import NO_LETTER, may_write_to, opened_keys, remember

SALT = "recruitment.form"
# A page that was opened longer ago says nothing any more about when somebody began.
OPENED_AGO = timedelta(hours=24)
FIRST, SECOND = STEPS[:2]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The first page. New forms begin while the call is open."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    call = asking.call_now(cohort)
    with timezone.override(cohort.zone):
        if request.method == "POST":
            return _begin(request, cohort, call)
        if call is not Call.OPEN:
            return _not_open(request, cohort, call)
        return _first_page(request, cohort)


def _first_page(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    nomination = asking.agreed_nomination(cohort, request.session.get("nomination"))
    known = {"name": nomination.name, "email": nomination.email, "phone": nomination.phone} if nomination else {}
    journey = Journey(Facts(cohort, known))
    form = journey.form(FIRST)
    form.forgive_gaps()
    context = {
        "cohort": cohort,
        "step": FIRST,
        "form": form,
        "place": journey.place(FIRST),
        "key": new_key(cohort, timezone.now()),
        "begun": asking.draft_of(cohort, opened_keys(request)),
    }
    return render(request, "recruitment/form.html", context)


def _begin(request: HttpRequest, cohort: Cohort, call: Call) -> HttpResponse:
    key, opened_at = read_key(cohort, request.POST.get("key", ""))
    form = _typed(request, cohort)
    if not (call is Call.OPEN or (call is Call.GRACE and opened_at < cohort.applications_end_at)):
        return _not_open(request, cohort, call, form)
    email = form.the_email() or ""
    writes = may_write_to(request, email)
    opened = drafting.start(
        cohort=cohort,
        key=key,
        values=form.facts.values,
        email=email,
        started_at=opened_at,
        channel=request.GET.get("from", ""),
        nomination=asking.agreed_nomination(cohort, request.session.pop("nomination", None)),
        writes=writes,
    )
    remember(request, opened.thing.key)
    if not email:
        messages.info(request, "Saved. You gave no email address, so we could not send you a link to come back.")
    elif not writes:
        messages.info(request, NO_LETTER)
    return redirect("recruitment:draft-step", opened.token, FIRST.slug if form.has_wrong() else SECOND.slug)


def _typed(request: HttpRequest, cohort: Cohort) -> StepForm:
    """The first page as it was sent."""
    values = Journey(Facts(cohort)).form(FIRST).typed(request.POST)
    return Journey(Facts(cohort, values)).form(FIRST)


def _not_open(request: HttpRequest, cohort: Cohort, call: Call, form: StepForm | None = None) -> HttpResponse:
    """A kind page. Whoever has typed something gets their words back to keep."""
    typed = [(label, text) for label, text, _ in form.rows() if text] if form else []
    context = {"cohort": cohort, "call": call.name, "typed": typed}
    return render(request, "recruitment/not_open.html", context, status=422 if form else 200)


@login_not_required
@require_POST
def draft_go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Back to the form that was begun in this browser, by a fresh link."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    draft = asking.draft_of(cohort, opened_keys(request))
    if draft is None:
        return redirect("recruitment:apply-form", slug)
    return redirect("recruitment:draft", drafting.open_again(draft=draft))


def new_key(cohort: Cohort, moment: datetime) -> str:
    """The form's own key with the moment at which its page was opened, signed, so that our clock alone counts."""
    return signing.dumps([str(uuid4()), moment.timestamp()], salt=f"{SALT}:{cohort.pk}")


def read_key(cohort: Cohort, signed: str) -> tuple[UUID, datetime]:
    """A broken key, or that of another course, is replaced, not refused."""
    try:
        key, opened_at = signing.loads(signed, salt=f"{SALT}:{cohort.pk}", max_age=OPENED_AGO)
    except signing.BadSignature:
        return uuid4(), timezone.now()
    return UUID(key), datetime.fromtimestamp(opened_at, tz=timezone.get_current_timezone())
