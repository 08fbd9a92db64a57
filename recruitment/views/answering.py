"""Answering an offer by one's own link: with a button on a page, never by opening one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from recruitment.models import Application, PersonalLink
from recruitment.queries.mine import standing_of
from recruitment.services import offering
from recruitment.services.moving import CannotDecide
from recruitment.views.gate import behind_a_link
from recruitment.views.mine import own_page

State = Application.State
HAS_A_PAGE = (State.OFFERED, State.LAPSED, State.TURNED_DOWN)


@behind_a_link
@require_safe
def offer(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """The offer with its two buttons; after a no, the way back."""
    if link.application is None:
        return redirect("recruitment:mine", token)
    if standing_of(link.application).state not in HAS_A_PAGE:
        return redirect("recruitment:mine", token)
    return own_page(request, "recruitment/mine_offer.html", link, token)


@behind_a_link
@require_POST
def accept(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Yes. Pressing twice is pressing once; where the place has gone, a page says so and what now."""
    if link.application is None or standing_of(link.application).is_waiting:
        return redirect("recruitment:mine", token)
    try:
        offering.say_yes(application=link.application)
    except offering.NoPlaceLeft as refusal:
        return own_page(request, "recruitment/mine_sorry.html", link, token, status=409, sentence=refusal.sentence)
    except CannotDecide:
        messages.warning(request, "We could not take your yes. Here is where things stand.")
    return redirect("recruitment:mine", token)


@behind_a_link
@require_POST
def decline(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """No. The page that follows offers to undo it."""
    if link.application is None or standing_of(link.application).is_waiting:
        return redirect("recruitment:mine", token)
    try:
        offering.say_no(application=link.application)
    except CannotDecide:
        link.application.refresh_from_db(fields=["state"])
        if link.application.state != State.TURNED_DOWN:
            messages.warning(request, "We could not take your no. Here is where things stand.")
    return redirect("recruitment:mine-offer", token)
