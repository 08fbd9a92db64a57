"""What anybody may read: the call."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programmes.models import Cohort
from recruitment import queries
from recruitment.queries.drafting import call_now, last_moment
from recruitment.queries.public import known_source, rules_of
from recruitment.telling import LOOKED_FOR


@login_not_required
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What the course is, when, where, and how to apply. An announced or past call stays readable.

    ?from=code is a tracked link: the code goes along to the form, and opening this page keeps nothing of it.
    """
    cohort: Cohort = get_object_or_404(queries.announced(), slug=slug)
    context = {
        "cohort": cohort,
        "call": call_now(cohort).name,
        "days": list(cohort.days.all()),
        "rules": rules_of(cohort),
        "source": known_source(cohort, request.GET.get("from", "")),
        "last_moment": last_moment(cohort),
        "looked_for": LOOKED_FOR.values(),
    }
    return render(request, "recruitment/call.html", context)
