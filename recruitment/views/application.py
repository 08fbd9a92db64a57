"""One application on one page: the answers, the score sheet, the decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.calls import was_late
from recruitment.forms import ReasonForm, ScoreForm
from recruitment.models import Application
from recruitment.rubric import HOW_TO_SCORE
from recruitment.services import deciding, reviewing
from recruitment.states import SCOREABLE


@permission_required(Permission.APPLICATION_VIEW)
@require_http_methods(["GET", "HEAD"])
def application(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    return show(request, fetch(request, slug, reference, Permission.APPLICATION_VIEW))


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["POST"])
def save_scores(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    found = fetch(request, slug, reference, Permission.APPLICATION_DECIDE)
    form = ScoreForm(request.POST, answers=queries.answered(found))
    if form.is_valid():
        try:
            reviewing.save_review(application=found, scores=form.scores(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Your scores for {found.person.name} are saved.")
            return redirect(_where_next(request, found))
    return show(request, found, score_form=form)


def fetch(request: HttpRequest, slug: str, reference: str, permission: Permission) -> Application:
    """The application with everything its page shows, or 404."""
    mine = Application.objects.visible_to(request.user, permission).filter(cohort__slug=slug)
    return get_object_or_404(queries.with_everything(mine), reference=reference)


def show(
    request: HttpRequest,
    found: Application,
    score_form: ScoreForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    """The page. 422 when one of its two forms could not be used."""
    held = queries.held_in(found.cohort, request.user)
    can_decide = Permission.APPLICATION_DECIDE in held
    answers = queries.answered(found)
    refused = next((form for form in (score_form, reason_form) if form is not None and form.errors), None)
    context: dict[str, Any] = {
        "application": found,
        "cohort": found.cohort,
        "tab": "applications",
        "form": refused,
        "score_form": score_form or ScoreForm(answers=answers, given=queries.scores_of(found, request.user)),
        "reason_form": reason_form or ReasonForm(),
        "answers": answers,
        "can_score": can_decide and found.state in SCOREABLE,
        "how_to_score": HOW_TO_SCORE,
        "review_lines": queries.review_lines(found),
        "buttons": _buttons(found) if can_decide else [],
        "facts": queries.facts(found, held),
        "may_open_person": Permission.PEOPLE_VIEW in held,
        "is_late": was_late(found.cohort, found.submitted_at),
        "access_needs": queries.access_needs(found) if Permission.ACCESS_NEEDS_VIEW in held else None,
        "summary": queries.summary(found.cohort),
    }
    return render(request, "recruitment/application.html", context, status=422 if refused else 200)


def _buttons(found: Application) -> list[dict[str, str]]:
    """The decisions that can be made now, each with its own address."""
    where = [found.cohort.slug, found.reference]
    return [
        {"label": outcome.label, "url": reverse(f"recruitment:application-{outcome.lower()}", args=where)}
        for outcome in deciding.possible_outcomes(found)
        if outcome in ("RESERVE", "DECLINE", "REOPEN")
    ]


def _where_next(request: HttpRequest, scored: Application) -> str:
    """The next application without one's own scores, if that was asked for; the list when all are done."""
    if "next" not in request.POST:
        return scored.get_absolute_url()
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_DECIDE).filter(cohort=scored.cohort)
    following = queries.next_to_score(mine.select_related("cohort"), request.user, scored)
    return following.get_absolute_url() if following else reverse("recruitment:applications", args=[scored.cohort.slug])
