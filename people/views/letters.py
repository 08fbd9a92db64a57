"""The outbox: what waits, what went, and the letters that a person has to look at."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from core.models import Message
from core.tables import Column, Filter, Table
from people import queries
from people.access import permission_required
from people.models import InformationFormat
from people.permissions import Permission
from people.routes import ASK
from people.services import letters as service


def letters_table(request: HttpRequest) -> Table:
    return Table(
        name="letters",
        caption="Letters",
        columns=[
            Column("subject", "Letter", lambda row: row.subject, ("subject",), "people/_letter.html", is_heading=True),
            Column("to", "To", lambda row: row.recipient_name or row.to, ("recipient_name",)),
            Column("channel", "Way", lambda row: row.get_channel_display(), ("channel",)),
            Column("state", "State", lambda row: row.get_state_display(), ("state",), "people/_letter_state.html"),
            Column("written", "Written", lambda row: row.created_at, ("created_at",), "people/_letter_written.html"),
            Column("sent", "Sent", lambda row: row.sent_at, ("sent_at",), "people/_letter_sent.html"),
        ],
        rows=queries.letters_of(request.user),
        params=request.GET,
        search=("recipient_name", "to", "subject"),
        search_label="Search by name, address or subject",
        filters=[
            Filter("state", "State", Message.State.choices, "state"),
            Filter("way", "Way", Message.Channel.choices, "channel"),
        ],
        default_sort="-written",
        empty="No letters yet. They appear here when something happens: an application, a decision, an invitation.",
    )


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def outbox(request: HttpRequest) -> HttpResponse:
    table = letters_table(request)
    to_look_at = queries.letters_to_look_at(request.user)
    context = {"table": table, "to_look_at": to_look_at, "needs_somebody": any(to_look_at.values())}
    return table.export() or render(request, "people/outbox.html", context)


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.letters_of(request.user), pk=pk)
    call = queries.calls_of(request.user, [found])[0]
    context = {
        "letter": found,
        "text": call.text,
        "person": call.person,
        "waits": found.due_at > timezone.now(),
        "has_address": found.to != ASK,
        "made_by_hand": found.information_format in queries.MADE_BY_HAND,
        "format": dict(InformationFormat.choices).get(found.information_format, ""),
    }
    return render(request, "people/letter.html", context)


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def posted(request: HttpRequest, pk: int) -> HttpResponse:
    return settle(request, pk, service.mark_posted, "Marked as posted.")


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    return settle(request, pk, service.mark_arrived, "Marked as sent.")


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    return settle(request, pk, service.send_again, "The letter is waiting and will go out within a minute.")


def settle(request: HttpRequest, pk: int, decide: Callable[..., None], done: str, *, back: str = "") -> HttpResponse:
    """One decision about one letter, then back to it, or to the page named `back`."""
    found = get_object_or_404(queries.letters_of(request.user), pk=pk)
    try:
        decide(letter=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(back) if back else redirect("people:letter", found.pk)
