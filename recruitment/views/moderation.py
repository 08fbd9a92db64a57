"""Differences between reviewers: the queue, and one application with everybody's marks beside each other."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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

# The queue is worked from the top.
MOST_SHOWN = 100


@permission_required(Permission.APPLICATION_MODERATE)
@require_safe
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    queue = queries.moderation_queue(cohort, _mine(request))
    context = {"cohort": cohort, "tab": "applications", "queue": queue, "first": queue.waiting[:MOST_SHOWN]}
    return render(request, "recruitment/moderation.html", context)


@permission_required(Permission.APPLICATION_MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Blind: the answers, the marks and the reasons, and nobody's name."""
    cohort = _cohort(request, slug)
    found = queries.complete(_mine(request).filter(cohort=cohort)).filter(reference=reference).first()
    if found is None:
        raise Http404
    rules, blind, opinions = queries.rules_of(cohort), queries.blind(found), queries.reviews_in(found)
    lines = queries.settling(blind.answers, opinions, rules)
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
            return redirect(_where_next(request, cohort))
    flags = [flag for line in lines for *_, flag in line.marks if flag]
    context = {
        "cohort": cohort,
        "tab": "applications",
        "blind": blind,
        "opinions": opinions,
        "difference": queries.difference_of(reference, found.agreed_scores, rules, flags),
        "history": history,
    }
    return form_page(request, "recruitment/moderate.html", form, **context)


def _where_next(request: HttpRequest, cohort: Cohort) -> str:
    """The next difference, if that was asked for; the queue when there is none."""
    waiting = queries.moderation_queue(cohort, _mine(request)).waiting if "next" in request.POST else []
    if waiting:
        return reverse("recruitment:moderate", args=[cohort.slug, waiting[0].reference])
    return reverse("recruitment:moderation", args=[cohort.slug])


def _cohort(request: HttpRequest, slug: str) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_MODERATE), slug=slug)


def _mine(request: HttpRequest) -> QuerySet[Application]:
    return Application.objects.visible_to(request.user, Permission.APPLICATION_MODERATE)
