"""Offers that are out, the people who are silent, and the reserve list beside them."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from core.models import Message
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.models import BulkAction
from recruitment.offer_list import offers_table
from recruitment.places import places_of
from recruitment.queries.offers import Standing, next_in_line, offers_of, reserve_list
from recruitment.services import promoting, reminding
from recruitment.views.decisions import fetch_cohort, mine

REFERENCE = re.compile(r"[\w-]{1,20}")
SHOWN = (BulkAction.Kind.RELEASE, BulkAction.Kind.PROMOTE)


@permission_required(Permission.APPLICATION_DECIDE)
@require_safe
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = fetch_cohort(request, slug)
    all_offers, now = offers_of(mine(request, cohort)), timezone.now()
    may_reach = Permission.PEOPLE_VIEW in queries.held_in(cohort, request.user)
    table = offers_table(cohort=cohort, offers=all_offers, params=request.GET, may_reach=may_reach)
    if response := table.export():
        return response
    silent = list(all_offers.filter(standing=Standing.SILENT).order_by("reply_by").values_list("reply_by", flat=True))
    waiting = reserve_list(cohort)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "table": table,
        "now": now,
        "silent": len(silent),
        "over": sum(reply_by <= now for reply_by in silent),
        "places": places_of(cohort),
        "waiting": waiting,
        "next": next_in_line(waiting),
        "bulk_actions": queries.latest_bulk_actions(cohort, kinds=SHOWN),
    }
    return render(request, "recruitment/offers.html", context)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def promote(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the free place to the person whom the page showed as the next."""
    cohort = fetch_cohort(request, slug)
    shown = get_object_or_404(mine(request, cohort), reference=_reference(request))
    try:
        action = promoting.promote(application=shown, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        minutes = int(promoting.PAUSE.total_seconds() // 60)
        messages.success(request, f"{action.summary}. The letter goes out in {minutes} minutes.")
    return redirect("recruitment:offers", slug)


def _reference(request: HttpRequest) -> str:
    """The reference that the button sent. What cannot be one is never asked of the database."""
    reference = request.POST.get("reference", "")
    return reference if REFERENCE.fullmatch(reference) else ""


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def remind(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    cohort = fetch_cohort(request, slug)
    found = get_object_or_404(mine(request, cohort).select_related("person", "cohort"), reference=reference)
    try:
        letter = reminding.remind(application=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _reminded(found.person.name, letter))
    return redirect("recruitment:offers", slug)


def _reminded(name: str, letter: Message) -> str:
    if letter.channel != Message.Channel.EMAIL:
        return f"The reminder to {name} is among the letters. It is one to {_by_hand(letter)}."
    if letter.due_at > timezone.now():
        return f"The reminder to {name} goes out at 8am."
    return f"The reminder to {name} goes out now."


def _by_hand(letter: Message) -> str:
    return "read out on the phone" if letter.channel == Message.Channel.PHONE else "print and post"
