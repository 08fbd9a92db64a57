"""Differences between reviewers: the queue, and one application with everybody's marks beside each other."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.forms import ModerationForm
from recruitment.models import Application
from recruitment.services import moderating


@permission_required(Permission.APPLICATION_MODERATE)
@require_safe
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    queue = queries.moderation_queue(cohort, _mine(request))
    return render(request, "recruitment/moderation.html", {"cohort": cohort, "tab": "applications", "queue": queue})


@permission_required(Permission.APPLICATION_MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Blind: the answers, the marks and the reasons, and nobody's name."""
    cohort = _cohort(request, slug)
    found = queries.complete(_mine(request).filter(cohort=cohort)).filter(reference=reference).first()
    if found is None:
        raise Http404
    queue = queries.moderation_queue(cohort, _mine(request))
    blind, opinions = queries.blind(found), queries.reviews_in(found)
    lines = queries.settling(blind.answers, opinions, queue.rules)
    history = queries.moderations_of(found)
    form = ModerationForm(request.POST or None, lines=lines, standing=history[0].marks if history else None)
    if request.method == "POST" and form.is_valid():
        try:
            moderating.settle(
                application=found, marks=form.marks(), reason=form.cleaned_data["reason"], by=request.user
            )
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"The marks of {reference} are settled.")
            return _go_on(request, queue, slug, reference)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "blind": blind,
        "opinions": opinions,
        "difference": queue.of(reference),
        "history": history,
        "left": len(queue.waiting),
    }
    return form_page(request, "recruitment/moderate.html", form, **context)


def _go_on(request: HttpRequest, queue: queries.ModerationQueue, slug: str, reference: str) -> HttpResponse:
    """To the next difference, if that was asked for; the queue when there is none."""
    following = next((row.reference for row in queue.waiting if row.reference != reference), "")
    if "next" in request.POST and following:
        return redirect("recruitment:moderate", slug, following)
    return redirect("recruitment:moderation", slug)


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_MODERATE), slug=slug)


def _mine(request: HttpRequest):
    return Application.objects.visible_to(request.user, Permission.APPLICATION_MODERATE)
