"""The application form to print, for anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from recruitment import paper_form
from recruitment.queries.public import announced


@login_not_required
@require_safe
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """?print=large is in large print; anything else is standard."""
    cohort = get_object_or_404(announced(), slug=slug)
    size = paper_form.LARGE if request.GET.get("print") == paper_form.LARGE else paper_form.STANDARD
    response = HttpResponse(paper_form.printed(cohort, size), content_type="application/pdf")
    name = f"apply-{cohort.slug}{'-large-print' if size == paper_form.LARGE else ''}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
