"""The reviewer's pages: a queue, and one application a screen without who wrote it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.forms import ScoreForm
from recruitment.models import Application
from recruitment.rubric import HOW_TO_SCORE
from recruitment.services import reviewing


@permission_required(Permission.APPLICATION_REVIEW)
@require_http_methods(["GET", "HEAD"])
def reviews(request: HttpRequest) -> HttpResponse:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_REVIEW)
    queue = queries.review_queue(mine.select_related("cohort"), request.user)
    return render(request, "recruitment/reviews.html", {"progress": queries.Progress(list(queue))})


@permission_required(Permission.APPLICATION_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_REVIEW)
    queue = queries.review_queue(mine.select_related("cohort"), request.user)
    found = get_object_or_404(queue, reference=reference)
    blind = queries.blind(found)
    given = queries.scores_of(found, request.user)
    form = ScoreForm(request.POST if request.method == "POST" else None, answers=blind.answers, given=given)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.save_review(application=found, scores=form.scores(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _go_on(request, mine, found)
    context = {
        "blind": blind,
        "cohort": found.cohort,
        "progress": queries.Progress(list(queue)),
        "how_to_score": HOW_TO_SCORE,
    }
    return form_page(request, "recruitment/review.html", form, **context)


def _go_on(request: HttpRequest, mine: QuerySet[Application], scored: Application) -> HttpResponse:
    messages.success(request, f"Your scores for {scored.reference} are saved.")
    if "next" not in request.POST:
        return redirect("recruitment:review", scored.reference)
    following = queries.next_to_score(mine, request.user, scored)
    return redirect(
        reverse("recruitment:review", args=[following.reference]) if following else reverse("recruitment:reviews")
    )
