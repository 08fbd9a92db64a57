"""Filling in the long form: each page saves what was typed, whatever it is, and the last one sends it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from recruitment.calls import was_late
from recruitment.forms.drafting import RecordingForm, RolesForm, StepForm, UploadForm, in_words
from recruitment.models import Draft, PersonalLink, Recording
from recruitment.queries import drafting as asking
from recruitment.queries.drafting import Facts
from recruitment.services import drafting, equality
from recruitment.steps import CHECK, Journey, Step, step_named
from recruitment.views.gate import (
    NO_LETTER,
    applicant_page,
    ask_for_code,
    behind_a_link,
    is_known,
    may_write_to,
    thing_behind,
    with_a_link,
)


@behind_a_link
@require_safe
def draft(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Where somebody who comes back goes on; their own page, once the form is sent."""
    if link.application:
        return redirect("recruitment:mine", token)
    return redirect("recruitment:draft-step", token, Journey(Facts(link.draft.cohort, draft=link.draft)).resume())


@with_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def draft_step(request: HttpRequest, link: PersonalLink, token: str, step: str) -> HttpResponse:
    """One page of the form. The link alone may write, so nothing is lost to a session that ended; reading asks more."""
    found = step_named(step)
    if found is None and step != CHECK:
        raise Http404
    if request.method == "POST" and found is not None:
        return _save(request, link, token, found)
    if not is_known(request, thing_behind(link).key):
        return ask_for_code(request, link, token)
    if link.application:
        return redirect("recruitment:mine", token)
    if not asking.may_go_on(link.draft):
        return _closed(request, link, token)
    return _check(request, link, token) if found is None else _show(request, link, token, found)


# --- Showing ----------------------------------------------------------------------------------------------------
def _show(request: HttpRequest, link: PersonalLink, token: str, step: Step) -> HttpResponse:
    journey = Journey(Facts(link.draft.cohort, draft=link.draft))
    form = _form(request, journey, step)
    if not _goes_back(request):
        form.forgive_gaps()
    return _step_page(request, link, token, journey, step, form)


def _step_page(
    request: HttpRequest,
    link: PersonalLink,
    token: str,
    journey: Journey,
    step: Step,
    form: StepForm,
    status: int = 200,
) -> HttpResponse:
    after = CHECK if _goes_back(request) else journey.after(step)
    before = CHECK if _goes_back(request) else journey.before(step)
    return applicant_page(
        request,
        "recruitment/draft_step.html",
        link=link,
        token=token,
        status=status,
        step=step,
        form=form,
        place=journey.place(step),
        back_url=before and _address(token, before),
        next_url=_address(token, after),
        mode_url=_address(token, "how-to-answer"),
        is_saved=form.is_visited() and status == 200,
        last_moment=_last_moment(link.draft),
        recordings=[(recording.pk, in_words(recording)) for recording in _recordings(form)],
    )


def _recordings(form: StepForm) -> list[Recording]:
    return form.facts.recordings if isinstance(form, RecordingForm) else []


def _form(request: HttpRequest, journey: Journey, step: Step) -> StepForm:
    if step.form is RolesForm:
        return journey.form(step, more="more" in request.GET)
    return journey.form(step)


