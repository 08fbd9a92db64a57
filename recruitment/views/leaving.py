"""Withdrawing by one's own link, and coming back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import DomainError
from recruitment.models import Application, PersonalLink
from recruitment.queries.mine import standing_of
from recruitment.services import withdrawing
from recruitment.services.moving import CannotDecide
from recruitment.views.gate import behind_a_link
from recruitment.views.mine import own_page

WAIT = "We are just writing to you. Please wait for our letter: you can withdraw on this page in a few minutes."
BACK = {
    Application.State.OFFERED: "You are back. Your place is held for you: please answer.",
    Application.State.ACCEPTED: "You are back. You have your place again.",
    Application.State.RESERVE: "You are back. You are on the reserve list again.",
}


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """GET asks, POST withdraws. Two presses are one."""
    if link.application is None:
        return redirect("recruitment:mine", token)
    standing = standing_of(link.application)
    if standing.is_waiting:
        messages.warning(request, WAIT)
    elif not standing.may_leave:
        pass  # the page itself says where things stand
    elif request.method == "POST":
        _withdraw(request, link.application)
    else:
        return own_page(request, "recruitment/mine_withdraw.html", link, token)
    return redirect("recruitment:mine", token)


def _withdraw(request: HttpRequest, application: Application) -> None:
    try:
        withdrawing.withdraw(application=application)
    except CannotDecide:
        messages.warning(request, "Something about your application has just changed. Look at it again.")


@behind_a_link
@require_POST
def come_back(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Undo a withdrawal, or a no. Where that cannot be any more, a page says why and what now."""
    if link.application is None:
        return redirect("recruitment:mine", token)
    try:
        state = withdrawing.come_back(application=link.application)
    except DomainError as refusal:
        return own_page(request, "recruitment/mine_sorry.html", link, token, status=409, sentence=refusal.sentence)
    messages.success(request, BACK.get(state, "You are back. Your application counts again."))
    return redirect("recruitment:mine", token)
