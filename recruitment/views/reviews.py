"""The reviewer's pages: a queue, and one application a screen without who wrote it.

Nothing here reads a table about people, so nothing can show one: a test looks at the SQL of these pages.
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.forms import ConflictForm, ScoreForm
from recruitment.models import Application
from recruitment.rubric import HOW_TO_SCORE
from recruitment.services import reviewing

READ, LATER = "reviews_read", "reviews_left_for_later"
MOST_REMEMBERED = 500


@permission_required(Permission.APPLICATION_REVIEW)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    mine = _mine(request)
    context = {
        "progress": queries.progress_of(mine, request.user, _remembered(request, LATER)),
        "conflicts": queries.declared_by(mine, request.user),
        "own_lines": queries.own_lines(mine, request.user),
    }
    return render(request, "recruitment/reviews.html", context)


@permission_required(Permission.APPLICATION_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    if request.method == "POST":
        return _save(request, reference, for_later=False)
    progress, place = _find(request, reference)
    given = queries.my_review(place.application, request.user)
    if not given.is_begun and reference not in _remembered(request, READ):
        context = {"progress": progress, "reference": reference, "cohort": place.application.cohort}
        return render(request, "recruitment/review_begin.html", context)
    return _show(request, progress, place.application, given)


@permission_required(Permission.APPLICATION_REVIEW)
@require_POST
def review_read(request: HttpRequest, reference: str) -> HttpResponse:
    """ "Read it": the reviewer knows of the rule about people they know, and says so before anything is shown."""
    _, place = _find(request, reference)
    reviewing.say_no_conflict(application=place.application, by=request.user)
    _remember(request, READ, reference)
    return redirect("recruitment:review", reference)


@permission_required(Permission.APPLICATION_REVIEW)
@require_POST
def review_skip(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave it for later: what is filled in is kept, and it comes again at the end of the queue."""
    return _save(request, reference, for_later=True)


@permission_required(Permission.APPLICATION_REVIEW)
@require_POST
def review_conflict(request: HttpRequest, reference: str) -> HttpResponse:
    progress, place = _find(request, reference)
    form = ConflictForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    reviewing.declare_conflict(application=place.application, reason=reason, by=request.user)
    messages.success(request, f"Thank you for telling us. Somebody else reads {reference} now.")
    return _go_on(progress, reference)


def _save(request: HttpRequest, reference: str, *, for_later: bool) -> HttpResponse:
    progress, place = _find(request, reference)
    answers = queries.blind(place.application).answers
    form = ScoreForm(request.POST, answers=answers, for_later=for_later)
    if form.is_valid():
        try:
            said = _keep(form, place.application, request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, said)
            if for_later:
                _remember(request, LATER, reference)
            return _go_on(progress, reference)
    return _show(request, progress, place.application, queries.my_review(place.application, request.user), form)


def _keep(form: ScoreForm, application: Application, user: Any) -> str:
    """Save what the form holds, and say what was done."""
    if form.for_later and not form.is_touched:
        return f"{application.reference} comes again at the end."
    save = reviewing.keep_for_later if form.for_later else reviewing.save_review
    save(application=application, scores=form.scores(), remarks=form.remarks(), by=user)
    if form.for_later:
        return f"What you filled in for {application.reference} is kept. It comes again at the end."
    return f"Your scores for {application.reference} are saved."


def _mine(request: HttpRequest) -> QuerySet[Application]:
    return Application.objects.visible_to(request.user, Permission.APPLICATION_REVIEW)


def _find(request: HttpRequest, reference: str) -> tuple[queries.Progress, queries.Place]:
    """The reviewer's queue and the application in it, or 404: others' applications do not exist for them."""
    progress = queries.progress_of(_mine(request), request.user, _remembered(request, LATER))
    place = progress.place_of(reference)
    if place is None:
        raise Http404
    return progress, place


def _show(
    request: HttpRequest,
    progress: queries.Progress,
    found: Application,
    given: queries.MyReview,
    refused: ScoreForm | None = None,
) -> HttpResponse:
    """The score sheet; once all reviews are in, everybody's marks instead."""
    blind = queries.blind(found)
    context = {"blind": blind, "cohort": found.cohort, "progress": progress, "given": given}
    if given.is_revealed and refused is None:
        context["lines"] = queries.compared(blind.answers, [given.own, *given.others])
        return render(request, "recruitment/review_read.html", context)
    form = refused or ScoreForm(answers=blind.answers, given=given.own.scores, remarks=given.own.remarks())
    context |= {"how_to_score": HOW_TO_SCORE, "conflict_form": ConflictForm()}
    return form_page(request, "recruitment/review.html", form, **context)


def _go_on(progress: queries.Progress, reference: str) -> HttpResponse:
    following = progress.next_after(reference)
    return redirect("recruitment:review", following.reference) if following else redirect("recruitment:reviews")


def _remembered(request: HttpRequest, key: str) -> list[str]:
    return request.session.get(key, [])


def _remember(request: HttpRequest, key: str, reference: str) -> None:
    """In the session of this browser, the newest last, not without end."""
    known = [other for other in _remembered(request, key) if other != reference]
    request.session[key] = [*known, reference][-MOST_REMEMBERED:]
