"""An applicant's own page, by their link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recruitment.models import PersonalLink
from recruitment.views.gate import behind_a_link


@behind_a_link
@require_safe
def mine(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    return render(request, "recruitment/mine.html", {"application": link.application, "token": token})