def _check(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Every answer with a way to change it; what is missing stands on top."""
    journey = Journey(Facts(link.draft.cohort, draft=link.draft))
    return applicant_page(
        request,
        "recruitment/draft_check.html",
        link=link,
        token=token,
        place=journey.place(None),
        back_url=_address(token, journey.before(None)),
        problems=[
            (problem, _address(token, problem.step.slug, back=True, control=problem.control))
            for problem in journey.problems()
        ],
        groups=_groups(journey, token),
        unsent=journey.unsent(),
        last_moment=_last_moment(link.draft),
    )


def _groups(journey: Journey, token: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """For each page its heading and rows of question, answer and where to change it."""
    return [
        (step.title, [(label, text, _address(token, step.slug, back=True, control=box)) for label, text, box in rows])
        for step, rows in journey.words()
    ]


def _closed(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Too late: a phone number, and every word back to copy, print or take away. The form itself is kept."""
    journey = Journey(Facts(link.draft.cohort, draft=link.draft))
    return applicant_page(
        request,
        "recruitment/draft_closed.html",
        link=link,
        token=token,
        call=asking.call_now(link.draft.cohort).name,
        typed=journey.typed(),
    )


# --- Saving -----------------------------------------------------------------------------------------------------
def _save(request: HttpRequest, link: PersonalLink, token: str, step: Step) -> HttpResponse:
    """Keep what was typed, then go on; or back to the page, when something on it cannot be right."""
    if link.application:
        return _came_too_late(request, link, token, step)
    draft, knows = link.draft, is_known(request, link.draft.key)
    journey = Journey(Facts(draft.cohort, draft=draft))
    if step.form is RecordingForm and request.FILES:
        return _take_recording(request, link, token, journey, step)
    values = journey.form(step).typed(request.POST)
    if not knows:
        # Whoever found the link may write, but never have its codes sent somewhere else.
        values.pop("email", None)
    journey = Journey(Facts(draft.cohort, draft.values | values, draft))
    form = journey.form(step)
    try:
        token = _keep(request, draft, values, form.the_email() if knows else None) or token
    except drafting.AlreadySent:
        return redirect("recruitment:draft", token)
    if not knows:
        messages.info(request, "We have saved what you typed.")
    return redirect(_onward(request, token, journey, step, form))


def _keep(request: HttpRequest, draft: Draft, values: dict[str, Any], email: str | None) -> str:
    """Save; gives the secret of a new link, when the address for links has changed."""
    writes = not email or email == draft.email or may_write_to(request, email)
    if not writes:
        messages.info(request, NO_LETTER)
    return drafting.save(draft=draft, values=values, email=email, writes=writes)


def _onward(request: HttpRequest, token: str, journey: Journey, step: Step, form: StepForm) -> str:
    is_back = _goes_back(request)
    if "add" in request.POST:
        return f"{_address(token, step.slug, back=is_back, more=True)}#role-{len(form.roles) + 1}"
    if "remove" in request.POST or form.has_wrong():
        return _address(token, step.slug, back=is_back)
    # A changed way to answer brings other pages, so it leads on instead of back.
    return _address(token, CHECK if is_back and step.slug != "how-to-answer" else journey.after(step))


def _take_recording(request: HttpRequest, link: PersonalLink, token: str, journey: Journey, step: Step) -> HttpResponse:
    """A file is judged before it is kept; one that we cannot play is refused with a sentence."""
    form = UploadForm(request.POST.dict(), facts=journey.facts, files=request.FILES)
    if not form.is_valid():
        if not is_known(request, link.draft.key):
            return ask_for_code(request, link, token)
        return _step_page(request, link, token, journey, step, form, status=422)
    drafting.add_recording(
        draft=link.draft,
        content=form.cleaned_data["recording"].read(),
        content_type=form.kind,
        question=form.cleaned_data["question"],
    )
    drafting.save(draft=link.draft, values=form.typed(request.POST))
    messages.success(request, "We have your recording.")
    return redirect(_address(token, step.slug if "again" in request.POST else journey.after(step)))


@behind_a_link
@require_POST
def recording_remove(request: HttpRequest, link: PersonalLink, token: str, pk: int) -> HttpResponse:
    if link.draft and drafting.remove_recording(draft=link.draft, pk=pk):
        messages.success(request, "We have deleted that recording.")
    return redirect("recruitment:draft-step", token, "recordings")


def _came_too_late(request: HttpRequest, link: PersonalLink, token: str, step: Step) -> HttpResponse:
    """Another window has sent the form: what was typed here is not in it, and is given back."""
    if not is_known(request, link.application.key):
        return ask_for_code(request, link, token)
    facts = Facts(link.application.cohort)
    values = Journey(facts).form(step).typed(request.POST)
    rows = step.form(values, facts=facts).rows()
    typed = [(label, text) for label, text, _ in rows if text]
    return applicant_page(
        request, "recruitment/draft_sent_before.html", link=link, token=token, status=422, typed=typed
    )


# --- Sending ----------------------------------------------------------------------------------------------------
@behind_a_link
@require_POST
def draft_send(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Send the form, once. A second click and a second window end at the same receipt."""
    if link.draft:
        journey = Journey(Facts(link.draft.cohort, draft=link.draft))
        if not journey.is_complete():
            return redirect("recruitment:draft-step", token, CHECK)
        try:
            drafting.send(draft=link.draft, filled_in=journey.filled_in())
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("recruitment:draft-step", token, CHECK)
    request.session[equality.DUE] = thing_behind(link).cohort.slug
    return redirect("recruitment:sent", token)


@behind_a_link
@require_safe
def sent(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """The receipt: the reference and what happens next, and nothing that anybody typed."""
    if link.draft:
        return redirect("recruitment:draft", token)
    application = link.application
    is_late = was_late(application.cohort, application.submitted_at)
    return applicant_page(
        request, "recruitment/sent.html", link=link, token=token, reference=application.reference, is_late=is_late
    )


@behind_a_link
@require_safe
def draft_words(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Everything that was typed, as a text file to keep."""
    if link.application:
        return redirect("recruitment:mine", token)
    parts = [f"{label}\n{text}\n" for label, text in Journey(Facts(link.draft.cohort, draft=link.draft)).typed()]
    response = HttpResponse("\n".join(parts), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-answers.txt"'
    return response


# --- Addresses --------------------------------------------------------------------------------------------------
def _goes_back(request: HttpRequest) -> bool:
    """Whether somebody came from the page that checks all answers, and returns there."""
    return request.GET.get("back") == CHECK


def _address(token: str, slug: str, *, back: bool = False, more: bool = False, control: str = "") -> str:
    query = "&".join([*([f"back={CHECK}"] if back else []), *(["more=1"] if more else [])])
    address = reverse("recruitment:draft-step", args=[token, slug])
    return address + (f"?{query}" if query else "") + (f"#{control}" if control else "")


def _last_moment(draft: Draft) -> Any:
    """Until when it can be sent, once the call is over; None before."""
    return asking.last_moment(draft.cohort) if asking.call_now(draft.cohort).name == "GRACE" else None
