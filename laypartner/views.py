"""The pages that ask every room: the front door, today, and a cohort's overview."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from laypartner import history
from laypartner.needs import needs
from laypartner.overview import overview_of
from laypartner.stages import stages
from laypartner.standing import standings
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort


@login_not_required
@require_http_methods(["GET"])
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the cohorts that take applications now."""
    cohorts = Cohort.objects.open_for_applications().order_by(F("applications_close_at").asc(nulls_last=True), "pk")
    return render(request, "home.html", {"cohorts": cohorts})


@require_http_methods(["GET"])
def today(request: HttpRequest) -> HttpResponse:
    """What needs the reader, and where each of their cohorts stands. The same queries for one cohort and for fifty."""
    mine = Cohort.objects.visible_to(request.user).select_related("programme")
    rows = standings(mine.order_by("-created_at", "-pk"), request.user)
    context = {
        "needs": needs(rows),
        "cards": [{"row": row, "stages": stages(row)} for row in rows],
        "now": timezone.localtime(),
        "is_first_time": not rows,
    }
    return render(request, "today.html", context)


@require_http_methods(["GET"])
@permission_required(Permission.COHORT_VIEW)
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """One cohort at a glance."""
    mine = Cohort.objects.visible_to(request.user).select_related("programme__commissioner")
    found = get_object_or_404(mine.prefetch_related("programme__delivery_principles", "programme__aims"), slug=slug)
    row = standings([found], request.user)[0]
    context = {
        "cohort": found,
        "tab": "overview",
        "row": row,
        "stages": stages(row),
        "needs": needs([row]),
        "overview": overview_of(row),
        "lines": history.latest(found),
    }
    return render(request, "programmes/cohort.html", context)
