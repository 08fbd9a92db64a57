"""The four pages that every public service owes its readers, with this body's own details."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def page(request: HttpRequest, template: str) -> HttpResponse:
    return render(request, template)


urlpatterns = [
    path(f"{name}/", page, {"template": f"pages/{name}.html"}, name=name)
    for name in ("privacy", "accessibility", "contact", "complaints")
]
